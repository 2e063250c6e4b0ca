//! Calls in progress: for `$MyInvocation`, `$PSScriptRoot`, `$args` and stack traces.

use std::rc::Rc;

use crate::language::{Source, Span};
use crate::runtime::error::Position;
use crate::runtime::value::Value;

/// One call of a script, a function or a block.
pub struct Frame {
    /// `<ScriptBlock>`, the function's name, or the script's file name.
    pub name: Rc<str>,
    /// Whether `name` is a function's or a script's, not a block's.
    pub is_command: bool,
    /// The text that runs.
    pub source: Rc<Source>,
    /// The caller's text and statement.
    pub caller: (Rc<Source>, Span),
    /// The call itself.
    pub invocation: Option<Position>,
    /// How it was called: a name, `&` or `.`.
    pub invocation_name: Rc<str>,
    /// Named and positional parameters that were given, in order; `$PSBoundParameters`.
    pub bound: Option<Value>,
    /// Position in its pipeline, from 1.
    pub pipeline_position: usize,
    /// Length of its pipeline.
    pub pipeline_length: usize,
}

impl crate::runtime::shell::Shell {
    /// `$MyInvocation` of the call at work.
    pub(in crate::runtime) fn my_invocation(&self) -> Value {
        use crate::runtime::object::PsObject;
        let frame = self
            .frames
            .iter()
            .rev()
            .find(|frame| frame.is_command)
            .or(self.frames.last());
        let text = |text: &str| Value::str(text);
        let source = frame.map_or(&self.source, |frame| &frame.source);
        let path = source.file().unwrap_or_default();
        let name = frame
            .map(|frame| frame.name.to_string())
            .unwrap_or_default();
        let command = PsObject::view(
            "System.Management.Automation.CommandInfo",
            vec![
                ("Name", text(&name)),
                (
                    "CommandType",
                    text(if path.is_empty() {
                        "Function"
                    } else {
                        "ExternalScript"
                    }),
                ),
                ("Definition", text(path)),
                ("Path", text(path)),
            ],
        );
        let position = frame.and_then(|frame| frame.invocation.clone());
        let at = position
            .as_ref()
            .map(|position| position.source.position(position.span.start));
        let number = |n: u32| Value::int(i32::try_from(n).unwrap_or(i32::MAX));
        let line = match (&position, &at) {
            (Some(position), Some(at)) => position.source.line(at.line).to_owned(),
            _ => String::new(),
        };
        PsObject::view(
            "System.Management.Automation.InvocationInfo",
            vec![
                ("MyCommand", command),
                (
                    "BoundParameters",
                    frame
                        .and_then(|frame| frame.bound.clone())
                        .unwrap_or_default(),
                ),
                (
                    "InvocationName",
                    text(frame.map_or("", |frame| &frame.invocation_name)),
                ),
                ("Line", Value::str(line)),
                (
                    "ScriptLineNumber",
                    at.map_or(Value::int(0), |at| number(at.line)),
                ),
                (
                    "OffsetInLine",
                    at.map_or(Value::int(0), |at| number(at.column)),
                ),
                (
                    "ScriptName",
                    text(
                        position
                            .as_ref()
                            .and_then(|p| p.source.file())
                            .unwrap_or_default(),
                    ),
                ),
                ("PSCommandPath", text(path)),
                (
                    "PSScriptRoot",
                    self.automatic("PSScriptRoot").unwrap_or_default(),
                ),
                (
                    "PipelinePosition",
                    Value::int(
                        frame.map_or(1, |f| i32::try_from(f.pipeline_position).unwrap_or(1)),
                    ),
                ),
                (
                    "PipelineLength",
                    Value::int(frame.map_or(1, |f| i32::try_from(f.pipeline_length).unwrap_or(1))),
                ),
                ("CommandOrigin", text("Internal")),
            ],
        )
    }
}

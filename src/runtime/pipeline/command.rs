//! From the words of a command to a stage of a pipeline.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::absent;
use super::cmdlet_stage::CmdletStage;
use super::context::Context;
use super::function_stage::{Call, FunctionStage, Kind};
use super::program_stage::ProgramStage;
use super::streams::{Shared, Streams};
use super::{Runner, Side, Slot, Tap};
use crate::language::ast::{self, ExprKind, Invocation};
use crate::runtime::binder::arguments::{Argument, Given};
use crate::runtime::binder::{Binder, Bound};
use crate::runtime::common::Common;
use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord, Position};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::registry::{Command, Function, nearest};
use crate::runtime::scriptblock::ScriptBlock;
use crate::runtime::shell::Shell;
use crate::runtime::signature::Signature;
use crate::runtime::value::Value;

/// Where a stage stands in its pipeline.
#[derive(Clone, Copy)]
pub(in crate::runtime) struct StagePlace {
    /// From 0; more than 0 means that objects come in.
    pub(in crate::runtime) number: usize,
    /// How many stages there are.
    pub(in crate::runtime) length: usize,
    /// The id that stops what is before it.
    pub(in crate::runtime) stop: u64,
}

/// What stands at the head of a command.
enum Head {
    Command(Command, Rc<str>),
    Block(Rc<ScriptBlock>),
}

impl Shell {
    /// Makes the stage of a command: finds it, evaluates its arguments, applies its redirections.
    pub(in crate::runtime) fn stage(
        &mut self,
        command: &ast::Command,
        place: StagePlace,
    ) -> Run<Slot> {
        let head = self.head(command)?;
        let arguments = self.evaluate_arguments(&command.elements)?;
        let (head, arguments) = self.or_help(head, arguments);
        let mut streams = (*self.context.streams).clone();
        let mut side = Side::default();
        if !command.redirections.is_empty() {
            self.redirect(&command.redirections, &mut streams, &mut side)?;
        }
        let position = Position {
            source: self.source.clone(),
            span: command_span(command),
        };
        let dotted = command.invocation == Invocation::Dot;
        let mut context = Context {
            position: Some(position),
            streams: Rc::new(streams),
            ..Context::default()
        };
        let expects_input = place.number > 0;
        let runner: Box<dyn Runner> = match head {
            Head::Block(block) => {
                let call = Call {
                    name: Rc::from("<ScriptBlock>"),
                    kind: Kind::Block,
                    dotted,
                    place,
                };
                Box::new(self.function_stage(block, call, arguments, &mut context, &mut side)?)
            }
            Head::Command(Command::Function(function), called) => {
                context.command = called.clone();
                context.activity = function.name.clone();
                context.class = function.name.clone();
                let call = Call {
                    name: function.name.clone(),
                    kind: Kind::Function(called),
                    dotted,
                    place,
                };
                Box::new(self.function_stage(
                    function.block.clone(),
                    call,
                    arguments,
                    &mut context,
                    &mut side,
                )?)
            }
            Head::Command(Command::Cmdlet(meta), called) => {
                let name: Rc<str> = Rc::from(meta.name());
                context.command = called;
                context.activity = name;
                context.class = Rc::from(meta.class_name());
                let signature = self.registry.signature(meta);
                let bound = self.bind(
                    &signature,
                    arguments,
                    expects_input,
                    &mut context,
                    &mut side,
                )?;
                context.overrides = bound.common.overrides;
                Box::new(CmdletStage::new(
                    meta,
                    signature,
                    bound,
                    self.source.clone(),
                    place.stop,
                ))
            }
            Head::Command(Command::Script(path), _) => {
                let block = self.read_script(&path)?;
                let name: Rc<str> = Rc::from(
                    path.file_name()
                        .map(|n| n.to_string_lossy())
                        .unwrap_or_default(),
                );
                context.command = Rc::from(path.to_string_lossy());
                context.activity = name.clone();
                context.class = name.clone();
                let call = Call {
                    name,
                    kind: Kind::Script(path),
                    dotted,
                    place,
                };
                Box::new(self.function_stage(block, call, arguments, &mut context, &mut side)?)
            }
            Head::Command(Command::Program(path), called) => {
                context.command = called;
                Box::new(ProgramStage::new(path, arguments, expects_input))
            }
        };
        Ok(Slot {
            runner,
            context,
            scope: self.scope.clone(),
            guarded: self.guarded,
            begun: false,
            side,
        })
    }

    /// `-?` shows the help of the command in place of running it.
    fn or_help(&self, head: Head, arguments: Vec<Argument>) -> (Head, Vec<Argument>) {
        let asked = arguments.iter().find_map(|argument| match argument {
            Argument::Named { name, span, .. } if &**name == "?" => Some(*span),
            _ => None,
        });
        let (Some(span), Some(help)) = (asked, self.registry.cmdlet("Get-Help")) else {
            return (head, arguments);
        };
        let name = match &head {
            Head::Command(Command::Cmdlet(meta), _) => meta.name(),
            Head::Command(Command::Function(function), _) => function.name.to_string(),
            _ => return (head, arguments),
        };
        let topic = Given {
            value: Value::from(name),
            text: None,
            span,
        };
        let head = Head::Command(Command::Cmdlet(help), Rc::from(help.name()));
        (head, vec![Argument::Value(topic)])
    }

    /// The stage of a function, block or script.
    fn function_stage(
        &mut self,
        block: Rc<ScriptBlock>,
        call: Call,
        arguments: Vec<Argument>,
        context: &mut Context,
        side: &mut Side,
    ) -> Run<FunctionStage> {
        let signature = self.signature_of(&block)?;
        let bound = self.bind(&signature, arguments, call.place.number > 0, context, side)?;
        Ok(FunctionStage::new(
            block,
            signature,
            bound,
            call,
            self.source.clone(),
        ))
    }

    /// Binds arguments with errors placed at the command, and lets its common parameters listen.
    fn bind(
        &mut self,
        signature: &Rc<Signature>,
        arguments: Vec<Argument>,
        expects_input: bool,
        context: &mut Context,
        side: &mut Side,
    ) -> Run<Bound> {
        let source = self.source.clone();
        let outer = std::mem::replace(&mut self.context, std::mem::take(context));
        let mut binder = Binder {
            shell: self,
            signature,
            source: &source,
            expects_input,
        };
        let bound = binder.bind(arguments);
        *context = std::mem::replace(&mut self.context, outer);
        let bound = bound?;
        self.tap_streams(&bound.common, context, &mut side.stream_variables);
        side.out_variable = bound
            .common
            .out_variable
            .as_deref()
            .map(|name| self.tap(name, false));
        side.pipeline_variable = bound.common.pipeline_variable.as_deref().map(Rc::from);
        Ok(bound)
    }

    /// What the head of a command means.
    fn head(&mut self, command: &ast::Command) -> Run<Head> {
        let value = match &command.name.kind {
            ExprKind::String { value, .. } => Value::Str(value.clone()),
            _ => self.expr(&command.name)?,
        };
        match value {
            Value::ScriptBlock(block) => Ok(Head::Block(block)),
            Value::Object(object) if matches!(object.base, Some(Value::ScriptBlock(_))) => {
                match &object.base {
                    Some(Value::ScriptBlock(block)) => Ok(Head::Block(block.clone())),
                    _ => Err(Flow::Return),
                }
            }
            Value::Null => Err(Flow::error(ErrorRecord::runtime(
                "BadExpression",
                "The expression after '&' in a pipeline element produced an object that was not valid. It must result in a command name, a script block, or a CommandInfo object.",
            ))),
            other => {
                let name = self.name_of_command(&other)?;
                match self.find_command(&name) {
                    Some(found) => Ok(Head::Command(found, Rc::from(name))),
                    None => Err(self.not_found(&name, command.name.span)),
                }
            }
        }
    }

    /// The name of what stands after `&`: a text, or an object of Get-Command.
    fn name_of_command(&mut self, value: &Value) -> Run<String> {
        let is_command = crate::runtime::types::type_names(value)
            .iter()
            .any(|name| name.ends_with("Info"));
        if is_command && let Value::Object(_) | Value::Native(_) = value {
            for property in ["Path", "Name"] {
                if let Some(Value::Str(name)) = self.property(value, property)?
                    && !name.is_empty()
                {
                    return Ok(name.to_string());
                }
            }
        }
        Ok(convert::to_text(value))
    }

    /// The command a name means: alias, function, cmdlet, script or program, in this order.
    pub fn find_command(&self, name: &str) -> Option<Command> {
        let mut name: Rc<str> = Rc::from(name);
        for _ in 0..16 {
            match self.scope.alias(&name) {
                Some(next) => name = next,
                None => break,
            }
        }
        // `Module\Name` names the same command.
        let plain = match name.split_once('\\') {
            Some((module, plain)) if !module.is_empty() && !plain.contains(['\\', '/', '.']) => {
                plain
            }
            _ => &name,
        };
        if let Some(function) = self.function(plain) {
            return Some(Command::Function(function));
        }
        if let Some(meta) = self.registry.cmdlet(plain) {
            return Some(Command::Cmdlet(meta));
        }
        self.find_file(&name)
    }

    /// The function a name means, without or with a scope in front.
    pub(in crate::runtime) fn function(&self, name: &str) -> Option<Rc<Function>> {
        match name.split_once(':') {
            Some((scope, name)) if scope.eq_ignore_ascii_case("global") => {
                self.global.function(name)
            }
            Some((scope, name)) if scope.eq_ignore_ascii_case("script") => {
                self.scope.script().function(name)
            }
            _ => self.scope.function(name),
        }
    }

    /// A script or program: with a path where it says, without one in `PATH`.
    fn find_file(&self, name: &str) -> Option<Command> {
        if name.is_empty() {
            return None;
        }
        if name.contains(['/', '\\']) || name.starts_with('~') {
            let path = self.resolve_path(name);
            return [path.clone(), with_ps1(&path)]
                .into_iter()
                .find(|path| path.is_file())
                .map(file_command);
        }
        let folders = self.env("PATH").unwrap_or_default();
        for folder in std::env::split_paths(&folders) {
            let path = folder.join(name);
            for path in [path.clone(), with_ps1(&path)] {
                if path.is_file() && (is_script(&path) || is_executable(&path)) {
                    return Some(file_command(path));
                }
            }
        }
        None
    }

    /// `CommandNotFoundException`, with the names that look like it.
    fn not_found(&self, name: &str, span: crate::language::Span) -> Flow {
        let commands = self.command_names();
        let near = nearest(name, commands.iter().map(|name| &**name), 3);
        let exception = "System.Management.Automation.CommandNotFoundException";
        let message = format!(
            "The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again."
        );
        let mut record = ErrorRecord::new(
            exception,
            exception_id(exception),
            ErrorCategory::ObjectNotFound,
            message,
        )
        .with_target(Value::str(name));
        if let Some(reason) = absent::reason(name) {
            record = record.with_recommendation(reason);
        } else if !near.is_empty() {
            record = record.with_recommendation(format!("Did you mean {}?", near.join(" or ")));
        }
        {
            let mut place = record.place.borrow_mut();
            place.command = Rc::from(name);
            place.position = Some(Position {
                source: self.source.clone(),
                span,
            });
            place.stack = self.stack_trace();
        }
        Flow::error(record)
    }

    /// Names of all commands: cmdlets, functions and aliases in scope; for completion and "did you mean".
    pub fn command_names(&self) -> Vec<Rc<str>> {
        let mut names: Vec<Rc<str>> = self.registry.names().cloned().collect();
        for scope in self.scope.chain() {
            names.extend(
                scope
                    .functions()
                    .into_iter()
                    .map(|function| function.name.clone()),
            );
            names.extend(scope.aliases().into_iter().map(|(alias, _)| alias));
        }
        names
    }

    /// `-ErrorVariable` and its kin: lists that listen to streams.
    pub(in crate::runtime) fn tap_streams(
        &mut self,
        common: &Common,
        context: &mut Context,
        taps: &mut Vec<Tap>,
    ) {
        let wanted = [
            &common.error_variable,
            &common.warning_variable,
            &common.information_variable,
        ];
        if wanted.iter().all(|name| name.is_none()) {
            return;
        }
        let mut streams: Streams = (*context.streams).clone();
        for (index, name) in wanted.into_iter().enumerate() {
            let Some(name) = name else { continue };
            let tap = self.tap(name, index == 0);
            let stream = match index {
                0 => &mut streams.error,
                1 => &mut streams.warning,
                _ => &mut streams.information,
            };
            stream.taps.push(tap.list.clone());
            taps.push(tap);
        }
        context.streams = Rc::new(streams);
    }

    /// A variable that collects; `+name` keeps what it holds.
    pub(in crate::runtime) fn tap(&self, name: &str, errors: bool) -> Tap {
        let (name, held) = match name.strip_prefix('+') {
            Some(name) => {
                let held = self.scope.value(name).filter(|value| !value.is_null());
                (
                    name,
                    held.map(|value| {
                        super::enumerate::elements(&value).unwrap_or_else(|| vec![value])
                    }),
                )
            }
            None => (name, None),
        };
        let list: Shared = Shared::default();
        list.borrow_mut().extend(held.into_iter().flatten());
        Tap {
            name: Rc::from(name),
            list,
            errors,
        }
    }

    /// The block of a script file.
    pub(in crate::runtime) fn read_script(&self, path: &Path) -> Run<Rc<ScriptBlock>> {
        let bytes = std::fs::read(path).map_err(|error| {
            ErrorRecord::new(
                "System.IO.IOException",
                "ScriptReadFailure",
                ErrorCategory::ReadError,
                format!(
                    "The script \"{}\" could not be read: {error}.",
                    path.display()
                ),
            )
        })?;
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        match self.parse_source(text, Some(&path.to_string_lossy())) {
            // Of a script that is called the error ends the statement, not the caller.
            Err(Flow::Error { record, .. }) => {
                Err(Flow::error(crate::runtime::errors::raise::retyped(
                    &record,
                    "System.Management.Automation.ParseException",
                )))
            }
            other => other,
        }
    }
}

/// The command without its redirections, as errors underline it.
fn command_span(command: &ast::Command) -> crate::language::Span {
    command.span
}

fn exception_id(full: &str) -> &str {
    full.rsplit('.').next().unwrap_or(full)
}

fn with_ps1(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".ps1");
    PathBuf::from(name)
}

fn is_script(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("ps1"))
}

fn file_command(path: PathBuf) -> Command {
    if is_script(&path) {
        Command::Script(path)
    } else {
        Command::Program(path)
    }
}

fn is_executable(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::EXEC_OK).is_ok()
}

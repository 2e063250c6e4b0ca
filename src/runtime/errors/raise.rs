//! How errors are placed, remembered, shown, or let pass.

use std::rc::Rc;

use super::error::{ErrorCategory, ErrorRecord, Exception, Position};
use crate::runtime::context::Action;
use crate::runtime::flow::{Flow, Run};
use crate::runtime::shell::Shell;
use crate::runtime::streams::{Destination, Target};
use crate::runtime::ui::Stream;
use crate::runtime::value::Value;

impl Shell {
    /// Says where an error happened, unless it is said already: the command at work, else the statement.
    pub(in crate::runtime) fn locate(&self, record: &ErrorRecord) {
        let context = &self.context;
        let mut place = record.place.borrow_mut();
        if !place.stack.is_empty() {
            return;
        }
        if place.command.is_empty() {
            place.command = context.command.clone();
        }
        if place.activity.is_empty() {
            place.activity = context.activity.clone();
        }
        if place.class.is_empty() {
            place.class = context.class.clone();
        }
        if place.position.is_none() {
            place.position = context.position.clone();
        }
        place.stack = self.stack_trace();
    }

    /// Says that an error belongs to the statement at work and to no command.
    pub(in crate::runtime) fn locate_statement(&self, record: &ErrorRecord) {
        let mut place = record.place.borrow_mut();
        if place.stack.is_empty() {
            if place.position.is_none() {
                place.position = Some(Position {
                    source: self.source.clone(),
                    span: self.at,
                });
            }
            place.stack = self.stack_trace();
        }
    }

    /// `at Name, file: line n`, innermost first.
    pub(in crate::runtime) fn stack_trace(&self) -> Rc<str> {
        let mut lines = Vec::new();
        let mut at = (self.source.clone(), self.at);
        for frame in self.frames.iter().rev() {
            lines.push(trace_line(&frame.name, &at));
            at = frame.caller.clone();
        }
        lines.push(trace_line("<ScriptBlock>", &at));
        Rc::from(lines.join("\n"))
    }

    /// Writes an error of the command at work that does not end it.
    ///
    /// # Errors
    /// The error itself when the preference says Stop.
    pub fn write_error(&mut self, record: Rc<ErrorRecord>) -> Run<()> {
        self.locate(&record);
        self.context.failed = true;
        let action = self
            .context
            .overrides
            .error
            .unwrap_or_else(|| self.preference("ErrorActionPreference", Action::Continue));
        if action == Action::Ignore {
            return Ok(());
        }
        let streams = self.context.streams.clone();
        for tap in &streams.error.taps {
            tap.borrow_mut().push(Value::Error(record.clone()));
        }
        match action {
            Action::Stop => {
                // It ends the script now, so it says where even when it belongs to the script as a whole.
                let mut place = record.place.borrow_mut();
                if place.position.is_none() {
                    place.position = self.context.position.clone();
                }
                drop(place);
                Err(Flow::Error {
                    record,
                    fatal: true,
                })
            }
            Action::Inquire => {
                self.remember(&record);
                let message = record.exception.message.to_string();
                self.inquire(&message)?;
                self.print_error(&record, &streams.error);
                Ok(())
            }
            Action::SilentlyContinue => {
                self.remember(&record);
                Ok(())
            }
            _ => {
                self.remember(&record);
                self.print_error(&record, &streams.error);
                Ok(())
            }
        }
    }

    /// Writes an error as one of the function or script around the command at work.
    ///
    /// # Errors
    /// As [`Shell::write_error`].
    pub fn write_error_of_caller(&mut self, record: Rc<ErrorRecord>) -> Run<()> {
        {
            let mut place = record.place.borrow_mut();
            if place.activity.is_empty() {
                place.activity = self.context.activity.clone();
            }
            if let Some(frame) = self.frames.iter().rev().find(|frame| frame.is_command) {
                place.command = frame.invocation_name.clone();
                place.class = frame.name.clone();
                place.position = frame.invocation.clone();
            } else {
                place.command = self.context.command.clone();
                place.no_class = true;
                place.position = self.context.position.clone();
            }
            place.stack = self.stack_trace();
        }
        self.write_error(record)
    }

    /// What becomes of an error that ended a statement: `Ok` when the script goes on.
    ///
    /// # Errors
    /// The error, when something around takes it or the script ends.
    pub(in crate::runtime) fn settle(&mut self, record: Rc<ErrorRecord>, fatal: bool) -> Run<()> {
        self.locate_statement(&record);
        self.success = false;
        if self.guarded > 0 {
            return Err(Flow::Error { record, fatal });
        }
        match self.preference("ErrorActionPreference", Action::Continue) {
            Action::Ignore => Ok(()),
            Action::SilentlyContinue => {
                self.remember(&record);
                Ok(())
            }
            Action::Stop if !fatal => Err(Flow::fatal(retyped(
                &record,
                "System.Management.Automation.ParentContainsErrorRecordException",
            ))),
            _ if fatal => Err(Flow::Error { record, fatal }),
            _ => {
                self.report(&record);
                Ok(())
            }
        }
    }

    /// Remembers and shows an error.
    pub fn report(&mut self, record: &Rc<ErrorRecord>) {
        self.locate_statement(record);
        self.remember(record);
        let streams = self.context.streams.clone();
        for tap in &streams.error.taps {
            tap.borrow_mut().push(Value::Error(record.clone()));
        }
        self.print_error(record, &streams.error);
    }

    /// Puts an error into `$Error`, unless it is the newest already.
    pub(in crate::runtime) fn remember(&mut self, record: &Rc<ErrorRecord>) {
        self.errors.insert(record);
    }

    /// Sends an error to the end of its stream.
    pub(in crate::runtime) fn print_error(&mut self, record: &Rc<ErrorRecord>, to: &Destination) {
        match &to.target {
            Target::Null => {}
            Target::Output(list) => list.borrow_mut().push(Value::Error(record.clone())),
            Target::Screen => {
                self.flush(Stream::Error);
                let text = self.error_text(record);
                self.ui.write(Stream::Error, &text);
            }
            Target::File(file) => {
                let text = self.error_text(record);
                file.borrow_mut().write_text(&text);
            }
        }
    }

    /// Ends everything when Ctrl-C was pressed.
    ///
    /// # Errors
    /// [`Flow::Interrupted`].
    pub fn check_interrupt(&self) -> Run<()> {
        if self.ui.interrupted() {
            Err(Flow::Interrupted)
        } else {
            Ok(())
        }
    }

    /// The error of a command: placed at the command at work.
    pub(in crate::runtime) fn command_error(&self, record: ErrorRecord) -> Flow {
        self.locate(&record);
        Flow::error(record)
    }

    /// A text that does not parse, as an error of the command at work.
    pub(in crate::runtime) fn of_command(&self, flow: Flow) -> Flow {
        if let Flow::Error { record, .. } = &flow {
            let mut place = record.place.borrow_mut();
            place.command = self.context.command.clone();
            place.activity = self.context.activity.clone();
            place.class = self.context.class.clone();
        }
        flow
    }

    /// `NonInteractive`: nobody can answer.
    pub(in crate::runtime) fn nobody_answers(&self) -> ErrorRecord {
        ErrorRecord::new(
            "System.Management.Automation.PSInvalidOperationException",
            "InvalidOperation",
            ErrorCategory::InvalidOperation,
            "Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.",
        )
    }
}

/// The same error with another exception type.
pub(in crate::runtime) fn retyped(record: &ErrorRecord, exception: &str) -> ErrorRecord {
    record.with_exception(Exception {
        type_name: Rc::from(exception),
        message: record.exception.message.clone(),
        inner: Some(Rc::new(record.exception.clone())),
    })
}

fn trace_line(
    name: &str,
    (source, at): &(Rc<crate::language::Source>, crate::language::Span),
) -> String {
    let file = source.file().unwrap_or("<No file>");
    format!("at {name}, {file}: line {}", source.position(at.start).line)
}

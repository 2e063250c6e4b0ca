//! Preference variables and the streams they rule: warning, verbose, debug, information, progress.

use std::rc::Rc;

use crate::runtime::context::Action;
use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::shell::Shell;
use crate::runtime::streams::{Destination, Target};
use crate::runtime::types::error_record;
use crate::runtime::types::stream_record::{HostMessage, StreamRecord};
use crate::runtime::ui::{ConsoleColor, Progress, Stream};
use crate::runtime::value::Value;

/// Text for the screen, as Write-Host sends it.
#[derive(Clone, Debug, Default)]
pub struct HostText {
    /// The text, line end included when there is one.
    pub text: String,
    /// `-ForegroundColor`
    pub foreground: Option<ConsoleColor>,
    /// `-BackgroundColor`
    pub background: Option<ConsoleColor>,
}

impl Shell {
    /// The action a preference variable names; `otherwise` when it is unset or no action.
    pub(in crate::runtime) fn preference(&self, variable: &str, otherwise: Action) -> Action {
        self.scope
            .value(variable)
            .and_then(|value| Action::parse(&convert::to_text(&value)))
            .unwrap_or(otherwise)
    }

    /// Writes a warning of the command at work.
    ///
    /// # Errors
    /// When the preference says Stop.
    pub fn write_warning(&mut self, text: &str) -> Run<()> {
        let action = self.context.overrides.warning;
        let action =
            action.unwrap_or_else(|| self.preference("WarningPreference", Action::Continue));
        let to = self.context.streams.warning.clone();
        self.message(
            text,
            "WARNING: ",
            Stream::Warning,
            "WarningPreference",
            action,
            &to,
        )
    }

    /// Writes a line of -Verbose.
    ///
    /// # Errors
    /// When the preference says Stop.
    pub fn write_verbose(&mut self, text: &str) -> Run<()> {
        let action = match self.context.overrides.verbose {
            Some(true) => Action::Continue,
            Some(false) => Action::SilentlyContinue,
            None => self.preference("VerbosePreference", Action::SilentlyContinue),
        };
        let to = self.context.streams.verbose.clone();
        self.message(
            text,
            "VERBOSE: ",
            Stream::Verbose,
            "VerbosePreference",
            action,
            &to,
        )
    }

    /// Writes a line of -Debug.
    ///
    /// # Errors
    /// When the preference says Stop.
    pub fn write_debug(&mut self, text: &str) -> Run<()> {
        let action = match self.context.overrides.debug {
            // Whoever debugs is asked at each step, if anybody is there.
            Some(true) if self.ui.can_prompt() => Action::Inquire,
            Some(true) => Action::Continue,
            Some(false) => Action::SilentlyContinue,
            None => self.preference("DebugPreference", Action::SilentlyContinue),
        };
        let to = self.context.streams.debug.clone();
        self.message(
            text,
            "DEBUG: ",
            Stream::Debug,
            "DebugPreference",
            action,
            &to,
        )
    }

    /// Writes to the information stream; shown only when the preference says so.
    ///
    /// # Errors
    /// When the preference says Stop.
    pub fn write_information(&mut self, value: Value, tags: &[&str]) -> Run<()> {
        let action = self.context.overrides.information;
        let action = action
            .unwrap_or_else(|| self.preference("InformationPreference", Action::SilentlyContinue));
        let to = self.context.streams.information.clone();
        let text = convert::to_text(&value);
        if action == Action::Ignore {
            return Ok(());
        }
        let record = StreamRecord::information(value, tags, self.source_name());
        for tap in &to.taps {
            tap.borrow_mut().push(record.clone());
        }
        match (&to.target, action) {
            (Target::Screen, Action::SilentlyContinue) => Ok(()),
            (Target::Screen, _) => self.message(
                &text,
                "",
                Stream::Information,
                "InformationPreference",
                action,
                &Destination::default(),
            ),
            (Target::Null, _) => Ok(()),
            (Target::Output(list), _) => {
                list.borrow_mut().push(record);
                Ok(())
            }
            (Target::File(file), _) => {
                file.borrow_mut().write_text(&format!("{text}\n"));
                Ok(())
            }
        }
    }

    /// Shows text as Write-Host does: by way of the information stream, whatever its preference says.
    pub fn write_host(&mut self, host: &HostText) {
        let to = self.context.streams.information.clone();
        let record = |shell: &Shell| {
            let message = HostMessage::value(&host.text, host.foreground, host.background);
            StreamRecord::information(message, &["PSHOST"], shell.source_name())
        };
        for tap in &to.taps {
            tap.borrow_mut().push(record(self));
        }
        match &to.target {
            Target::Screen => {
                self.flush(Stream::Information);
                self.ui
                    .write_host(&host.text, host.foreground, host.background);
            }
            Target::Null => {}
            Target::Output(list) => list.borrow_mut().push(record(self)),
            Target::File(file) => file.borrow_mut().write_text(&host.text),
        }
    }

    /// What a record of the information stream names as its source: the script, or the command at work.
    fn source_name(&self) -> Rc<str> {
        match self.script_path() {
            Some(path) => Rc::from(path),
            None => self.context.activity.clone(),
        }
    }

    /// A message as an object, with the place it was written at.
    fn message_record(&self, stream: Stream, text: &str) -> Value {
        let here = ErrorRecord::runtime("", text);
        self.locate(&here);
        StreamRecord::message(stream, text, error_record::invocation(Rc::new(here)))
    }

    /// Shows or updates a progress bar, unless `$ProgressPreference` hides it.
    pub fn show_progress(&mut self, progress: &Progress) {
        if self.preference("ProgressPreference", Action::Continue) == Action::Continue {
            self.ui.progress(progress);
        }
    }

    /// One message of a stream, by its action.
    fn message(
        &mut self,
        text: &str,
        prefix: &str,
        stream: Stream,
        variable: &str,
        action: Action,
        to: &Destination,
    ) -> Run<()> {
        if matches!(action, Action::Ignore) {
            return Ok(());
        }
        for tap in &to.taps {
            tap.borrow_mut().push(self.message_record(stream, text));
        }
        if action == Action::SilentlyContinue {
            return Ok(());
        }
        match &to.target {
            Target::Null => {}
            Target::Output(list) => list.borrow_mut().push(self.message_record(stream, text)),
            Target::File(file) => file.borrow_mut().write_text(&format!("{text}\n")),
            Target::Screen => {
                self.flush(stream);
                self.ui.write(stream, &format!("{prefix}{text}\n"));
            }
        }
        match action {
            Action::Stop => Err(self.stopped_by(variable, text)),
            Action::Inquire => self.inquire("Continue with this operation?"),
            _ => Ok(()),
        }
    }

    /// The error of a message whose preference says Stop.
    fn stopped_by(&self, variable: &str, text: &str) -> Flow {
        let record = ErrorRecord::new(
            "System.Management.Automation.ParentContainsErrorRecordException",
            "ActionPreferenceStop",
            ErrorCategory::OperationStopped,
            format!(
                "The running command stopped because the preference variable \"{variable}\" or common parameter is set to Stop: {text}"
            ),
        );
        self.locate(&record);
        Flow::fatal(record)
    }
}

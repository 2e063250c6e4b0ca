//! What a running cmdlet may do.

use std::path::PathBuf;
use std::rc::Rc;

use super::CmdletMeta;
use crate::runtime::error::ErrorRecord;
use crate::runtime::flow::{Flow, Run};
use crate::runtime::scriptblock::ScriptBlock;
use crate::runtime::shell::Shell;
use crate::runtime::sink::{Collect, Sink};
use crate::runtime::ui::{Progress, Ui};
use crate::runtime::value::Value;

/// The call of a cmdlet: what was bound.
pub struct Call {
    /// The cmdlet.
    pub meta: &'static CmdletMeta,
    /// The current pipeline object; `None` when nothing is piped in.
    pub input: Option<Value>,
    /// Which parameters were given, on the command line or by the object.
    pub bound: Vec<bool>,
    /// The chosen parameter set.
    pub set: Rc<str>,
    /// The id of [`Cx::stop_upstream`].
    pub stop: u64,
}

/// The world of a running cmdlet.
pub struct Cx<'a> {
    /// The shell.
    pub shell: &'a mut Shell,
    out: &'a mut dyn Sink,
    call: &'a Call,
}

impl<'a> Cx<'a> {
    /// A cmdlet's world: where it writes and how it was called.
    pub fn new(shell: &'a mut Shell, out: &'a mut dyn Sink, call: &'a Call) -> Cx<'a> {
        Cx { shell, out, call }
    }

    /// Writes one object downstream, as it is: arrays stay whole.
    ///
    /// # Errors
    /// What later stages raise.
    pub fn write(&mut self, value: impl Into<Value>) -> Run<()> {
        self.out.push(self.shell, value.into())
    }

    /// Writes the elements of a collection, or the value when it is none.
    ///
    /// # Errors
    /// What later stages raise.
    pub fn write_each(&mut self, value: Value) -> Run<()> {
        crate::runtime::enumerate::push_each(self.shell, value, self.out)
    }

    /// Writes an error and goes on.
    ///
    /// # Errors
    /// The error itself when -ErrorAction or `$ErrorActionPreference` says Stop.
    pub fn error(&mut self, record: ErrorRecord) -> Run<()> {
        self.shell.write_error(Rc::new(record))
    }

    /// Writes an error as one of the function or script that called, as Write-Error does.
    ///
    /// # Errors
    /// As [`Cx::error`].
    pub fn error_of_caller(&mut self, record: ErrorRecord) -> Run<()> {
        self.shell.write_error_of_caller(Rc::new(record))
    }

    /// Writes a warning.
    ///
    /// # Errors
    /// When -WarningAction says Stop.
    pub fn warning(&mut self, text: &str) -> Run<()> {
        self.shell.write_warning(text)
    }

    /// Writes a line of -Verbose.
    ///
    /// # Errors
    /// When `$VerbosePreference` says Stop.
    pub fn verbose(&mut self, text: &str) -> Run<()> {
        self.shell.write_verbose(text)
    }

    /// Writes a line of -Debug.
    ///
    /// # Errors
    /// When `$DebugPreference` says Stop.
    pub fn debug(&mut self, text: &str) -> Run<()> {
        self.shell.write_debug(text)
    }

    /// Writes to the information stream.
    ///
    /// # Errors
    /// When -InformationAction says Stop.
    pub fn information(&mut self, value: Value, tags: &[&str]) -> Run<()> {
        self.shell.write_information(value, tags)
    }

    /// Shows or updates a progress bar, unless `$ProgressPreference` hides it.
    pub fn progress(&mut self, progress: &Progress) {
        self.shell.show_progress(progress);
    }

    /// Whether to do something to a target: false under -WhatIf (which prints it) or when a person says no.
    ///
    /// # Errors
    /// When it must ask and nobody can answer.
    pub fn should_process(&mut self, target: &str, operation: &str) -> Run<bool> {
        let impact = self.call.meta.confirm_impact;
        self.shell.should_process(target, operation, impact)
    }

    /// Asks a question of the cmdlet's own, also under -WhatIf.
    ///
    /// # Errors
    /// When nobody can answer.
    pub fn should_continue(&mut self, query: &str, caption: &str) -> Run<bool> {
        self.shell.should_continue(query, caption)
    }

    /// The current pipeline object; null when nothing is piped in.
    pub fn input(&self) -> Value {
        self.call.input.clone().unwrap_or_default()
    }

    /// Whether an object is piped in.
    pub fn has_input(&self) -> bool {
        self.call.input.is_some()
    }

    /// Whether a parameter was given, by its full name.
    pub fn is_bound(&self, parameter: &str) -> bool {
        let index = self
            .call
            .meta
            .params
            .iter()
            .position(|p| p.name.eq_ignore_ascii_case(parameter));
        index.is_some_and(|index| self.call.bound.get(index).copied().unwrap_or_default())
    }

    /// The chosen parameter set.
    pub fn parameter_set(&self) -> &str {
        &self.call.set
    }

    /// The cmdlet itself.
    pub fn meta(&self) -> &'static CmdletMeta {
        self.call.meta
    }

    /// Runs a block in the caller's scope, with `$_` when given, and collects what it writes.
    ///
    /// # Errors
    /// What the block raises.
    pub fn call(
        &mut self,
        block: &Rc<ScriptBlock>,
        underscore: Option<Value>,
        args: Vec<Value>,
    ) -> Run<Vec<Value>> {
        let mut out = Collect::default();
        self.shell
            .run_block_here(block, underscore, args, &mut out)?;
        Ok(out.items)
    }

    /// Runs a block in the caller's scope; what it writes goes downstream at once.
    ///
    /// # Errors
    /// What the block or later stages raise.
    pub fn call_through(
        &mut self,
        block: &Rc<ScriptBlock>,
        underscore: Option<Value>,
        args: Vec<Value>,
    ) -> Run<()> {
        self.shell.run_block_here(block, underscore, args, self.out)
    }

    /// Parses a text and runs it in the caller's scope; what it writes goes downstream at once.
    ///
    /// # Errors
    /// The first parse error, or what the text raises.
    pub fn run_text(&mut self, text: &str) -> Run<()> {
        let block = self
            .shell
            .parse_block(text)
            .map_err(|flow| self.shell.of_command(flow))?;
        self.shell
            .run_block_here(&block, None, Vec::new(), self.out)
    }

    /// Runs a block in a scope of its own with positional arguments, as `&` does; what it writes goes downstream at once.
    ///
    /// # Errors
    /// What the block or later stages raise.
    pub fn call_apart(&mut self, block: &Rc<ScriptBlock>, args: Vec<Value>) -> Run<()> {
        self.shell.call_block(block, args, self.out)
    }

    /// As [`Cx::call_apart`], with objects for the block's `$input` and `process`.
    ///
    /// # Errors
    /// As [`Cx::call_apart`].
    pub fn call_apart_with(
        &mut self,
        block: &Rc<ScriptBlock>,
        args: Vec<Value>,
        input: Vec<Value>,
    ) -> Run<()> {
        self.shell.call_block_with(block, args, input, self.out)
    }

    /// Whether a block gives true for an object.
    ///
    /// # Errors
    /// What the block raises.
    pub fn test(&mut self, block: &Rc<ScriptBlock>, underscore: Value) -> Run<bool> {
        let mut out = Collect::default();
        self.shell
            .run_block_here(block, Some(underscore), Vec::new(), &mut out)?;
        Ok(crate::runtime::convert::to_bool(&out.into_value()))
    }

    /// Whether -WhatIf holds: what is shown then is a preview, and nothing is changed.
    pub fn is_what_if(&self) -> bool {
        self.shell.what_if()
    }

    /// The person's side.
    pub fn ui(&self) -> Rc<dyn Ui> {
        self.shell.ui()
    }

    /// Whether output goes straight to the screen.
    pub fn writes_to_screen(&self) -> bool {
        self.out.is_screen()
    }

    /// Whether Ctrl-C was pressed.
    pub fn interrupted(&self) -> bool {
        self.shell.ui.interrupted()
    }

    /// Ends the pipeline when Ctrl-C was pressed.
    ///
    /// # Errors
    /// [`Flow::Interrupted`].
    pub fn check_interrupt(&self) -> Run<()> {
        self.shell.check_interrupt()
    }

    /// A path as a script writes it, against the current folder.
    pub fn resolve_path(&self, path: &str) -> PathBuf {
        self.shell.resolve_path(path)
    }

    /// What the host lent.
    pub fn session<T: 'static>(&self) -> Option<Rc<T>> {
        self.shell.extension()
    }

    /// A property of an object, computed ones included.
    ///
    /// # Errors
    /// What the code of a script property raises.
    pub fn property(&mut self, object: &Value, name: &str) -> Run<Option<Value>> {
        self.shell.property(object, name)
    }

    /// Return it as the error to say that nothing more is needed from earlier stages.
    pub fn stop_upstream(&self) -> Flow {
        Flow::StopUpstream(self.call.stop)
    }
}

//! The shell: scopes, commands, streams, errors, and the doors by which hosts and tests come in.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::cmdlet::CmdletMeta;
use super::cmdlet::registry::Registry;
use super::errors::error::ErrorRecord;
use super::eval::flow::{Flow, Run};
use super::pipeline::context::Context;
use super::pipeline::sink::{Collect, Screen};
use super::scopes::frame::Frame;
use super::scopes::scope::{Scope, Variable};
use super::ui::{Stream, Ui};
use super::value::Value;
use crate::language::{Source, Span};

/// `Out-Default` of one script file or typed line.
///
/// `format` implements it; finished text goes to `shell.ui().write(Stream::Output, …)`.
pub trait OutDefault {
    /// Takes one object, as the pipeline wrote it.
    ///
    /// # Errors
    /// What code of the object (a script property, a calculated column) raises.
    fn write(&mut self, value: Value, shell: &mut Shell) -> Run<()>;

    /// Something of another stream is about to be shown; what must stand before it is written now.
    ///
    /// # Errors
    /// As [`OutDefault::write`].
    fn flush(&mut self, _before: Stream, _shell: &mut Shell) -> Run<()> {
        Ok(())
    }

    /// No more objects.
    ///
    /// # Errors
    /// As [`OutDefault::write`].
    fn end(&mut self, shell: &mut Shell) -> Run<()>;
}

/// How a text ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The code of `exit`, when the text ran into one.
    pub exit: Option<i32>,
    /// `$?` is false.
    pub failed: bool,
    /// An error ended the text before its end: `throw`, a parse error, `-ErrorAction Stop`.
    pub fatal: bool,
    /// Ctrl-C ended it.
    pub interrupted: bool,
}

/// Makes an `Out-Default`.
pub type Formatter = fn() -> Box<dyn OutDefault>;

/// Prints an error record as the console shows it, line ends included.
pub type ErrorView = fn(&Rc<ErrorRecord>, &mut Shell) -> String;

/// The `Out-Default` at work; shared so that other streams can have it flush first.
pub(super) type Display = Rc<RefCell<Box<dyn OutDefault>>>;

/// A shell session: one thread, one set of variables.
pub struct Shell {
    pub(super) ui: Rc<dyn Ui>,
    pub(super) registry: Rc<Registry>,
    pub(super) global: Rc<Scope>,
    pub(super) scope: Rc<Scope>,
    pub(super) context: Context,
    pub(super) frames: Vec<Frame>,
    /// The text the evaluator is in, and the statement.
    pub(super) source: Rc<Source>,
    pub(super) at: Span,
    /// `$?`
    pub(super) success: bool,
    /// How many `try` bodies (or blocks with traps) are around: errors of statements go to them.
    pub(super) guarded: usize,
    pub(super) pipelines: u64,
    pub(super) location: PathBuf,
    pub(super) drives: Option<PathBuf>,
    pub(super) display: Option<Display>,
    pub(super) stack: super::eval::depth::Stack,
    pub(super) strict: u8,
    pub(super) errors: super::errors::log::ErrorList,
    pub(super) environment: super::scopes::environment::Environment,
    /// How many `catch` bodies are around.
    pub(super) catching: usize,
    formatter: Option<Formatter>,
    error_view: Option<ErrorView>,
    extensions: HashMap<TypeId, Rc<dyn Any>>,
}

impl Shell {
    /// A shell with these cmdlets. Aliases the cmdlets declare are set.
    pub fn new(ui: Rc<dyn Ui>, cmdlets: &[&'static CmdletMeta]) -> Shell {
        let global = Scope::global();
        for meta in cmdlets {
            for alias in meta.aliases {
                global.set_alias(alias, &meta.name());
            }
        }
        let mut shell = Shell {
            ui,
            registry: Rc::new(Registry::new(cmdlets)),
            scope: global.clone(),
            global,
            context: Context::default(),
            frames: Vec::new(),
            source: Rc::new(Source::new("", None)),
            at: Span::default(),
            success: true,
            guarded: 0,
            pipelines: 0,
            location: std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/")),
            drives: None,
            display: None,
            stack: super::eval::depth::Stack::default(),
            strict: 0,
            errors: super::errors::log::ErrorList::default(),
            environment: super::scopes::environment::Environment::default(),
            catching: 0,
            formatter: None,
            error_view: None,
            extensions: HashMap::new(),
        };
        super::scopes::automatic::declare(&mut shell);
        shell
    }

    /// Runs a whole text: a script, `-Command`, a typed line. Output goes to the screen, errors print when they happen;
    /// `file` is the script it was read from, which gets a scope of its own; `args` are its arguments.
    pub fn run_text(&mut self, text: &str, file: Option<&Path>, args: Vec<Value>) -> Outcome {
        let display: Option<Display> = self.formatter.map(|make| Rc::new(RefCell::new(make())));
        let outer = std::mem::replace(&mut self.display, display.clone());
        let mut run = self.run_source(text, file, args, &mut Screen);
        if let Some(display) = display {
            let ended = display.borrow_mut().end(self);
            run = run.and(ended);
        }
        let outcome = self.outcome(run);
        self.display = outer;
        outcome
    }

    /// Runs a text and gives the objects it wrote.
    ///
    /// # Errors
    /// What ended the text early. Errors that end only a statement are reported and the rest runs.
    pub fn collect(&mut self, text: &str) -> Run<Vec<Value>> {
        let mut out = Collect::default();
        self.run_source(text, None, Vec::new(), &mut out)?;
        Ok(out.items)
    }

    /// As [`Shell::collect`], but what was written before an error is kept.
    ///
    /// # Errors
    /// What ended the text early.
    pub fn collect_into(&mut self, text: &str, items: &mut Vec<Value>) -> Run<()> {
        let mut out = Collect::default();
        let result = self.run_source(text, None, Vec::new(), &mut out);
        items.append(&mut out.items);
        result
    }

    /// Reports what is left of a run and says how it ended.
    fn outcome(&mut self, run: Run<()>) -> Outcome {
        let mut outcome = Outcome::default();
        match run {
            Ok(())
            | Err(Flow::Return | Flow::Break(_) | Flow::Continue(_) | Flow::StopUpstream(_)) => {
                outcome.failed = !self.success;
            }
            Err(Flow::Exit(code)) => outcome.exit = Some(code),
            Err(Flow::Interrupted) => outcome.interrupted = true,
            Err(Flow::Error { record, .. }) => {
                self.report(&record);
                self.success = false;
                outcome.failed = true;
                outcome.fatal = true;
            }
        }
        outcome
    }

    /// The cmdlets and their parameters.
    pub fn registry(&self) -> &Rc<Registry> {
        &self.registry
    }

    /// The person's side.
    pub fn ui(&self) -> Rc<dyn Ui> {
        self.ui.clone()
    }

    /// Puts another in the place of the person's side, and gives the one before; a transcript listens this way.
    pub fn set_ui(&mut self, ui: Rc<dyn Ui>) -> Rc<dyn Ui> {
        std::mem::replace(&mut self.ui, ui)
    }

    /// Lends something of the host's to cmdlets, one of each type.
    pub fn set_extension<T: 'static>(&mut self, value: Rc<T>) {
        self.extensions.insert(TypeId::of::<T>(), value);
    }

    /// What the host lent.
    pub fn extension<T: 'static>(&self) -> Option<Rc<T>> {
        self.extensions
            .get(&TypeId::of::<T>())
            .and_then(|value| value.clone().downcast().ok())
    }

    /// Plugs in how objects are shown.
    pub fn set_formatter(&mut self, formatter: Formatter) {
        self.formatter = Some(formatter);
    }

    /// Plugs in how errors are shown.
    pub fn set_error_view(&mut self, view: ErrorView) {
        self.error_view = Some(view);
    }

    /// How much stack the shell's thread may use, in bytes. Deeper recursion is an error of the script.
    pub fn set_stack(&mut self, bytes: usize) {
        self.stack.set_limit(bytes);
    }

    /// The value of a variable, seen from the current scope.
    pub fn variable(&self, name: &str) -> Option<Value> {
        self.scope.value(name).or_else(|| self.automatic(name))
    }

    /// Sets a variable of the current scope, as an assignment would but without its rules.
    pub fn set_variable(&mut self, name: &str, value: Value) {
        self.scope.set_own(name, value);
    }

    /// The scope at work.
    pub fn scope(&self) -> &Rc<Scope> {
        &self.scope
    }

    /// The outermost scope.
    pub fn global(&self) -> &Rc<Scope> {
        &self.global
    }

    /// A variable itself, for `Get-Variable` and `[ref]`.
    pub fn find_variable(&self, name: &str) -> Option<Rc<Variable>> {
        self.scope.find(name)
    }

    /// The current folder.
    pub fn location(&self) -> PathBuf {
        self.location.clone()
    }

    /// Changes the current folder; the caller has seen that it exists.
    pub fn set_location(&mut self, folder: PathBuf) {
        self.location = folder;
    }

    /// `$?`
    pub fn success(&self) -> bool {
        self.success
    }

    /// `Set-StrictMode`: 0 is off, otherwise the version's first number.
    pub fn set_strict(&mut self, version: u8) {
        self.strict = version;
    }

    /// The version given to `Set-StrictMode`; 0 is off.
    pub fn strict(&self) -> u8 {
        self.strict
    }

    /// Shows one object on the screen.
    ///
    /// # Errors
    /// What code of the object raises.
    pub fn show(&mut self, value: Value) -> Run<()> {
        match self.display.clone() {
            Some(display) => match display.try_borrow_mut() {
                Ok(mut display) => display.write(value, self),
                // An object shown while another is being shown, by code of that other: on its own.
                Err(_) => self.show_alone(value),
            },
            None => self.show_alone(value),
        }
    }

    /// An `Out-Default` of its own, for a file.
    pub(super) fn make_display(&self) -> Option<Box<dyn OutDefault>> {
        self.formatter.map(|make| make())
    }

    /// Shows one object through an `Out-Default` of its own.
    fn show_alone(&mut self, value: Value) -> Run<()> {
        match self.formatter {
            Some(make) => {
                let mut display = make();
                display.write(value, self)?;
                display.end(self)
            }
            None => {
                let text = super::convert::to_text(&value);
                self.ui.write(Stream::Output, &format!("{text}\n"));
                Ok(())
            }
        }
    }

    /// Has what was written so far shown, before something of another stream.
    pub fn flush(&mut self, before: Stream) {
        if let Some(display) = self.display.clone()
            && let Ok(mut display) = display.try_borrow_mut()
            && let Err(Flow::Error { record, .. }) = display.flush(before, self)
        {
            self.remember(&record);
        }
    }

    /// The text of an error as the console shows it.
    pub fn error_text(&mut self, record: &Rc<ErrorRecord>) -> String {
        match self.error_view {
            Some(view) => view(record, self),
            None => format!("{}\n", record.exception.message),
        }
    }
}

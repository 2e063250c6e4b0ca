//! `>` and `>>`: output into files, as the screen would show it.

use std::cell::RefCell;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;

use super::Side;
use super::sink::Sink;
use super::streams::{Shared, StreamName, Streams, Target};
use crate::language::ast::{ExpressionElement, Redirection, RedirectionTarget};
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::flow::Run;
use crate::runtime::shell::{OutDefault, Shell};
use crate::runtime::ui::{ConsoleColor, Progress, Stream, Ui};
use crate::runtime::value::Value;

/// A file that takes redirected output. Its text is UTF-8 without a mark.
pub struct FileOutput {
    file: File,
    failed: Option<std::io::Error>,
}

impl FileOutput {
    /// Opens a file for writing; `append` keeps what it holds.
    ///
    /// # Errors
    /// `FileOpenFailure`, with the system's reason.
    pub fn open(path: &Path, append: bool) -> Result<FileOutput, ErrorRecord> {
        let mut options = File::options();
        options.create(true).write(true);
        if append {
            options.append(true)
        } else {
            options.truncate(true)
        };
        match options.open(path) {
            Ok(file) => Ok(FileOutput { file, failed: None }),
            Err(error) => Err(ErrorRecord::new(
                "System.IO.IOException",
                "FileOpenFailure",
                ErrorCategory::OpenError,
                format!("Cannot open \"{}\" for output: {error}.", path.display()),
            )),
        }
    }

    /// Writes text; the first failure is kept for [`FileOutput::finish`].
    pub fn write_text(&mut self, text: &str) {
        if self.failed.is_none()
            && let Err(error) = self.file.write_all(text.as_bytes())
        {
            self.failed = Some(error);
        }
    }

    /// The file is complete.
    ///
    /// # Errors
    /// The first failure to write.
    pub fn finish(&mut self) -> Result<(), ErrorRecord> {
        let flushed = self.file.flush();
        match self.failed.take().or(flushed.err()) {
            None => Ok(()),
            Some(error) => Err(ErrorRecord::new(
                "System.IO.IOException",
                "FileWriteFailure",
                ErrorCategory::WriteError,
                format!("The redirected output could not be written: {error}."),
            )),
        }
    }
}

/// Where redirected output goes.
pub(in crate::runtime) enum Outlet {
    /// `> $null`
    Null,
    /// A file; objects are shown into it as they would be on the screen.
    File {
        /// The file, shared with other streams of the command that go there.
        file: Rc<RefCell<FileOutput>>,
        /// Shows objects; made with the first of them.
        display: Option<Box<dyn OutDefault>>,
        /// Takes what the display writes.
        capture: Rc<Capture>,
    },
}

impl Outlet {
    /// An outlet into a file.
    pub(in crate::runtime) fn file(file: Rc<RefCell<FileOutput>>, shell: &Shell) -> Outlet {
        let capture = Rc::new(Capture {
            text: RefCell::default(),
            inner: shell.ui(),
        });
        Outlet::File {
            file,
            display: shell.make_display(),
            capture,
        }
    }

    pub(in crate::runtime) fn is_null(&self) -> bool {
        matches!(self, Outlet::Null)
    }

    /// Takes one object.
    pub(in crate::runtime) fn push(&mut self, shell: &mut Shell, value: Value) -> Run<()> {
        let Outlet::File {
            file,
            display,
            capture,
        } = self
        else {
            return Ok(());
        };
        let Some(display) = display else {
            file.borrow_mut()
                .write_text(&format!("{}\n", crate::runtime::convert::to_text(&value)));
            return Ok(());
        };
        let result = capture.during(shell, |shell| display.write(value, shell));
        file.borrow_mut().write_text(&capture.take());
        result
    }

    /// No more objects.
    pub(in crate::runtime) fn finish(&mut self, shell: &mut Shell) -> Run<()> {
        let Outlet::File {
            file,
            display,
            capture,
        } = self
        else {
            return Ok(());
        };
        let shown = match display {
            Some(display) => capture.during(shell, |shell| display.end(shell)),
            None => Ok(()),
        };
        file.borrow_mut().write_text(&capture.take());
        file.borrow_mut().finish()?;
        shown
    }
}

/// A host whose output is kept as text; everything else goes to the real one.
pub(in crate::runtime) struct Capture {
    text: RefCell<String>,
    inner: Rc<dyn Ui>,
}

impl Capture {
    fn take(&self) -> String {
        std::mem::take(&mut *self.text.borrow_mut())
    }

    /// Runs a step with this as the shell's host.
    fn during<T>(self: &Rc<Self>, shell: &mut Shell, step: impl FnOnce(&mut Shell) -> T) -> T {
        let outer = std::mem::replace(&mut shell.ui, self.clone());
        let result = step(shell);
        shell.ui = outer;
        result
    }
}

impl Ui for Capture {
    fn write(&self, stream: Stream, text: &str) {
        match stream {
            Stream::Output => self.text.borrow_mut().push_str(text),
            other => self.inner.write(other, text),
        }
    }

    fn write_host(
        &self,
        text: &str,
        foreground: Option<ConsoleColor>,
        background: Option<ConsoleColor>,
    ) {
        self.inner.write_host(text, foreground, background);
    }

    fn progress(&self, progress: &Progress) {
        self.inner.progress(progress);
    }

    fn read_line(&self, prompt: &str) -> Option<String> {
        self.inner.read_line(prompt)
    }

    fn read_secret(&self, prompt: &str) -> Option<String> {
        self.inner.read_secret(prompt)
    }

    fn can_prompt(&self) -> bool {
        self.inner.can_prompt()
    }

    /// A file has no last column to leave free.
    fn width(&self) -> usize {
        self.inner.width() + 1
    }

    fn height(&self) -> usize {
        self.inner.height()
    }

    fn interrupted(&self) -> bool {
        self.inner.interrupted()
    }
}

impl Shell {
    /// Applies the redirections of a command: streams of its context, and where its output goes.
    pub(in crate::runtime) fn redirect(
        &mut self,
        redirections: &[Redirection],
        streams: &mut Streams,
        side: &mut Side,
    ) -> Run<()> {
        for redirection in redirections {
            let (target, outlet) = match &redirection.to {
                RedirectionTarget::Merge(_) => {
                    let list = side.merged.get_or_insert_with(Shared::default).clone();
                    (Target::Output(list), None)
                }
                RedirectionTarget::File { path, append } => {
                    let path = self.expr(path)?;
                    if path.is_null() {
                        (Target::Null, Some(Outlet::Null))
                    } else {
                        let path = self.resolve_path(&crate::runtime::convert::to_text(&path));
                        let file = Rc::new(RefCell::new(FileOutput::open(&path, *append)?));
                        (Target::File(file.clone()), Some(Outlet::file(file, self)))
                    }
                }
            };
            match redirection.from {
                StreamName::Output => side.outlet = outlet,
                StreamName::All => {
                    for stream in streams.all_mut() {
                        stream.target = target.clone();
                    }
                    if outlet.is_some() {
                        side.outlet = outlet;
                    }
                }
                other => {
                    if let Some(stream) = streams.get_mut(other) {
                        stream.target = target;
                    }
                }
            }
        }
        Ok(())
    }

    /// `expression > file`, `$( … ) 2>&1`.
    pub(in crate::runtime) fn redirected_expression(
        &mut self,
        head: &ExpressionElement,
        out: &mut dyn Sink,
    ) -> Run<()> {
        let mut streams = (*self.context.streams).clone();
        let mut side = Side::default();
        self.redirect(&head.redirections, &mut streams, &mut side)?;
        let outer = std::mem::replace(&mut self.context.streams, Rc::new(streams));
        let result = self.worth(&head.expression);
        self.context.streams = outer;
        if let Some(list) = side.merged.take() {
            let waiting = std::mem::take(&mut *list.borrow_mut());
            for value in waiting {
                match &mut side.outlet {
                    Some(outlet) => outlet.push(self, value)?,
                    None => out.push(self, value)?,
                }
            }
        }
        let value = result?;
        self.success = true;
        let items = match value {
            None => Vec::new(),
            Some(value) => super::enumerate::elements(&value).unwrap_or_else(|| vec![value]),
        };
        match &mut side.outlet {
            None => items.into_iter().try_for_each(|item| out.push(self, item)),
            Some(outlet) => {
                for item in items {
                    outlet.push(self, item)?;
                }
                outlet.finish(self)
            }
        }
    }
}

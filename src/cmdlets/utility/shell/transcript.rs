//! What a shell shows, written into a file at the same time.

use std::cell::RefCell;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::rc::Rc;

use crate::runtime::shell::Shell;
use crate::runtime::ui::{ConsoleColor, Progress, Stream, Ui};

/// The transcripts at work, the latest last.
#[derive(Default)]
pub struct Transcripts {
    open: RefCell<Vec<(PathBuf, Rc<Recorder>)>>,
}

/// The person's side, with a listener.
pub struct Recorder {
    inner: Rc<dyn Ui>,
    file: RefCell<File>,
}

impl Transcripts {
    /// The shell's own.
    pub fn of(shell: &mut Shell) -> Rc<Transcripts> {
        if let Some(transcripts) = shell.extension::<Transcripts>() {
            return transcripts;
        }
        let transcripts = Rc::new(Transcripts::default());
        shell.set_extension(transcripts.clone());
        transcripts
    }

    /// Begins to listen.
    pub fn begin(&self, path: PathBuf, file: File, shell: &mut Shell) {
        let recorder = Rc::new(Recorder {
            inner: shell.ui(),
            file: RefCell::new(file),
        });
        shell.set_ui(recorder.clone());
        self.open.borrow_mut().push((path, recorder));
    }

    /// Ends the latest transcript and gives its path; `last` is written at its end.
    pub fn end(&self, last: &str, shell: &mut Shell) -> Option<PathBuf> {
        let (path, recorder) = self.open.borrow_mut().pop()?;
        recorder.keep(last);
        shell.set_ui(recorder.inner.clone());
        Some(path)
    }
}

impl Recorder {
    /// A transcript that cannot be written any more does not disturb the work.
    fn keep(&self, text: &str) {
        let _ = self.file.borrow_mut().write_all(text.as_bytes());
    }
}

impl Ui for Recorder {
    fn write(&self, stream: Stream, text: &str) {
        self.keep(text);
        self.inner.write(stream, text);
    }

    fn write_host(
        &self,
        text: &str,
        foreground: Option<ConsoleColor>,
        background: Option<ConsoleColor>,
    ) {
        self.keep(text);
        self.inner.write_host(text, foreground, background);
    }

    fn clear(&self) {
        self.inner.clear();
    }

    fn page(&self, text: &str) {
        self.keep(text);
        self.inner.page(text);
    }

    fn progress(&self, progress: &Progress) {
        self.inner.progress(progress);
    }

    fn read_line(&self, prompt: &str) -> Option<String> {
        let answer = self.inner.read_line(prompt);
        self.keep(&format!(
            "{prompt}{}\n",
            answer.as_deref().unwrap_or_default()
        ));
        answer
    }

    fn read_secret(&self, prompt: &str) -> Option<String> {
        self.keep(&format!("{prompt}\n"));
        self.inner.read_secret(prompt)
    }

    fn can_prompt(&self) -> bool {
        self.inner.can_prompt()
    }

    fn width(&self) -> usize {
        self.inner.width()
    }

    fn height(&self) -> usize {
        self.inner.height()
    }

    fn interrupted(&self) -> bool {
        self.inner.interrupted()
    }
}

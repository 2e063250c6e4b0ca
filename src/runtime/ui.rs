//! The door to the person: the runtime knows this trait, `host` implements it.

/// A colour name of `System.ConsoleColor`, for example `DarkYellow`.
pub type ConsoleColor = &'static str;

/// Which stream a line belongs to; the host decides where and how it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Stream {
    Output,
    Error,
    Warning,
    Verbose,
    Debug,
    Information,
}

/// A state of `Write-Progress`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Which bar; nested bars name their parent.
    pub id: i32,
    /// The bar this one belongs to, or -1.
    pub parent_id: i32,
    /// What is being done.
    pub activity: String,
    /// How far it is, in words.
    pub status: String,
    /// The current step.
    pub operation: String,
    /// 0 to 100; `None` when unknown.
    pub percent: Option<u8>,
    /// Seconds left; `None` when unknown.
    pub seconds_remaining: Option<u64>,
    /// The bar is done and goes away.
    pub completed: bool,
}

/// One answer to a question, such as `&Yes`.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Label; the letter after `&` is the key.
    pub label: String,
    /// What `?` prints about it.
    pub help: String,
}

/// What a host gives the shell. Every method may be called from the shell's thread only.
pub trait Ui {
    /// Writes finished text of a stream; `text` holds its own line ends.
    fn write(&self, stream: Stream, text: &str);
    /// Writes text of Write-Host with optional colours and no line end of its own.
    fn write_host(
        &self,
        text: &str,
        foreground: Option<ConsoleColor>,
        background: Option<ConsoleColor>,
    );
    /// Empties the screen, where there is one.
    fn clear(&self) {}
    /// Shows a long text, a screen at a time where a person reads.
    fn page(&self, text: &str) {
        self.write(Stream::Output, text);
    }
    /// Shows or updates a progress bar.
    fn progress(&self, progress: &Progress);
    /// Asks for a line; `None` at end of input. Only called when [`Ui::can_prompt`].
    fn read_line(&self, prompt: &str) -> Option<String>;
    /// Asks for a line without echo.
    fn read_secret(&self, prompt: &str) -> Option<String>;
    /// Whether a person can answer.
    fn can_prompt(&self) -> bool;
    /// Columns of the window.
    fn width(&self) -> usize;
    /// Rows of the window.
    fn height(&self) -> usize;
    /// Whether Ctrl-C was pressed since the pipeline started.
    fn interrupted(&self) -> bool;
}

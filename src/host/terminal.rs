//! The person's side of the shell: what [`Ui`] asks for, on a terminal or on pipes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::io::{self, IsTerminal, Write};

use unicode_width::UnicodeWidthStr;

use super::input::Input;
use super::progress::Bars;
use super::screen::Screen;
use super::secret::{self, Answer};
use super::style::{self, Style, console_colour};
use crate::format::sanitise;
use crate::runtime::ui::{ConsoleColor, Progress, Stream, Ui};
use crate::session::Interrupt;

/// Columns when nobody says how wide the window is.
const DEFAULT_WIDTH: usize = 120;
const DEFAULT_HEIGHT: usize = 50;

/// Standard output, standard error and standard input. Data goes to the output; what is said to a person to the error.
pub struct Terminal {
    input: Input,
    interrupt: Interrupt,
    non_interactive: bool,
    output_is_terminal: bool,
    error_is_terminal: bool,
    output: Style,
    error: Style,
    /// Bars are drawn: both ends are a terminal that moves its cursor.
    draws: bool,
    bars: RefCell<Bars>,
    /// The cursor stands behind text without a line end.
    mid_line: Cell<bool>,
    /// The reader of the output went away.
    closed: Cell<bool>,
}

impl Terminal {
    /// The process's own streams. With `non_interactive` nobody can answer.
    pub fn new(input: Input, interrupt: Interrupt, non_interactive: bool) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        Self {
            input,
            interrupt,
            non_interactive,
            output_is_terminal: out.is_terminal(),
            error_is_terminal: err.is_terminal(),
            output: Style::of(&out),
            error: Style::of(&err),
            draws: err.is_terminal() && !style::is_dumb(),
            bars: RefCell::default(),
            mid_line: Cell::new(false),
            closed: Cell::new(false),
        }
    }

    /// How to colour what goes to the output.
    pub fn output_style(&self) -> Style {
        self.output
    }

    fn to_output(&self, text: &str) {
        if text.is_empty() || self.closed.get() {
            return;
        }
        let mut out = io::stdout().lock();
        let mut done = out.write_all(text.as_bytes());
        if done.is_ok() && self.output_is_terminal {
            done = out.flush();
        }
        if done.is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            self.closed.set(true);
        }
    }

    fn to_error(&self, text: &str) {
        if text.is_empty() {
            return;
        }
        // Keeps the order of the two streams where both end in one place.
        let _ = io::stdout().flush();
        let _ = io::stderr().write_all(text.as_bytes());
    }

    /// Single keys can be asked for: both ends are a terminal that moves its cursor.
    fn asks_keys(&self) -> bool {
        !self.non_interactive
            && self.output_is_terminal
            && self.input.is_terminal()
            && !style::is_dumb()
    }

    fn erase_bars(&self) {
        let text = self.bars.borrow_mut().erase();
        self.to_error(&text);
    }

    /// A line typed at a question, with the editor's keys.
    fn edit_line(&self, prompt: &str) -> Option<String> {
        let config = rustyline::Config::builder().build();
        let history = rustyline::history::MemHistory::with_config(&config);
        let mut editor = rustyline::Editor::<(), _>::with_history(config, history).ok()?;
        match editor.readline(prompt) {
            Ok(line) => Some(line),
            Err(rustyline::error::ReadlineError::Interrupted) => {
                self.interrupt.raise();
                None
            }
            Err(_) => None,
        }
    }
}

/// Text that may hold words from outside, as a terminal may have it; files and pipes get it as it is.
fn harmless(text: &str, terminal: bool) -> Cow<'_, str> {
    if terminal {
        sanitise(text)
    } else {
        Cow::Borrowed(text)
    }
}

impl Screen for Terminal {
    fn say(&self, text: &str) {
        if !text.is_empty() {
            self.erase_bars();
            self.to_error(text);
        }
    }

    fn settle(&self) {
        let text = self.bars.borrow_mut().clear();
        self.to_error(&text);
        if self.mid_line.replace(false) && self.output_is_terminal {
            self.to_output("\n");
        }
    }

    fn is_closed(&self) -> bool {
        self.closed.get()
    }
}

impl Ui for Terminal {
    fn write(&self, stream: Stream, text: &str) {
        self.erase_bars();
        let terminal = match stream {
            Stream::Output => self.output_is_terminal,
            _ => self.error_is_terminal,
        };
        let text = &*harmless(text, terminal);
        match stream {
            Stream::Output => {
                self.to_output(text);
                self.mid_line.set(!text.ends_with('\n'));
            }
            Stream::Error => self.to_error(&self.error.paint("91", text)),
            Stream::Warning | Stream::Verbose | Stream::Debug => {
                self.to_error(&self.error.paint("33", text));
            }
            Stream::Information => self.to_error(text),
        }
    }

    fn write_host(
        &self,
        text: &str,
        foreground: Option<ConsoleColor>,
        background: Option<ConsoleColor>,
    ) {
        self.erase_bars();
        let text = &*harmless(text, self.output_is_terminal);
        let fore = foreground.and_then(console_colour);
        let back = background.and_then(console_colour).map(|n| n + 10);
        let sgr: Vec<String> = [fore, back]
            .into_iter()
            .flatten()
            .map(|n| n.to_string())
            .collect();
        self.to_output(&self.output.paint(&sgr.join(";"), text));
        self.mid_line.set(!text.ends_with('\n'));
    }

    fn clear(&self) {
        if self.output_is_terminal && !style::is_dumb() {
            self.erase_bars();
            self.to_output("\x1b[2J\x1b[3J\x1b[H");
        }
    }

    fn page(&self, text: &str) {
        let screen = self.height().saturating_sub(1).max(1);
        if !self.asks_keys() || rows(text, self.width()) <= screen {
            return self.write(Stream::Output, text);
        }
        let mut left = screen;
        for line in text.split_inclusive('\n') {
            let needed = rows(line, self.width());
            if needed > left {
                self.to_error("-- More -- Space: next page, Enter: next line, q: end ");
                let key = secret::read_key();
                self.to_error("\r\x1b[K");
                left = match key {
                    Ok(Some(b'\r' | b'\n')) => needed,
                    Ok(Some(b'q' | b'Q' | 3 | 4 | 27) | None) | Err(_) => return,
                    Ok(Some(_)) => screen,
                };
            }
            left = left.saturating_sub(needed);
            self.write(Stream::Output, line);
        }
    }

    fn progress(&self, progress: &Progress) {
        if self.draws {
            let text = self.bars.borrow_mut().update(progress, self.width());
            self.to_error(&text);
        } else if let Some(line) = self.bars.borrow_mut().plain(progress) {
            self.to_error(&format!("{line}\n"));
        }
    }

    fn read_line(&self, prompt: &str) -> Option<String> {
        self.erase_bars();
        self.mid_line.set(false);
        if self.input.is_terminal() && self.output_is_terminal && !style::is_dumb() {
            let _ = io::stdout().flush();
            return self.edit_line(prompt);
        }
        self.to_error(prompt);
        let line = self.input.line();
        if !self.input.is_terminal() {
            // What a person would have typed ends the line of the question.
            self.to_error(&format!("{}\n", line.as_deref().unwrap_or_default()));
        }
        line
    }

    fn read_secret(&self, prompt: &str) -> Option<String> {
        self.erase_bars();
        if !self.input.is_terminal() {
            self.to_error(prompt);
            self.to_error("\n");
            return self.input.line();
        }
        match secret::read(prompt) {
            Ok(Answer::Line(line)) => Some(line),
            Ok(Answer::Interrupted) => {
                self.interrupt.raise();
                None
            }
            Ok(Answer::End) | Err(_) => None,
        }
    }

    fn can_prompt(&self) -> bool {
        !self.non_interactive
    }

    fn width(&self) -> usize {
        window().map_or_else(
            || number_of("COLUMNS").unwrap_or(DEFAULT_WIDTH),
            |(columns, _)| columns,
        )
    }

    fn height(&self) -> usize {
        window().map_or_else(
            || number_of("LINES").unwrap_or(DEFAULT_HEIGHT),
            |(_, rows)| rows,
        )
    }

    fn interrupted(&self) -> bool {
        self.interrupt.is_raised() || self.closed.get()
    }
}

/// Rows a text takes in a window of so many columns.
fn rows(text: &str, width: usize) -> usize {
    text.lines()
        .map(|line| line.width().max(1).div_ceil(width.max(1)))
        .sum()
}

fn number_of(variable: &str) -> Option<usize> {
    let number = std::env::var(variable).ok()?.parse().ok()?;
    (10..=10_000).contains(&number).then_some(number)
}

#[cfg(unix)]
fn window() -> Option<(usize, usize)> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then(|| {
        (
            usize::from(size.ws_col.max(20)),
            usize::from(size.ws_row.max(2)),
        )
    })
}

#[cfg(not(unix))]
fn window() -> Option<(usize, usize)> {
    None
}

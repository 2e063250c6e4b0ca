//! Where the console's lines come from.

use std::rc::Rc;

use super::input::Input;
use super::screen::Screen;

/// What reading a line gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line, or several that were pasted or recalled at once.
    Text(String),
    /// Ctrl-C: what was typed is dropped.
    Interrupted,
    /// Ctrl-D, or the end of the input.
    End,
}

/// A source of lines.
pub trait LineReader {
    /// Reads a line. `before` is what was typed so far of a statement that is not complete.
    fn read(&mut self, prompt: &str, before: &str) -> Line;

    /// Keeps a whole statement for the keys that recall it.
    fn remember(&mut self, _statement: &str) {}

    /// Whether a statement of several lines ends with an empty line, as where nobody sees the prompt change, or as soon as it
    /// is complete.
    fn ends_with_empty_line(&self) -> bool;
}

/// Lines of a pipe or a file. Prompt and line are shown, so that the record reads as if it had been typed.
pub struct PipedReader {
    input: Input,
    screen: Rc<dyn Screen>,
}

impl PipedReader {
    /// A reader of these lines.
    pub fn new(input: Input, screen: Rc<dyn Screen>) -> Self {
        Self { input, screen }
    }
}

impl LineReader for PipedReader {
    fn read(&mut self, prompt: &str, _before: &str) -> Line {
        self.screen.say(prompt);
        match self.input.line() {
            Some(line) => {
                if !self.input.is_terminal() {
                    self.screen.say(&format!("{line}\n"));
                }
                Line::Text(line)
            }
            None => Line::End,
        }
    }

    fn ends_with_empty_line(&self) -> bool {
        !self.input.is_terminal()
    }
}

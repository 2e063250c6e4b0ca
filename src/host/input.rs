//! Standard input as lines, shared by the console, by questions and by scripts.

use std::cell::RefCell;
use std::io::{self, BufRead, IsTerminal, Read};
use std::rc::Rc;

/// Lines of the input. Clones share it, so that the answer to a question is the line after the command that asks.
#[derive(Clone)]
pub struct Input {
    source: Source,
}

#[derive(Clone)]
enum Source {
    /// Standard input, locked only while it is read: the line editor reads it too.
    Standard,
    /// Any other reader.
    Other(Rc<RefCell<Box<dyn BufRead>>>),
}

impl Input {
    /// Standard input.
    pub fn stdin() -> Self {
        Self {
            source: Source::Standard,
        }
    }

    /// Any other reader, as a pipe would be.
    pub fn from_reader(reader: impl BufRead + 'static) -> Self {
        Self {
            source: Source::Other(Rc::new(RefCell::new(Box::new(reader)))),
        }
    }

    /// Whether a person types it.
    pub fn is_terminal(&self) -> bool {
        matches!(self.source, Source::Standard) && io::stdin().is_terminal()
    }

    /// The next line without its end; `None` at the end of the input. Bytes that are not UTF-8 become U+FFFD.
    pub fn line(&self) -> Option<String> {
        let mut bytes = Vec::new();
        let read = match &self.source {
            Source::Standard => io::stdin().lock().read_until(b'\n', &mut bytes),
            Source::Other(reader) => reader.borrow_mut().read_until(b'\n', &mut bytes),
        };
        if !matches!(read, Ok(count) if count > 0) {
            return None;
        }
        while bytes.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
            bytes.pop();
        }
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// All that is left.
    ///
    /// # Errors
    /// The input cannot be read.
    pub fn rest(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match &self.source {
            Source::Standard => io::stdin().lock().read_to_end(&mut bytes)?,
            Source::Other(reader) => reader.borrow_mut().read_to_end(&mut bytes)?,
        };
        Ok(bytes)
    }
}

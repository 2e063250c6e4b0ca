//! The console: prompt, line, run, again.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::SystemTime;

use super::reader::{Line, LineReader};
use super::screen::Screen;
use crate::cmdlets::help::CommandHistory;
use crate::language::parse;
use crate::runtime::convert::to_text;
use crate::runtime::shell::{Outcome, Shell};
use crate::session::Session;

/// A console at work.
pub struct Console {
    shell: Rc<RefCell<Shell>>,
    session: Session,
    screen: Rc<dyn Screen>,
    /// A person is there and can be asked before leaving.
    asks: bool,
}

/// What one statement did to the console.
enum Next {
    Go,
    Leave(i32),
}

impl Console {
    /// A console on a shell. With `asks` it asks before leaving while the engine works.
    pub fn new(
        shell: Rc<RefCell<Shell>>,
        session: Session,
        screen: Rc<dyn Screen>,
        asks: bool,
    ) -> Self {
        Self {
            shell,
            session,
            screen,
            asks,
        }
    }

    /// Reads and runs until `exit` or the end of the input; gives the exit code.
    pub fn run(&self, reader: &mut dyn LineReader) -> i32 {
        loop {
            if self.screen.is_closed() || self.session.interrupt().is_ending() {
                return i32::from(crate::session::ExitCode::Interrupted.number());
            }
            let leave = match self.statement(reader) {
                Line::Text(text) => match self.execute(&text, reader) {
                    Next::Go => continue,
                    Next::Leave(code) => code,
                },
                Line::Interrupted => continue,
                Line::End => 0,
            };
            if self.may_leave() {
                return leave;
            }
        }
    }

    /// Reads lines until they are a statement.
    fn statement(&self, reader: &mut dyn LineReader) -> Line {
        let prompt = self.prompt();
        let mut text = match reader.read(&prompt, "") {
            Line::Text(text) => text,
            other => return other,
        };
        while is_incomplete(&text) {
            loop {
                text.push('\n');
                let line = match reader.read(">> ", &text) {
                    Line::Text(line) => line,
                    // The rest never came: what is there is run, and its error says what is missing.
                    Line::End if reader.ends_with_empty_line() => return Line::End,
                    Line::End | Line::Interrupted => return Line::Interrupted,
                };
                let ends = if reader.ends_with_empty_line() {
                    line.is_empty()
                } else {
                    true
                };
                text.push_str(&line);
                if ends {
                    break;
                }
            }
        }
        Line::Text(text)
    }

    fn execute(&self, text: &str, reader: &mut dyn LineReader) -> Next {
        if text.trim().is_empty() {
            return Next::Go;
        }
        let statement = text.trim_end_matches('\n');
        reader.remember(statement);
        self.session.interrupt().clear();
        let start = SystemTime::now();
        let outcome = self.shell.borrow_mut().run_text(text, None, Vec::new());
        self.screen.settle();
        self.session.interrupt().clear();
        if let Some(history) = self.shell.borrow().extension::<CommandHistory>() {
            history.add(statement, status(&outcome), start);
        }
        outcome.exit.map_or(Next::Go, Next::Leave)
    }

    /// What the function `prompt` gives, else `PS folder> `.
    fn prompt(&self) -> String {
        let mut shell = self.shell.borrow_mut();
        if shell.scope().function("prompt").is_none() {
            return format!("PS {}> ", shell.location().display());
        }
        let text: String = shell
            .peek("prompt")
            .unwrap_or_default()
            .iter()
            .map(to_text)
            .collect();
        if text.is_empty() {
            "PS>".to_owned()
        } else {
            text
        }
    }

    /// Asks when batches are at work; they go on with the next start.
    fn may_leave(&self) -> bool {
        let active = if self.asks {
            self.session.active_batches()
        } else {
            Vec::new()
        };
        if active.is_empty() || self.session.interrupt().is_ending() {
            return true;
        }
        let (who, verb, it) = match active.as_slice() {
            [one] => (
                format!("Batch '{one}'"),
                "is",
                "It stops cleanly when you leave and goes on",
            ),
            several => (
                format!("{} batches", several.len()),
                "are",
                "They stop cleanly when you leave and go on",
            ),
        };
        self.screen.say(&format!(
            "{who} {verb} at work. {it} with the next start of mailtern.\n"
        ));
        loop {
            let answer = self
                .screen
                .read_line("Leave now? [Y] Yes  [N] No (default is \"Y\"): ");
            match answer.map(|a| a.trim().to_lowercase()).as_deref() {
                None | Some("" | "y" | "yes") => return true,
                Some("n" | "no") => return false,
                Some(_) => {}
            }
        }
    }
}

fn status(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome {
            interrupted: true, ..
        } => "Stopped",
        Outcome { fatal: true, .. } => "Failed",
        _ => "Completed",
    }
}

fn is_incomplete(text: &str) -> bool {
    parse(text).incomplete()
}

//! How evaluation ends early.

use std::rc::Rc;

use crate::runtime::error::ErrorRecord;
use crate::runtime::value::Value;

/// What every step of evaluation returns.
pub type Run<T> = Result<T, Flow>;

/// A reason to leave the normal order of statements.
pub enum Flow {
    /// An error that ends the statement (`fatal == false`: the script goes on unless caught) or the script (`throw`,
    /// `-ErrorAction Stop`).
    Error {
        /// The record, as `$_` in `catch` and in `$Error`.
        record: Rc<ErrorRecord>,
        /// Whether the whole script ends when nothing catches it.
        fatal: bool,
    },
    /// `break`, with its label.
    Break(Option<Rc<str>>),
    /// `continue`, with its label.
    Continue(Option<Rc<str>>),
    /// `return`; what it returns was already written to the output.
    Return,
    /// `exit` with its code.
    Exit(i32),
    /// A stage needs no more input (`Select-Object -First`); the number is the pipeline's id and the stage that stops.
    StopUpstream(u64),
    /// Ctrl-C.
    Interrupted,
}

impl Flow {
    /// An error that ends the statement.
    pub fn error(record: ErrorRecord) -> Flow {
        Flow::Error {
            record: Rc::new(record),
            fatal: false,
        }
    }

    /// An error that ends the script.
    pub fn fatal(record: ErrorRecord) -> Flow {
        Flow::Error {
            record: Rc::new(record),
            fatal: true,
        }
    }
}

impl From<ErrorRecord> for Flow {
    fn from(record: ErrorRecord) -> Flow {
        Flow::error(record)
    }
}

/// What a script or a pipeline left behind.
pub type Output = Vec<Value>;

impl std::fmt::Debug for Flow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Flow::Error { record, fatal } => {
                let id = record.fully_qualified_id();
                write!(
                    f,
                    "Error({id}: {}, fatal: {fatal})",
                    record.exception.message
                )
            }
            Flow::Break(label) => write!(f, "Break({label:?})"),
            Flow::Continue(label) => write!(f, "Continue({label:?})"),
            Flow::Return => f.write_str("Return"),
            Flow::Exit(code) => write!(f, "Exit({code})"),
            Flow::StopUpstream(id) => write!(f, "StopUpstream({id})"),
            Flow::Interrupted => f.write_str("Interrupted"),
        }
    }
}

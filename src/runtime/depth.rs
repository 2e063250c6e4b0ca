//! How deep calls may go: bounded by the stack of the shell's thread, so that recursion is an error and never a crash.

use super::error::{ErrorCategory, ErrorRecord};
use super::flow::{Flow, Run};

/// What is left for the frames beneath the deepest check: natives, formatting, error reporting.
const RESERVE: usize = 256 * 1024;

/// Names are looked for through all calls around, so that calls without end would take ages before the stack is full.
const MAX_CALLS: usize = 5000;

/// The part of the thread's stack that scripts may use.
pub(super) struct Stack {
    base: Option<usize>,
    limit: usize,
}

impl Default for Stack {
    /// Fits a thread of 2 MiB.
    fn default() -> Self {
        Stack {
            base: None,
            limit: 2 * 1024 * 1024 - RESERVE,
        }
    }
}

impl Stack {
    /// Sets the size of the thread's stack.
    pub(super) fn set_limit(&mut self, bytes: usize) {
        self.limit = bytes.saturating_sub(RESERVE).max(RESERVE);
    }

    /// Notes where the stack stands when a text begins; gives what [`Stack::leave`] puts back.
    pub(super) fn enter(&mut self) -> Option<usize> {
        let outer = self.base;
        self.base = outer.or(Some(here()));
        outer
    }

    /// The text ended.
    pub(super) fn leave(&mut self, outer: Option<usize>) {
        self.base = outer;
    }

    /// Whether there is room for one more call.
    ///
    /// # Errors
    /// `CallDepthOverflow`.
    pub(super) fn check(&self, calls: usize) -> Run<()> {
        match self.base {
            Some(base) if calls > MAX_CALLS || base.abs_diff(here()) > self.limit => {
                Err(Flow::error(ErrorRecord::new(
                    "System.Management.Automation.ScriptCallDepthException",
                    "CallDepthOverflow",
                    ErrorCategory::InvalidOperation,
                    "The script failed due to call depth overflow.",
                )))
            }
            _ => Ok(()),
        }
    }
}

/// About where the stack stands now.
#[inline(never)]
fn here() -> usize {
    let mark = 0u8;
    std::ptr::from_ref(&mark) as usize
}

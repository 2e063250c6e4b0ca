//! How deep calls may go: bounded by the stack of the shell's thread, so that recursion is an error and never a crash.

use super::flow::{Flow, Run};
use crate::runtime::error::{ErrorCategory, ErrorRecord};

/// What is left for the frames beneath the deepest check: natives, formatting, error reporting.
const RESERVE: usize = 256 * 1024;

/// Names are looked for through all calls around, so that calls without end would take ages before the stack is full.
const MAX_CALLS: usize = 5000;

/// The part of the thread's stack that scripts may use.
pub(in crate::runtime) struct Stack {
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
    pub(in crate::runtime) fn set_limit(&mut self, bytes: usize) {
        self.limit = bytes.saturating_sub(RESERVE).max(RESERVE);
    }

    /// Notes where the stack stands when a text begins; gives what [`Stack::leave`] puts back.
    pub(in crate::runtime) fn enter(&mut self) -> Option<usize> {
        let outer = self.base;
        self.base = outer.or(Some(here()));
        outer
    }

    /// The text ended.
    pub(in crate::runtime) fn leave(&mut self, outer: Option<usize>) {
        self.base = outer;
    }

    /// Whether there is room for one more call.
    ///
    /// # Errors
    /// `CallDepthOverflow`.
    pub(in crate::runtime) fn check(&self, calls: usize) -> Run<()> {
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

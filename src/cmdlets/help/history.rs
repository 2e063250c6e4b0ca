//! The commands of this session, which the host keeps and the history cmdlets show.

use std::cell::{Cell, RefCell};
use std::time::SystemTime;

/// One command that was run.
#[derive(Clone, Debug)]
pub struct HistoryEntry {
    /// From 1, never used twice.
    pub id: i64,
    /// As typed.
    pub command_line: String,
    /// `Completed`, `Failed` or `Stopped`.
    pub status: &'static str,
    /// When it began.
    pub start: SystemTime,
    /// When it ended.
    pub end: SystemTime,
}

/// The commands of a session, oldest first. Lent to the shell by the host.
#[derive(Default)]
pub struct CommandHistory {
    entries: RefCell<Vec<HistoryEntry>>,
    last_id: Cell<i64>,
    /// What `Invoke-History` ran: kept instead of the line that called it.
    replayed: RefCell<Option<String>>,
}

/// As many as `$MaximumHistoryCount` says by default.
const KEPT: usize = 4096;

impl CommandHistory {
    /// Adds a command that has ended.
    pub fn add(&self, command_line: &str, status: &'static str, start: SystemTime) {
        let command_line = self
            .replayed
            .take()
            .unwrap_or_else(|| command_line.to_owned());
        let id = self.last_id.get() + 1;
        self.last_id.set(id);
        let mut entries = self.entries.borrow_mut();
        if entries.len() == KEPT {
            entries.remove(0);
        }
        entries.push(HistoryEntry {
            id,
            command_line,
            status,
            start,
            end: SystemTime::now(),
        });
    }

    /// All of them, oldest first.
    pub fn entries(&self) -> Vec<HistoryEntry> {
        self.entries.borrow().clone()
    }

    /// Takes away those for which `gone` is true.
    pub fn remove(&self, gone: impl Fn(&HistoryEntry) -> bool) {
        self.entries.borrow_mut().retain(|entry| !gone(entry));
    }

    /// Says that the running line stands for this one.
    pub fn replay(&self, command_line: &str) {
        *self.replayed.borrow_mut() = Some(command_line.to_owned());
    }
}

//! How far a user is, told at a bounded rate.

use std::sync::Arc;

use crate::engine::event::{EventKind, Progress};
use crate::engine::handle::Shared;
use crate::engine::time::between;

/// Milliseconds between two tellings.
const PAUSE: i64 = 250;

/// Counts a run and tells of it.
pub(super) struct Meter {
    shared: Arc<Shared>,
    batch: String,
    user: String,
    began: i64,
    told: i64,
    folder: String,
    messages_total: u64,
    messages_done: u64,
    bytes_total: u64,
    bytes_done: u64,
    /// Copied by this run.
    run_bytes: u64,
    run_messages: u64,
}

impl Meter {
    /// A meter for a run that begins now.
    pub(super) fn new(shared: Arc<Shared>, batch: &str, user: &str) -> Self {
        let began = shared.now();
        Self {
            shared,
            batch: batch.to_owned(),
            user: user.to_owned(),
            began,
            told: 0,
            folder: String::new(),
            messages_total: 0,
            messages_done: 0,
            bytes_total: 0,
            bytes_done: 0,
            run_bytes: 0,
            run_messages: 0,
        }
    }

    /// What is known of the whole account.
    pub(super) fn account(&mut self, total: (u64, u64), done: (u64, u64)) {
        (self.messages_total, self.bytes_total) = total;
        (self.messages_done, self.bytes_done) = done;
        self.tell(true);
    }

    /// A folder begins, with what its opening changed in the total of messages.
    pub(super) fn folder(&mut self, name: &str, was: u64, is: u64) {
        name.clone_into(&mut self.folder);
        self.messages_total = (self.messages_total + is).saturating_sub(was);
        self.tell(false);
    }

    /// A message was taken from the source.
    pub(super) fn message(&mut self, bytes: u64) {
        self.messages_done += 1;
        self.run_messages += 1;
        self.bytes_done += bytes;
        self.run_bytes += bytes;
        self.messages_total = self.messages_total.max(self.messages_done);
        self.bytes_total = self.bytes_total.max(self.bytes_done);
        self.tell(false);
    }

    /// The run is over.
    pub(super) fn end(&mut self) {
        self.tell(true);
    }

    /// Messages and bytes of this run.
    pub(super) fn of_run(&self) -> (u64, u64) {
        (self.run_messages, self.run_bytes)
    }

    fn tell(&mut self, at_once: bool) {
        let now = self.shared.now();
        if !at_once && (0..PAUSE).contains(&(now - self.told)) {
            return;
        }
        self.told = now;
        let elapsed = between(self.began, now);
        let seconds = elapsed.as_secs_f64();
        let rate = if seconds > 0.0 {
            (self.run_bytes as f64 / seconds) as u64
        } else {
            0
        };
        let progress = Progress {
            user: self.user.clone(),
            folder: self.folder.clone(),
            messages_done: self.messages_done,
            messages_total: self.messages_total,
            bytes_done: self.bytes_done,
            bytes_total: self.bytes_total,
            bytes_per_second: rate,
            elapsed,
        };
        self.shared.tell(&self.batch, EventKind::Progress(progress));
    }
}

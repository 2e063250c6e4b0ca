//! How far a user is, told at a bounded rate, and where the time goes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::engine::event::{EventKind, Progress, Waits};
use crate::engine::handle::Shared;
use crate::engine::time::between;

/// Milliseconds between two tellings.
const PAUSE: i64 = 250;

/// Counts a run and tells of it. All sides of a run share it.
pub(super) struct Meter {
    shared: Arc<Shared>,
    batch: String,
    user: String,
    began: i64,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    told: i64,
    folder: String,
    messages_total: u64,
    messages_done: u64,
    bytes_total: u64,
    bytes_done: u64,
    /// Copied by this run.
    run_bytes: u64,
    run_messages: u64,
    waits: Waits,
}

/// What a run waits for.
#[derive(Clone, Copy)]
enum Side {
    Source,
    Target,
}

/// A wait that goes on; it is counted when this is dropped.
pub(super) struct Waiting<'a> {
    meter: &'a Meter,
    side: Side,
    since: tokio::time::Instant,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let waited = self.since.elapsed();
        self.meter.with(|counts| match self.side {
            Side::Source => counts.waits.source += waited,
            Side::Target => counts.waits.target += waited,
        });
    }
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
            counts: Mutex::default(),
        }
    }

    /// What is known of the whole account.
    pub(super) fn account(&self, total: (u64, u64), done: (u64, u64)) {
        self.with(|counts| {
            (counts.messages_total, counts.bytes_total) = total;
            (counts.messages_done, counts.bytes_done) = done;
        });
        self.tell(true);
    }

    /// A folder begins, with what its opening changed in the total of messages.
    pub(super) fn folder(&self, name: &str, was: u64, is: u64) {
        self.with(|counts| {
            name.clone_into(&mut counts.folder);
            counts.messages_total = (counts.messages_total + is).saturating_sub(was);
        });
        self.tell(false);
    }

    /// Bytes were taken from the source and sent on.
    pub(super) fn bytes(&self, bytes: u64) {
        self.with(|counts| {
            counts.bytes_done += bytes;
            counts.run_bytes += bytes;
            counts.bytes_total = counts.bytes_total.max(counts.bytes_done);
        });
        self.tell(false);
    }

    /// The target has messages for good.
    pub(super) fn messages(&self, messages: u64) {
        self.with(|counts| {
            counts.messages_done += messages;
            counts.run_messages += messages;
            counts.messages_total = counts.messages_total.max(counts.messages_done);
        });
        self.tell(false);
    }

    /// A wait for the source begins.
    pub(super) fn source(&self) -> Waiting<'_> {
        self.wait(Side::Source)
    }

    /// A wait for the target begins.
    pub(super) fn target(&self) -> Waiting<'_> {
        self.wait(Side::Target)
    }

    fn wait(&self, side: Side) -> Waiting<'_> {
        Waiting {
            meter: self,
            side,
            since: tokio::time::Instant::now(),
        }
    }

    /// The run is over.
    pub(super) fn end(&self) {
        self.tell(true);
    }

    /// Messages and bytes of this run.
    pub(super) fn of_run(&self) -> (u64, u64) {
        self.with(|counts| (counts.run_messages, counts.run_bytes))
    }

    /// The time of this run, and what of it was spent waiting.
    pub(super) fn time(&self) -> (Duration, Waits) {
        let elapsed = between(self.began, self.shared.now());
        (elapsed, self.with(|counts| counts.waits))
    }

    fn with<T>(&self, change: impl FnOnce(&mut Counts) -> T) -> T {
        change(&mut self.counts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn tell(&self, at_once: bool) {
        let now = self.shared.now();
        let progress = self.with(|counts| {
            if !at_once && (0..PAUSE).contains(&(now - counts.told)) {
                return None;
            }
            counts.told = now;
            let elapsed = between(self.began, now);
            let seconds = elapsed.as_secs_f64();
            let rate = if seconds > 0.0 {
                (counts.run_bytes as f64 / seconds) as u64
            } else {
                0
            };
            Some(Progress {
                user: self.user.clone(),
                folder: counts.folder.clone(),
                messages_done: counts.messages_done,
                messages_total: counts.messages_total,
                bytes_done: counts.bytes_done,
                bytes_total: counts.bytes_total,
                bytes_per_second: rate,
                elapsed,
                waits: counts.waits,
            })
        });
        if let Some(progress) = progress {
            self.shared.tell(&self.batch, EventKind::Progress(progress));
        }
    }
}

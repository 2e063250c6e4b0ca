//! What the engine tells while it works. Everything an event says can also be asked for: a listener that falls behind loses nothing but news.

use std::time::Duration;

use jiff::Timestamp;

use super::batch::BatchStatus;
use super::subscription::SubscriptionStatus;
use super::user::UserStatus;

/// News of the engine, with the time it happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// The batch it is about, or the subscription.
    pub batch: String,
    /// What.
    pub kind: EventKind,
}

/// The kinds of news.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// The batch is in another state.
    BatchStatus {
        /// The state it was in.
        from: BatchStatus,
        /// The state it is in.
        to: BatchStatus,
    },
    /// The user is in another state.
    UserStatus {
        /// The user's address.
        user: String,
        /// The state the user was in.
        from: UserStatus,
        /// The state the user is in.
        to: UserStatus,
        /// Why, where the new state is a failure.
        error: Option<String>,
    },
    /// How far a user is. At most a few times a second for each user.
    Progress(Progress),
    /// Something a person should read; the work goes on.
    Warning {
        /// The user's address; `None` when it is about the batch.
        user: Option<String>,
        /// One sentence or more.
        message: String,
    },
    /// The batch and its users were removed.
    BatchRemoved,
    /// A poll of a subscription ended; `Event::batch` is the subscription's name.
    SubscriptionStatus {
        /// The address of the mailbox it fills.
        mailbox: String,
        /// The state it is in.
        to: SubscriptionStatus,
        /// Why, in words; empty when all is well.
        message: String,
    },
}

/// How far a user is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The user's address.
    pub user: String,
    /// The source folder at work, decoded, parts joined with `/`.
    pub folder: String,
    /// Messages with a verdict, over all folders.
    pub messages_done: u64,
    /// Messages of the source, as far as known.
    pub messages_total: u64,
    /// Bytes copied by this run and those before.
    pub bytes_done: u64,
    /// Bytes of the source, as far as known.
    pub bytes_total: u64,
    /// Bytes a second since this run of the user began; 0 in its first moment.
    pub bytes_per_second: u64,
    /// Time this run of the user has taken.
    pub elapsed: Duration,
    /// What of it was spent waiting.
    pub waits: Waits,
}

/// Where the time of a run goes. What is left of the elapsed time is the engine's own work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// Waiting for messages from the source.
    pub source: Duration,
    /// Waiting for the target to take messages.
    pub target: Duration,
}

//! What a user shows (cmdlets.md §2.3, 2.4).

use std::time::Duration;

use jiff::Timestamp;

use super::{UserStatus, UserStatusSummary};
use crate::engine::batch::{BatchState, MigrationType};
use crate::engine::report::{DataConsistencyScore, ReportEntry, SkippedItem};

/// A user of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct UserView {
    /// The target address.
    pub identity: String,
    /// The unique id, also an identity.
    pub guid: uuid::Uuid,
    /// Name of the batch.
    pub batch_id: String,
    /// The target address.
    pub mailbox_email_address: String,
    /// The target mailbox; `None` until it was found.
    pub mailbox_guid: Option<uuid::Uuid>,
    /// What the target is: `Mailbox`, or empty while unknown.
    pub recipient_type: String,
    /// The state.
    pub status: UserStatus,
    /// The coarse state.
    pub status_summary: UserStatusSummary,
    /// The state in the engine's words.
    pub state: BatchState,
    /// Messages copied or found at the target.
    pub synced_item_count: u64,
    /// Messages not copied.
    pub skipped_item_count: u64,
    /// When new data was copied last.
    pub last_successful_sync_time: Option<Timestamp>,
    /// Short failure text; empty when there is none.
    pub error_summary: String,
    /// What the engine was last asked to do: `Start`, `Stop`, or empty.
    pub triggered_action: String,
    /// Stage of the work: `Validation`, `Injection`, `Processing`, `Completion`.
    pub workflow_stage: String,
    /// Step of the stage: the state's name.
    pub workflow_step: String,
    /// How well the target holds the source; `None` before the first sync ended.
    pub data_consistency_score: Option<DataConsistencyScore>,
    /// IMAP needs no approval: always false.
    pub has_unapproved_skipped_items: bool,
    /// The row of the CSV file; the first under the header is 1.
    pub row_index: u32,
    /// When a waiting user is tried again, and `None` when it does not wait.
    pub next_attempt_time: Option<Timestamp>,
}

/// Why a user failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserFailure {
    /// The stable name, for example `RecipientNotFoundPermanentException`.
    pub id: String,
    /// The class, for example `auth`, `transport`, `quota`.
    pub class: String,
    /// The whole text, with the server's own words and the next step.
    pub message: String,
    /// When.
    pub at: Timestamp,
}

/// A user with the numbers of the work. `total_items_in_source = synced + skipped + failed + vanished` once a run has ended.
#[derive(Clone, Debug, PartialEq)]
pub struct UserStatisticsView {
    /// The user.
    pub user: UserView,
    /// Why the user failed.
    pub error: Option<UserFailure>,
    /// The log, when asked for.
    pub report: Option<Vec<ReportEntry>>,
    /// The skipped items, when asked for; empty otherwise.
    pub skipped_items: Vec<SkippedItem>,
    /// What is moved from.
    pub migration_type: MigrationType,
    /// Messages of the source, as far as known.
    pub total_items_in_source: u64,
    /// Messages copied by us.
    pub copied_item_count: u64,
    /// Messages found at the target and taken as they were.
    pub adopted_item_count: u64,
    /// Messages that could not be copied and are tried again by the next start.
    pub failed_item_count: u64,
    /// Messages that the source listed and then no longer had.
    pub vanished_item_count: u64,
    /// Bytes of the source, as far as known.
    pub estimated_total_transfer_size: u64,
    /// Bytes copied.
    pub bytes_transferred: u64,
    /// 0 to 100; 100 only when every message has its final verdict.
    pub percentage_complete: u8,
    /// Messages a minute over the time in progress; `None` before any.
    pub average_items_per_minute: Option<f64>,
    /// Messages a minute now; `None` when not at work.
    pub current_items_per_minute: Option<f64>,
    /// Time queued.
    pub queued_duration: Duration,
    /// Time at work.
    pub in_progress_duration: Duration,
    /// Time since the initial sync ended.
    pub synced_duration: Duration,
    /// Time spent waiting for a server that was away or asked us to wait.
    pub stalled_duration: Duration,
    /// When the row was stored.
    pub creation_time: Timestamp,
    /// When work began first.
    pub start_time: Option<Timestamp>,
    /// When the initial sync ended.
    pub initial_sync_time: Option<Timestamp>,
}

//! What a batch shows (cmdlets.md §2.2).

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::BatchStatus;
use crate::engine::named::named_enum;
use crate::engine::report::{DataConsistencyScore, ReportEntry};

named_enum! {
    /// `MigrationType`, as far as this program moves it.
    pub enum MigrationType {
        /// From an IMAP server.
        Imap = "IMAP",
    }
}

named_enum! {
    /// Which way the mail goes.
    pub enum BatchDirection {
        /// Into the organization.
        Onboarding = "Onboarding",
    }
}

named_enum! {
    /// The coarse state of a batch or user.
    pub enum BatchState {
        /// Made, not started.
        Pending = "Pending",
        /// At work.
        Active = "Active",
        /// Nothing to do until a time or a command.
        Waiting = "Waiting",
        /// Stopped.
        Stopped = "Stopped",
        /// Finished.
        Completed = "Completed",
        /// Failed.
        Failed = "Failed",
    }
}

/// A row of the CSV file that was refused. Never holds a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowWarning {
    /// Row number; the first row under the header is 1.
    pub row_index: u32,
    /// The address as written; may be empty.
    pub email_address: String,
    /// The reason.
    pub message: String,
}

/// A batch. `total_count = pending + active + stopped + synced + finalized + failed + validation_warning`.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchView {
    /// The name.
    pub identity: String,
    /// The unique id, also an identity.
    pub batch_guid: uuid::Uuid,
    /// The state.
    pub status: BatchStatus,
    /// The coarse state.
    pub state: BatchState,
    /// What is moved from.
    pub migration_type: MigrationType,
    /// Which way.
    pub batch_direction: BatchDirection,
    /// Rows of the CSV file.
    pub total_count: u32,
    /// Users at work or queued.
    pub active_count: u32,
    /// Stopped users.
    pub stopped_count: u32,
    /// Users past the initial sync.
    pub synced_count: u32,
    /// Finished users.
    pub finalized_count: u32,
    /// Failed users.
    pub failed_count: u32,
    /// Users not started yet.
    pub pending_count: u32,
    /// Users whose mailbox this batch made: always 0, an IMAP batch makes none.
    pub provisioned_count: u32,
    /// Rows refused at row level.
    pub validation_warning_count: u32,
    /// The first refused rows (at most 100; all of them are in MigrationErrors.csv).
    pub validation_warnings: Vec<RowWarning>,
    /// When it was made.
    pub creation_date_time: Timestamp,
    /// When it was started first.
    pub start_date_time: Option<Timestamp>,
    /// When the initial sync ended.
    pub initial_sync_date_time: Option<Timestamp>,
    /// How long the initial sync took.
    pub initial_sync_duration: Option<Duration>,
    /// The last restart or end of an incremental run.
    pub last_synced_date_time: Option<Timestamp>,
    /// When it was completed.
    pub finalized_date_time: Option<Timestamp>,
    /// Earliest moment data is copied.
    pub start_after: Option<Timestamp>,
    /// Earliest moment of completion.
    pub complete_after: Option<Timestamp>,
    /// Who made it.
    pub submitted_by_user: String,
    /// Who gets status reports.
    pub notification_emails: Vec<String>,
    /// Name of the source endpoint.
    pub source_endpoint: String,
    /// Name of the target endpoint; `None` = the embedded mail store.
    pub target_endpoint: Option<String>,
    /// Source folders left out.
    pub excluded_folders: Vec<String>,
    /// When not empty, only these source folders.
    pub included_folders: Vec<String>,
    /// Corrupt items tolerated; `None` = unlimited.
    pub bad_item_limit: Option<u32>,
    /// Over-size items tolerated; `None` = unlimited.
    pub large_item_limit: Option<u32>,
    /// The zone of its dates.
    pub user_time_zone: String,
    /// Whether mail is kept in step.
    pub allow_incremental_syncs: bool,
    /// How often a failed user is tried again by itself.
    pub auto_retry_count: u32,
    /// Whether unknown columns were ignored.
    pub allow_unknown_columns_in_csv: bool,
    /// Time between status reports.
    pub report_interval: Duration,
    /// No reports by mail.
    pub skip_reports: bool,
    /// Paths of the reports written so far.
    pub reports: Vec<PathBuf>,
    /// The log, when asked for.
    pub report: Option<Vec<ReportEntry>>,
    /// The worst score of its users; `None` before any user was synced.
    pub data_consistency_score: Option<DataConsistencyScore>,
    /// IMAP needs no approval: always false.
    pub has_unapproved_skipped_items: bool,
    /// The last error of the batch itself; empty when there is none.
    pub message: String,
    /// Messages of the source, over all users, as far as known.
    pub total_item_count: u64,
    /// Messages copied or found at the target.
    pub synced_item_count: u64,
    /// Messages not copied.
    pub skipped_item_count: u64,
    /// Bytes copied.
    pub bytes_transferred: u64,
    /// Bytes of the source, as far as known.
    pub estimated_total_transfer_size: u64,
}

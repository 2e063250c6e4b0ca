//! What is asked of batches.

use std::time::Duration;

use jiff::Timestamp;

use super::BatchStatus;

/// A batch to make. `Default` is what the cmdlet takes when only the name, the CSV and the endpoint are given.
#[derive(Clone, Debug)]
pub struct NewBatch {
    /// 1 to 64 characters, unique over all batches, without regard to case.
    pub name: String,
    /// The bytes of the CSV file (cmdlets.md §3.3).
    pub csv: Vec<u8>,
    /// Name or GUID of the endpoint of the source.
    pub source_endpoint: String,
    /// Name or GUID of the endpoint to move to; `None` = the organization's target.
    pub target_endpoint: Option<String>,
    /// Start right after creation.
    pub auto_start: bool,
    /// Ignore columns that are not known instead of refusing the file.
    pub allow_unknown_columns: bool,
    /// Source folders left out (cmdlets.md §4.2).
    pub exclude_folders: Vec<String>,
    /// When not empty, only these source folders are copied.
    pub include_folders: Vec<String>,
    /// Who gets status reports.
    pub notification_emails: Vec<String>,
    /// Earliest moment data is copied.
    pub start_after: Option<Timestamp>,
    /// Earliest moment of completion.
    pub complete_after: Option<Timestamp>,
    /// Time zone for the dates of this batch, as the user named it.
    pub time_zone: String,
    /// Whether mail is kept in step after the first copy.
    pub allow_incremental_syncs: bool,
    /// How often a failed user is tried again by itself.
    pub auto_retry_count: u32,
    /// Corrupt items tolerated before a user fails; `None` = unlimited.
    pub bad_item_limit: Option<u32>,
    /// Over-size items tolerated before a user fails; `None` = unlimited.
    pub large_item_limit: Option<u32>,
    /// Whether what is gone at the source is removed at the target, where it is our own copy and nobody changed it.
    pub remove_missing: bool,
    /// Messages that one pass over a mailbox removes at most; `None` = the built-in limits.
    pub remove_missing_limit: Option<u32>,
    /// Time between status reports; zero = none.
    pub report_interval: Duration,
    /// No reports by mail.
    pub skip_reports: bool,
    /// Who makes the batch.
    pub submitted_by: String,
}

impl Default for NewBatch {
    fn default() -> Self {
        Self {
            name: String::new(),
            csv: Vec::new(),
            source_endpoint: String::new(),
            target_endpoint: None,
            auto_start: false,
            allow_unknown_columns: false,
            exclude_folders: Vec::new(),
            include_folders: Vec::new(),
            notification_emails: Vec::new(),
            start_after: None,
            complete_after: None,
            time_zone: "UTC".into(),
            allow_incremental_syncs: true,
            auto_retry_count: 0,
            bad_item_limit: None,
            large_item_limit: None,
            remove_missing: false,
            remove_missing_limit: None,
            report_interval: Duration::from_secs(24 * 60 * 60),
            skip_reports: false,
            submitted_by: String::new(),
        }
    }
}

/// Changes to a batch; `None` leaves a setting as it is. Users at work keep the settings they began with.
#[derive(Clone, Debug, Default)]
pub struct SetBatch {
    /// Name or GUID.
    pub identity: String,
    /// The bytes of a CSV file whose rows are added; those of users that are in the batch already are passed over.
    pub add_users: Option<Vec<u8>>,
    /// Ignore columns that are not known instead of refusing the file.
    pub allow_unknown_columns: Option<bool>,
    /// Whether mail is kept in step after the first copy.
    pub allow_incremental_syncs: Option<bool>,
    /// How often a failed user is tried again by itself.
    pub auto_retry_count: Option<u32>,
    /// Corrupt items tolerated; `Some(None)` = unlimited.
    pub bad_item_limit: Option<Option<u32>>,
    /// Over-size items tolerated; `Some(None)` = unlimited.
    pub large_item_limit: Option<Option<u32>>,
    /// Whether what is gone at the source is removed at the target.
    pub remove_missing: Option<bool>,
    /// Messages that one pass over a mailbox removes at most.
    pub remove_missing_limit: Option<u32>,
    /// Who gets status reports.
    pub notification_emails: Option<Vec<String>>,
    /// Time between status reports; zero = none.
    pub report_interval: Option<Duration>,
    /// No reports by mail.
    pub skip_reports: Option<bool>,
    /// Earliest moment data is copied; `Some(None)` = now.
    pub start_after: Option<Option<Timestamp>>,
    /// Earliest moment of completion; `Some(None)` = when asked.
    pub complete_after: Option<Option<Timestamp>>,
    /// Bring new and changed mail now.
    pub sync_now: bool,
}

/// A batch to complete.
#[derive(Clone, Debug, Default)]
pub struct CompleteBatch {
    /// Name or GUID.
    pub identity: String,
    /// Only when every user is synced.
    pub sync_and_complete: bool,
}

/// Which batches to give. Empty = all, in the order of their making.
#[derive(Clone, Debug, Default)]
pub struct BatchFilter {
    /// Name or GUID; an unknown one is an error.
    pub identity: Option<String>,
    /// Only batches in this state.
    pub status: Option<BatchStatus>,
    /// Only batches of this endpoint (name or GUID; an unknown one is an error).
    pub endpoint: Option<String>,
    /// Fill `BatchView::report`.
    pub include_report: bool,
}

//! What is asked of users.

use jiff::Timestamp;

use super::{UserStatus, UserStatusSummary};

/// Which users to give, in the order of batch and row.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    /// Address or GUID; an unknown one is an error.
    pub identity: Option<String>,
    /// Name or GUID of the batch; an unknown one is an error.
    pub batch: Option<String>,
    /// Only users in this state.
    pub status: Option<UserStatus>,
    /// Only users in this coarse state.
    pub summary: Option<UserStatusSummary>,
    /// Only users of this target mailbox.
    pub mailbox_guid: Option<uuid::Uuid>,
    /// Only users of this address; none is no error.
    pub email_address: Option<String>,
    /// At most so many; `None` = all.
    pub limit: Option<u32>,
}

/// Changes to a user; `None` leaves a setting as it is. A user's own setting goes before the batch's.
#[derive(Clone, Debug, Default)]
pub struct SetUser {
    /// Address or GUID.
    pub identity: String,
    /// Corrupt items tolerated; `Some(None)` = unlimited.
    pub bad_item_limit: Option<Option<u32>>,
    /// Over-size items tolerated; `Some(None)` = unlimited.
    pub large_item_limit: Option<Option<u32>>,
    /// No first copy before this moment; `Some(None)` = as the batch.
    pub start_after: Option<Option<Timestamp>>,
    /// When the last pass is made; `Some(None)` = as the batch.
    pub complete_after: Option<Option<Timestamp>>,
    /// Bring new and changed mail now.
    pub sync_now: bool,
}

/// What to load with a user's statistics.
#[derive(Clone, Debug, Default)]
pub struct StatisticsRequest {
    /// Address or GUID.
    pub identity: String,
    /// Fill `report`.
    pub include_report: bool,
    /// Fill `skipped_items`.
    pub include_skipped_items: bool,
    /// At most so many skipped items; `None` = all.
    pub limit_skipped_items: Option<u32>,
}

//! What is asked of users.

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

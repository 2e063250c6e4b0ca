//! What is asked of the settings.

use std::time::Duration;

/// Changes to the settings of all batches; `None` leaves one as it is.
#[derive(Clone, Debug, Default)]
pub struct SetConfig {
    /// Name or GUID of the endpoint that new batches move to; `Some(None)` = the embedded mail store.
    pub target_endpoint: Option<Option<String>>,
    /// Mailboxes at work at once, over all batches; `Some(None)` = unlimited.
    pub max_concurrent_migrations: Option<Option<u32>>,
    /// Batches that may exist at once.
    pub max_number_of_batches: Option<u32>,
    /// From the end of one sync of a batch to the beginning of the next; zero = none by itself.
    pub sync_interval: Option<Duration>,
}

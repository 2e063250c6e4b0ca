//! What is set (cmdlets.md §2.5).

use std::time::Duration;

/// The settings of all batches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigView {
    /// Name of the endpoint that new batches move to; `None` = the embedded mail store.
    pub target_endpoint: Option<String>,
    /// Mailboxes at work at once, over all batches; `None` = unlimited.
    pub max_concurrent_migrations: Option<u32>,
    /// Batches that may exist at once.
    pub max_number_of_batches: u32,
    /// From the end of one sync of a batch to the beginning of the next; zero = none by itself.
    pub sync_interval: Duration,
}

impl Default for ConfigView {
    fn default() -> Self {
        Self {
            target_endpoint: None,
            max_concurrent_migrations: None,
            max_number_of_batches: 100,
            sync_interval: Duration::from_secs(24 * 60 * 60),
        }
    }
}

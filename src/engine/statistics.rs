//! Totals over all batches.

use super::batch::{BatchFilter, BatchView};
use super::error::EngineError;
use super::handle::Engine;

/// Totals over all batches: mailboxes by state, messages, bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MigrationStatisticsView {
    /// Batches.
    pub batch_count: u32,
    /// Rows of all CSV files.
    pub total_count: u32,
    /// Mailboxes at work or queued.
    pub active_count: u32,
    /// Stopped mailboxes.
    pub stopped_count: u32,
    /// Mailboxes that are copied once.
    pub synced_count: u32,
    /// Completed mailboxes.
    pub finalized_count: u32,
    /// Failed mailboxes.
    pub failed_count: u32,
    /// Mailboxes that are not started yet.
    pub pending_count: u32,
    /// Rows that were refused.
    pub validation_warning_count: u32,
    /// Messages of the sources, as far as known.
    pub total_item_count: u64,
    /// Messages copied or found at the targets.
    pub synced_item_count: u64,
    /// Messages not copied.
    pub skipped_item_count: u64,
    /// Bytes copied.
    pub bytes_transferred: u64,
}

impl Engine {
    /// Totals over all batches.
    pub async fn statistics(&self) -> Result<MigrationStatisticsView, EngineError> {
        let batches = self.get_batches(BatchFilter::default()).await?;
        let mut totals = MigrationStatisticsView::default();
        for batch in &batches {
            totals.add(batch);
        }
        Ok(totals)
    }
}

impl MigrationStatisticsView {
    fn add(&mut self, batch: &BatchView) {
        self.batch_count += 1;
        self.total_count += batch.total_count;
        self.active_count += batch.active_count;
        self.stopped_count += batch.stopped_count;
        self.synced_count += batch.synced_count;
        self.finalized_count += batch.finalized_count;
        self.failed_count += batch.failed_count;
        self.pending_count += batch.pending_count;
        self.validation_warning_count += batch.validation_warning_count;
        self.total_item_count += batch.total_item_count;
        self.synced_item_count += batch.synced_item_count;
        self.skipped_item_count += batch.skipped_item_count;
        self.bytes_transferred += batch.bytes_transferred;
    }
}

//! Totals over all batches as an object.

use super::show;
use super::size::ByteQuantifiedSize;
use crate::engine::MigrationStatisticsView;
use crate::runtime::Value;
use crate::runtime::object::PsObject;

/// Type name of the totals.
pub const TYPE: &str = "Microsoft.Exchange.Data.Storage.Management.MigrationStatistics";

/// The object of the totals (cmdlets.md §2.5).
pub fn object(view: &MigrationStatisticsView) -> Value {
    PsObject::view(
        TYPE,
        vec![
            ("Identity", Value::str("MigrationStatistics")),
            ("BatchCount", show::few(view.batch_count)),
            ("TotalCount", show::few(view.total_count)),
            ("ActiveCount", show::few(view.active_count)),
            ("StoppedCount", show::few(view.stopped_count)),
            ("SyncedCount", show::few(view.synced_count)),
            ("FinalizedCount", show::few(view.finalized_count)),
            ("FailedCount", show::few(view.failed_count)),
            ("PendingCount", show::few(view.pending_count)),
            (
                "ValidationWarningCount",
                show::few(view.validation_warning_count),
            ),
            ("TotalItemCount", show::count(view.total_item_count)),
            ("SyncedItemCount", show::count(view.synced_item_count)),
            ("SkippedItemCount", show::count(view.skipped_item_count)),
            (
                "BytesTransferred",
                ByteQuantifiedSize::value(view.bytes_transferred),
            ),
            ("MigrationType", Value::str("IMAP")),
        ],
    )
}

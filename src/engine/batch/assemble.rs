//! A batch's record and counts as its view.

use std::path::PathBuf;
use std::time::Duration;

use super::derive::Tally;
use super::ops::status_of;
use super::{BatchDirection, BatchState, BatchStatus, BatchView, MigrationType, RowWarning};
use crate::engine::error::EngineError;
use crate::engine::handle::Engine;
use crate::engine::report::{DataConsistencyScore, ReportEntry};
use crate::engine::time::{between, maybe, timestamp};
use crate::engine::user::UserStatus;
use crate::store::{BatchRecord, Store};

/// Refused rows shown in the view.
const WARNINGS_SHOWN: u32 = 100;

impl Engine {
    /// The view of a batch.
    pub(super) async fn batch_view(
        &self,
        store: &Store,
        batch: BatchRecord,
        include_report: bool,
    ) -> Result<BatchView, EngineError> {
        let counts = store.batch_counts(batch.id).await?;
        let users = known(&counts.users);
        let tally = Tally::of(&users);
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let warnings = store.rejected_rows(batch.id, Some(WARNINGS_SHOWN)).await?;
        let source_endpoint = store.endpoint_by_id(batch.endpoint).await?;
        let target_endpoint = match batch.target_endpoint {
            Some(id) => store
                .endpoint_by_id(id)
                .await?
                .map(|endpoint| endpoint.name),
            None => None,
        };
        let report = if include_report {
            Some(entries(store, batch.id).await?)
        } else {
            None
        };
        let status = status_of(&batch);
        let sync_took = match (batch.started_at, batch.initial_sync_at) {
            (Some(from), Some(to)) => Some(between(from, to)),
            _ => None,
        };
        Ok(BatchView {
            identity: batch.name,
            batch_guid: batch.guid,
            status,
            state: state(status),
            migration_type: MigrationType::Imap,
            batch_direction: BatchDirection::Onboarding,
            total_count: batch.total_rows,
            active_count: small(tally.at_work + tally.due),
            stopped_count: small(tally.stopped),
            synced_count: small(tally.synced),
            finalized_count: small(tally.completed),
            failed_count: small(tally.failed),
            pending_count: small(tally.pending),
            provisioned_count: 0,
            validation_warning_count: small(counts.rejected),
            validation_warnings: warnings
                .into_iter()
                .map(|row| RowWarning {
                    row_index: row.row,
                    email_address: row.address,
                    message: row.message,
                })
                .collect(),
            creation_date_time: timestamp(batch.created_at),
            start_date_time: maybe(batch.started_at),
            initial_sync_date_time: maybe(batch.initial_sync_at),
            initial_sync_duration: sync_took,
            last_synced_date_time: maybe(batch.last_synced_at),
            finalized_date_time: maybe(batch.finalized_at),
            start_after: maybe(batch.start_after),
            complete_after: maybe(batch.complete_after),
            submitted_by_user: batch.submitted_by,
            notification_emails: batch.notification_emails,
            source_endpoint: source_endpoint.map_or_else(String::new, |endpoint| endpoint.name),
            target_endpoint,
            excluded_folders: batch.excluded_folders,
            included_folders: batch.included_folders,
            bad_item_limit: batch.bad_item_limit,
            large_item_limit: batch.large_item_limit,
            user_time_zone: batch.time_zone,
            allow_incremental_syncs: batch.allow_incrementals,
            auto_retry_count: batch.auto_retry_count,
            allow_unknown_columns_in_csv: batch.allow_unknown_columns,
            report_interval: Duration::from_millis(batch.report_interval_ms),
            skip_reports: batch.skip_reports,
            reports: reports(&self.shared().home.reports(batch.guid)),
            report,
            data_consistency_score: counts
                .scores
                .iter()
                .filter_map(|score| DataConsistencyScore::from_name(score))
                .max(),
            has_unapproved_skipped_items: false,
            message: batch.message,
            total_item_count: counts.total_items,
            synced_item_count: counts.synced_items,
            skipped_item_count: counts.skipped_items,
            bytes_transferred: counts.copied_bytes,
            estimated_total_transfer_size: counts.total_bytes,
        })
    }
}

/// User states as values; a state no version knows counts as damage.
pub(in crate::engine) fn known(users: &[(String, bool, u64)]) -> Vec<(UserStatus, bool, u64)> {
    users
        .iter()
        .map(|(name, due, count)| {
            let status = UserStatus::from_name(name).unwrap_or(UserStatus::Corrupted);
            (status, *due, *count)
        })
        .collect()
}

async fn entries(store: &Store, batch: i64) -> Result<Vec<ReportEntry>, EngineError> {
    let lines = store.batch_report(batch).await?;
    Ok(lines
        .into_iter()
        .map(|line| ReportEntry {
            creation_time: timestamp(line.at),
            message: line.message,
        })
        .collect())
}

/// The files in a reports folder, by name; none when there is no folder.
fn reports(folder: &std::path::Path) -> Vec<PathBuf> {
    let Ok(files) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
    paths.retain(|path| path.extension().is_none_or(|end| end != "part"));
    paths.sort();
    paths
}

fn state(status: BatchStatus) -> BatchState {
    match status {
        BatchStatus::Created => BatchState::Pending,
        BatchStatus::Waiting | BatchStatus::Synced | BatchStatus::SyncedWithErrors => {
            BatchState::Waiting
        }
        BatchStatus::Starting
        | BatchStatus::Syncing
        | BatchStatus::IncrementalSyncing
        | BatchStatus::Stopping
        | BatchStatus::Completing
        | BatchStatus::Removing => BatchState::Active,
        BatchStatus::Stopped => BatchState::Stopped,
        BatchStatus::Completed | BatchStatus::CompletedWithErrors => BatchState::Completed,
        BatchStatus::Failed | BatchStatus::Corrupted => BatchState::Failed,
    }
}

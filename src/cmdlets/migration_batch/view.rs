//! A batch as an object.

use std::path::PathBuf;

use crate::cmdlets::migration::show::{self, Record};
use crate::cmdlets::migration::size::ByteQuantifiedSize;
use crate::engine::batch::{BatchView, RowWarning};
use crate::engine::report::ReportEntry;
use crate::runtime::Value;
use crate::runtime::object::PsObject;

/// Type name of batch objects.
pub const TYPE: &str = "Microsoft.Exchange.Data.Storage.Management.MigrationBatch";

/// The object of a batch (cmdlets.md §2.2).
pub fn object(batch: &BatchView) -> Value {
    let mut properties = head(batch);
    properties.extend(counts(batch));
    properties.extend(times(batch));
    properties.extend(settings(batch));
    properties.extend(results(batch));
    PsObject::view(TYPE, properties)
}

type Properties = Vec<(&'static str, Value)>;

fn head(batch: &BatchView) -> Properties {
    vec![
        ("Identity", Value::str(&batch.identity)),
        ("BatchGuid", show::guid(batch.batch_guid)),
        ("Status", Value::str(batch.status.name())),
        ("State", Value::str(batch.state.name())),
        ("MigrationType", Value::str(batch.migration_type.name())),
        ("BatchDirection", Value::str(batch.batch_direction.name())),
        ("Message", Value::str(&batch.message)),
    ]
}

fn counts(batch: &BatchView) -> Properties {
    vec![
        ("TotalCount", show::few(batch.total_count)),
        ("ActiveCount", show::few(batch.active_count)),
        ("StoppedCount", show::few(batch.stopped_count)),
        ("SyncedCount", show::few(batch.synced_count)),
        ("FinalizedCount", show::few(batch.finalized_count)),
        ("FailedCount", show::few(batch.failed_count)),
        ("PendingCount", show::few(batch.pending_count)),
        ("ProvisionedCount", show::few(batch.provisioned_count)),
        (
            "ValidationWarningCount",
            show::few(batch.validation_warning_count),
        ),
        (
            "ValidationWarnings",
            Value::array(batch.validation_warnings.iter().map(warning).collect()),
        ),
        ("TotalItemCount", show::count(batch.total_item_count)),
        ("SyncedItemCount", show::count(batch.synced_item_count)),
        ("SkippedItemCount", show::count(batch.skipped_item_count)),
        (
            "BytesTransferred",
            ByteQuantifiedSize::value(batch.bytes_transferred),
        ),
        (
            "EstimatedTotalTransferSize",
            ByteQuantifiedSize::value(batch.estimated_total_transfer_size),
        ),
    ]
}

fn times(batch: &BatchView) -> Properties {
    let local = |at: Option<jiff::Timestamp>| at.map_or(Value::Null, show::local);
    let utc = |at: Option<jiff::Timestamp>| at.map_or(Value::Null, show::utc);
    vec![
        ("CreationDateTime", show::local(batch.creation_date_time)),
        ("CreationDateTimeUTC", show::utc(batch.creation_date_time)),
        ("StartDateTime", local(batch.start_date_time)),
        ("StartDateTimeUTC", utc(batch.start_date_time)),
        ("InitialSyncDateTime", local(batch.initial_sync_date_time)),
        ("InitialSyncDateTimeUTC", utc(batch.initial_sync_date_time)),
        (
            "InitialSyncDuration",
            batch.initial_sync_duration.map_or(Value::Null, show::span),
        ),
        ("LastSyncedDateTime", local(batch.last_synced_date_time)),
        ("LastSyncedDateTimeUTC", utc(batch.last_synced_date_time)),
        ("FinalizedDateTime", local(batch.finalized_date_time)),
        ("FinalizedDateTimeUTC", utc(batch.finalized_date_time)),
        ("StartAfter", local(batch.start_after)),
        ("StartAfterUTC", utc(batch.start_after)),
        ("CompleteAfter", local(batch.complete_after)),
        ("CompleteAfterUTC", utc(batch.complete_after)),
    ]
}

fn settings(batch: &BatchView) -> Properties {
    vec![
        ("SubmittedByUser", Value::str(&batch.submitted_by_user)),
        (
            "NotificationEmails",
            show::texts(&batch.notification_emails),
        ),
        ("SourceEndpoint", Value::str(&batch.source_endpoint)),
        ("TargetEndpoint", batch.target_endpoint.clone().into()),
        ("ExcludedFolders", show::texts(&batch.excluded_folders)),
        ("IncludedFolders", show::texts(&batch.included_folders)),
        ("BadItemLimit", show::unlimited(batch.bad_item_limit)),
        ("LargeItemLimit", show::unlimited(batch.large_item_limit)),
        ("UserTimeZone", Value::str(&batch.user_time_zone)),
        (
            "AllowIncrementalSyncs",
            batch.allow_incremental_syncs.into(),
        ),
        ("AutoRetryCount", show::few(batch.auto_retry_count)),
        (
            "AllowUnknownColumnsInCsv",
            batch.allow_unknown_columns_in_csv.into(),
        ),
        ("ReportInterval", show::span(batch.report_interval)),
        ("SkipReports", batch.skip_reports.into()),
    ]
}

fn results(batch: &BatchView) -> Properties {
    let reports: Vec<String> = batch
        .reports
        .iter()
        .map(|path: &PathBuf| path.display().to_string())
        .collect();
    let score = batch
        .data_consistency_score
        .map_or(Value::Null, |score| Value::str(score.name()));
    vec![
        ("Reports", show::texts(&reports)),
        (
            "Report",
            batch.report.as_deref().map_or(Value::Null, report),
        ),
        ("DataConsistencyScore", score),
        (
            "HasUnapprovedSkippedItems",
            batch.has_unapproved_skipped_items.into(),
        ),
        ("IsValid", true.into()),
    ]
}

fn warning(row: &RowWarning) -> Value {
    Record::value(
        "Microsoft.Exchange.Data.Storage.Management.MigrationBatchError",
        format!(
            "row {}, {}: {}",
            row.row_index, row.email_address, row.message
        ),
        vec![
            ("RowIndex", show::few(row.row_index)),
            ("EmailAddress", Value::str(&row.email_address)),
            ("Message", Value::str(&row.message)),
        ],
    )
}

/// A log: `Entries` one by one, and the whole as text.
pub fn report(entries: &[ReportEntry]) -> Value {
    let lines: Vec<String> = entries.iter().map(line).collect();
    let entries = entries.iter().zip(&lines).map(|(entry, line)| {
        let fields = vec![
            ("CreationTime", show::local(entry.creation_time)),
            ("Message", Value::str(&entry.message)),
        ];
        Record::value(
            "Microsoft.Exchange.Migration.ReportEntry",
            line.clone(),
            fields,
        )
    });
    let fields = vec![("Entries", Value::array(entries.collect()))];
    Record::value(
        "Microsoft.Exchange.Migration.Report",
        lines.join("\n"),
        fields,
    )
}

fn line(entry: &ReportEntry) -> String {
    let at = entry.creation_time.to_zoned(jiff::tz::TimeZone::system());
    format!("{} {}", at.strftime("%Y-%m-%d %H:%M:%S %:z"), entry.message)
}

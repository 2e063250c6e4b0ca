//! A user, and a user's statistics, as objects.

use crate::cmdlets::migration::show::{self, Record};
use crate::cmdlets::migration::size::ByteQuantifiedSize;
use crate::cmdlets::migration_batch::view::report;
use crate::engine::report::SkippedItem;
use crate::engine::user::{UserFailure, UserStatisticsView, UserView};
use crate::runtime::Value;
use crate::runtime::object::PsObject;

/// Type name of user objects.
pub const TYPE: &str = "Microsoft.Exchange.Data.Storage.Management.MigrationUser";
/// Type name of statistics objects.
pub const STATISTICS_TYPE: &str =
    "Microsoft.Exchange.Data.Storage.Management.MigrationUserStatistics";

type Properties = Vec<(&'static str, Value)>;

/// The object of a user (cmdlets.md §2.3).
pub fn object(user: &UserView) -> Value {
    PsObject::view(TYPE, properties(user))
}

fn properties(user: &UserView) -> Properties {
    let score = user
        .data_consistency_score
        .map_or(Value::Null, |score| Value::str(score.name()));
    vec![
        ("Identity", Value::str(&user.identity)),
        ("Guid", show::guid(user.guid)),
        ("BatchId", Value::str(&user.batch_id)),
        ("EmailAddress", Value::str(&user.mailbox_email_address)),
        (
            "MailboxEmailAddress",
            Value::str(&user.mailbox_email_address),
        ),
        (
            "MailboxGuid",
            user.mailbox_guid.map_or(Value::Null, show::guid),
        ),
        ("RecipientType", Value::str(&user.recipient_type)),
        ("Status", Value::str(user.status.name())),
        ("StatusSummary", Value::str(user.status_summary.name())),
        ("State", Value::str(user.state.name())),
        ("SyncedItemCount", show::count(user.synced_item_count)),
        ("SkippedItemCount", show::count(user.skipped_item_count)),
        (
            "LastSuccessfulSyncTime",
            user.last_successful_sync_time
                .map_or(Value::Null, show::local),
        ),
        (
            "LastSuccessfulSyncTimeUTC",
            user.last_successful_sync_time
                .map_or(Value::Null, show::utc),
        ),
        (
            "NextAttemptTime",
            user.next_attempt_time.map_or(Value::Null, show::local),
        ),
        ("ErrorSummary", Value::str(&user.error_summary)),
        ("TriggeredAction", Value::str(&user.triggered_action)),
        ("WorkflowStage", Value::str(&user.workflow_stage)),
        ("WorkflowStep", Value::str(&user.workflow_step)),
        ("DataConsistencyScore", score),
        (
            "HasUnapprovedSkippedItems",
            user.has_unapproved_skipped_items.into(),
        ),
        ("RowIndex", show::few(user.row_index)),
    ]
}

/// The object of a user's statistics (cmdlets.md §2.4).
pub fn statistics(view: &UserStatisticsView) -> Value {
    let mut all = properties(&view.user);
    all.extend([
        ("Error", view.error.as_ref().map_or(Value::Null, failure)),
        ("MigrationType", Value::str(view.migration_type.name())),
        (
            "TotalItemsInSourceMailboxCount",
            show::count(view.total_items_in_source),
        ),
        ("CopiedItemCount", show::count(view.copied_item_count)),
        ("AdoptedItemCount", show::count(view.adopted_item_count)),
        ("FailedItemCount", show::count(view.failed_item_count)),
        ("VanishedItemCount", show::count(view.vanished_item_count)),
        (
            "PercentageComplete",
            Value::int(view.percentage_complete.into()),
        ),
        (
            "EstimatedTotalTransferSize",
            ByteQuantifiedSize::value(view.estimated_total_transfer_size),
        ),
        (
            "BytesTransferred",
            ByteQuantifiedSize::value(view.bytes_transferred),
        ),
        (
            "AverageItemsPerMinute",
            view.average_items_per_minute.map_or(Value::Null, rate),
        ),
        (
            "CurrentItemsPerMinute",
            view.current_items_per_minute.map_or(Value::Null, rate),
        ),
        ("TotalQueuedDuration", show::span(view.queued_duration)),
        (
            "TotalInProgressDuration",
            show::span(view.in_progress_duration),
        ),
        ("TotalSyncedDuration", show::span(view.synced_duration)),
        ("TotalStalledDuration", show::span(view.stalled_duration)),
        ("CreationTime", show::local(view.creation_time)),
        (
            "StartTime",
            view.start_time.map_or(Value::Null, show::local),
        ),
        (
            "InitialSyncTime",
            view.initial_sync_time.map_or(Value::Null, show::local),
        ),
        (
            "SkippedItems",
            Value::array(view.skipped_items.iter().map(skipped).collect()),
        ),
        ("Report", view.report.as_deref().map_or(Value::Null, report)),
    ]);
    PsObject::view(STATISTICS_TYPE, all)
}

fn rate(per_minute: f64) -> Value {
    Value::double((per_minute * 10.0).round() / 10.0)
}

fn failure(failure: &UserFailure) -> Value {
    Record::value(
        "Microsoft.Exchange.Migration.MigrationUserError",
        format!("{}: {}", failure.id, failure.message),
        vec![
            ("ErrorType", Value::str(&failure.id)),
            ("Class", Value::str(&failure.class)),
            ("Message", Value::str(&failure.message)),
            ("Time", show::local(failure.at)),
        ],
    )
}

fn skipped(item: &SkippedItem) -> Value {
    Record::value(
        "Microsoft.Exchange.Migration.MigrationUserSkippedItem",
        format!(
            "{}: {} in {}: {}",
            item.kind, item.subject, item.folder_name, item.reason
        ),
        vec![
            ("Kind", Value::str(item.kind.name())),
            ("FolderName", Value::str(&item.folder_name)),
            ("Uid", item.uid.map(i64::from).into()),
            ("Subject", Value::str(&item.subject)),
            ("Sender", Value::str(&item.sender)),
            ("Recipient", Value::str(&item.recipient)),
            ("DateSent", item.date_sent.map_or(Value::Null, show::local)),
            (
                "DateReceived",
                item.date_received.map_or(Value::Null, show::local),
            ),
            ("MessageSize", show::count(item.message_size)),
            ("Reason", Value::str(&item.reason)),
        ],
    )
}

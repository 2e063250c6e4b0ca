//! A user with the numbers of the work.

use std::time::Duration;

use super::ops::{not_found, status_of, view};
use super::{StatisticsRequest, UserFailure, UserStatisticsView, UserStatus, UserStatusSummary};
use crate::engine::batch::MigrationType;
use crate::engine::batch::derive::is_at_work;
use crate::engine::error::EngineError;
use crate::engine::handle::Engine;
use crate::engine::report::{ReportEntry, SkippedItem, SkippedKind};
use crate::engine::time::{between, maybe, timestamp};
use crate::store::{SkippedRecord, Store, UserQuery, UserRecord};

impl Engine {
    /// A user's statistics; several when the address is in several batches.
    ///
    /// # Errors
    /// `UserNotFound`.
    pub async fn get_user_statistics(
        &self,
        request: StatisticsRequest,
    ) -> Result<Vec<UserStatisticsView>, EngineError> {
        let Some(store) = self.existing().await? else {
            return Err(not_found(&request.identity));
        };
        let query = UserQuery {
            identity: Some(request.identity.clone()),
            ..UserQuery::default()
        };
        let users = store.users(&query).await?;
        if users.is_empty() {
            return Err(not_found(&request.identity));
        }
        let now = self.shared().now();
        let mut views = Vec::with_capacity(users.len());
        for user in users {
            views.push(statistics(store, &user, &request, now).await?);
        }
        Ok(views)
    }
}

async fn statistics(
    store: &Store,
    user: &UserRecord,
    request: &StatisticsRequest,
    now: i64,
) -> Result<UserStatisticsView, EngineError> {
    let report = if request.include_report {
        Some(report(store, user.id).await?)
    } else {
        None
    };
    let skipped_items = if request.include_skipped_items {
        let items = store
            .skipped_items(user.id, request.limit_skipped_items)
            .await?;
        items.into_iter().map(item).collect()
    } else {
        Vec::new()
    };
    let times = Times::of(user, now);
    Ok(UserStatisticsView {
        user: view(user),
        error: user
            .error
            .clone()
            .map(|(id, class, message, at)| UserFailure {
                id,
                class,
                message,
                at: timestamp(at),
            }),
        report,
        skipped_items,
        migration_type: MigrationType::Imap,
        total_items_in_source: user.total_items,
        copied_item_count: user.copied_items,
        adopted_item_count: user.adopted_items,
        failed_item_count: open_items(user),
        vanished_item_count: user.vanished_items,
        estimated_total_transfer_size: user.total_bytes,
        bytes_transferred: user.copied_bytes,
        percentage_complete: percentage(user),
        average_items_per_minute: per_minute(user.copied_items, times.progress),
        current_items_per_minute: if is_at_work(status_of(user)) {
            per_minute(user.copied_items, times.progress)
        } else {
            None
        },
        queued_duration: times.queued,
        in_progress_duration: times.progress,
        synced_duration: user
            .initial_sync_at
            .map_or(Duration::ZERO, |at| between(at, now)),
        stalled_duration: times.stalled,
        creation_time: timestamp(user.created_at),
        start_time: maybe(user.started_at),
        initial_sync_time: maybe(user.initial_sync_at),
    })
}

/// Messages without a final verdict. While the first copy runs they are still to come, after it they have failed.
fn open_items(user: &UserRecord) -> u64 {
    let is_over = matches!(
        status_of(user).summary(),
        UserStatusSummary::Failed | UserStatusSummary::Synced | UserStatusSummary::Completed
    );
    if is_over {
        user.total_items.saturating_sub(decided(user))
    } else {
        0
    }
}

fn decided(user: &UserRecord) -> u64 {
    user.copied_items + user.adopted_items + user.skipped_items + user.vanished_items
}

/// Rounded down, so that 100 means that every message has its verdict; an empty account is complete once it was synced.
pub(super) fn percentage(user: &UserRecord) -> u8 {
    if user.total_items == 0 {
        return if user.initial_done { 100 } else { 0 };
    }
    let percent = decided(user).min(user.total_items) * 100 / user.total_items;
    let is_done = user.initial_done && status_of(user) != UserStatus::Failed;
    let most = if is_done { 100 } else { 99 };
    u8::try_from(percent).unwrap_or(100).min(most)
}

struct Times {
    queued: Duration,
    progress: Duration,
    stalled: Duration,
}

impl Times {
    /// The counters, with the time of the state the user is in now.
    fn of(user: &UserRecord, now: i64) -> Self {
        let here = between(user.since_at, now);
        let mut times = Self {
            queued: Duration::from_millis(user.queued_ms),
            progress: Duration::from_millis(user.progress_ms),
            stalled: Duration::from_millis(user.stalled_ms),
        };
        if is_at_work(status_of(user)) {
            times.progress += here;
        } else if user.due && user.due_at.is_some() {
            times.stalled += here;
        } else if user.due {
            times.queued += here;
        }
        times
    }
}

fn per_minute(items: u64, time: Duration) -> Option<f64> {
    let seconds = time.as_secs_f64();
    (items > 0 && seconds > 0.0).then(|| items as f64 * 60.0 / seconds)
}

async fn report(store: &Store, user: i64) -> Result<Vec<ReportEntry>, EngineError> {
    let lines = store.user_report(user).await?;
    Ok(lines
        .into_iter()
        .map(|line| ReportEntry {
            creation_time: timestamp(line.at),
            message: line.message,
        })
        .collect())
}

fn item(record: SkippedRecord) -> SkippedItem {
    SkippedItem {
        kind: SkippedKind::from_name(&record.kind).unwrap_or(SkippedKind::CorruptItem),
        folder_name: record.folder_name,
        uid: record.uid,
        subject: record.subject,
        sender: record.sender,
        recipient: record.recipient,
        date_sent: maybe(record.date_sent),
        date_received: maybe(record.date_received),
        message_size: record.size,
        reason: record.reason,
    }
}

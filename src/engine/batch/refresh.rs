//! Bringing the state of a batch in step with its users.

use super::BatchStatus;
use super::assemble::known;
use super::derive::{Facts, status};
use super::ops::{is_active, status_of};
use crate::engine::event::EventKind;
use crate::engine::handle::Shared;
use crate::engine::reports::publish;
use crate::store::{Store, StoreError, Wanted};

/// Keeps and tells the state that follows from the users; false when an order came in between, so that it must be looked at
/// again.
pub(in crate::engine) async fn refresh(
    shared: &Shared,
    store: &Store,
    id: i64,
) -> Result<bool, StoreError> {
    let Some(batch) = store.batch_by_id(id).await? else {
        return Ok(true);
    };
    let users = known(&store.user_states(id).await?);
    let now = shared.now();
    let current = status_of(&batch);
    let next = status(&Facts {
        wanted: batch.wanted,
        current,
        users: &users,
        rejected: store.rejected_count(id).await?,
        initial_done: batch.initial_sync_at.is_some(),
        must_wait: batch.start_after.is_some_and(|at| at > now),
        allow_incrementals: batch.allow_incrementals,
    });
    if next == current {
        return Ok(true);
    }
    let is_finished = matches!(
        next,
        BatchStatus::Completed | BatchStatus::CompletedWithErrors
    );
    let is_synced = is_finished
        || matches!(next, BatchStatus::Synced | BatchStatus::SyncedWithErrors)
        || (next == BatchStatus::Stopped && batch.wanted == Wanted::Run);
    // a user that is taken out of a batch at rest syncs nothing
    let synced_at = (is_synced && is_active(current)).then_some(now);
    let finalized_at = is_finished.then_some(now);
    if !store
        .advance_batch(&batch, next.name(), synced_at, finalized_at)
        .await?
    {
        return Ok(false);
    }
    let line = format!("The migration batch is {next}.");
    store.add_report(id, None, now, &line).await?;
    let kind = EventKind::BatchStatus {
        from: current,
        to: next,
    };
    if is_active(current) && !is_active(next) && !batch.skip_reports {
        // a report that cannot be written must not hold up the batch: it can be exported at any time
        if let Err(error) = publish(shared, store, &batch, next).await {
            let line = format!("The reports could not be written. {error}");
            store.add_report(id, None, now, &line).await?;
        }
    }
    shared.tell(&batch.name, kind);
    Ok(true)
}

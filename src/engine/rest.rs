//! What a batch at rest is waiting for: its daily sync, its time to be completed, or that of one of its users.

use super::batch::ops::{complete, rouse};
use super::handle::Shared;
use crate::store::{BatchRecord, Store, StoreError, Wanted};

/// The users a daily sync takes up: those that failed wait for a person.
pub(super) const IN_STEP: &[&str] = &["Synced", "IncrementalSynced"];

/// What came of a look.
pub(super) enum Look {
    /// The batch has work again.
    Roused,
    /// Nothing is to be done before this time, if any.
    Until(Option<i64>),
}

/// Looks at a batch at rest. `interval_ms`: from the end of one sync to the beginning of the next; 0 = none.
pub(super) async fn look(
    shared: &Shared,
    store: &Store,
    batch: &BatchRecord,
    interval_ms: i64,
) -> Result<Look, StoreError> {
    let now = shared.now();
    let complete_at = batch.complete_after.filter(|_| batch.wanted == Wanted::Run);
    if complete_at.is_some_and(|at| at <= now) {
        complete(shared, store, batch).await?;
        return Ok(Look::Roused);
    }
    let user_at = store.next_completion(batch.id).await?;
    if user_at.is_some_and(|at| at <= now) {
        store.complete_due(batch.id, now).await?;
    }
    let sync_at = (batch.allow_incrementals && interval_ms > 0).then(|| {
        let since = batch.last_synced_at.or(batch.initial_sync_at);
        since.unwrap_or(now).saturating_add(interval_ms)
    });
    if sync_at.is_some_and(|at| at <= now) {
        store.make_due(batch.id, IN_STEP, now).await?;
    }
    if store.has_due(batch.id).await? || sync_at.is_some_and(|at| at <= now) {
        rouse(shared, store, batch).await?;
        return Ok(Look::Roused);
    }
    let times = [complete_at, user_at, sync_at];
    Ok(Look::Until(times.into_iter().flatten().min()))
}

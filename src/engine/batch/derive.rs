//! The state of a batch follows from what was asked of it and from its users: a pure function.

use super::BatchStatus;
use crate::engine::user::{UserStatus, UserStatusSummary};
use crate::store::Wanted;

/// What the state of a batch follows from.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Facts<'a> {
    /// What was last asked.
    pub wanted: Wanted,
    /// The state it has.
    pub current: BatchStatus,
    /// (state, a run is due, how many users).
    pub users: &'a [(UserStatus, bool, u64)],
    /// Refused rows.
    pub rejected: u64,
    /// The initial sync ended before.
    pub initial_done: bool,
    /// StartAfter lies ahead.
    pub must_wait: bool,
    /// Mail is kept in step after the first copy.
    pub allow_incrementals: bool,
}

/// Users by what they count as in a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct Tally {
    /// Somebody works on them.
    pub at_work: u64,
    /// A run is due.
    pub due: u64,
    /// No run is due and none was made: not started.
    pub pending: u64,
    /// Copied once, nothing due.
    pub synced: u64,
    /// Failed.
    pub failed: u64,
    /// Stopped.
    pub stopped: u64,
    /// Finished.
    pub completed: u64,
}

impl Tally {
    /// Counts users.
    pub fn of(users: &[(UserStatus, bool, u64)]) -> Self {
        let mut tally = Self::default();
        for &(status, due, count) in users {
            let place = match status {
                status if is_at_work(status) => &mut tally.at_work,
                _ if due => &mut tally.due,
                UserStatus::Queued => &mut tally.pending,
                status => match status.summary() {
                    UserStatusSummary::Synced => &mut tally.synced,
                    UserStatusSummary::Failed => &mut tally.failed,
                    UserStatusSummary::Completed => &mut tally.completed,
                    UserStatusSummary::Stopped => &mut tally.stopped,
                    UserStatusSummary::Active => &mut tally.at_work,
                },
            };
            *place += count;
        }
        tally
    }
}

/// Whether a worker has the user.
pub(in crate::engine) fn is_at_work(status: UserStatus) -> bool {
    matches!(
        status,
        UserStatus::Starting
            | UserStatus::Validating
            | UserStatus::Syncing
            | UserStatus::IncrementalSyncing
            | UserStatus::Stopping
            | UserStatus::Completing
    )
}

/// The state that follows.
pub(in crate::engine) fn status(facts: &Facts<'_>) -> BatchStatus {
    let tally = Tally::of(facts.users);
    match facts.wanted {
        Wanted::Nothing | Wanted::Remove => facts.current,
        Wanted::Stop if tally.at_work > 0 => BatchStatus::Stopping,
        Wanted::Stop => BatchStatus::Stopped,
        Wanted::Run if tally.at_work == 0 && tally.due > 0 && facts.must_wait => {
            BatchStatus::Waiting
        }
        Wanted::Complete if tally.at_work + tally.due > 0 => BatchStatus::Completing,
        Wanted::Run if tally.at_work + tally.due > 0 && facts.initial_done => {
            BatchStatus::IncrementalSyncing
        }
        Wanted::Run if tally.at_work + tally.due > 0 => BatchStatus::Syncing,
        Wanted::Run | Wanted::Complete => ended(facts, &tally),
    }
}

fn ended(facts: &Facts<'_>, tally: &Tally) -> BatchStatus {
    let good = tally.synced + tally.completed;
    let bad = tally.failed + tally.stopped + facts.rejected;
    let is_finished =
        tally.synced == 0 && (tally.completed > 0 || facts.wanted == Wanted::Complete);
    match (good, bad) {
        (_, 1..) if is_finished => BatchStatus::CompletedWithErrors,
        _ if is_finished => BatchStatus::Completed,
        (0, 1..) => BatchStatus::Failed,
        (_, 1..) => BatchStatus::SyncedWithErrors,
        _ if !facts.allow_incrementals => BatchStatus::Stopped,
        _ => BatchStatus::Synced,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BatchStatus as B;
    use UserStatus as U;

    #[test]
    fn the_state_follows_from_the_users() {
        type Row = (Wanted, &'static [(U, bool, u64)], u64, bool, bool, B);
        let table: &[Row] = &[
            (
                Wanted::Nothing,
                &[(U::Queued, false, 3)],
                0,
                false,
                false,
                B::Created,
            ),
            (
                Wanted::Run,
                &[(U::Queued, true, 3)],
                0,
                false,
                false,
                B::Syncing,
            ),
            (
                Wanted::Run,
                &[(U::Queued, true, 3)],
                0,
                false,
                true,
                B::Waiting,
            ),
            (
                Wanted::Run,
                &[(U::Syncing, false, 1), (U::Synced, false, 2)],
                0,
                false,
                false,
                B::Syncing,
            ),
            (
                Wanted::Run,
                &[(U::Synced, true, 1), (U::Synced, false, 2)],
                0,
                true,
                false,
                B::IncrementalSyncing,
            ),
            (
                Wanted::Run,
                &[(U::Synced, false, 3)],
                0,
                false,
                false,
                B::Synced,
            ),
            (
                Wanted::Run,
                &[(U::Synced, false, 3)],
                1,
                false,
                false,
                B::SyncedWithErrors,
            ),
            (
                Wanted::Run,
                &[(U::Synced, false, 2), (U::Failed, false, 1)],
                0,
                false,
                false,
                B::SyncedWithErrors,
            ),
            (
                Wanted::Run,
                &[(U::Failed, false, 3)],
                0,
                false,
                false,
                B::Failed,
            ),
            (Wanted::Run, &[], 2, false, false, B::Failed),
            (
                Wanted::Complete,
                &[(U::Synced, true, 1), (U::Completed, false, 2)],
                0,
                true,
                false,
                B::Completing,
            ),
            (
                Wanted::Complete,
                &[
                    (U::Completed, false, 2),
                    (U::CompletedWithWarnings, false, 1),
                ],
                0,
                true,
                false,
                B::Completed,
            ),
            (
                Wanted::Complete,
                &[(U::Completed, false, 2), (U::CompletionFailed, false, 1)],
                0,
                true,
                false,
                B::CompletedWithErrors,
            ),
            // one user has a later time of its own
            (
                Wanted::Complete,
                &[(U::Completed, false, 2), (U::Synced, false, 1)],
                0,
                true,
                false,
                B::Synced,
            ),
            (
                Wanted::Stop,
                &[(U::Stopping, false, 1), (U::Stopped, false, 2)],
                0,
                false,
                false,
                B::Stopping,
            ),
            (
                Wanted::Stop,
                &[(U::Stopped, false, 2), (U::Synced, false, 1)],
                0,
                false,
                false,
                B::Stopped,
            ),
        ];
        for (wanted, users, rejected, initial_done, must_wait, expected) in table {
            let facts = Facts {
                wanted: *wanted,
                current: B::Created,
                users,
                rejected: *rejected,
                initial_done: *initial_done,
                must_wait: *must_wait,
                allow_incrementals: true,
            };
            assert_eq!(status(&facts), *expected, "{facts:?}");
        }
    }
}

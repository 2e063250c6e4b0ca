//! Keeping the result of a worker: the user's next state follows from the outcome.

use super::event::EventKind;
use super::failure::Failure;
use super::handle::Shared;
use super::report::DataConsistencyScore;
use super::user::UserStatus;
use super::worker::Outcome;
use crate::store::{BatchRecord, Store, StoreError, UserChange, UserRecord};

/// Whose run has ended.
pub(super) struct Ended {
    pub(super) user: i64,
    batch: i64,
    batch_name: String,
    address: String,
    attempts: u32,
    initial_done: bool,
    /// The run was the last pass.
    is_last_pass: bool,
    extra_tries: u32,
    last: std::sync::Mutex<UserStatus>,
}

impl Ended {
    pub(super) fn new(batch: &BatchRecord, user: &UserRecord) -> Self {
        let was = UserStatus::from_name(&user.status).unwrap_or(UserStatus::Queued);
        Self {
            user: user.id,
            batch: batch.id,
            batch_name: batch.name.clone(),
            address: user.address.clone(),
            attempts: user.attempts,
            initial_done: user.initial_done,
            is_last_pass: is_last_pass(user),
            extra_tries: batch.auto_retry_count,
            last: std::sync::Mutex::new(was),
        }
    }

    /// Tells that the user is in another state.
    pub(super) fn tell(&self, shared: &Shared, to: UserStatus, error: Option<String>) {
        let mut last = self
            .last
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let from = std::mem::replace(&mut *last, to);
        drop(last);
        shared.tell(
            &self.batch_name,
            EventKind::UserStatus {
                user: self.address.clone(),
                from,
                to,
                error,
            },
        );
    }

    fn waiting(&self) -> UserStatus {
        if self.initial_done {
            UserStatus::Synced
        } else {
            UserStatus::Queued
        }
    }
}

/// Whether the user's next run is the last pass: a first copy comes before it.
pub(super) fn is_last_pass(user: &UserRecord) -> bool {
    user.completing && user.initial_done
}

/// Keeps an outcome and tells it. `is_leaving`: the engine is being closed, and who was interrupted goes on next time.
pub(super) async fn settle(
    shared: &Shared,
    store: &Store,
    ended: &Ended,
    outcome: &Outcome,
    is_leaving: bool,
) -> Result<(), StoreError> {
    let now = shared.now();
    let Some(user) = store.user(ended.user).await? else {
        // removed meanwhile, with all that could be said
        return Ok(());
    };
    let (change, status, line) = match outcome {
        Outcome::Synced(score) if ended.is_last_pass => completed(*score),
        Outcome::Synced(score) => synced(score.name(), user.completing),
        Outcome::Stopped => {
            let batch = store.batch_by_id(ended.batch).await?;
            let is_wanted = batch.is_some_and(|batch| batch.wanted.is_work());
            let is_asked = user.status == UserStatus::Stopping.name();
            stopped(ended, is_leaving && is_wanted && !is_asked)
        }
        Outcome::Failed(failure, has_copied) => failed(shared, ended, failure, *has_copied, now),
    };
    store.change_user(ended.user, now, &change).await?;
    store
        .add_report(ended.batch, Some(ended.user), now, &line)
        .await?;
    let error = match outcome {
        Outcome::Failed(failure, _) => Some(failure.message.clone()),
        _ => None,
    };
    ended.tell(shared, status, error);
    Ok(())
}

type Next = (UserChange, UserStatus, String);

/// `again`: the last pass was asked for while this one ran.
fn synced(score: &'static str, again: bool) -> Next {
    let change = UserChange {
        status: UserStatus::Synced.name(),
        due: Some((again, None)),
        attempts: Some(0),
        synced: Some(score),
        error: Some(None),
        ..UserChange::default()
    };
    let line = format!("The sync is complete. Data consistency score: {score}.");
    (change, UserStatus::Synced, line)
}

fn completed(score: DataConsistencyScore) -> Next {
    let status = match score {
        DataConsistencyScore::Perfect | DataConsistencyScore::Good => UserStatus::Completed,
        _ => UserStatus::CompletedWithWarnings,
    };
    let change = UserChange {
        status: status.name(),
        due: Some((false, None)),
        attempts: Some(0),
        synced: Some(score.name()),
        error: Some(None),
        completing: Some(false),
    };
    let line = format!("The migration is complete. Data consistency score: {score}.");
    (change, status, line)
}

fn stopped(ended: &Ended, runs_on: bool) -> Next {
    let (status, due, line) = if runs_on {
        (
            ended.waiting(),
            true,
            "The engine was closed; the sync goes on when it is opened again.",
        )
    } else if ended.initial_done {
        (
            UserStatus::IncrementalStopped,
            false,
            "The sync was stopped.",
        )
    } else {
        (UserStatus::Stopped, false, "The sync was stopped.")
    };
    let change = UserChange {
        status: status.name(),
        due: Some((due, None)),
        ..UserChange::default()
    };
    (change, status, line.to_owned())
}

fn failed(shared: &Shared, ended: &Ended, failure: &Failure, has_copied: bool, now: i64) -> Next {
    let attempts = if has_copied { 1 } else { ended.attempts + 1 };
    let wait = failure.next_try(attempts, ended.extra_tries, shared.retry_unit);
    let (status, due) = match wait {
        Some(wait) => {
            let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
            (ended.waiting(), (true, Some(now.saturating_add(wait))))
        }
        None if ended.is_last_pass => (UserStatus::CompletionFailed, (false, None)),
        None if ended.initial_done => (UserStatus::IncrementalFailed, (false, None)),
        None => (UserStatus::Failed, (false, None)),
    };
    let line = match wait {
        Some(wait) => format!(
            "Transient error {} ({}): {} Attempt {attempts}; the next follows in {:.0} s.",
            failure.id,
            failure.class,
            failure.message,
            wait.as_secs_f64().ceil()
        ),
        None => format!(
            "Fatal error {} ({}): {}",
            failure.id, failure.class, failure.message
        ),
    };
    let change = UserChange {
        status: status.name(),
        due: Some(due),
        attempts: Some(attempts),
        error: Some(Some((
            failure.id.name().into(),
            failure.class.into(),
            failure.message.clone(),
        ))),
        ..UserChange::default()
    };
    (change, status, line)
}

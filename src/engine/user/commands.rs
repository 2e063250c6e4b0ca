//! Starting, stopping, changing and removing one user.

use super::legal::check;
use super::ops::{not_found, status_of};
use super::{SetUser, UserCommand, UserStatus};
use crate::engine::batch::BatchStatus;
use crate::engine::batch::derive::is_at_work;
use crate::engine::batch::ops::{
    is_resting, order as batch_order, rouse, status_of as batch_status,
};
use crate::engine::batch::refresh::refresh;
use crate::engine::error::{EngineError, ErrorId};
use crate::engine::event::EventKind;
use crate::engine::handle::Engine;
use crate::store::{BatchRecord, Store, UserOrder, UserQuery, UserRecord, Wanted};

impl Engine {
    /// Starts, resumes or retries a user of a batch that was started; a synced one gets its new mail.
    ///
    /// # Errors
    /// `UserNotFound`, `UserCommandRefused`, `InvalidArgument` when the address is in several batches.
    pub async fn start_user(&self, identity: &str) -> Result<(), EngineError> {
        let (store, user, batch) = self.one_user(identity).await?;
        check(&user.address, status_of(&user), UserCommand::Start)?;
        self.take_up(store, &user, &batch).await
    }

    /// Stops a user: what is in flight ends cleanly. Returns at once.
    ///
    /// # Errors
    /// As `start_user`.
    pub async fn stop_user(&self, identity: &str) -> Result<(), EngineError> {
        let (store, user, batch) = self.one_user(identity).await?;
        check(&user.address, status_of(&user), UserCommand::Stop)?;
        let now = self.shared().now();
        let (to, is_ending) = if is_at_work(status_of(&user)) {
            (UserStatus::Stopping, store.stop_user(user.id, now).await?)
        } else if user.initial_done {
            (UserStatus::IncrementalStopped, false)
        } else {
            (UserStatus::Stopped, false)
        };
        if !is_ending {
            store.order_user(user.id, UserOrder::Stop, now).await?;
        }
        self.tell_user(&batch, &user, to);
        if is_resting(&batch) {
            refresh(self.shared(), store, batch.id).await?;
        }
        self.work().await
    }

    /// Removes a user from its batch, with its journal; migrated mail stays. `force` removes a corrupted one.
    ///
    /// # Errors
    /// As `start_user`.
    pub async fn remove_user(&self, identity: &str, force: bool) -> Result<(), EngineError> {
        let (store, user, batch) = self.one_user(identity).await?;
        let status = status_of(&user);
        if status == UserStatus::Corrupted && !force {
            return Err(not_found(identity));
        }
        check(&user.address, status, UserCommand::Remove)?;
        store.remove_user(&user).await?;
        if is_resting(&batch) {
            refresh(self.shared(), store, batch.id).await?;
        }
        self.poke();
        Ok(())
    }

    /// Changes a user.
    ///
    /// # Errors
    /// As `start_user`.
    pub async fn set_user(&self, request: SetUser) -> Result<(), EngineError> {
        let (store, mut user, batch) = self.one_user(&request.identity).await?;
        check(&user.address, status_of(&user), UserCommand::Set)?;
        if request.sync_now {
            check(&user.address, status_of(&user), UserCommand::SyncNow)?;
        }
        if let Some(limit) = request.bad_item_limit {
            user.bad_item_limit = Some(limit);
        }
        if let Some(limit) = request.large_item_limit {
            user.large_item_limit = Some(limit);
        }
        if let Some(at) = request.start_after {
            user.start_after = at.map(|at| at.as_millisecond());
        }
        if let Some(at) = request.complete_after {
            user.complete_after = at.map(|at| at.as_millisecond());
        }
        store.change_user_settings(&user).await?;
        let is_waiting = status_of(&user) == UserStatus::Queued && user.due;
        if request.start_after.is_some() && is_waiting {
            let now = self.shared().now();
            store.order_user(user.id, UserOrder::Start, now).await?;
        }
        if request.sync_now {
            self.take_up(store, &user, &batch).await?;
        }
        self.work().await
    }

    /// Makes a run of a user due, and has the batch go on.
    async fn take_up(
        &self,
        store: &Store,
        user: &UserRecord,
        batch: &BatchRecord,
    ) -> Result<(), EngineError> {
        check_batch(user, batch)?;
        let now = self.shared().now();
        let is_finished = batch_status(batch) == BatchStatus::CompletedWithErrors;
        let order = if is_finished || user.completing {
            UserOrder::Complete
        } else {
            UserOrder::Start
        };
        store.order_user(user.id, order, now).await?;
        if is_finished {
            let completing = BatchStatus::Completing;
            batch_order(self.shared(), store, batch, Wanted::Complete, completing).await?;
        } else if is_resting(batch)
            || matches!(
                batch_status(batch),
                BatchStatus::Stopped | BatchStatus::Failed
            )
        {
            rouse(self.shared(), store, batch).await?;
        }
        self.work().await
    }

    async fn one_user(
        &self,
        identity: &str,
    ) -> Result<(&Store, UserRecord, BatchRecord), EngineError> {
        let Some(store) = self.existing().await? else {
            return Err(not_found(identity));
        };
        let query = UserQuery {
            identity: Some(identity.to_owned()),
            ..UserQuery::default()
        };
        let mut users = store.users(&query).await?;
        if users.len() > 1 {
            let batches: Vec<&str> = users.iter().map(|user| user.batch_name.as_str()).collect();
            return Err(EngineError::new(
                ErrorId::InvalidArgument,
                identity,
                format!(
                    "The migration user \"{identity}\" is in several batches: {}.",
                    batches.join(", ")
                ),
                "Name it by its Guid; Get-MigrationUser | Format-List Identity,BatchId,Guid shows it.",
            ));
        }
        let user = users.pop().ok_or_else(|| not_found(identity))?;
        let batch = store.batch_by_id(user.batch).await?;
        let batch = batch.ok_or_else(|| not_found(identity))?;
        Ok((store, user, batch))
    }

    fn tell_user(&self, batch: &BatchRecord, user: &UserRecord, to: UserStatus) {
        let kind = EventKind::UserStatus {
            user: user.address.clone(),
            from: status_of(user),
            to,
            error: None,
        };
        self.shared().tell(&batch.name, kind);
    }
}

/// A user is worked on only while its batch can be.
fn check_batch(user: &UserRecord, batch: &BatchRecord) -> Result<(), EngineError> {
    let status = batch_status(batch);
    let advice = match status {
        BatchStatus::Created => "Start the batch with Start-MigrationBatch.",
        BatchStatus::Stopping | BatchStatus::Completing => "Wait for the end of that.",
        BatchStatus::Completed => "Make a new batch with the user.",
        BatchStatus::Removing | BatchStatus::Corrupted => "Make a new batch with the user.",
        _ => return Ok(()),
    };
    Err(EngineError::new(
        ErrorId::UserCommandRefused,
        &user.address,
        format!(
            "The migration user \"{}\" can't be started: its batch \"{}\" is in the state {status}.",
            user.address, batch.name
        ),
        advice,
    ))
}

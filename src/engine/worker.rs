//! One user's run, from the check of the mailbox to the score.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::endpoint::probe::{imap_settings, stored};
use super::failure::Failure;
use super::handle::Shared;
use super::report::DataConsistencyScore;
use super::sync::{Account, End, FolderFilter, Parts};
use super::target;
use crate::store::{BatchRecord, EndpointRecord, SealedFor, Store, UserRecord};
use crate::transport::imap::Login;

/// What a worker is given.
pub(super) struct Job {
    pub(super) shared: Arc<Shared>,
    pub(super) store: Store,
    pub(super) batch: BatchRecord,
    pub(super) source: EndpointRecord,
    /// `None` = the embedded mail store.
    pub(super) target: Option<EndpointRecord>,
    pub(super) user: UserRecord,
    /// Cancelled when the work is to end: what is in flight ends cleanly.
    pub(super) stop: CancellationToken,
}

/// How a run ended.
pub(super) enum Outcome {
    /// Every message has its verdict.
    Synced(DataConsistencyScore),
    /// It could not go on; true when it had copied something before.
    Failed(Failure, bool),
    /// It was told to stop.
    Stopped,
}

impl Job {
    /// Does the work.
    pub(super) async fn run(self) -> Outcome {
        let mut has_copied = false;
        match self.sync(&mut has_copied).await {
            Ok(score) => Outcome::Synced(score),
            Err(End::Stopped) => Outcome::Stopped,
            Err(End::Broken(failure)) => Outcome::Failed(failure, has_copied),
        }
    }

    async fn sync(&self, has_copied: &mut bool) -> Result<DataConsistencyScore, End> {
        let login = self.login().await?;
        let filter =
            FolderFilter::parse(&self.batch.included_folders, &self.batch.excluded_folders)
                .map_err(Failure::not_supported)?;
        let target = tokio::select! {
            opened = target::open(&self.shared, &self.store, self.target.as_ref(), &self.user) => opened?,
            () = self.stop.cancelled() => return Err(End::Stopped),
        };
        let mut run = Account::new(Parts {
            shared: Arc::clone(&self.shared),
            store: self.store.clone(),
            batch: self.batch_of_user(),
            user: self.user.clone(),
            filter,
            target,
            settings: imap_settings(&stored(&self.source)),
            login,
            stop: self.stop.clone(),
        });
        let end = run.run().await;
        *has_copied = run.has_copied();
        end
    }

    /// The batch with the user's own limits where it has some.
    fn batch_of_user(&self) -> BatchRecord {
        let mut batch = self.batch.clone();
        batch.bad_item_limit = self.user.bad_item_limit.unwrap_or(batch.bad_item_limit);
        batch.large_item_limit = self.user.large_item_limit.unwrap_or(batch.large_item_limit);
        batch
    }

    /// The login of the row, with its password opened.
    async fn login(&self) -> Result<Login, Failure> {
        if !self.user.user_root.is_empty() {
            return Err(Failure::not_supported(
                "The row has a UserRoot, which this version does not follow. Remove the value to copy the whole account."
                    .into(),
            ));
        }
        let sealed = self
            .store
            .user_password(self.user.id)
            .await?
            .unwrap_or_default();
        let password = self
            .store
            .secrets()
            .open(&sealed, SealedFor::User(self.user.guid))?;
        Ok(Login {
            user: self.user.user_name.clone(),
            password,
            authzid: None,
        })
    }
}

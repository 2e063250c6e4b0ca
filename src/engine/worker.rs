//! One user's run, from the check of the mailbox to the score.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::endpoint::probe::{imap_settings, stored};
use super::failure::Failure;
use super::handle::Shared;
use super::report::DataConsistencyScore;
use crate::store::{BatchRecord, EndpointRecord, SealedFor, Store, UserChange, UserRecord};
use crate::transport::imap::{ImapSource, Login};

/// What a worker is given.
#[expect(dead_code, reason = "the copying that comes next reads the rest")]
pub(super) struct Job {
    pub(super) shared: Arc<Shared>,
    pub(super) store: Store,
    pub(super) batch: BatchRecord,
    pub(super) endpoint: EndpointRecord,
    pub(super) user: UserRecord,
    /// Cancelled when the work is to end: what is in flight ends cleanly.
    pub(super) stop: CancellationToken,
}

/// How a run ended.
#[expect(dead_code, reason = "the copying that comes next makes the rest")]
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
        match self.connect().await {
            Ok(_) => Outcome::Failed(
                Failure::internal("copying is not done by this version"),
                false,
            ),
            Err(failure) => Outcome::Failed(failure, false),
        }
    }

    async fn connect(&self) -> Result<ImapSource, Failure> {
        let login = self.prepare().await?;
        let settings = imap_settings(&stored(&self.endpoint));
        Ok(ImapSource::connect(&settings, &login).await?)
    }

    /// Checks the target mailbox and opens the password.
    async fn prepare(&self) -> Result<Login, Failure> {
        let Some(mailbox) = self.store.mailbox_at(&self.user.address).await? else {
            return Err(Failure::no_recipient(&self.user.address));
        };
        let change = UserChange {
            status: "Syncing",
            mailbox_guid: Some(mailbox.guid),
            ..UserChange::default()
        };
        self.store
            .change_user(self.user.id, self.shared.now(), &change)
            .await?;
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

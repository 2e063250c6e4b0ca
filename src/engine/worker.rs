//! One user's run, from the check of the mailbox to the score.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::endpoint::probe::{imap_settings, stored};
use super::failure::Failure;
use super::handle::Shared;
use super::report::DataConsistencyScore;
use super::settle::is_last_pass;
use super::sync::{Account, End, FolderFilter, Parts};
use super::target;
use super::verify::{Check, VerifyLevel, check};
use crate::store::{BatchRecord, EndpointRecord, SealedFor, Store, UserRecord};
use crate::transport::Login;
use crate::transport::imap::{ImapSettings, ImapSource, ListedFolder};

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
        let login = source_login(&self.store, &self.user).await?;
        let filter =
            FolderFilter::parse(&self.batch.included_folders, &self.batch.excluded_folders)
                .map_err(Failure::not_supported)?;
        let settings = imap_settings(&stored(&self.source));
        let target = target::open(&self.shared, &self.store, self.target.as_ref(), &self.user);
        let both = async {
            if self.target.is_none() {
                // a mailbox that the mail store lacks is told whatever the server says
                return Ok((target.await?, source(&settings, &login).await?));
            }
            // both servers at once: over a long wire each takes several round trips
            tokio::try_join!(target, source(&settings, &login))
        };
        let (target, (source, listed)) = tokio::select! {
            opened = both => opened?,
            () = self.stop.cancelled() => return Err(End::Stopped),
        };
        let mut run = Account::new(Parts {
            shared: Arc::clone(&self.shared),
            store: self.store.clone(),
            batch: self.batch_of_user(),
            user: self.user.clone(),
            filter,
            target,
            settings,
            login,
            stop: self.stop.clone(),
        });
        let end = run.run(source, listed).await;
        *has_copied = run.has_copied();
        let score = end?;
        if !is_last_pass(&self.user) {
            return Ok(score);
        }
        drop(run);
        tokio::select! {
            verified = self.verified(score) => Ok(verified?),
            () = self.stop.cancelled() => Err(End::Stopped),
        }
    }

    /// Compares both sides before a user is finished: what is not at the target must not be called complete.
    async fn verified(&self, score: DataConsistencyScore) -> Result<DataConsistencyScore, Failure> {
        let what = Check {
            shared: &self.shared,
            store: &self.store,
            batch: &self.batch,
            source: &self.source,
            target: self.target.as_ref(),
            user: &self.user,
        };
        let folders = check(&what, VerifyLevel::Headers).await?;
        let of_source: u64 = folders.iter().map(|folder| folder.source_count).sum();
        let missing: u64 = folders.iter().map(|folder| folder.missing_count).sum();
        let places: Vec<String> = folders
            .iter()
            .filter(|folder| folder.missing_count > 0)
            .map(|folder| format!("{} of \"{}\"", folder.missing_count, folder.folder))
            .collect();
        let line = if missing == 0 {
            format!("Verification: all {of_source} messages of the source are at the target.")
        } else {
            format!(
                "Verification: {missing} of {of_source} messages of the source are not at the target: {}.",
                places.join(", ")
            )
        };
        let (batch, user) = (self.batch.id, Some(self.user.id));
        let now = self.shared.now();
        self.store.add_report(batch, user, now, &line).await?;
        Ok(if missing == 0 {
            score
        } else {
            score.max(DataConsistencyScore::Investigate)
        })
    }

    /// The batch with the user's own limits where it has some.
    fn batch_of_user(&self) -> BatchRecord {
        let mut batch = self.batch.clone();
        batch.bad_item_limit = self.user.bad_item_limit.unwrap_or(batch.bad_item_limit);
        batch.large_item_limit = self.user.large_item_limit.unwrap_or(batch.large_item_limit);
        batch
    }
}

/// The login of the row at the source, with its password opened.
pub(super) async fn source_login(store: &Store, user: &UserRecord) -> Result<Login, Failure> {
    if !user.user_root.is_empty() {
        return Err(Failure::not_supported(
            "The row has a UserRoot, which this version does not follow. Remove the value to copy the whole account."
                .into(),
        ));
    }
    let sealed = store.user_password(user.id).await?.unwrap_or_default();
    let password = store.secrets().open(&sealed, SealedFor::User(user.guid))?;
    Ok(Login::new(user.user_name.clone(), password))
}

/// Signs in to the source and lists its folders.
async fn source(
    settings: &ImapSettings,
    login: &Login,
) -> Result<(ImapSource, Vec<ListedFolder>), Failure> {
    let mut source = ImapSource::connect(settings, login).await?;
    let listed = source.list_folders().await?;
    Ok((source, listed))
}

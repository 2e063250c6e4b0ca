//! One run over a mailbox: list the folders, bring each in step, sum up.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::copy::{CopyEnd, FolderCopy};
use super::filter::FolderFilter;
use super::plan::{self, FolderPlan, FolderStep};
use super::progress::Meter;
use super::score::{Verdicts, score};
use crate::engine::event::EventKind;
use crate::engine::failure::Failure;
use crate::engine::handle::Shared;
use crate::engine::report::{DataConsistencyScore, SkippedKind};
use crate::mail::UidSet;
use crate::store::{BatchRecord, FolderRecord, SkippedRecord, Store, UserRecord};
use crate::transport::imap::{FolderState, ImapSource};
use crate::transport::{ErrorClass, Origin, Target, TransportError};

/// A run over the mailbox of one user.
pub(in crate::engine) struct Account {
    pub(in crate::engine) shared: Arc<Shared>,
    pub(in crate::engine) store: Store,
    pub(in crate::engine) batch: BatchRecord,
    pub(in crate::engine) user: UserRecord,
    pub(in crate::engine) filter: FolderFilter,
    pub(in crate::engine) target: Target,
    /// Names the source account for good: login, host and port.
    pub(in crate::engine) account: String,
    pub(in crate::engine) stop: CancellationToken,
    meter: Meter,
    doubtful_folders: u64,
}

/// How a run ended early.
pub(in crate::engine) enum End {
    /// It was told to stop.
    Stopped,
    /// It could not go on.
    Broken(Failure),
}

impl<E: Into<Failure>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Broken(error.into())
    }
}

impl Account {
    /// A run over the mailbox of one user.
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the parts of a run, each of its own type"
    )]
    pub(in crate::engine) fn new(
        shared: Arc<Shared>,
        store: Store,
        batch: BatchRecord,
        user: UserRecord,
        filter: FolderFilter,
        target: Target,
        account: String,
        stop: CancellationToken,
    ) -> Self {
        let meter = Meter::new(Arc::clone(&shared), &batch.name, &user.address);
        Self {
            shared,
            store,
            batch,
            user,
            filter,
            target,
            account,
            stop,
            meter,
            doubtful_folders: 0,
        }
    }

    /// Whether this run copied anything.
    pub(in crate::engine) fn has_copied(&self) -> bool {
        self.meter.of_run().0 > 0
    }

    /// Brings the mailbox in step.
    pub(in crate::engine) async fn run(
        &mut self,
        source: &mut ImapSource,
    ) -> Result<DataConsistencyScore, End> {
        let listed = source.list_folders().await?;
        let known = self.store.folders(self.user.id).await?;
        let plan = plan::account(listed, known, &self.filter);
        let mut records: Vec<FolderRecord> = plan
            .folders
            .iter()
            .map(|folder| folder.record.clone())
            .collect();
        self.store.add_folders(self.user.id, &mut records).await?;
        self.store.forget_skipped_folders(self.user.id).await?;
        self.tell_plan(&plan, &records).await?;
        for (folder, record) in plan.folders.into_iter().zip(records) {
            if self.stop.is_cancelled() {
                return Err(End::Stopped);
            }
            if !folder.is_unchanged {
                self.folder(source, &folder, record).await?;
            }
        }
        self.meter.end();
        self.sum_up().await
    }

    async fn tell_plan(
        &mut self,
        plan: &plan::AccountPlan,
        records: &[FolderRecord],
    ) -> Result<(), Failure> {
        let sum = |count: fn(&FolderRecord) -> u64| records.iter().map(count).sum::<u64>();
        let total = (sum(|one| one.total_items), sum(|one| one.total_bytes));
        let open = sum(FolderRecord::open_items);
        self.meter
            .account(total, (total.0 - open, sum(|one| one.copied_bytes)));
        let left_out = match plan.left_out {
            0 => String::new(),
            count => format!(" {count} folders are left out by the filter."),
        };
        self.report(&format!(
            "Stage: CopyingMessages. {} folders with {} messages, {open} of them to copy.{left_out}",
            records.len(),
            total.0
        ))
        .await?;
        for name in &plan.merged {
            self.warn(&format!(
                "Two source folders have the name \"{name}\" and are merged in one target folder."
            ))
            .await?;
        }
        Ok(())
    }

    async fn folder(
        &mut self,
        source: &mut ImapSource,
        folder: &FolderPlan,
        record: FolderRecord,
    ) -> Result<(), End> {
        let opened = match open(source, folder).await {
            Ok(opened) => opened,
            Err(error) if is_of_this_folder(&error) => {
                return Ok(self.skip_folder(&record, &error.to_string()).await?);
            }
            Err(error) => return Err(error.into()),
        };
        let (state, listed) = opened;
        let (stored, doubtful) = self.store.journal_of(record.id, state.uid_validity).await?;
        let skipped = self
            .store
            .skipped_uids(record.id, state.uid_validity)
            .await?;
        let step = plan::folder(&record, &state, &listed, &stored, &skipped);
        let (uids, opened) = match step {
            FolderStep::Copy { uids, mut record } => {
                let size = folder.status.and_then(|status| status.size);
                record.total_bytes = size.unwrap_or(0).max(record.copied_bytes);
                (uids, *record)
            }
            FolderStep::ValidityChanged { was } => {
                let reason = format!(
                    "The source gave the folder new message numbers (UIDVALIDITY was {was}, is {}). It is not copied again, because every message would be there twice.",
                    state.uid_validity
                );
                return Ok(self.skip_folder(&record, &reason).await?);
            }
        };
        if u64::from(state.exists) != listed.len() {
            self.doubtful_folders += 1;
            self.warn(&format!(
                "The source says that \"{}\" has {} messages, and lists {}.",
                record.display_name,
                state.exists,
                listed.len()
            ))
            .await?;
        }
        self.meter
            .folder(&record.display_name, record.total_items, opened.total_items);
        let into = self
            .target
            .ensure_folder(&folder.path, folder.special_use, folder.is_subscribed)
            .await?;
        if record.uid_validity != opened.uid_validity {
            self.store
                .forget_other_validities(record.id, opened.uid_validity)
                .await?;
        }
        if opened != record {
            self.store.open_folder(self.user.id, &opened).await?;
        }
        if !doubtful.is_empty() {
            // file names follow from the messages: sending them again replaces the same files
            self.store
                .forget_intents(record.id, state.uid_validity)
                .await?;
        }
        if !uids.is_empty() {
            let mut own = UidSet::new();
            for intent in &doubtful {
                own.extend_set(&intent.uids);
            }
            let shared = Arc::clone(&self.shared);
            let copy = FolderCopy {
                store: &self.store,
                target: &self.target,
                budget: &self.shared.budget,
                stop: &self.stop,
                meter: &mut self.meter,
                now: &move || shared.now(),
                user: self.user.id,
                folder: record.id,
                folder_name: &record.display_name,
                origin: Origin {
                    account: self.account.clone(),
                    folder: folder.wire.0.escape_ascii().to_string(),
                    uid_validity: state.uid_validity,
                },
                into: &into,
                doubtful: own,
            };
            match copy.run(source, &uids).await {
                CopyEnd::Whole => {}
                CopyEnd::Stopped => return Err(End::Stopped),
                CopyEnd::Broken(failure) => return Err(End::Broken(failure)),
            }
        }
        let next = listed.last().map_or(1, |last| last.saturating_add(1));
        let uid_next = state.uid_next.unwrap_or(next);
        self.store
            .close_folder(
                record.id,
                uid_next,
                state.highest_modseq.unwrap_or(0),
                self.shared.now(),
            )
            .await?;
        Ok(())
    }

    async fn skip_folder(&mut self, record: &FolderRecord, reason: &str) -> Result<(), Failure> {
        self.doubtful_folders += 1;
        let item = SkippedRecord {
            kind: SkippedKind::CorruptFolder.name().into(),
            folder_name: record.display_name.clone(),
            reason: reason.to_owned(),
            at: self.shared.now(),
            ..SkippedRecord::default()
        };
        self.store.add_skipped_folder(self.user.id, &item).await?;
        self.warn(&format!(
            "The folder \"{}\" was not copied. {reason}",
            record.display_name
        ))
        .await
    }

    async fn sum_up(&mut self) -> Result<DataConsistencyScore, End> {
        let user = self.store.user(self.user.id).await?;
        let Some(user) = user else {
            return Err(End::Stopped);
        };
        let (messages, bytes) = self.meter.of_run();
        self.report(&format!(
            "Copy progress: {}/{} messages, {} bytes in all. This run copied {messages} messages, {bytes} bytes.",
            user.copied_items + user.adopted_items,
            user.total_items,
            user.copied_bytes
        ))
        .await?;
        self.check_limits(&user).await?;
        Ok(score(Verdicts {
            total: user.total_items,
            skipped: user.skipped_items,
            metadata_losses: user.metadata_losses,
            doubtful_folders: self.doubtful_folders,
        }))
    }

    async fn check_limits(&self, user: &UserRecord) -> Result<(), Failure> {
        let (bad, large) = self.store.skipped_counts(user.id).await?;
        match (self.batch.bad_item_limit, self.batch.large_item_limit) {
            (Some(limit), _) if bad > u64::from(limit) => Err(Failure::too_many(false, bad, limit)),
            (_, Some(limit)) if large > u64::from(limit) => {
                Err(Failure::too_many(true, large, limit))
            }
            _ => Ok(()),
        }
    }

    async fn report(&self, line: &str) -> Result<(), Failure> {
        self.store
            .add_report(self.batch.id, Some(self.user.id), self.shared.now(), line)
            .await?;
        Ok(())
    }

    async fn warn(&self, line: &str) -> Result<(), Failure> {
        let kind = EventKind::Warning {
            user: Some(self.user.address.clone()),
            message: line.to_owned(),
        };
        self.shared.tell(&self.batch.name, kind);
        self.report(&format!("Warning: {line}")).await
    }
}

async fn open(
    source: &mut ImapSource,
    folder: &FolderPlan,
) -> Result<(FolderState, UidSet), TransportError> {
    let state = source.examine(&folder.wire).await?;
    let listed = if state.exists == 0 {
        UidSet::new()
    } else {
        source.uids().await?
    };
    Ok((state, listed))
}

/// Whether an error stays with the folder: the others can be copied.
fn is_of_this_folder(error: &TransportError) -> bool {
    !error.is_fatal && matches!(error.class, ErrorClass::Vanished | ErrorClass::Refused)
}

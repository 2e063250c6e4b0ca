//! One run over a mailbox: list the folders, bring each in step, sum up.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::changes;
use super::filter::FolderFilter;
use super::plan;
use super::progress::Meter;
use super::removal::Gone;
use super::score::{Verdicts, score};
use crate::engine::event::EventKind;
use crate::engine::failure::Failure;
use crate::engine::handle::Shared;
use crate::engine::report::{DataConsistencyScore, SkippedKind};
use crate::store::{BatchRecord, FolderRecord, SkippedRecord, Store, UserRecord};
use crate::transport::imap::{ImapSettings, ImapSource, ListedFolder, Login};
use crate::transport::{Target, WantedFolder};

/// What a run is made of.
pub(in crate::engine) struct Parts {
    pub(in crate::engine) shared: Arc<Shared>,
    pub(in crate::engine) store: Store,
    pub(in crate::engine) batch: BatchRecord,
    pub(in crate::engine) user: UserRecord,
    pub(in crate::engine) filter: FolderFilter,
    pub(in crate::engine) target: Target,
    pub(in crate::engine) settings: ImapSettings,
    pub(in crate::engine) login: Login,
    pub(in crate::engine) stop: CancellationToken,
}

/// A run over the mailbox of one user.
pub(in crate::engine) struct Account {
    pub(super) parts: Parts,
    pub(super) meter: Meter,
    pub(super) doubtful_folders: u64,
    /// Messages whose flags were changed at the target.
    pub(super) changed_flags: u64,
    /// What is to be removed at the end.
    pub(super) gone: Vec<Gone>,
}

impl std::ops::Deref for Account {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
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
    /// A run over a mailbox that begins now.
    pub(in crate::engine) fn new(parts: Parts) -> Self {
        let meter = Meter::new(
            Arc::clone(&parts.shared),
            &parts.batch.name,
            &parts.user.address,
        );
        Self {
            parts,
            meter,
            doubtful_folders: 0,
            changed_flags: 0,
            gone: Vec::new(),
        }
    }

    /// Connects to the source once more and signs in.
    pub(super) async fn connect(&self) -> Result<ImapSource, End> {
        tokio::select! {
            connected = ImapSource::connect(&self.settings, &self.login) => Ok(connected?),
            () = self.stop.cancelled() => Err(End::Stopped),
        }
    }

    /// Whether this run copied anything.
    pub(in crate::engine) fn has_copied(&self) -> bool {
        self.meter.of_run().0 > 0
    }

    /// Brings the mailbox in step with a source that was just opened and told its folders.
    pub(in crate::engine) async fn run(
        &mut self,
        mut source: ImapSource,
        listed: Vec<ListedFolder>,
    ) -> Result<DataConsistencyScore, End> {
        let known = self.store.folders(self.user.id).await?;
        let map = self.target.map().await;
        let plan = plan::account(listed, known, &self.filter, &map);
        let mut records: Vec<FolderRecord> = plan
            .folders
            .iter()
            .map(|folder| folder.record.clone())
            .collect();
        self.store.add_folders(self.user.id, &mut records).await?;
        self.store.forget_skipped_folders(self.user.id).await?;
        for folder in &plan.gone {
            self.store.open_folder(self.user.id, folder).await?;
            self.warn(&format!(
                "The source no longer has the folder \"{}\". What was not copied of it is not counted any more.",
                folder.display_name
            ))
            .await?;
        }
        self.tell_plan(&plan, &records).await?;
        self.prepare(&plan).await?;
        for (folder, record) in plan.folders.into_iter().zip(records) {
            if self.stop.is_cancelled() {
                return Err(End::Stopped);
            }
            let has_to_remove = self.batch.remove_missing && !record.missing.is_empty();
            if folder.is_unchanged && !has_to_remove {
                let is_doubtful = changes::hidden(record.source_items, record.source_items);
                self.doubtful_folders += u64::from(is_doubtful.is_some());
            } else {
                self.folder(&mut source, &folder, record).await?;
            }
        }
        source.log_out().await;
        self.remove_gone().await?;
        self.meter.end();
        self.sum_up().await
    }

    /// Makes the folders of the plan that were never synced whole.
    async fn prepare(&self, plan: &plan::AccountPlan) -> Result<(), End> {
        let is_new = |one: &&plan::FolderPlan| !one.is_unchanged && one.record.synced_at.is_none();
        let wanted = plan.folders.iter().filter(is_new).map(|one| WantedFolder {
            path: one.path.clone(),
            special_use: one.special_use,
            subscribe: one.is_subscribed,
        });
        self.target.prepare(&wanted.collect::<Vec<_>>()).await?;
        Ok(())
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
                "Two source folders go into the folder \"{name}\" of the target and are merged there."
            ))
            .await?;
        }
        Ok(())
    }

    pub(super) async fn skip_folder(
        &mut self,
        record: &FolderRecord,
        reason: &str,
    ) -> Result<(), Failure> {
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
        if messages > 0 {
            let (elapsed, waits) = self.meter.time();
            self.report(&format!(
                "Time: {:.1} s, of which {:.1} s were spent waiting for the source and {:.1} s for the target.",
                elapsed.as_secs_f64(),
                waits.source.as_secs_f64(),
                waits.target.as_secs_f64()
            ))
            .await?;
        }
        if self.changed_flags > 0 {
            self.report(&format!(
                "Changed flags of {} messages were carried over.",
                self.changed_flags
            ))
            .await?;
        }
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

    pub(super) async fn report(&self, line: &str) -> Result<(), Failure> {
        self.store
            .add_report(self.batch.id, Some(self.user.id), self.shared.now(), line)
            .await?;
        Ok(())
    }

    pub(super) async fn warn(&self, line: &str) -> Result<(), Failure> {
        let kind = EventKind::Warning {
            user: Some(self.user.address.clone()),
            message: line.to_owned(),
        };
        self.shared.tell(&self.batch.name, kind);
        self.report(&format!("Warning: {line}")).await
    }
}

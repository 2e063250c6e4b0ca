//! Bringing one folder in step.

use std::sync::Arc;

use super::account::{Account, End};
use super::copy::{CopyEnd, FolderCopy};
use super::plan::{self, FolderPlan, FolderStep};
use crate::engine::failure::Failure;
use crate::mail::UidSet;
use crate::store::{FolderRecord, GroupDone, GroupIntent};
use crate::transport::imap::{FolderState, ImapSource, WireName};
use crate::transport::{ErrorClass, Origin, TargetFolder, TransportError};

/// A folder at work: open at the source, ready at the target.
pub(super) struct Opened {
    pub(super) record: FolderRecord,
    pub(super) wire: WireName,
    pub(super) origin: Origin,
    into: TargetFolder,
    /// UIDs of intents without an end: what the target has of these is our own work.
    doubtful: UidSet,
}

impl Account {
    /// Brings a folder in step. An error that stays with the folder is recorded, and the others go on.
    pub(super) async fn folder(
        &mut self,
        source: &mut ImapSource,
        folder: &FolderPlan,
        record: FolderRecord,
    ) -> Result<(), End> {
        let stop = self.stop.clone();
        let opened = tokio::select! {
            opened = open(source, &folder.wire) => opened,
            () = stop.cancelled() => return Err(End::Stopped),
        };
        let (state, listed) = match opened {
            Ok(opened) => opened,
            Err(error) if is_of_this_folder(&error) => {
                return Ok(self.skip_folder(&record, &error.to_string()).await?);
            }
            Err(error) => return Err(error.into()),
        };
        self.check_count(&record, &state, &listed).await?;
        let Some((opened, uids)) = self.begin(folder, record, &state, &listed).await? else {
            return Ok(());
        };
        let left = self.adopt(&opened, uids).await?;
        if !left.is_empty() {
            self.copy_all(source, &opened, left).await?;
        }
        let next = listed.last().map_or(1, |last| last.saturating_add(1));
        self.store
            .close_folder(
                opened.record.id,
                state.uid_next.unwrap_or(next),
                state.highest_modseq.unwrap_or(0),
                self.shared.now(),
            )
            .await?;
        Ok(())
    }

    /// Plans the folder and makes it ready at the target; `None` when it must not be copied.
    async fn begin(
        &mut self,
        folder: &FolderPlan,
        known: FolderRecord,
        state: &FolderState,
        listed: &UidSet,
    ) -> Result<Option<(Opened, UidSet)>, End> {
        let validity = state.uid_validity;
        let (stored, intents) = self.store.journal_of(known.id, validity).await?;
        let skipped = self.store.skipped_uids(known.id, validity).await?;
        let (uids, record) = match plan::folder(&known, state, listed, &stored, &skipped) {
            FolderStep::Copy { uids, mut record } => {
                let size = folder.status.and_then(|status| status.size);
                record.total_bytes = size.unwrap_or(0).max(record.copied_bytes);
                (uids, *record)
            }
            FolderStep::ValidityChanged { was } => {
                let reason = format!(
                    "The source gave the folder new message numbers (UIDVALIDITY was {was}, is {validity}). It is not copied again, because every message would be there twice."
                );
                self.skip_folder(&known, &reason).await?;
                return Ok(None);
            }
        };
        self.meter
            .folder(&record.display_name, known.total_items, record.total_items);
        let into = self
            .target
            .ensure_folder(&folder.path, folder.special_use, folder.is_subscribed)
            .await?;
        if known.uid_validity != validity {
            self.store
                .forget_other_validities(known.id, validity)
                .await?;
        }
        if record != known {
            self.store.open_folder(self.user.id, &record).await?;
        }
        let mut doubtful = UidSet::new();
        for intent in &intents {
            doubtful.extend_set(&intent.uids);
        }
        let opened = Opened {
            origin: Origin {
                account: self.account_name(),
                folder: folder.wire.0.escape_ascii().to_string(),
                uid_validity: validity,
            },
            wire: folder.wire.clone(),
            record,
            into,
            doubtful,
        };
        Ok(Some((opened, uids)))
    }

    /// Names the source account for good: login, host and port.
    fn account_name(&self) -> String {
        let net = &self.settings.net;
        format!(
            "{}@{}:{}",
            self.login.user,
            net.host.to_lowercase(),
            net.port
        )
    }

    /// Takes what the target has by name already: of intents that a crash left without an end, and of a state that was lost.
    /// Gives the messages that are left to copy.
    async fn adopt(&self, opened: &Opened, uids: UidSet) -> Result<UidSet, End> {
        let present = self.target.present(&opened.into, &opened.origin).await?;
        let there = present.unwrap_or_default().intersect(&uids);
        let (folder, validity) = (opened.record.id, opened.origin.uid_validity);
        if !opened.doubtful.is_empty() {
            self.store.forget_intents(folder, validity).await?;
        }
        if there.is_empty() {
            return Ok(uids);
        }
        let at = self.shared.now();
        let mut intent = GroupIntent {
            id: 0,
            folder,
            uid_validity: validity,
            uids: there.clone(),
            target_uid_validity: opened.into.uid_validity,
            target_uid_next: opened.into.uid_next,
            at,
        };
        self.store.intend(&mut intent, false).await?;
        let done = GroupDone {
            adopted: there.subtract(&opened.doubtful),
            stored: there.clone(),
            at,
            ..GroupDone::default()
        };
        self.store.finish(self.user.id, &intent, &done).await?;
        Ok(uids.subtract(&there))
    }

    /// Copies these messages of the open folder.
    pub(super) async fn copy(
        &mut self,
        source: &mut ImapSource,
        opened: &Opened,
        uids: &UidSet,
    ) -> CopyEnd {
        let shared = Arc::clone(&self.shared);
        let (parts, meter) = self.split();
        let copy = FolderCopy {
            store: &parts.store,
            target: &parts.target,
            budget: &parts.shared.budget,
            stop: &parts.stop,
            group_messages: parts.shared.group_messages,
            meter,
            now: &move || shared.now(),
            user: parts.user.id,
            folder: opened.record.id,
            folder_name: &opened.record.display_name,
            origin: opened.origin.clone(),
            into: &opened.into,
            doubtful: opened.doubtful.clone(),
        };
        copy.run(source, uids).await
    }

    /// Says so when the source does not list as many messages as it says it has.
    async fn check_count(
        &mut self,
        record: &FolderRecord,
        state: &FolderState,
        listed: &UidSet,
    ) -> Result<(), Failure> {
        if u64::from(state.exists) == listed.len() {
            return Ok(());
        }
        self.doubtful_folders += 1;
        self.warn(&format!(
            "The source says that \"{}\" has {} messages, and lists {}.",
            record.display_name,
            state.exists,
            listed.len()
        ))
        .await
    }
}

async fn open(
    source: &mut ImapSource,
    wire: &WireName,
) -> Result<(FolderState, UidSet), TransportError> {
    let state = source.examine(wire).await?;
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

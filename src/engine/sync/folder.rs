//! Bringing one folder in step.

use std::sync::atomic::AtomicU32;

use super::account::{Account, End};
use super::changes::{self, Look};
use super::copy::{Copied, FolderCopy, GroupLimit};
use super::plan::{self, FolderPlan};
use crate::engine::failure::Failure;
use crate::mail::{FlagTable, InternalDate, UidSet};
use crate::store::{FolderEnd, FolderRecord, GroupIntent};
use crate::transport::imap::{FolderState, ImapSource, WireName};
use crate::transport::{ErrorClass, Origin, TargetFolder, TransportError};

/// A folder at work: open at the source, ready at the target.
pub(super) struct Opened {
    pub(super) record: FolderRecord,
    pub(super) wire: WireName,
    pub(super) origin: Origin,
    pub(super) into: TargetFolder,
    /// The target's UIDNEXT as far as it is known.
    pub(super) uid_next: AtomicU32,
    /// Intents without an end.
    pub(super) intents: Vec<GroupIntent>,
    /// Their UIDs: what the target has of these is our own work.
    pub(super) doubtful: UidSet,
    /// Source UIDs and dates of some messages that were copied, to be looked at.
    pub(super) dates: Vec<(u32, InternalDate)>,
}

impl Opened {
    /// Takes over the intents that are without an end now.
    pub(super) fn doubt(&mut self, intents: Vec<GroupIntent>) {
        self.doubtful = UidSet::new();
        for intent in &intents {
            self.doubtful.extend_set(&intent.uids);
        }
        self.intents = intents;
    }
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
            opened = open(source, &folder.wire, &record) => opened,
            () = stop.cancelled() => return Err(End::Stopped),
        };
        let (state, listing) = match opened {
            Ok(opened) => opened,
            Err(error) if is_of_this_folder(&error) => {
                return Ok(self.skip_folder(&record, &error.to_string()).await?);
            }
            Err(error) => return Err(error.into()),
        };
        let listed = &listing.uids;
        self.check_count(&record, &state, listed).await?;
        let step = self
            .plan_folder(source, folder, record, &state, listed)
            .await?;
        let id = step.record.id;
        self.note_missing(&step, &state, listed).await?;
        self.plan_removal(folder, &step, &state, listed).await?;
        let flags = self.plan_flags(source, id, &step.stored, &listing).await?;
        if self.has_work_at_target(folder, &step, &flags).await {
            let into = self
                .target
                .ensure_folder(&folder.path, folder.special_use, folder.is_subscribed)
                .await;
            let into = match into {
                Ok(into) => into,
                Err(error) if is_of_this_name(&error) => {
                    return Ok(self.skip_folder(&step.record, &error.to_string()).await?);
                }
                Err(error) => return Err(error.into()),
            };
            let (mut opened, uids) = self.opened(folder, step, into);
            self.follow_target_validity(source, &opened, listed).await?;
            self.change_flags(source, &opened, listed, flags).await?;
            let left = self.settle(source, &opened, uids).await?;
            opened.doubt(Vec::new());
            let left = self.leave_large(source, &opened, left).await?;
            if !left.is_empty() {
                self.copy_all(source, &mut opened, left.clone()).await?;
                self.check_dates(source, &mut opened, &left).await?;
            }
            self.add_flags_of_found(source, &opened, listed).await?;
        }
        let next = listed.last().map_or(1, |last| last.saturating_add(1));
        let end = FolderEnd {
            uid_next: state.uid_next.unwrap_or(next),
            // as of the opening: what changed since is found by the next pass
            highest_modseq: state.highest_modseq.unwrap_or(0),
            source_items: listed.len(),
        };
        self.store.close_folder(id, end, self.shared.now()).await?;
        Ok(())
    }

    /// Whether the folder must be opened at the target. One that was synced whole and has nothing new is left alone, also when
    /// somebody took it away there: it is made again only when new mail must go into it, and what was copied before is not
    /// copied again.
    async fn has_work_at_target(
        &self,
        folder: &FolderPlan,
        step: &Step,
        flags: &changes::FlagPlan,
    ) -> bool {
        let has_mail = !step.uids.is_empty() || !step.intents.is_empty();
        let is_known = step.record.synced_at.is_some();
        let subscribe = folder.is_subscribed && !is_known;
        let is_ready = self.target.is_ready(&folder.path, subscribe).await;
        has_mail || !(is_ready || is_known) || (is_ready && flags.known.is_some())
    }

    /// Plans the folder.
    async fn plan_folder(
        &mut self,
        source: &mut ImapSource,
        folder: &FolderPlan,
        known: FolderRecord,
        state: &FolderState,
        listed: &UidSet,
    ) -> Result<Step, End> {
        let validity = state.uid_validity;
        let known = if plan::is_renumbered(&known, state) {
            self.renumber(source, folder, known, validity, listed)
                .await?
        } else {
            known
        };
        let (stored, intents) = self.store.journal_of(known.id, validity).await?;
        let skipped = self.store.skipped_uids(known.id, validity).await?;
        let (uids, mut record) = plan::folder(&known, state, listed, &stored, &skipped);
        let size = folder.status.and_then(|status| status.size);
        record.total_bytes = size.unwrap_or(0).max(record.copied_bytes);
        self.meter
            .folder(&record.display_name, known.total_items, record.total_items);
        if known.uid_validity != validity {
            self.store
                .forget_other_validities(known.id, validity)
                .await?;
        }
        if record != known {
            self.store.open_folder(self.user.id, &record).await?;
        }
        Ok(Step {
            record,
            uids,
            stored,
            intents,
        })
    }

    fn opened(&self, folder: &FolderPlan, step: Step, into: TargetFolder) -> (Opened, UidSet) {
        let mut opened = Opened {
            origin: self.origin(&folder.wire, step.record.uid_validity),
            wire: folder.wire.clone(),
            record: step.record,
            uid_next: AtomicU32::new(into.uid_next),
            into,
            intents: Vec::new(),
            doubtful: UidSet::new(),
            dates: Vec::new(),
        };
        opened.doubt(step.intents);
        (opened, step.uids)
    }

    /// Names messages of a source folder for good.
    pub(super) fn origin(&self, wire: &WireName, uid_validity: u32) -> Origin {
        Origin {
            account: self.account_name(),
            folder: wire.0.escape_ascii().to_string(),
            uid_validity,
        }
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

    /// Copies these messages of the open folder.
    pub(super) async fn copy(
        &self,
        source: &mut ImapSource,
        opened: &Opened,
        uids: &UidSet,
        limit: GroupLimit,
    ) -> Copied {
        let copy = FolderCopy {
            store: &self.store,
            target: &self.target,
            budget: &self.shared.budget,
            stop: &self.stop,
            meter: &self.meter,
            now: &|| self.shared.now(),
            user: self.user.id,
            folder: opened.record.id,
            origin: &opened.origin,
            into: &opened.into,
            uid_next: &opened.uid_next,
            doubtful: &opened.doubtful,
            limit,
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
        let Some(reason) = changes::hidden(u64::from(state.exists), listed.len()) else {
            return Ok(());
        };
        self.doubtful_folders += 1;
        self.warn(&format!(
            "The folder \"{}\" may have more messages than the source shows. {reason}",
            record.display_name
        ))
        .await
    }
}

/// A folder that was planned.
pub(super) struct Step {
    pub(super) record: FolderRecord,
    /// What is to be copied.
    uids: UidSet,
    /// What the target has.
    pub(super) stored: UidSet,
    /// Intents without an end.
    intents: Vec<GroupIntent>,
}

/// What a folder has: all UIDs, and the flags that may have changed.
#[derive(Default)]
pub(super) struct Listing {
    pub(super) uids: UidSet,
    pub(super) flags: FlagTable,
}

async fn open(
    source: &mut ImapSource,
    wire: &WireName,
    known: &FolderRecord,
) -> Result<(FolderState, Listing), TransportError> {
    let (state, told) = source.examine_and_search(wire).await?;
    let mut listing = Listing::default();
    if state.exists == 0 {
        return Ok((state, listing));
    }
    let all = UidSet::range(1, u32::MAX);
    let look = changes::look(known, &state);
    if look == Look::Whole {
        listing.flags = source.list_flags(&all, None).await?;
        listing.uids = listing.flags.uids().clone();
        return Ok((state, listing));
    }
    listing.uids = match told {
        Some(uids) => uids,
        None => source.uids().await?,
    };
    if let Look::Since(modseq) = look {
        listing.flags = source.list_flags(&all, Some(modseq)).await?;
    }
    Ok((state, listing))
}

/// Whether an error stays with the folder: the others can be copied.
fn is_of_this_folder(error: &TransportError) -> bool {
    !error.is_fatal && matches!(error.class, ErrorClass::Vanished | ErrorClass::Refused)
}

/// Whether the target has something against the folder: its name, its place, the rights of who signed in.
fn is_of_this_name(error: &TransportError) -> bool {
    let classes = [ErrorClass::Config, ErrorClass::ServerBug];
    is_of_this_folder(error) || (!error.is_fatal && classes.contains(&error.class))
}

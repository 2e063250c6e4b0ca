//! A message that one side refuses, or that makes it end the session, is found, left out and told, and the rest goes on.

use super::account::{Account, End};
use super::copy::{CopyEnd, GroupLimit};
use super::folder::Opened;
use crate::engine::failure::Failure;
use crate::engine::report::SkippedKind;
use crate::mail::UidSet;
use crate::store::{GroupDone, GroupIntent, SkippedRecord};
use crate::transport::Target;
use crate::transport::imap::ImapSource;
use std::sync::atomic::AtomicU32;

/// So often a message tried alone must end the session before it is left out.
const PROOFS: u32 = 2;
/// More such messages in one folder, and it is the server that is broken.
const MOST: u32 = 50;
/// Failed runs in a row after which a connection that merely breaks is laid to the message too.
const PATIENCE: u32 = 3;

/// Who ended the session over a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Source,
    Target,
}

impl Account {
    /// Copies messages of the open folder until each has its verdict. What the target refuses in a group is tried again in
    /// smaller ones, until the refused message stands alone; when a session ends over a message, that one is looked for.
    pub(super) async fn copy_all(
        &mut self,
        source: &mut ImapSource,
        opened: &mut Opened,
        mut uids: UidSet,
    ) -> Result<(), End> {
        let usual = GroupLimit::of(self.shared.group_messages);
        let mut limit = usual;
        let mut left_out = 0;
        loop {
            let mut copied = self.copy(source, opened, &uids, limit).await;
            opened.dates.append(&mut copied.dates);
            self.keep_verdicts(source, opened, &copied).await?;
            let (side, failure) = match copied.end {
                CopyEnd::Whole if copied.again.is_empty() => return Ok(()),
                CopyEnd::Whole => {
                    uids = copied.again;
                    limit = GroupLimit::of(limit.messages.min(uids.len()) / 2);
                    continue;
                }
                CopyEnd::Stopped => return Err(End::Stopped),
                CopyEnd::SourceBroken(failure) => (Side::Source, failure),
                CopyEnd::TargetBroken(failure) => (Side::Target, failure),
            };
            if !self.may_be_a_message(&failure) || left_out == MOST {
                return Err(End::Broken(failure));
            }
            self.reopen(source, opened).await?;
            uids = self.without_verdict(source, opened, &uids).await?;
            let Some(suspect) = uids.first() else {
                return Ok(());
            };
            if side == Side::Target && limit.messages > 1 {
                // the source gives messages one after the other, the target takes them by the group
                limit = GroupLimit::of(limit.messages.min(uids.len()) / 2);
                continue;
            }
            left_out += u32::from(self.try_alone(source, opened, suspect).await?);
            uids = self.without_verdict(source, opened, &uids).await?;
            limit = usual;
            if uids.is_empty() {
                return Ok(());
            }
        }
    }

    /// Whether the fault can be a message's: the server broke off in words, or broke off again and again at the same place.
    fn may_be_a_message(&self, failure: &Failure) -> bool {
        match failure.class {
            "server-bug" | "malformed" => true,
            "transport" => self.user.attempts >= PATIENCE,
            _ => false,
        }
    }

    /// Copies one message on connections of its own; true when it was left out. The folder is open after it.
    async fn try_alone(
        &mut self,
        source: &mut ImapSource,
        opened: &mut Opened,
        uid: u32,
    ) -> Result<bool, End> {
        let alone = UidSet::range(uid, uid);
        let mut proofs = 0;
        loop {
            if self
                .without_verdict(source, opened, &alone)
                .await?
                .is_empty()
            {
                return Ok(proofs == PROOFS);
            }
            let copied = self.copy(source, opened, &alone, GroupLimit::of(1)).await;
            self.keep_verdicts(source, opened, &copied).await?;
            let (side, failure) = match copied.end {
                CopyEnd::Whole => return Ok(false),
                CopyEnd::Stopped => return Err(End::Stopped),
                CopyEnd::SourceBroken(failure) => (Side::Source, failure),
                CopyEnd::TargetBroken(failure) => (Side::Target, failure),
            };
            if !self.may_be_a_message(&failure) {
                return Err(End::Broken(failure));
            }
            self.reopen(source, opened).await?;
            proofs += 1;
            // the target may have it all the same
            let left = self.without_verdict(source, opened, &alone).await?;
            if proofs == PROOFS && !left.is_empty() {
                self.leave_out(source, opened, uid, (side, &failure))
                    .await?;
            }
        }
    }

    /// New connections with the same folder open.
    async fn reopen(&mut self, source: &mut ImapSource, opened: &mut Opened) -> Result<(), End> {
        *source = self.connect().await?;
        let state = source.examine(&opened.wire).await?;
        let mut is_same = state.uid_validity == opened.origin.uid_validity;
        if let Target::Imap(target) = &self.parts.target {
            self.parts.target = Target::Imap(target.again().await?);
            let (path, special_use) = (&opened.into.path, opened.into.special_use);
            let into = self.target.ensure_folder(path, special_use, false).await?;
            is_same &= into.uid_validity == opened.into.uid_validity;
            opened.uid_next = AtomicU32::new(into.uid_next);
            opened.into = into;
        }
        if is_same {
            return Ok(());
        }
        Err(End::Broken(Failure::transient(format!(
            "The folder \"{}\" got new message numbers while it was copied.",
            opened.record.display_name
        ))))
    }

    /// What of these has no verdict, after what the target has of broken groups was found.
    async fn without_verdict(
        &self,
        source: &mut ImapSource,
        opened: &mut Opened,
        uids: &UidSet,
    ) -> Result<UidSet, End> {
        let (folder, validity) = (opened.record.id, opened.origin.uid_validity);
        let (stored, intents) = self.store.journal_of(folder, validity).await?;
        let skipped = self.store.skipped_uids(folder, validity).await?;
        let left = uids.subtract(&stored).subtract(&skipped);
        if intents.is_empty() {
            return Ok(left);
        }
        opened.doubt(intents);
        let left = self.settle(source, opened, left).await?;
        opened.doubt(Vec::new());
        Ok(left)
    }

    async fn leave_out(
        &self,
        source: &mut ImapSource,
        opened: &Opened,
        uid: u32,
        (side, failure): (Side, &Failure),
    ) -> Result<(), End> {
        let (kind, what) = match side {
            Side::Source => (
                SkippedKind::CorruptItem,
                "The source ends the session when it is asked for this message.",
            ),
            Side::Target => (
                SkippedKind::RefusedItem,
                "The target ends the session when it is given this message.",
            ),
        };
        let mut item = SkippedRecord {
            uid: Some(uid),
            reason: format!("{what} {}", failure.message),
            ..self.item(opened, kind)
        };
        if side == Side::Target {
            let uids = UidSet::range(uid, uid);
            self.describe(source, &uids, std::slice::from_mut(&mut item))
                .await?;
        }
        let at = item.at;
        let done = GroupDone {
            skipped: vec![item],
            at,
            ..GroupDone::default()
        };
        let (folder, validity) = (opened.record.id, opened.origin.uid_validity);
        let nothing = GroupIntent::nothing(folder, validity, at);
        self.store.finish(self.user.id, &nothing, &done).await?;
        self.warn(&format!(
            "The message {uid} of \"{}\" was left out: {}",
            opened.record.display_name, failure.message
        ))
        .await?;
        Ok(())
    }
}

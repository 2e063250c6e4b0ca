//! A message that makes the source end the session is found, left out and told, and the rest goes on.

use super::account::{Account, End};
use super::copy::CopyEnd;
use super::folder::Opened;
use crate::engine::failure::Failure;
use crate::engine::report::SkippedKind;
use crate::mail::UidSet;
use crate::store::{GroupDone, GroupIntent, SkippedRecord};
use crate::transport::imap::ImapSource;

/// So often a message fetched alone must end the session before it is left out.
const PROOFS: u32 = 2;
/// More such messages in one folder, and it is the server that is broken.
const MOST: u32 = 50;
/// Failed runs in a row after which a connection that merely breaks is laid to the message too.
const PATIENCE: u32 = 3;

impl Account {
    /// Copies messages of the open folder. When the session ends over one of them, that one is tried alone.
    pub(super) async fn copy_all(
        &mut self,
        source: &mut ImapSource,
        opened: &Opened,
        mut uids: UidSet,
    ) -> Result<(), End> {
        let mut left_out = 0;
        loop {
            let failure = match self.copy(source, opened, &uids).await {
                CopyEnd::Whole => return Ok(()),
                CopyEnd::Stopped => return Err(End::Stopped),
                CopyEnd::Broken(failure) => failure,
            };
            if !self.may_be_a_message(&failure) || left_out == MOST {
                return Err(End::Broken(failure));
            }
            uids = self.without_verdict(opened, &uids).await?;
            let Some(suspect) = uids.first() else {
                return Err(End::Broken(failure));
            };
            left_out += u32::from(self.try_alone(source, opened, suspect).await?);
            uids = self.without_verdict(opened, &uids).await?;
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

    /// Fetches one message on connections of its own; true when it was left out. The folder is open after it.
    async fn try_alone(
        &mut self,
        source: &mut ImapSource,
        opened: &Opened,
        uid: u32,
    ) -> Result<bool, End> {
        let alone = UidSet::range(uid, uid);
        let mut proofs = 0;
        loop {
            self.reopen(source, opened).await?;
            if proofs == PROOFS {
                return Ok(true);
            }
            match self.copy(source, opened, &alone).await {
                CopyEnd::Whole => return Ok(false),
                CopyEnd::Stopped => return Err(End::Stopped),
                CopyEnd::Broken(failure) if self.may_be_a_message(&failure) => {
                    proofs += 1;
                    if proofs == PROOFS {
                        self.leave_out(opened, uid, &failure).await?;
                    }
                }
                CopyEnd::Broken(failure) => return Err(End::Broken(failure)),
            }
        }
    }

    /// A new connection with the same folder open.
    async fn reopen(&self, source: &mut ImapSource, opened: &Opened) -> Result<(), End> {
        *source = self.connect().await?;
        let state = source.examine(&opened.wire).await?;
        if state.uid_validity == opened.origin.uid_validity {
            return Ok(());
        }
        Err(End::Broken(Failure::transient(format!(
            "The source gave the folder \"{}\" new message numbers while it was copied.",
            opened.record.display_name
        ))))
    }

    async fn without_verdict(&self, opened: &Opened, uids: &UidSet) -> Result<UidSet, End> {
        let (folder, validity) = (opened.record.id, opened.origin.uid_validity);
        let (stored, _) = self.store.journal_of(folder, validity).await?;
        let skipped = self.store.skipped_uids(folder, validity).await?;
        Ok(uids.subtract(&stored).subtract(&skipped))
    }

    async fn leave_out(&self, opened: &Opened, uid: u32, failure: &Failure) -> Result<(), Failure> {
        let at = self.shared.now();
        let (folder, validity) = (opened.record.id, opened.origin.uid_validity);
        let item = SkippedRecord {
            folder: Some(folder),
            uid_validity: Some(validity),
            uid: Some(uid),
            kind: SkippedKind::CorruptItem.name().into(),
            folder_name: opened.record.display_name.clone(),
            reason: format!(
                "The source ends the session when it is asked for this message. {}",
                failure.message
            ),
            at,
            ..SkippedRecord::default()
        };
        let done = GroupDone {
            skipped: vec![item],
            at,
            ..GroupDone::default()
        };
        let nothing = GroupIntent::nothing(folder, validity, at);
        self.store.finish(self.user.id, &nothing, &done).await?;
        self.warn(&format!(
            "The message {uid} of \"{}\" was left out: {}",
            opened.record.display_name, failure.message
        ))
        .await
    }
}

//! Verdicts on messages that are not copied: recorded with the words of the server that refused them.

use super::account::{Account, End};
use super::copy::Copied;
use super::folder::Opened;
use crate::engine::report::SkippedKind;
use crate::engine::time::written;
use crate::mail::{Summary, UidSet};
use crate::store::{GroupDone, GroupIntent, SkippedRecord};
use crate::transport::ErrorClass;
use crate::transport::imap::{ImapSource, RefusedMessage};

impl Account {
    /// Keeps the verdicts of messages that the source did not give or the target did not take.
    pub(super) async fn keep_verdicts(
        &self,
        source: &mut ImapSource,
        opened: &Opened,
        copied: &Copied,
    ) -> Result<(), End> {
        let at = self.shared.now();
        let lost = copied
            .fetched
            .refused
            .iter()
            // the target gave these up, and says why
            .filter(|refused| refused.error.class != ErrorClass::Stopped)
            .map(|refused| self.skipped(opened, refused, SkippedKind::CorruptItem));
        let refused = copied
            .refused
            .iter()
            .map(|refused| self.skipped(opened, refused, SkippedKind::RefusedItem));
        let mut skipped: Vec<SkippedRecord> = lost.chain(refused).collect();
        let vanished: Vec<SkippedRecord> = copied
            .fetched
            .vanished
            .iter()
            .map(|uid| SkippedRecord {
                uid: Some(uid),
                reason: "The source listed the message and then no longer had it.".into(),
                ..self.item(opened, SkippedKind::MissingItem)
            })
            .collect();
        if skipped.is_empty() && vanished.is_empty() {
            return Ok(());
        }
        if source.is_usable() {
            let given: UidSet = copied.refused.iter().map(|one| one.uid).collect();
            self.describe(source, &given, &mut skipped).await?;
        }
        let done = GroupDone {
            skipped,
            vanished,
            at,
            ..GroupDone::default()
        };
        let (folder, validity) = (opened.record.id, opened.origin.uid_validity);
        let nothing = GroupIntent::nothing(folder, validity, at);
        self.store.finish(self.user.id, &nothing, &done).await?;
        Ok(())
    }

    /// Gives the messages that are too large for the target their verdict before anything is fetched. Gives the others.
    pub(super) async fn leave_large(
        &self,
        source: &mut ImapSource,
        opened: &Opened,
        uids: UidSet,
    ) -> Result<UidSet, End> {
        let Some(limit) = self.target.append_limit().filter(|_| !uids.is_empty()) else {
            return Ok(uids);
        };
        let large = source.larger_than(limit).await?.intersect(&uids);
        if large.is_empty() {
            return Ok(uids);
        }
        let record = |uid| SkippedRecord {
            uid: Some(uid),
            reason: format!("The target takes messages of {limit} bytes at most."),
            ..self.item(opened, SkippedKind::LargeItem)
        };
        let mut skipped: Vec<SkippedRecord> = large.iter().map(record).collect();
        self.describe(source, &large, &mut skipped).await?;
        self.warn(&format!(
            "{} messages of \"{}\" are larger than the {limit} bytes that the target takes, and are left out.",
            large.len(),
            opened.record.display_name
        ))
        .await?;
        let done = GroupDone {
            skipped,
            at: self.shared.now(),
            ..GroupDone::default()
        };
        let (folder, validity) = (opened.record.id, opened.origin.uid_validity);
        let nothing = GroupIntent::nothing(folder, validity, done.at);
        self.store.finish(self.user.id, &nothing, &done).await?;
        Ok(uids.subtract(&large))
    }

    /// Fills in what the source says of messages that it gave.
    pub(super) async fn describe(
        &self,
        source: &mut ImapSource,
        uids: &UidSet,
        records: &mut [SkippedRecord],
    ) -> Result<(), End> {
        if uids.is_empty() {
            return Ok(());
        }
        for meta in source.list_messages(uids).await? {
            for record in records.iter_mut().filter(|one| one.uid == Some(meta.uid)) {
                record.size = meta.size.unwrap_or(0);
                record.date_received = meta.internal_date.map(|date| date.unix * 1000);
            }
        }
        for (uid, header) in source.list_headers(uids).await? {
            let told = Summary::of(&header);
            for record in records.iter_mut().filter(|one| one.uid == Some(uid)) {
                record.subject.clone_from(&told.subject);
                record.sender.clone_from(&told.sender);
                record.recipient.clone_from(&told.recipient);
                record.date_sent = written(&told.date);
            }
        }
        Ok(())
    }

    pub(super) fn skipped(
        &self,
        opened: &Opened,
        refused: &RefusedMessage,
        kind: SkippedKind,
    ) -> SkippedRecord {
        let kind = match refused.error.class {
            ErrorClass::TooBig => SkippedKind::LargeItem,
            _ => kind,
        };
        SkippedRecord {
            uid: Some(refused.uid),
            reason: refused.error.to_string(),
            ..self.item(opened, kind)
        }
    }

    pub(super) fn item(&self, opened: &Opened, kind: SkippedKind) -> SkippedRecord {
        SkippedRecord {
            folder: Some(opened.record.id),
            uid_validity: Some(opened.origin.uid_validity),
            kind: kind.name().into(),
            folder_name: opened.record.display_name.clone(),
            at: self.shared.now(),
            ..SkippedRecord::default()
        }
    }
}

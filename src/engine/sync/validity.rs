//! A source folder whose messages got new numbers (UIDVALIDITY): after a restore, a move to another machine, or because it was
//! deleted and made again. Nothing is copied by the new numbers until it is known what they name, and nothing is deleted.
//!
//! The state keeps an intent over all messages, "any of them may be at the target", and the pass settles it as it does after a
//! crash: by identity on an IMAP server, by name in the mail store, whose files get the names of the new numbers first.

use super::account::{Account, End};
use super::matching::Pool;
use super::plan::FolderPlan;
use super::settle::find;
use crate::mail::UidSet;
use crate::store::FolderRecord;
use crate::transport::Target;
use crate::transport::imap::ImapSource;
use crate::transport::maildir::Mailbox;

impl Account {
    /// Begins the account of a folder anew under its new UIDVALIDITY. Gives its record.
    pub(super) async fn renumber(
        &self,
        source: &mut ImapSource,
        folder: &FolderPlan,
        known: FolderRecord,
        validity: u32,
        listed: &UidSet,
    ) -> Result<FolderRecord, End> {
        self.report(&format!(
            "The source gave the folder \"{}\" new message numbers (UIDVALIDITY was {}, is {validity}). Its messages are found again by what they are; only what the target does not have is copied.",
            known.display_name, known.uid_validity
        ))
        .await?;
        if let Target::Maildir(mailbox) = &self.target
            && self.target.is_ready(&folder.path, false).await
        {
            self.rename(source, mailbox, folder, &known, validity, listed)
                .await?;
        }
        let record = FolderRecord {
            id: known.id,
            source_name: known.source_name,
            display_name: known.display_name,
            target_name: known.target_name,
            target_uid_validity: known.target_uid_validity,
            uid_validity: validity,
            synced_at: known.synced_at,
            ..FolderRecord::default()
        };
        self.store
            .renumber(&record, listed, self.shared.now())
            .await?;
        Ok(record)
    }

    /// Gives files the names of their new numbers. What a pass before this one renamed has its name already.
    async fn rename(
        &self,
        source: &mut ImapSource,
        mailbox: &Mailbox,
        folder: &FolderPlan,
        known: &FolderRecord,
        validity: u32,
        listed: &UidSet,
    ) -> Result<(), End> {
        let from = self.origin(&folder.wire, known.uid_validity);
        let to = self.origin(&folder.wire, validity);
        let named = mailbox.present(&folder.path, &to).await?;
        let mut pool = Pool::new(mailbox.identify(&folder.path, &from).await?);
        let found = find(source, &mut pool, &listed.subtract(&named)).await?;
        let numbers = found.iter().map(|one| (one.target, one.source)).collect();
        mailbox.renumber(&folder.path, &from, &to, numbers).await?;
        Ok(())
    }
}

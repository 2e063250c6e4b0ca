//! `Complete-MigrationBatch`.

use super::one::{notify, one_batch};
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::BatchId;
use crate::engine::batch::CompleteBatch;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Completes a synced batch: a last pass, and nothing after it.
    ///
    /// Asks first. Every synced mailbox is brought up to date once more and is then Completed; the batch looks for no more mail.
    /// Use it when all mail goes to the new mailboxes. Mailboxes that have failed are left as they are, and the batch is then
    /// CompletedWithErrors; Start-MigrationBatch tries them again. A mailbox with a later CompleteAfter of its own keeps it.
    ///
    /// Completing is not needed: a batch may be removed as soon as it is synced. To complete at a moment, use
    /// Set-MigrationBatch -CompleteAfter.
    pub struct CompleteMigrationBatch("Complete", "MigrationBatch")
        .should_process(Impact::High)
        .class("Microsoft.Exchange.Management.Migration.CompleteMigrationBatch")
    {
        /// Name or GUID of the batch. Without it the only batch there is.
        identity: Option<BatchId> = param("Identity").position(0).by_value().by_property_name(),
        /// Complete only when every mailbox is synced; refuse when one has failed or is stopped.
        sync_and_complete: bool = param("SyncAndComplete"),
        /// Who else gets status mails of the batch. They are left in the folder outbox of the state folder, as .eml files.
        notification_emails: Option<Vec<String>> = param("NotificationEmails"),
    }
    refused "CompletePublicFolderMigrationWithDataLoss" => "public folders are not migrated";
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Complete-MigrationBatch IMAPBatch1 -Confirm:$false" => "Makes the last pass of a batch without asking.";
    example "Get-MigrationBatch -Status Synced | Complete-MigrationBatch -WhatIf" => "Says which batches would be completed.";
}

impl Cmdlet for CompleteMigrationBatch {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(batch) = one_batch(self.identity.as_ref(), cx)? else {
            return Ok(());
        };
        if cx.should_process(&batch.identity, "Complete-MigrationBatch")? {
            if !notify(&batch, self.notification_emails.as_deref(), cx)? {
                return Ok(());
            }
            let request = CompleteBatch {
                identity: batch.identity,
                sync_and_complete: self.sync_and_complete,
            };
            answer(
                cx,
                |engine| async move { engine.complete_batch(request).await },
            )?;
        }
        Ok(())
    }
}

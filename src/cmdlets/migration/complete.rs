//! `Complete-Migration`: the form of 2009.

use super::call::answer;
use crate::cmdlet;
use crate::cmdlets::migration_batch::notify;
use crate::engine::batch::{BatchCommand, BatchFilter, CompleteBatch, is_legal};
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Completes the whole migration: a last pass of every mailbox of every batch.
    ///
    /// Asks first for each batch. Run it a day or more after all mail goes to the new mailboxes. It is the form of 2009;
    /// Complete-MigrationBatch completes one batch. Batches that are still copying, that were stopped, or that have failed are
    /// named in a warning and left as they are.
    pub struct CompleteMigration("Complete", "Migration")
        .should_process(Impact::High)
        .class("Microsoft.Exchange.Management.Migration.CompleteMigration")
    {
        /// Who else gets the final status mails. They are left in the folder outbox of the state folder, as .eml files.
        notification_emails: Option<Vec<String>> = param("NotificationEmails"),
    }
    example "Complete-Migration -Confirm:$false" => "Makes the last pass of all synced batches without asking.";
    example "Complete-Migration -WhatIf" => "Says which batches would be completed.";
}

impl Cmdlet for CompleteMigration {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let filter = BatchFilter::default();
        let batches = answer(cx, |engine| async move { engine.get_batches(filter).await })?;
        for batch in batches.unwrap_or_default() {
            if !is_legal(batch.status, BatchCommand::Complete) {
                cx.warning(&format!(
                    "The migration batch \"{}\" is in the state {} and is left as it is.",
                    batch.identity, batch.status
                ))?;
                continue;
            }
            if cx.should_process(&batch.identity, "Complete-Migration")? {
                if !notify(&batch, self.notification_emails.as_deref(), cx)? {
                    continue;
                }
                let request = CompleteBatch {
                    identity: batch.identity,
                    sync_and_complete: false,
                };
                answer(
                    cx,
                    |engine| async move { engine.complete_batch(request).await },
                )?;
            }
        }
        Ok(())
    }
}

//! `Remove-MigrationBatch`.

use super::one::one_batch;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::BatchId;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Removes a batch: this is how an IMAP migration ends.
    ///
    /// Asks first. The batch, its users and their stored passwords are removed; the mail that was moved stays where it is, at
    /// the source and at the target. Remove a batch when all mail goes to the new mailboxes and the last one was copied.
    pub struct RemoveMigrationBatch("Remove", "MigrationBatch")
        .should_process(Impact::High)
        .class("Microsoft.Exchange.Management.Migration.RemoveMigrationBatch")
    {
        /// Name or GUID of the batch. Without it the only batch there is.
        identity: Option<BatchId> = param("Identity").position(0).by_value().by_property_name(),
        /// Remove a batch whose stored state is damaged.
        force: bool = param("Force"),
    }
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Remove-MigrationBatch -Identity IMAPBatch1 -Confirm:$false" => "Removes a batch without asking.";
    example "Get-MigrationBatch -Status Synced | Remove-MigrationBatch -WhatIf" => "Says which finished batches would be removed.";
}

impl Cmdlet for RemoveMigrationBatch {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(batch) = one_batch(self.identity.as_ref(), cx)? else {
            return Ok(());
        };
        if cx.should_process(&batch.identity, "Remove-MigrationBatch")? {
            let force = self.force;
            answer(cx, |engine| async move {
                engine.remove_batch(&batch.identity, force).await
            })?;
        }
        Ok(())
    }
}

//! `Start-MigrationBatch`.

use super::one::{notify, one_batch};
use super::preview;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::BatchId;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Starts a batch.
    ///
    /// A new batch begins to copy. A stopped one goes on where it was. One that is done looks for new mail at the source and
    /// tries the failed mailboxes again. The command comes back at once; Wait-MigrationBatch waits for the end.
    ///
    /// With -WhatIf nothing is started, but the mailboxes are looked at: one object for each folder says where it would go, how
    /// many messages it has and how large they are, and how many of them the target would not take.
    pub struct StartMigrationBatch("Start", "MigrationBatch")
        .should_process(Impact::Low)
        .class("Microsoft.Exchange.Management.Migration.StartMigrationBatch")
    {
        /// Name or GUID of the batch. Without it the only batch there is.
        identity: Option<BatchId> = param("Identity").position(0).by_value().by_property_name(),
        /// Who else gets status mails of the batch, as in 2009. They are left in the folder outbox of the state folder.
        notification_emails: Option<Vec<String>> = param("NotificationEmails"),
    }
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    refused "Validate" => "the CSV file was checked when the batch was made, and each mailbox is checked when its turn comes";
    example "Start-MigrationBatch -Identity NewBatch" => "Starts a batch.";
    example "Start-MigrationBatch NewBatch -WhatIf | Measure-Object ItemCount -Sum" => "Counts the messages that a batch would move.";
    example "Get-MigrationBatch -Status Stopped | Start-MigrationBatch" => "Starts all stopped batches again.";
}

impl Cmdlet for StartMigrationBatch {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(batch) = one_batch(self.identity.as_ref(), cx)? else {
            return Ok(());
        };
        if cx.is_what_if() {
            cx.should_process(&batch.identity, "Start-MigrationBatch")?;
            let preview = answer(cx, |engine| async move {
                engine.preview_batch(&batch.identity).await
            })?;
            return preview.map_or(Ok(()), |preview| preview::show(preview, cx));
        }
        if cx.should_process(&batch.identity, "Start-MigrationBatch")? {
            if !notify(&batch, self.notification_emails.as_deref(), cx)? {
                return Ok(());
            }
            answer(cx, |engine| async move {
                engine.start_batch(&batch.identity).await
            })?;
        }
        Ok(())
    }
}

//! `Stop-MigrationBatch`.

use super::one::one_batch;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::BatchId;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Stops a batch.
    ///
    /// Asks first. Messages that are being copied are finished, then the work stops; nothing that was copied is taken back.
    /// Start-MigrationBatch goes on where it stopped.
    pub struct StopMigrationBatch("Stop", "MigrationBatch")
        .should_process(Impact::High)
        .class("Microsoft.Exchange.Management.Migration.StopMigrationBatch")
    {
        /// Name or GUID of the batch. Without it the only batch there is.
        identity: Option<BatchId> = param("Identity").position(0).by_value().by_property_name(),
    }
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Stop-MigrationBatch -Identity IMAPBatch1 -Confirm:$false" => "Stops a batch without asking.";
    example "Get-MigrationBatch -Status Syncing | Stop-MigrationBatch -WhatIf" => "Says which batches would be stopped.";
}

impl Cmdlet for StopMigrationBatch {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(batch) = one_batch(self.identity.as_ref(), cx)? else {
            return Ok(());
        };
        if cx.should_process(&batch.identity, "Stop-MigrationBatch")? {
            answer(cx, |engine| async move {
                engine.stop_batch(&batch.identity).await
            })?;
        }
        Ok(())
    }
}

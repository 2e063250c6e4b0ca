//! `Get-MigrationStatistics`.

use super::call::answer;
use super::totals;
use crate::cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Shows totals over all batches.
    ///
    /// How many mailboxes are in which state, and how much mail was moved.
    pub struct GetMigrationStatistics("Get", "MigrationStatistics")
        .outputs(&[super::totals::TYPE])
        .class("Microsoft.Exchange.Management.Migration.GetMigrationStatistics")
    {
    }
    refused "Diagnostic" => "it is for Exchange's own support";
    refused "DiagnosticArgument" => "it is for Exchange's own support";
    refused "DiagnosticInfo" => "it is for Exchange's own support";
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Get-MigrationStatistics" => "Shows the totals.";
    example "(Get-MigrationStatistics).FailedCount" => "Shows how many mailboxes have failed, in all batches.";
}

impl Cmdlet for GetMigrationStatistics {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        match answer(cx, |engine| async move { engine.statistics().await })? {
            Some(totals) => cx.write(totals::object(&totals)),
            None => Ok(()),
        }
    }
}

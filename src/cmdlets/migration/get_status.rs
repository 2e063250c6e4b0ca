//! `Get-MigrationStatus`: the form of 2009.

use super::call::answer;
use super::totals;
use crate::cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Shows how far the whole migration is.
    ///
    /// It is the name that Get-MigrationStatistics had in 2009, and shows the same totals over all batches.
    pub struct GetMigrationStatus("Get", "MigrationStatus")
        .outputs(&[super::totals::TYPE])
        .class("Microsoft.Exchange.Management.Migration.GetMigrationStatus")
    {
    }
    example "Get-MigrationStatus" => "Shows the totals.";
}

impl Cmdlet for GetMigrationStatus {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        match answer(cx, |engine| async move { engine.statistics().await })? {
            Some(totals) => cx.write(totals::object(&totals)),
            None => Ok(()),
        }
    }
}

//! `Get-MigrationConfig`.

use super::view;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Shows what is set for all batches.
    ///
    /// Set-MigrationConfig changes it.
    pub struct GetMigrationConfig("Get", "MigrationConfig")
        .outputs(&[super::view::TYPE])
        .class("Microsoft.Exchange.Management.Migration.GetMigrationConfig")
    {
    }
    refused "AllPartitions" => "it belongs to Exchange's own service";
    refused "DomainController" => "there is no directory service here";
    refused "IncludeSimplifiedGmailMigrationData" => "it belongs to Google Workspace migrations";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Get-MigrationConfig" => "Shows the target of new batches and the limits.";
}

impl Cmdlet for GetMigrationConfig {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        match answer(cx, |engine| async move { engine.config().await })? {
            Some(config) => cx.write(view::object(&config)),
            None => Ok(()),
        }
    }
}

//! `Stop-MigrationUser`.

use super::one::one_user;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::UserId;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Stops a user; the others of its batch go on.
    ///
    /// Asks first. Messages that are being copied are finished; nothing that was copied is taken back. A synced mailbox is not
    /// brought up to date any more. Start-MigrationUser goes on where it stopped.
    pub struct StopMigrationUser("Stop", "MigrationUser")
        .should_process(Impact::High)
        .class("Microsoft.Exchange.Management.Migration.StopMigrationUser")
    {
        /// Address or GUID of the user.
        identity: UserId = param("Identity").position(0).by_value().by_property_name(),
    }
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Stop-MigrationUser terrya@contoso.com -Confirm:$false" => "Stops a mailbox without asking.";
    example "Get-MigrationUser -BatchId IMAPBatch1 | Stop-MigrationUser -WhatIf" => "Says which mailboxes would be stopped.";
}

impl Cmdlet for StopMigrationUser {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(user) = one_user(&self.identity, cx)? else {
            return Ok(());
        };
        if cx.should_process(&user.identity, "Stop-MigrationUser")? {
            let identity = user.guid.to_string();
            answer(
                cx,
                |engine| async move { engine.stop_user(&identity).await },
            )?;
        }
        Ok(())
    }
}

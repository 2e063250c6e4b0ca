//! `Start-MigrationUser`.

use super::one::one_user;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::UserId;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Starts a user again who has failed or was stopped.
    ///
    /// The mailbox goes on where it was; the others of its batch are not touched. A synced mailbox is brought up to date. The
    /// batch must have been started. The command comes back at once; Wait-MigrationBatch waits for the end.
    pub struct StartMigrationUser("Start", "MigrationUser")
        .should_process(Impact::Low)
        .class("Microsoft.Exchange.Management.Migration.StartMigrationUser")
    {
        /// Address or GUID of the user.
        identity: UserId = param("Identity").position(0).by_value().by_property_name(),
    }
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Get-MigrationUser -StatusSummary Failed | Start-MigrationUser" => "Tries all failed mailboxes again.";
    example "Start-MigrationUser terrya@contoso.com" => "Brings one mailbox up to date.";
}

impl Cmdlet for StartMigrationUser {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(user) = one_user(&self.identity, cx)? else {
            return Ok(());
        };
        if cx.should_process(&user.identity, "Start-MigrationUser")? {
            let identity = user.guid.to_string();
            answer(
                cx,
                |engine| async move { engine.start_user(&identity).await },
            )?;
        }
        Ok(())
    }
}

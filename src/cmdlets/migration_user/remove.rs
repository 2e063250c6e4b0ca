//! `Remove-MigrationUser`.

use super::one::one_user;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::UserId;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Removes a user from its batch.
    ///
    /// Asks first. The user, the stored password and the memory of what was copied are removed; the mail that was moved stays. A
    /// mailbox at work must be stopped before.
    pub struct RemoveMigrationUser("Remove", "MigrationUser")
        .should_process(Impact::High)
        .class("Microsoft.Exchange.Management.Migration.RemoveMigrationUser")
    {
        /// Address or GUID of the user.
        identity: UserId = param("Identity").position(0).by_value().by_property_name(),
        /// Remove a user whose stored state is damaged.
        force: bool = param("Force"),
    }
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Remove-MigrationUser terrya@contoso.com -Confirm:$false" => "Takes a mailbox out of its batch without asking.";
    example "Get-MigrationUser -StatusSummary Failed | Remove-MigrationUser -WhatIf" => "Says which mailboxes would be removed.";
}

impl Cmdlet for RemoveMigrationUser {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(user) = one_user(&self.identity, cx)? else {
            return Ok(());
        };
        if cx.should_process(&user.identity, "Remove-MigrationUser")? {
            let (identity, force) = (user.guid.to_string(), self.force);
            answer(cx, |engine| async move {
                engine.remove_user(&identity, force).await
            })?;
        }
        Ok(())
    }
}

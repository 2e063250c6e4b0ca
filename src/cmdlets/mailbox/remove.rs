//! `Remove-Mailbox`.

use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::MailboxId;
use crate::engine::mailbox::MailboxFilter;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Removes a mailbox of the embedded mail store.
    ///
    /// Asks first. The mail stays on the disk, and a new mailbox of the same address takes it up again; -Permanent deletes it.
    pub struct RemoveMailbox("Remove", "Mailbox")
        .should_process(Impact::High)
        .class("Microsoft.Exchange.Management.RecipientTasks.RemoveMailbox")
    {
        /// Name, alias, address or GUID of the mailbox.
        identity: MailboxId = param("Identity").position(0).by_value().by_property_name(),
        /// Delete the mail too. It cannot be brought back.
        permanent: Option<bool> = param("Permanent").default_text("$false"),
    }
    refused "Arbitration" => "there are no system mailboxes here";
    refused "AuditLog" => "there are no system mailboxes here";
    refused "AuxAuditLog" => "there are no system mailboxes here";
    refused "Database" => "there are no mailbox databases here";
    refused "Disconnect" => "it belongs to Exchange's own service";
    refused "DomainController" => "there is no directory service here";
    refused "Force" => "-Confirm:$false removes without asking";
    refused "IgnoreDefaultScope" => "there is no directory service here";
    refused "IgnoreLegalHold" => "there are no legal holds here";
    refused "KeepWindowsLiveID" => "it belongs to Exchange's own service";
    refused "Migration" => "there are no system mailboxes here";
    refused "PermanentlyDelete" => "it removes mailboxes that were removed before; write -Permanent $true instead";
    refused "PublicFolder" => "there are no public folders here";
    refused "RemoveArbitrationMailboxWithOABsAllowed" => "there are no system mailboxes here";
    refused "RemoveCNFPublicFolderMailboxPermanently" => "there are no public folders here";
    refused "RemoveLastArbitrationMailboxAllowed" => "there are no system mailboxes here";
    refused "StoreMailboxIdentity" => "there are no mailbox databases here";
    refused "SupervisoryReviewPolicy" => "there are no system mailboxes here";
    example "Remove-Mailbox olduser@contoso.com -Confirm:$false" => "Removes a mailbox without asking and leaves its mail on the disk.";
    example "Get-Mailbox | Remove-Mailbox -WhatIf" => "Says which mailboxes would be removed.";
}

impl Cmdlet for RemoveMailbox {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let filter = MailboxFilter {
            identity: Some(self.identity.0.clone()),
            ..MailboxFilter::default()
        };
        let Some(found) = answer(
            cx,
            |engine| async move { engine.get_mailboxes(filter).await },
        )?
        else {
            return Ok(());
        };
        let with_mail = self.permanent == Some(true);
        for mailbox in found {
            let what = if with_mail {
                "Remove-Mailbox with all its mail"
            } else {
                "Remove-Mailbox"
            };
            if cx.should_process(&mailbox.primary_smtp_address, what)? {
                let address = mailbox.primary_smtp_address;
                answer(cx, |engine| async move {
                    engine.remove_mailbox(&address, with_mail).await
                })?;
            }
        }
        Ok(())
    }
}

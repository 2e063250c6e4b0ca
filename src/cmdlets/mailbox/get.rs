//! `Get-Mailbox`.

use super::view;
use crate::cmdlet;
use crate::cmdlets::migration::call::{RESULT_SIZE, answer, cut, one_more};
use crate::cmdlets::migration::errors::invalid_argument;
use crate::cmdlets::migration::field::Unlimited;
use crate::cmdlets::migration::identity::MailboxId;
use crate::engine::mailbox::{MailboxFilter, MailboxView};
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Shows the mailboxes of the embedded mail store.
    ///
    /// Without parameters, all of them by name. Path is where the mail lies: a Maildir that Dovecot can serve.
    pub struct GetMailbox("Get", "Mailbox")
        .default_set("Identity")
        .outputs(&[super::view::TYPE])
        .class("Microsoft.Exchange.Management.RecipientTasks.GetMailbox")
    {
        /// Name, alias, address, sign-in name, display name or GUID of the mailbox. An unknown one is an error.
        identity: Option<MailboxId> = param("Identity").position(0).in_sets(&["Identity"]).by_value().by_property_name(),
        /// Only mailboxes whose name, alias, display name or address begins with this text.
        anr: Option<String> = param("Anr").in_sets(&["AnrSet"]).mandatory_in(&["AnrSet"]),
        /// How many mailboxes to show at most.
        result_size: Option<Unlimited> = param("ResultSize").default_text("1000"),
        /// The property to sort by, smallest first: Name, DisplayName or Alias.
        sort_by: Option<String> = param("SortBy").validate(Validate::Set(&["Name", "DisplayName", "Alias"])).default_text("Name"),
        /// Only mailboxes of this type. Every mailbox here is a UserMailbox.
        recipient_type_details: Option<Vec<String>> = param("RecipientTypeDetails"),
    }
    refused "Arbitration" => "there are no system mailboxes here";
    refused "Archive" => "there are no archive mailboxes here";
    refused "AuditLog" => "there are no system mailboxes here";
    refused "AuxAuditLog" => "there are no system mailboxes here";
    refused "Credential" => "the mail store belongs to whoever runs this shell";
    refused "Database" => "there are no mailbox databases here";
    refused "DomainController" => "there is no directory service here";
    refused "Filter" => "pipe to Where-Object: Get-Mailbox -ResultSize Unlimited | Where-Object Alias -like 't*'";
    refused "GroupMailbox" => "there are no group mailboxes here";
    refused "IgnoreDefaultScope" => "there is no directory service here";
    refused "InactiveMailboxOnly" => "a removed mailbox is not kept as such";
    refused "IncludeInactiveMailbox" => "a removed mailbox is not kept as such";
    refused "MailboxPlan" => "it belongs to Exchange's own service";
    refused "Migration" => "there are no system mailboxes here";
    refused "Monitoring" => "there are no system mailboxes here";
    refused "OrganizationalUnit" => "there is no directory service here";
    refused "PublicFolder" => "there are no public folders here";
    refused "ReadFromDomainController" => "there is no directory service here";
    refused "RemoteArchive" => "there are no archive mailboxes here";
    refused "Server" => "there is one server: this machine";
    refused "SoftDeletedMailbox" => "a removed mailbox is not kept as such";
    refused "SupervisoryReviewPolicy" => "there are no system mailboxes here";
    example "Get-Mailbox" => "Lists the mailboxes.";
    example "Get-Mailbox terrya@contoso.com | Format-List Name,PrimarySmtpAddress,Path" => "Shows where the mail of a mailbox lies.";
    example "Get-Mailbox -Anr terry" => "Finds mailboxes by the beginning of a name.";
}

impl Cmdlet for GetMailbox {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if let Some(other) = self
            .recipient_type_details
            .iter()
            .flatten()
            .find(|kind| !kind.eq_ignore_ascii_case("UserMailbox"))
        {
            let message = format!("There are no mailboxes of type {other} here.");
            return cx.error(invalid_argument(
                other,
                &message,
                "Every mailbox of the mail store is a UserMailbox.",
            ));
        }
        let size = self.result_size.map_or(RESULT_SIZE, |size| size.0);
        let filter = MailboxFilter {
            identity: MailboxId::given(self.identity.as_ref()),
            anr: self.anr.clone(),
            limit: one_more(size),
        };
        let Some(mut found) = answer(
            cx,
            |engine| async move { engine.get_mailboxes(filter).await },
        )?
        else {
            return Ok(());
        };
        self.sort(&mut found);
        cut(cx, &mut found, size)?;
        for mailbox in &found {
            cx.write(view::object(mailbox))?;
        }
        Ok(())
    }
}

impl GetMailbox {
    fn sort(&self, mailboxes: &mut [MailboxView]) {
        match self.sort_by.as_deref().map(str::to_lowercase).as_deref() {
            Some("displayname") => {
                mailboxes.sort_by_key(|mailbox| mailbox.display_name.to_lowercase())
            }
            Some("alias") => mailboxes.sort_by_key(|mailbox| mailbox.alias.to_lowercase()),
            _ => {}
        }
    }
}

//! `New-Mailbox`.

use super::view;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::errors::invalid_argument;
use crate::cmdlets::migration::field::Password;
use crate::engine::mailbox::NewMailbox as Request;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Makes a mailbox in the embedded mail store.
    ///
    /// Mail can only be moved into a mailbox that exists. The list of a migration makes its mailboxes all at once:
    /// Import-Csv users.csv | New-Mailbox takes the addresses from the column EmailAddress, and the columns Name, DisplayName,
    /// FirstName, LastName and Alias where the file has them.
    ///
    /// A password is not needed, because nobody signs in to the mail store itself: a mail server that serves it has its own.
    pub struct NewMailbox("New", "Mailbox")
        .default_set("User")
        .should_process(Impact::Low)
        .outputs(&[super::view::TYPE])
        .class("Microsoft.Exchange.Management.RecipientTasks.NewMailbox")
    {
        /// The name of the mailbox: 1 to 64 characters, unique without regard to case. Without it, the address.
        name: Option<String> = param("Name").position(0).by_property_name().validate(Validate::Length(1, 64)),
        /// The sign-in name, user@domain. Without it, the address.
        user_principal_name: Option<String> = param("UserPrincipalName").aliases(&["MicrosoftOnlineServicesID"]).by_property_name(),
        /// The address, user@domain, unique. Without it, the sign-in name, or -Name when that is an address.
        primary_smtp_address: Option<String> = param("PrimarySmtpAddress").aliases(&["EmailAddress"]).by_property_name(),
        /// The mail nickname. Without it, what stands before the @ of the address.
        alias: Option<String> = param("Alias").by_property_name(),
        /// The friendly name. Without it, the name.
        display_name: Option<String> = param("DisplayName").by_property_name(),
        /// The given name.
        first_name: Option<String> = param("FirstName").by_property_name(),
        /// The surname.
        last_name: Option<String> = param("LastName").by_property_name(),
        /// A password, kept sealed with the mailbox. It is not needed.
        password: Option<Password> = param("Password"),
    }
    refused "AccountDisabled" => "nobody signs in to the mail store itself";
    refused "ActiveSyncMailboxPolicy" => "the mail store has no policies";
    refused "AddressBookPolicy" => "the mail store has no policies";
    refused "Arbitration" => "there are no system mailboxes here";
    refused "ArbitrationMailbox" => "mail is not moderated here";
    refused "Archive" => "there are no archive mailboxes here";
    refused "ArchiveDatabase" => "there are no archive mailboxes here";
    refused "ArchiveDomain" => "there are no archive mailboxes here";
    refused "AuditLog" => "there are no system mailboxes here";
    refused "AuxAuditLog" => "there are no system mailboxes here";
    refused "Database" => "there are no mailbox databases here";
    refused "Discovery" => "there are no system mailboxes here";
    refused "DomainController" => "there is no directory service here";
    refused "EnableRoomMailboxAccount" => "this version makes user mailboxes only";
    refused "Equipment" => "this version makes user mailboxes only";
    refused "FederatedIdentity" => "there is no directory service here";
    refused "Force" => "-Confirm:$false makes it without asking";
    refused "HoldForMigration" => "there are no public folders here";
    refused "ImmutableId" => "there is no directory service here";
    refused "InactiveMailbox" => "a removed mailbox is not kept as such; a new one of its address takes up its mail";
    refused "Initials" => "-DisplayName takes the whole name";
    refused "IsExcludedFromServingHierarchy" => "there are no public folders here";
    refused "LinkedCredential" => "there is no directory service here";
    refused "LinkedDomainController" => "there is no directory service here";
    refused "LinkedMasterAccount" => "there is no directory service here";
    refused "LinkedRoom" => "this version makes user mailboxes only";
    refused "MailboxPlan" => "it belongs to Exchange's own service";
    refused "MailboxRegion" => "it belongs to Exchange's own service";
    refused "ManagedFolderMailboxPolicy" => "the mail store has no policies";
    refused "ManagedFolderMailboxPolicyAllowed" => "the mail store has no policies";
    refused "Migration" => "there are no system mailboxes here";
    refused "ModeratedBy" => "mail is not moderated here";
    refused "ModerationEnabled" => "mail is not moderated here";
    refused "Office" => "this version makes user mailboxes only";
    refused "OrganizationalUnit" => "there is no directory service here";
    refused "Phone" => "this version makes user mailboxes only";
    refused "ProxyEmailAddress" => "it belongs to Exchange's own service";
    refused "PublicFolder" => "there are no public folders here";
    refused "RemoteArchive" => "there are no archive mailboxes here";
    refused "RemotePowerShellEnabled" => "nobody signs in to the mail store itself";
    refused "RemovedMailbox" => "a removed mailbox is not kept as such; a new one of its address takes up its mail";
    refused "ResetPasswordOnNextLogon" => "nobody signs in to the mail store itself";
    refused "ResourceCapacity" => "this version makes user mailboxes only";
    refused "RetentionPolicy" => "the mail store has no policies";
    refused "RoleAssignmentPolicy" => "the mail store has no policies";
    refused "Room" => "this version makes user mailboxes only";
    refused "RoomMailboxPassword" => "this version makes user mailboxes only";
    refused "SamAccountName" => "there is no directory service here";
    refused "SendModerationNotifications" => "mail is not moderated here";
    refused "Shared" => "this version makes user mailboxes only";
    refused "SharingPolicy" => "the mail store has no policies";
    refused "SupervisoryReviewPolicy" => "there are no system mailboxes here";
    refused "TargetAllMDBs" => "there are no mailbox databases here";
    refused "ThrottlingPolicy" => "the mail store has no policies";
    example "New-Mailbox -Name 'Chris Cannon' -PrimarySmtpAddress chrisc@contoso.com" => "Makes one mailbox.";
    example "Import-Csv newusers.csv | New-Mailbox" => "Makes a mailbox for each row of a CSV file that has a column EmailAddress.";
    example "New-Mailbox -Name Dora -UserPrincipalName dora@contoso.com -Password (ConvertTo-SecureString -String 'Pa$$word1' -AsPlainText -Force)" => "Makes a mailbox as Exchange's own documents do.";
    example "New-Mailbox dora@contoso.com -WhatIf" => "Says what would be made, and makes nothing.";
}

impl Cmdlet for NewMailbox {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(request) = self.request() else {
            let advice = "Add -Name and -PrimarySmtpAddress; from a CSV file, the column EmailAddress is taken.";
            return cx.error(invalid_argument(
                "",
                "A mailbox needs a name or an address, and none was given.",
                advice,
            ));
        };
        if !cx.should_process(&request.name, "New-Mailbox")? {
            return Ok(());
        }
        let Some(made) = answer(
            cx,
            |engine| async move { engine.new_mailbox(request).await },
        )?
        else {
            return Ok(());
        };
        cx.write(view::object(&made))
    }
}

impl NewMailbox {
    /// The request; `None` without any name.
    fn request(&self) -> Option<Request> {
        let given = |text: &Option<String>| {
            text.as_deref()
                .map(str::trim)
                .filter(|t| !t.is_empty())
                .map(str::to_owned)
        };
        let (name, upn, address) = (
            given(&self.name),
            given(&self.user_principal_name),
            given(&self.primary_smtp_address),
        );
        let address = address
            .or_else(|| upn.clone())
            .or_else(|| name.clone().filter(|name| name.contains('@')));
        Some(Request {
            name: name.or_else(|| address.clone())?,
            user_principal_name: upn,
            primary_smtp_address: address,
            alias: given(&self.alias),
            display_name: given(&self.display_name),
            first_name: given(&self.first_name).unwrap_or_default(),
            last_name: given(&self.last_name).unwrap_or_default(),
            password: self.password.as_ref().map(|password| password.0.clone()),
        })
    }
}

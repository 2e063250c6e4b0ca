//! `New-ImapSubscription`.

use super::field::{ImapAuth, security_of};
use super::keep;
use crate::cmdlet;
use crate::cmdlets::migration::field::{Password, Port};
use crate::cmdlets::migration::identity::MailboxId;
use crate::engine::endpoint::Security;
use crate::engine::subscription::{IncomingAuth, NewSubscription, SubscriptionType};
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Fills a mailbox from all folders of an account on an IMAP server, again and again until the subscription is removed.
    ///
    /// The mailbox is one of the embedded mail store, wherever batches move mail to.
    ///
    /// The server is signed in to first, and a subscription that cannot sign in is not made; -Force makes it without that. The
    /// first poll begins at once, the next ones follow every half hour or so (15 minutes to an hour apart), while this shell or
    /// another process has the engine open. Each poll brings what is new, exactly once, with its flags and date. Nothing is
    /// changed on the server, and what is changed or deleted there later stays as it came.
    pub struct NewImapSubscription("New", "ImapSubscription")
        .should_process(Impact::Low)
        .outputs(&[super::view::IMAP_TYPE])
        .class("Microsoft.Exchange.Management.Aggregation.NewImapSubscription")
    {
        /// The name, unique among the subscriptions of the mailbox.
        name: String = param("Name").position(0).validate(Validate::Length(1, 64)),
        /// The address of the account at the server.
        email_address: String = param("EmailAddress").validate(Validate::NotNullOrEmpty),
        /// Host name or address of the server.
        incoming_server: String = param("IncomingServer").validate(Validate::NotNullOrEmpty),
        /// The name to sign in with.
        incoming_user_name: String = param("IncomingUserName").validate(Validate::NotNullOrEmpty),
        /// Its password. It is kept sealed and never shown.
        incoming_password: Password = param("IncomingPassword"),
        /// TCP port. Without it the one that goes with -IncomingSecurity: 993 for Ssl, 143 for Tls and None.
        incoming_port: Option<Port> = param("IncomingPort").default_text("993, or 143 for Tls and None"),
        /// Encryption: Ssl is TLS from the first byte, Tls is STARTTLS, None is clear text. Without it, Tls on port 143 and Ssl
        /// on any other: Exchange took None, here clear text must be asked for.
        incoming_security: Option<Security> = param("IncomingSecurity").default_text("Ssl, or Tls on port 143"),
        /// How to sign in: Basic is a name and a password, Ntlm is NTLM.
        incoming_auth: Option<ImapAuth> = param("IncomingAuth").default_text("Basic"),
        /// The mailbox that is filled: address, alias, name, domain\alias or GUID. Without it, the one of -EmailAddress.
        mailbox: Option<MailboxId> = param("Mailbox").by_property_name(),
        /// A friendly name. Without it, the address.
        display_name: Option<String> = param("DisplayName"),
        /// Make the subscription without signing in to the server.
        force: bool = param("Force"),
    }
    refused "DomainController" => "there is no directory service here";
    example "New-ImapSubscription -Name 'akohl Folders' -Mailbox akohl@live.contoso.edu -EmailAddress akohl@corp.contoso.edu -IncomingServer imap.corp.contoso.edu -IncomingSecurity Ssl -IncomingUserName akohl -IncomingPassword (ConvertTo-SecureString -String 'Pa$$word1' -AsPlainText -Force)" =>
        "Fills a mailbox from all folders of an account.";
}

impl Cmdlet for NewImapSubscription {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let port = self.incoming_port.map(|port| port.0);
        let security = security_of(SubscriptionType::Imap, self.incoming_security, port);
        let request = NewSubscription {
            kind: SubscriptionType::Imap,
            name: self.name.clone(),
            mailbox: MailboxId::given(self.mailbox.as_ref()),
            display_name: self.display_name.clone(),
            email_address: self.email_address.trim().to_owned(),
            server: self.incoming_server.trim().to_owned(),
            port,
            security,
            authentication: self
                .incoming_auth
                .map_or(IncomingAuth::Basic, |auth| auth.0),
            user_name: self.incoming_user_name.clone(),
            password: self.incoming_password.0.clone(),
            leave_on_server: true,
            force: self.force,
        };
        keep::make(cx, "New-ImapSubscription", request)
    }
}

//! `New-MigrationEndpoint`.

use super::view;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::field::{Credentials, Port, Unlimited};
use crate::cmdlets::migration::{CLEAR_TEXT, security_of};
use crate::engine::endpoint::{AdminForm, AuthenticationMethod, NewEndpoint, Security};
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Stores how to reach a server to migrate from or to.
    ///
    /// An endpoint has a name, a server with port and encryption, and how many mailboxes are at work there at once. Batches name
    /// the endpoint they move from, and may name one they move to. The server is contacted first, and an endpoint that cannot
    /// be reached is not made; -SkipVerification stores it without that.
    ///
    /// The passwords of the users come with the CSV file of each batch. A server to move to can have one password for all
    /// mailboxes: that of an administrator, with -Credentials.
    pub struct NewMigrationEndpoint("New", "MigrationEndpoint")
        .default_set("IMAP")
        .should_process(Impact::Low)
        .outputs(&[super::view::TYPE])
        .class("Microsoft.Exchange.Management.Migration.NewMigrationEndpoint")
    {
        /// The name of the new endpoint: 1 to 64 characters, unique without regard to case.
        name: String = param("Name").position(0).validate(Validate::Length(1, 64)),
        /// The server speaks IMAP. It may be left out: IMAP is what this shell migrates from.
        imap: bool = param("IMAP").in_sets(&["IMAP"]),
        /// Host name or address of the server.
        remote_server: String = param("RemoteServer").in_sets(&["IMAP"]).validate(Validate::NotNullOrEmpty),
        /// TCP port. Without it the one that goes with -Security: 993 for Ssl, 143 for Tls and None.
        port: Option<Port> = param("Port").in_sets(&["IMAP"]).default_text("993, or 143 for Tls and None"),
        /// Encryption: Ssl is TLS from the first byte, Tls is STARTTLS, None is clear text. Without it, Tls on port 143 and Ssl
        /// on any other.
        security: Option<Security> = param("Security").in_sets(&["IMAP"]).default_text("Ssl, or Tls on port 143"),
        /// How users sign in: Basic is a name and a password.
        authentication: Option<AuthenticationMethod> = param("Authentication").in_sets(&["IMAP"]).default_text("Basic"),
        /// Take a certificate that does not verify: self-signed, expired, or for another name.
        accept_untrusted_certificates: bool = param("AcceptUntrustedCertificates").in_sets(&["IMAP"]),
        /// How many mailboxes are copied from the server at once: 1 to 300, or Unlimited.
        max_concurrent_migrations: Option<Unlimited> = param("MaxConcurrentMigrations").default_text("20"),
        /// How many mailboxes are brought up to date at once after their first copy; not more than -MaxConcurrentMigrations.
        max_concurrent_incremental_syncs: Option<Unlimited> = param("MaxConcurrentIncrementalSyncs").default_text("10"),
        /// The administrator of a server to move to, who opens every mailbox there: name and password. It is kept sealed.
        /// Without it, each row of the CSV file has a TargetPassword.
        credentials: Option<Credentials> = param("Credentials").in_sets(&["IMAP"]),
        /// How the administrator names the mailbox to open. MasterUser is user*admin, as Dovecot's master users sign in.
        /// AuthorizationId is the mailbox as SASL authorization identity, as Cyrus and Zimbra take it.
        credentials_form: Option<AdminForm> = param("CredentialsForm").in_sets(&["IMAP"]).default_text("MasterUser"),
        /// Store the endpoint without contacting the server.
        skip_verification: bool = param("SkipVerification"),
    }
    refused "ApplicationId" => "it belongs to moves between Microsoft 365 tenants";
    refused "AppSecretKeyVaultUrl" => "it belongs to moves between Microsoft 365 tenants";
    refused "Autodiscover" => "it finds the settings of Exchange servers; give -RemoteServer";
    refused "Compliance" => "compliance endpoints exist in Exchange Online only";
    refused "DomainController" => "there is no directory service here";
    refused "EmailAddress" => "it starts Exchange autodiscovery; give -RemoteServer";
    refused "ExchangeOutlookAnywhere" => "this shell migrates from IMAP servers";
    refused "ExchangeRemoteMove" => "this shell migrates from IMAP servers";
    refused "ExchangeServer" => "it names an Outlook Anywhere server; this shell migrates from IMAP servers";
    refused "Gmail" => "Gmail is reached as an IMAP server: -IMAP -RemoteServer imap.gmail.com";
    refused "MailboxPermission" => "it belongs to Outlook Anywhere endpoints";
    refused "NspiServer" => "it belongs to Outlook Anywhere endpoints";
    refused "OAuthCode" => "sign-in by OAuth is not done by this version";
    refused "Partition" => "it belongs to Exchange's own service";
    refused "PSTImport" => "PST files are not migrated";
    refused "PublicFolder" => "public folders are not migrated";
    refused "PublicFolderDatabaseServerLegacyDN" => "public folders are not migrated";
    refused "PublicFolderToUnifiedGroup" => "public folders are not migrated";
    refused "RedirectUri" => "sign-in by OAuth is not done by this version";
    refused "RemoteTenant" => "it belongs to moves between Microsoft 365 tenants";
    refused "RpcProxyServer" => "it belongs to Outlook Anywhere endpoints";
    refused "ServiceAccountKeyFileData" => "sign-in by a Google service account is not done by this version";
    refused "SourceMailboxLegacyDN" => "it belongs to Outlook Anywhere endpoints";
    refused "TestMailbox" => "it belongs to Outlook Anywhere endpoints";
    example "New-MigrationEndpoint -IMAP -Name OldServer -RemoteServer imap.contoso.com -Port 993 -Security Ssl" =>
        "Stores a server with TLS from the first byte under the name OldServer.";
    example "New-MigrationEndpoint -IMAP -Name OldServerTls -RemoteServer imap.contoso.com -Port 143 -Security Tls -MaxConcurrentMigrations 50 -MaxConcurrentIncrementalSyncs 25" =>
        "Stores a server with STARTTLS from which 50 mailboxes are copied at once.";
    example "New-MigrationEndpoint -IMAP -Name Later -RemoteServer imap.example.net -SkipVerification" =>
        "Stores a server that cannot be reached yet.";
    example "$admin = New-Object PSCredential 'mailadmin',(ConvertTo-SecureString 'P@ssw0rd' -AsPlainText -Force); New-MigrationEndpoint -IMAP -Name NewServer -RemoteServer imap.contoso.com -Port 993 -Security Ssl -Credentials $admin" =>
        "Stores a server to move to, whose mailboxes an administrator opens.";
}

impl Cmdlet for NewMigrationEndpoint {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if !cx.should_process(&self.name, "New-MigrationEndpoint")? {
            return Ok(());
        }
        if self.security == Some(Security::None) {
            cx.warning(CLEAR_TEXT)?;
        }
        let request = self.request();
        let Some(made) = answer(
            cx,
            |engine| async move { engine.new_endpoint(request).await },
        )?
        else {
            return Ok(());
        };
        cx.write(view::object(&made))
    }
}

impl NewMigrationEndpoint {
    fn request(&self) -> NewEndpoint {
        let port = self.port.map(|port| port.0);
        let usual = NewEndpoint::default();
        // -MaxConcurrentMigrations alone must not ask for more incremental syncs than copies.
        let copies = self
            .max_concurrent_migrations
            .map_or(usual.max_concurrent_migrations, |n| n.0);
        let usual_syncs = match (usual.max_concurrent_incremental_syncs, copies) {
            (Some(syncs), Some(copies)) => Some(syncs.min(copies)),
            (syncs, _) => syncs,
        };
        NewEndpoint {
            name: self.name.clone(),
            remote_server: self.remote_server.clone(),
            port,
            security: security_of(self.security, port),
            authentication: self.authentication.unwrap_or(usual.authentication),
            accept_untrusted_certificates: self.accept_untrusted_certificates,
            max_concurrent_migrations: copies,
            max_concurrent_incremental_syncs: self
                .max_concurrent_incremental_syncs
                .map_or(usual_syncs, |n| n.0),
            admin: self.credentials.clone().and_then(|given| given.0),
            admin_form: self.credentials_form.unwrap_or(usual.admin_form),
            skip_verification: self.skip_verification,
        }
    }
}

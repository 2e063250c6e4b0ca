//! `Set-MigrationEndpoint`.

use crate::cmdlet;
use crate::cmdlets::migration::CLEAR_TEXT;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::field::{Credentials, Port, Unlimited};
use crate::cmdlets::migration::identity::EndpointId;
use crate::engine::endpoint::{AdminForm, AuthenticationMethod, Security, SetEndpoint};
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Changes a stored endpoint.
    ///
    /// What is not given stays as it is. The server is contacted with the new settings first; -SkipVerification changes them
    /// without that. How many mailboxes are at work at once may be changed at any time; the server, its port, its encryption and
    /// its credentials only while no batch that uses the endpoint is running.
    pub struct SetMigrationEndpoint("Set", "MigrationEndpoint")
        .should_process(Impact::Low)
        .class("Microsoft.Exchange.Management.Migration.SetMigrationEndpoint")
    {
        /// Name or GUID of the endpoint.
        identity: EndpointId = param("Identity").position(0).by_value().by_property_name(),
        /// Host name or address of the server.
        remote_server: Option<String> = param("RemoteServer").validate(Validate::NotNullOrEmpty),
        /// TCP port of the server.
        port: Option<Port> = param("Port"),
        /// Encryption: Ssl is TLS from the first byte, Tls is STARTTLS, None is clear text. A port that went with the old one
        /// changes with it.
        security: Option<Security> = param("Security"),
        /// How users sign in: Basic is a name and a password.
        authentication: Option<AuthenticationMethod> = param("Authentication"),
        /// Take a certificate that does not verify: self-signed, expired, or for another name.
        accept_untrusted_certificates: Option<bool> = param("AcceptUntrustedCertificates"),
        /// How many mailboxes are copied at once: 1 to 300, or Unlimited.
        max_concurrent_migrations: Option<Unlimited> = param("MaxConcurrentMigrations"),
        /// How many mailboxes are brought up to date at once after their first copy.
        max_concurrent_incremental_syncs: Option<Unlimited> = param("MaxConcurrentIncrementalSyncs"),
        /// The administrator of a server to move to, who opens every mailbox there; $null takes the stored one away.
        credentials: Option<Credentials> = param("Credentials"),
        /// How the administrator names the mailbox: MasterUser is user*admin, AuthorizationId the SASL authorization identity.
        credentials_form: Option<AdminForm> = param("CredentialsForm"),
        /// Change the endpoint without contacting the server.
        skip_verification: bool = param("SkipVerification"),
    }
    refused "ApplicationId" => "it belongs to moves between Microsoft 365 tenants";
    refused "AppSecretKeyVaultUrl" => "it belongs to moves between Microsoft 365 tenants";
    refused "DomainController" => "there is no directory service here";
    refused "ExchangeServer" => "it names an Outlook Anywhere server; this shell migrates from IMAP servers";
    refused "MailboxPermission" => "it belongs to Outlook Anywhere endpoints";
    refused "NspiServer" => "it belongs to Outlook Anywhere endpoints";
    refused "Partition" => "it belongs to Exchange's own service";
    refused "PublicFolderDatabaseServerLegacyDN" => "public folders are not migrated";
    refused "RpcProxyServer" => "it belongs to Outlook Anywhere endpoints";
    refused "ServiceAccountKeyFileData" => "sign-in by a Google service account is not done by this version";
    refused "SourceMailboxLegacyDN" => "it belongs to Outlook Anywhere endpoints";
    refused "TestMailbox" => "it belongs to Outlook Anywhere endpoints";
    example "Set-MigrationEndpoint IMAPEndpoint -MaxConcurrentMigrations 50" =>
        "Copies more mailboxes at once, from now on.";
    example "$admin = New-Object PSCredential 'mailadmin',(ConvertTo-SecureString 'P@ssw0rd' -AsPlainText -Force); Set-MigrationEndpoint UnusedEndpoint -Credentials $admin" =>
        "Stores the administrator who opens the mailboxes of a server to move to.";
}

impl Cmdlet for SetMigrationEndpoint {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let identity = self.identity.0.clone();
        let found = answer(cx, |engine| async move {
            engine.get_endpoints(Some(&identity)).await
        })?;
        for endpoint in found.unwrap_or_default() {
            if !cx.should_process(&endpoint.identity, "Set-MigrationEndpoint")? {
                continue;
            }
            if self.security == Some(Security::None) {
                cx.warning(CLEAR_TEXT)?;
            }
            let request = self.request(endpoint.identity);
            answer(
                cx,
                |engine| async move { engine.set_endpoint(request).await },
            )?;
        }
        Ok(())
    }
}

impl SetMigrationEndpoint {
    fn request(&self, identity: String) -> SetEndpoint {
        SetEndpoint {
            identity,
            remote_server: self.remote_server.clone(),
            port: self.port.map(|port| port.0),
            security: self.security,
            authentication: self.authentication,
            accept_untrusted_certificates: self.accept_untrusted_certificates,
            max_concurrent_migrations: self.max_concurrent_migrations.map(|n| n.0),
            max_concurrent_incremental_syncs: self.max_concurrent_incremental_syncs.map(|n| n.0),
            admin: self.credentials.clone().map(|given| given.0),
            admin_form: self.credentials_form,
            skip_verification: self.skip_verification,
        }
    }
}

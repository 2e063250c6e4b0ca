//! `Test-MigrationServerAvailability`.

use super::call::answer;
use super::field::Port;
use super::identity::EndpointId;
use super::show::{self, Record};
use crate::cmdlet;
use crate::engine::endpoint::{
    AuthenticationMethod, ConnectionSettings, ProbeTarget, ProbeView, Security,
};
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::object::PsObject;
use crate::runtime::param::Validate;
use crate::runtime::{Cmdlet, Run, Value};

cmdlet! {
    /// Tests whether a mail server can be reached to migrate from.
    ///
    /// Connects to the server as a migration would, with the encryption asked for, reads its greeting and what it offers, and
    /// leaves without signing in. The answer is an object: Result says Success or Failed; on failure Message says in one line
    /// what is wrong and ErrorDetail the whole chain of reasons. A server that does not answer is given up after 15 seconds.
    ///
    /// The certificate of the server is verified: against the system's authorities, or those in the file that the environment
    /// variable SSL_CERT_FILE names.
    pub struct TestMigrationServerAvailability("Test", "MigrationServerAvailability")
        .default_set("IMAP")
        .should_process(Impact::Low)
        .outputs(&["Microsoft.Exchange.Migration.MigrationServerConnectionResult"])
        .class("Microsoft.Exchange.Management.Migration.TestMigrationServerAvailability")
    {
        /// The server speaks IMAP. It may be left out: IMAP is what this shell migrates from.
        imap: bool = param("Imap").in_sets(&["IMAP"]),
        /// Host name or address of the server.
        remote_server: Option<String> = param("RemoteServer").in_sets(&["IMAP"]).mandatory_in(&["IMAP"]).validate(Validate::NotNullOrEmpty),
        /// TCP port. Without it the one that goes with -Security: 993 for Ssl, 143 for Tls and None.
        port: Option<Port> = param("Port").in_sets(&["IMAP"]).default_text("993, or 143 for Tls and None"),
        /// Encryption: Ssl is TLS from the first byte, Tls is STARTTLS, None is clear text. Without it, Tls on port 143 and Ssl
        /// on any other.
        security: Option<Security> = param("Security").in_sets(&["IMAP"]).default_text("Ssl, or Tls on port 143"),
        /// How users sign in. The test does not sign in; Basic is the one method of IMAP endpoints here.
        authentication: Option<AuthenticationMethod> = param("Authentication").in_sets(&["IMAP"]).default_text("Basic"),
        /// Take a certificate that does not verify: self-signed, expired, or for another name.
        accept_untrusted_certificates: bool = param("AcceptUntrustedCertificates").in_sets(&["IMAP"]),
        /// Name or GUID of a stored endpoint whose settings are tested.
        endpoint: Option<EndpointId> = param("Endpoint").in_sets(&["TestEndpoint"]).mandatory_in(&["TestEndpoint"]),
    }
    refused "Autodiscover" => "it finds the settings of Exchange servers, and this shell migrates from IMAP servers; give -RemoteServer";
    refused "Compliance" => "compliance endpoints exist in Exchange Online only";
    refused "Credentials" => "the test does not sign in; the sign-in of each user is tried when its batch starts";
    refused "EmailAddress" => "it starts Exchange autodiscovery; give -RemoteServer";
    refused "ExchangeOutlookAnywhere" => "this shell migrates from IMAP servers";
    refused "ExchangeRemoteMove" => "this shell migrates from IMAP servers";
    refused "ExchangeServer" => "it names an Outlook Anywhere server; this shell migrates from IMAP servers";
    refused "FilePath" => "PST files are not migrated";
    refused "Gmail" => "Gmail is reached as an IMAP server: -IMAP -RemoteServer imap.gmail.com";
    refused "MailboxPermission" => "it belongs to Outlook Anywhere endpoints";
    refused "Partition" => "it belongs to Exchange's own service";
    refused "PSTImport" => "PST files are not migrated";
    refused "PublicFolder" => "public folders are not migrated";
    refused "PublicFolderDatabaseServerLegacyDN" => "public folders are not migrated";
    refused "PublicFolderToUnifiedGroup" => "public folders are not migrated";
    refused "RPCProxyServer" => "it belongs to Outlook Anywhere endpoints";
    refused "ServiceAccountKeyFileData" => "sign-in by a Google service account is not done by this version";
    refused "SourceMailboxLegacyDN" => "it belongs to Outlook Anywhere endpoints";
    refused "TestMailbox" => "it belongs to Outlook Anywhere endpoints";
    example "Test-MigrationServerAvailability -IMAP -RemoteServer imap.contoso.com -Port 993 -Security Ssl" =>
        "Tests a server with TLS from the first byte. Result is Success when it answered.";
    example "Test-MigrationServerAvailability -IMAP -RemoteServer imap.contoso.com -Port 143 -Security Tls | Format-List Result,Message" =>
        "Tests a server with STARTTLS and shows only how it went.";
    example "Test-MigrationServerAvailability -Endpoint IMAPEndpoint" =>
        "Tests the server of a stored endpoint.";
}

impl Cmdlet for TestMigrationServerAvailability {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let target = match (&self.endpoint, &self.remote_server) {
            (Some(endpoint), _) => ProbeTarget::Endpoint(endpoint.0.clone()),
            (None, server) => {
                let port = self.port.map(|port| port.0);
                ProbeTarget::Imap {
                    remote_server: server.clone().unwrap_or_default(),
                    port,
                    security: security_of(self.security, port),
                    accept_untrusted_certificates: self.accept_untrusted_certificates,
                }
            }
        };
        let name = match &target {
            ProbeTarget::Endpoint(name) => name,
            ProbeTarget::Imap { remote_server, .. } => remote_server,
        };
        if !cx.should_process(name, "Test-MigrationServerAvailability")? {
            return Ok(());
        }
        if self.security == Some(Security::None) {
            cx.warning(CLEAR_TEXT)?;
        }
        let Some(view) = answer(cx, |engine| async move { engine.test_server(target).await })?
        else {
            return Ok(());
        };
        cx.write(object(&view))
    }
}

/// Said whenever somebody asks for no encryption.
pub const CLEAR_TEXT: &str = "-Security None sends passwords and mail in clear text. Use it only inside a network that you trust.";

/// The encryption when none is named: never clear text by itself.
pub fn security_of(given: Option<Security>, port: Option<u16>) -> Security {
    given.unwrap_or(if port == Some(143) {
        Security::Tls
    } else {
        Security::Ssl
    })
}

fn object(view: &ProbeView) -> Value {
    PsObject::view(
        "Microsoft.Exchange.Migration.MigrationServerConnectionResult",
        vec![
            ("Result", Value::str(view.result.name())),
            ("Message", Value::str(&view.message)),
            (
                "ConnectionSettings",
                view.connection_settings
                    .as_ref()
                    .map_or(Value::Null, settings),
            ),
            ("SupportsCutover", view.supports_cutover.into()),
            ("ErrorDetail", Value::str(&view.error_detail)),
            ("TestedEndpoint", view.tested_endpoint.clone().into()),
            ("ServerGreeting", Value::str(&view.greeting)),
            ("ServerCapabilities", show::texts(&view.capabilities)),
            ("AuthenticationMechanisms", show::texts(&view.mechanisms)),
        ],
    )
}

fn settings(settings: &ConnectionSettings) -> Value {
    Record::value(
        "Microsoft.Exchange.Migration.ImapConnectionSettings",
        format!(
            "{}:{} ({})",
            settings.remote_server, settings.port, settings.security
        ),
        vec![
            ("EndpointType", Value::str(settings.endpoint_type.name())),
            ("RemoteServer", Value::str(&settings.remote_server)),
            ("Port", Value::int(settings.port.into())),
            ("Security", Value::str(settings.security.name())),
            (
                "AcceptUntrustedCertificates",
                settings.accept_untrusted_certificates.into(),
            ),
        ],
    )
}

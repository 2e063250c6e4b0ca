//! Testing a server: can it be reached, and does it speak IMAP with the encryption asked for.

use std::time::Duration;

use super::ops::check_server;
use super::{ConnectionSettings, EndpointType, ProbeOutcome, ProbeTarget, ProbeView, Security};
use crate::engine::error::{EngineError, ErrorId};
use crate::engine::handle::Engine;
use crate::store::EndpointRecord;
use crate::transport::imap::{ImapSettings, ServerInfo, probe};
use crate::transport::{self, ErrorClass, NetSettings, TransportError};

/// How long a probe may take in all.
const PROBE_TIMEOUT: Duration = Duration::from_secs(15);

impl Engine {
    /// Probes a server without signing in, in at most 15 seconds.
    ///
    /// # Errors
    /// Only for a wrong request (unknown endpoint, bad port); a server that cannot be reached is a result.
    pub async fn test_server(&self, target: ProbeTarget) -> Result<ProbeView, EngineError> {
        let (settings, tested_endpoint) = match target {
            ProbeTarget::Endpoint(identity) => {
                let (_, endpoint) = self.endpoint_record(&identity).await?;
                (stored(&endpoint), Some(endpoint.name))
            }
            ProbeTarget::Imap {
                remote_server,
                port,
                security,
                accept_untrusted_certificates,
            } => (
                settings_of(remote_server, port, security, accept_untrusted_certificates),
                None,
            ),
        };
        check_server(&settings.remote_server, settings.port)?;
        let asked = imap_settings(&settings);
        let answer = tokio::time::timeout(PROBE_TIMEOUT, probe(&asked)).await;
        let host = settings.remote_server.clone();
        Ok(match answer {
            Ok(Ok(info)) => reached(settings, tested_endpoint, info),
            Ok(Err(error)) => not_reached(&host, tested_endpoint, &error),
            Err(_) => {
                let error = TransportError::new(
                    ErrorClass::Transport,
                    format!("The connection to the server '{host}' timed out after 00:00:15"),
                );
                not_reached(&host, tested_endpoint, &error)
            }
        })
    }
}

/// Settings given in place.
pub(in crate::engine) fn settings_of(
    remote_server: String,
    port: Option<u16>,
    security: Security,
    accept_untrusted_certificates: bool,
) -> ConnectionSettings {
    ConnectionSettings {
        endpoint_type: EndpointType::Imap,
        remote_server,
        port: port.unwrap_or_else(|| security.default_port()),
        security,
        accept_untrusted_certificates,
    }
}

/// The connection settings of a stored endpoint.
pub(in crate::engine) fn stored(endpoint: &EndpointRecord) -> ConnectionSettings {
    ConnectionSettings {
        endpoint_type: EndpointType::Imap,
        remote_server: endpoint.host.clone(),
        port: endpoint.port,
        security: Security::from_name(&endpoint.security).unwrap_or(Security::Ssl),
        accept_untrusted_certificates: endpoint.accept_untrusted,
    }
}

/// The same, as the transport takes them.
pub(in crate::engine) fn imap_settings(settings: &ConnectionSettings) -> ImapSettings {
    let security = transport_security(settings.security);
    let mut net = NetSettings::new(&settings.remote_server, settings.port, security);
    net.accept_untrusted = settings.accept_untrusted_certificates;
    ImapSettings::new(net)
}

/// The encryption, as the transport names it.
pub(in crate::engine) fn transport_security(security: Security) -> transport::Security {
    match security {
        Security::None => transport::Security::None,
        Security::Ssl => transport::Security::Ssl,
        Security::Tls => transport::Security::Tls,
    }
}

fn reached(
    settings: ConnectionSettings,
    tested_endpoint: Option<String>,
    info: ServerInfo,
) -> ProbeView {
    ProbeView {
        result: ProbeOutcome::Success,
        message: String::new(),
        connection_settings: Some(settings),
        supports_cutover: false,
        error_detail: String::new(),
        tested_endpoint,
        greeting: info.greeting,
        capabilities: info.capabilities,
        mechanisms: info.mechanisms,
    }
}

/// Exchange's chain of exceptions, from the general to the particular (cmdlets.md §2.6), with our reason at its end.
fn not_reached(host: &str, tested_endpoint: Option<String>, error: &TransportError) -> ProbeView {
    let inner = match error.class {
        ErrorClass::Tls => "SslStreamFailureException",
        ErrorClass::Auth => "AuthenticationErrorException",
        ErrorClass::Transport | ErrorClass::Throttle => "RemoteNetworkErrorTransientException",
        _ => "RemotePermanentException",
    };
    let detail = format!(
        "{}: The connection to the server '{host}' could not be completed. ---> {inner}: {error}",
        ErrorId::ServerConnectionFailed
    );
    ProbeView {
        result: ProbeOutcome::Failed,
        message: format!("The connection to the server '{host}' could not be completed. {error}"),
        connection_settings: None,
        supports_cutover: false,
        error_detail: detail,
        tested_endpoint,
        greeting: String::new(),
        capabilities: Vec::new(),
        mechanisms: Vec::new(),
    }
}

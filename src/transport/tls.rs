//! TLS over a connected socket.

use native_tls::Protocol;
use tokio::{
    net::TcpStream,
    time::{Instant, timeout_at},
};
use tokio_native_tls::TlsStream;

use super::{ErrorClass, NetSettings, TransportError};

/// What OpenSSL's words mean for the reader: a part of them, the sentence, the next step. The first match counts.
const MEANINGS: &[(&str, ErrorClass, &str, &str)] = &[
    (
        "certificate has expired",
        ErrorClass::Tls,
        "The certificate of {} has expired",
        "The server needs a new certificate; -AcceptUntrustedCertificates takes it as it is.",
    ),
    (
        "not yet valid",
        ErrorClass::Tls,
        "The certificate of {} is not valid yet",
        "Check the clocks of both machines.",
    ),
    (
        "ostname mismatch",
        ErrorClass::Tls,
        "The certificate of {} is for another name",
        "Use the name that the certificate is for, or -AcceptUntrustedCertificates.",
    ),
    (
        "IP address mismatch",
        ErrorClass::Tls,
        "The certificate of {} is not for this IP address",
        "Use the name that the certificate is for, or -AcceptUntrustedCertificates.",
    ),
    (
        "self-signed certificate in certificate chain",
        ErrorClass::Tls,
        "The certificate of {} comes from an authority that is not trusted here",
        "Name its CA certificate in SSL_CERT_FILE, or use -AcceptUntrustedCertificates.",
    ),
    (
        "self-signed certificate",
        ErrorClass::Tls,
        "The certificate of {} is self-signed",
        "Name it in SSL_CERT_FILE, or use -AcceptUntrustedCertificates.",
    ),
    (
        "certificate verify failed",
        ErrorClass::Tls,
        "The certificate of {} comes from an authority that is not trusted here",
        "Name its CA certificate in SSL_CERT_FILE, or use -AcceptUntrustedCertificates.",
    ),
    (
        "wrong version number",
        ErrorClass::Config,
        "{} does not speak TLS on this port",
        "Use the TLS port (IMAP: 993), or -Security Tls for STARTTLS.",
    ),
    (
        "record layer failure",
        ErrorClass::Config,
        "{} does not speak TLS on this port",
        "Use the TLS port (IMAP: 993), or -Security Tls for STARTTLS.",
    ),
    (
        "unsupported protocol",
        ErrorClass::Tls,
        "{} offers only versions of TLS older than 1.2",
        "The server must be set up for TLS 1.2 or later.",
    ),
    (
        "alert protocol version",
        ErrorClass::Tls,
        "{} offers only versions of TLS older than 1.2",
        "The server must be set up for TLS 1.2 or later.",
    ),
];

/// Runs the TLS handshake. Certificates are checked against the system's authorities, or those of `SSL_CERT_FILE`.
///
/// # Errors
/// `Tls` for certificates and protocol versions, `Config` when the other side speaks no TLS, `Transport` otherwise.
pub(super) async fn handshake(
    settings: &NetSettings,
    socket: TcpStream,
    deadline: Instant,
) -> Result<TlsStream<TcpStream>, TransportError> {
    let connector = native_tls::TlsConnector::builder()
        .min_protocol_version(Some(Protocol::Tlsv12))
        .danger_accept_invalid_certs(settings.accept_untrusted)
        .danger_accept_invalid_hostnames(settings.accept_untrusted)
        .build()
        .map_err(|error| {
            TransportError::new(ErrorClass::Tls, "TLS cannot be set up on this machine")
                .with_words(error.to_string())
        })?;
    let connector = tokio_native_tls::TlsConnector::from(connector);
    match timeout_at(deadline, connector.connect(&settings.host, socket)).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(explain(settings, &error.to_string())),
        Err(_) => Err(TransportError::new(
            ErrorClass::Transport,
            format!("No TLS handshake with {} within {} s", settings.place(), settings.connect_timeout.as_secs()),
        )
        .with_next_step("Check that this port speaks TLS from the first byte, or use -Security Tls for STARTTLS.")),
    }
}

fn explain(settings: &NetSettings, words: &str) -> TransportError {
    let found = MEANINGS.iter().find(|(part, ..)| words.contains(part));
    let error = match found {
        Some((_, class, sentence, step)) => {
            TransportError::new(*class, sentence.replace("{}", &settings.place()))
                .with_next_step(*step)
        }
        None => TransportError::new(
            ErrorClass::Transport,
            format!("The TLS handshake with {} failed", settings.place()),
        ),
    };
    error.with_words(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::Security;

    #[test]
    fn certificate_errors_are_told_apart() {
        let settings = NetSettings::new("mail.example", 993, Security::Ssl);
        for (words, class, part) in [
            (
                "certificate verify failed:... (certificate has expired)",
                ErrorClass::Tls,
                "has expired",
            ),
            (
                "certificate verify failed:... (hostname mismatch)",
                ErrorClass::Tls,
                "another name",
            ),
            (
                "certificate verify failed:... (IP address mismatch)",
                ErrorClass::Tls,
                "IP address",
            ),
            (
                "certificate verify failed:... (self-signed certificate)",
                ErrorClass::Tls,
                "self-signed",
            ),
            (
                "certificate verify failed:... (self-signed certificate in certificate chain)",
                ErrorClass::Tls,
                "authority",
            ),
            (
                "certificate verify failed:... (unable to get local issuer certificate)",
                ErrorClass::Tls,
                "authority",
            ),
            (
                "error:0A00010B:SSL routines:ssl3_get_record:wrong version number",
                ErrorClass::Config,
                "does not speak TLS",
            ),
            ("unexpected EOF", ErrorClass::Transport, "handshake"),
        ] {
            let error = explain(&settings, words);
            assert_eq!(error.class, class, "{words}");
            assert!(
                error.message.contains(part) && error.words == words,
                "{}",
                error.message
            );
        }
    }
}

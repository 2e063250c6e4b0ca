//! Reaching a server: names, ports, time limits.

use std::time::Duration;

/// How a connection is protected, in the words of `-Security`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Security {
    /// Clear text.
    None,
    /// TLS from the first byte.
    Ssl,
    /// STARTTLS: clear text first, TLS before the login or not at all.
    Tls,
}

/// Where a server is and how it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetSettings {
    /// Host name or IP address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Protection of the connection.
    pub security: Security,
    /// Takes any certificate. TLS then hides the mail from listeners, but not from an impostor.
    pub accept_untrusted: bool,
    /// Limit for name resolution, connection and TLS handshake together.
    pub connect_timeout: Duration,
    /// Limit for silence of the server while an answer is due.
    pub idle_timeout: Duration,
}

impl NetSettings {
    /// Settings with the usual limits: 15 s to connect, 5 min of silence, certificates verified.
    pub fn new(host: impl Into<String>, port: u16, security: Security) -> Self {
        Self {
            host: host.into(),
            port,
            security,
            accept_untrusted: false,
            connect_timeout: Duration::from_secs(15),
            idle_timeout: Duration::from_secs(300),
        }
    }
}

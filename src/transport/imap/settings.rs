//! What a caller says to reach an IMAP server, and what it gets back.

use crate::{
    mail::{Secret, UidSet},
    transport::{NetSettings, TransportError},
};

/// How to reach an IMAP server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImapSettings {
    /// Host, port, protection, limits.
    pub net: NetSettings,
    /// Longest line outside literals that is taken from the server, in bytes.
    pub max_line: usize,
}

impl ImapSettings {
    /// Settings with the usual limits.
    pub fn new(net: NetSettings) -> Self {
        Self {
            net,
            max_line: 4 * 1024 * 1024,
        }
    }
}

/// Who logs in. Has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct Login {
    /// The name that authenticates (SASL authcid, RFC 4616).
    pub user: String,
    /// Its password.
    pub password: Secret,
    /// The mailbox to act for (SASL authzid), when it is another; needs AUTHENTICATE PLAIN.
    pub authzid: Option<String>,
}

/// What a server says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerInfo {
    /// The text of its greeting, as sent.
    pub greeting: String,
    /// Its capabilities, in capitals, sorted; those before the login when there was none yet.
    pub capabilities: Vec<String>,
    /// The SASL mechanisms among them (`AUTH=…`), without the prefix.
    pub mechanisms: Vec<String>,
    /// The TLS protocol version in use; empty in clear text.
    pub protection: String,
}

impl ServerInfo {
    /// True when the server offers the capability, in any letter case.
    pub fn has(&self, capability: &str) -> bool {
        self.capabilities
            .iter()
            .any(|c| c.eq_ignore_ascii_case(capability))
    }
}

/// The outcome of a fetch: every UID that was asked for is in exactly one of the three.
#[derive(Clone, Debug, Default)]
pub struct Fetched {
    /// Handed over whole. A streamed message counts when its last byte was handed over.
    pub delivered: UidSet,
    /// Not there any more.
    pub vanished: UidSet,
    /// There, but the server does not give it.
    pub refused: Vec<RefusedMessage>,
}

/// A message that its server does not give.
#[derive(Clone, Debug)]
pub struct RefusedMessage {
    /// Its UID.
    pub uid: u32,
    /// Why, in the server's words.
    pub error: TransportError,
}

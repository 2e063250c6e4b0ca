//! What a caller says to reach an IMAP server, and what it gets back.

use super::{lexer::Part, token::text_of};
use crate::transport::{NetSettings, Trace, TransportError};

/// How to reach an IMAP server.
#[derive(Clone, Debug)]
pub struct ImapSettings {
    /// Host, port, protection, limits.
    pub net: NetSettings,
    /// Longest line outside literals that is taken from the server, in bytes.
    pub max_line: usize,
    /// Gets every line of the conversation, without passwords and without mail.
    pub trace: Option<Trace>,
    /// When to compress, where the server can.
    pub compress: Compress,
}

/// When a connection is compressed (RFC 4978). It takes the time of two processors to spare a wire, so it gains only where the
/// wire is the slower of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compress {
    /// When the wire turns out to be slow.
    #[default]
    WhenSlow,
    /// From the first message on.
    AtOnce,
}

/// A line for the trace: literals only by size.
pub(super) fn show(parts: &[Part]) -> String {
    let show = |part: &Part| match part {
        Part::Text(text) => text_of(text),
        Part::Literal(bytes) => format!("{{{}}} ...", bytes.len()),
        Part::Streamed(size) => format!("{{{size}}} ..."),
    };
    parts.iter().map(show).collect()
}

impl ImapSettings {
    /// Settings with the usual limits.
    pub fn new(net: NetSettings) -> Self {
        Self {
            net,
            max_line: 4 * 1024 * 1024,
            trace: None,
            compress: Compress::default(),
        }
    }
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
    /// True when the connection is under TLS.
    pub is_protected: bool,
}

impl ServerInfo {
    /// True when the server offers the capability, in any letter case.
    pub fn has(&self, capability: &str) -> bool {
        self.capabilities
            .iter()
            .any(|c| c.eq_ignore_ascii_case(capability))
    }
}

/// A message that its server does not give.
#[derive(Clone, Debug)]
pub struct RefusedMessage {
    /// Its UID.
    pub uid: u32,
    /// Why, in the server's words.
    pub error: TransportError,
}

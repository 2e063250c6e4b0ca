//! What a caller says to reach a POP3 server, and what it gets back.

use crate::transport::{NetSettings, Trace};

/// How to reach a POP3 server.
#[derive(Clone, Debug)]
pub struct Pop3Settings {
    /// Host, port, protection, limits.
    pub net: NetSettings,
    /// Gets every line of the conversation, without passwords and without mail.
    pub trace: Option<Trace>,
}

impl Pop3Settings {
    /// Settings with the usual limits.
    pub fn new(net: NetSettings) -> Self {
        Self { net, trace: None }
    }
}

/// What a server says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pop3Info {
    /// The text of its greeting, as sent.
    pub greeting: String,
    /// The lines of CAPA in capitals; `None` when it does not know the command.
    pub capabilities: Option<Vec<String>>,
    /// The SASL mechanisms among them.
    pub mechanisms: Vec<String>,
    /// True when the connection is under TLS.
    pub is_protected: bool,
}

impl Pop3Info {
    /// True when the server offers the capability (its first word, in capitals).
    pub fn has(&self, name: &str) -> bool {
        let lines = self.capabilities.iter().flatten();
        lines
            .filter_map(|line| line.split(' ').next())
            .any(|word| word == name)
    }

    pub(super) fn learn(&mut self, lines: Vec<String>) {
        self.mechanisms = lines
            .iter()
            .filter_map(|line| line.strip_prefix("SASL "))
            .flat_map(str::split_whitespace)
            .map(str::to_owned)
            .collect();
        self.capabilities = Some(lines);
    }
}

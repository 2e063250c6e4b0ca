//! Errors of the wire and of stores, classed once.

use std::{fmt, time::Duration};

/// What an error means for what to do next. The retry policy and the exit code hang on this and on nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// The server refuses the login. Repeating it changes nothing and may get the address banned.
    Auth,
    /// TLS: certificate or handshake. Repeating it changes nothing.
    Tls,
    /// The settings are wrong: unknown host, nothing listens, other protocol on the port. Repeating it rarely helps.
    Config,
    /// The server wants us to wait; `TransportError::retry_after` says how long if it said so.
    Throttle,
    /// No room: over quota, disk full.
    Quota,
    /// This one message is larger than the other side takes.
    TooBig,
    /// This one request was refused (`NO`); others may pass.
    Refused,
    /// The other side says something that the protocol does not allow.
    Malformed,
    /// The message or folder is not there any more.
    Vanished,
    /// The connection broke, stalled or timed out. A new one may do.
    Transport,
    /// The server says it is broken (`[SERVERBUG]`, `BAD` to a right command).
    ServerBug,
    /// A local file or folder cannot be written or read.
    Storage,
    /// The one who asked gave up; nobody failed.
    Stopped,
}

impl ErrorClass {
    /// The stable name, as it stands in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Tls => "tls",
            Self::Config => "config",
            Self::Throttle => "throttle",
            Self::Quota => "quota",
            Self::TooBig => "too-big",
            Self::Refused => "refused",
            Self::Malformed => "malformed",
            Self::Vanished => "vanished",
            Self::Transport => "transport",
            Self::ServerBug => "server-bug",
            Self::Storage => "storage",
            Self::Stopped => "stopped",
        }
    }

    /// True when the same request may pass on a new connection some time later.
    pub fn is_transient(self) -> bool {
        matches!(self, Self::Throttle | Self::Transport | Self::ServerBug)
    }
}

impl fmt::Display for ErrorClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An error of a server, a connection or a mail store: what happened, in whose words, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct TransportError {
    /// What to make of it.
    pub class: ErrorClass,
    /// What happened, as a sentence without a full stop: `The server mail.example.net refused the login`.
    pub message: String,
    /// The other side's own words, verbatim, without the tag; empty when it said none.
    pub words: String,
    /// What the reader can do now; empty when there is nothing to do but wait.
    pub next_step: String,
    /// How long the server wants us to wait, when it said so.
    pub retry_after: Option<Duration>,
    /// True when the connection is of no more use.
    pub is_fatal: bool,
}

impl TransportError {
    /// An error of a class, with no words of a server in it.
    pub fn new(class: ErrorClass, message: impl Into<String>) -> Self {
        Self {
            class,
            message: message.into(),
            words: String::new(),
            next_step: String::new(),
            retry_after: None,
            is_fatal: matches!(
                class,
                ErrorClass::Tls
                    | ErrorClass::Config
                    | ErrorClass::Transport
                    | ErrorClass::Malformed
            ),
        }
    }

    /// The same with the other side's words.
    #[must_use]
    pub fn with_words(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }

    /// The same with what to do next.
    #[must_use]
    pub fn with_next_step(mut self, next_step: impl Into<String>) -> Self {
        self.next_step = next_step.into();
        self
    }

    /// The same, said of the target: errors of both sides stand in one report.
    #[must_use]
    pub fn of_target(mut self, host: &str) -> Self {
        const MARK: &str = "At the target server";
        if !self.message.starts_with(MARK) {
            self.message = format!("{MARK} {host}: {}", self.message);
        }
        self
    }

    /// The same, and the connection is of no more use.
    #[must_use]
    pub fn fatal(mut self) -> Self {
        self.is_fatal = true;
        self
    }

    fn sentence(&self) -> String {
        let mut text = self.message.clone();
        if !self.words.is_empty() {
            text.push_str(": ");
            text.push_str(&harmless(&self.words));
        }
        if !text.ends_with(['.', '!', '?']) {
            text.push('.');
        }
        if !self.next_step.is_empty() {
            text.push(' ');
            text.push_str(&self.next_step);
        }
        text
    }
}

/// A server's words as they may be shown: what would steer a terminal or turn the reading direction is spelled out.
fn harmless(words: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut shown = String::with_capacity(words.len());
    for c in words.chars() {
        if steers(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_the_words_and_the_next_step_and_steers_no_terminal() {
        let error = TransportError::new(ErrorClass::Auth, "The server refuses the login")
            .with_words("no\u{1b}]0;x\u{7} \u{202e}way für dich")
            .with_next_step("Check the password.");
        let shown = "The server refuses the login: no\\u{1b}]0;x\\u{7} \\u{202e}way für dich. Check the password.";
        assert_eq!(error.to_string(), shown);
        assert!(
            error.words.contains('\u{1b}') && !error.is_fatal && error.clone().fatal().is_fatal
        );
        assert_eq!(
            TransportError::new(ErrorClass::Config, "Gone!").to_string(),
            "Gone!"
        );
    }
}

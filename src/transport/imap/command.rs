//! Commands to be sent: text, and arguments that travel as quoted strings or literals (RFC 3501 section 4.3).

use crate::transport::{ErrorClass, TransportError};

/// The longest argument that goes as a quoted string.
const MAX_QUOTED: usize = 1000;

/// A command line in pieces: each literal with the text before it, and the text after the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) literals: Vec<(String, Vec<u8>)>,
    pub(super) tail: String,
}

impl Command {
    /// A command whose text is ours: letters, digits, sets.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            literals: Vec::new(),
            tail: text.into(),
        }
    }

    /// The same with text of ours after it.
    #[must_use]
    pub(super) fn text(mut self, text: &str) -> Self {
        self.tail.push_str(text);
        self
    }

    /// The same with a blank and an argument from outside, in whichever form carries it unchanged.
    ///
    /// # Errors
    /// `Config` for bytes that no command may carry: NUL, CR, LF.
    pub(super) fn astring(mut self, bytes: &[u8]) -> Result<Self, TransportError> {
        if bytes.iter().any(|b| matches!(b, 0 | b'\r' | b'\n')) {
            let message =
                "A name or password holds a line break or a NUL, which IMAP does not carry";
            let mut error = TransportError::new(ErrorClass::Config, message);
            error.is_fatal = false;
            return Err(error);
        }
        self.tail.push(' ');
        match std::str::from_utf8(bytes) {
            Ok(text)
                if text.len() <= MAX_QUOTED && text.bytes().all(|b| matches!(b, b' '..=b'~')) =>
            {
                self.tail.push('"');
                for c in text.chars() {
                    if matches!(c, '"' | '\\') {
                        self.tail.push('\\');
                    }
                    self.tail.push(c);
                }
                self.tail.push('"');
            }
            _ => self
                .literals
                .push((std::mem::take(&mut self.tail), bytes.to_vec())),
        }
        Ok(self)
    }
}

/// How literals may be sent to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LiteralMode {
    /// Each waits for the server's `+`.
    Synchronising,
    /// None waits (LITERAL+, RFC 7888).
    Plus,
    /// Those of up to 4,096 bytes do not wait (LITERAL-, RFC 7888).
    Minus,
}

impl LiteralMode {
    /// What the capabilities allow.
    pub(super) fn of(capabilities: &[String]) -> Self {
        let has = |name: &str| capabilities.iter().any(|c| c == name);
        if has("LITERAL+") {
            Self::Plus
        } else if has("LITERAL-") || has("IMAP4REV2") {
            Self::Minus
        } else {
            Self::Synchronising
        }
    }

    /// The announcement of a literal, and whether the server must answer it first.
    pub(super) fn announce(self, size: usize) -> (String, bool) {
        let waits = match self {
            Self::Synchronising => true,
            Self::Plus => false,
            Self::Minus => size > 4096,
        };
        (format!("{{{size}{}}}", if waits { "" } else { "+" }), waits)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn every_argument_arrives_as_one_argument() {
        let made = |bytes: &[u8]| Command::new("LOGIN").astring(bytes).unwrap();
        assert_eq!(made(b"").tail, "LOGIN \"\"");
        assert_eq!(made(br#"p "q\r{5} %u"#).tail, r#"LOGIN "p \"q\\r{5} %u""#);
        let literal = made("é".as_bytes()).astring(b"x").unwrap();
        assert_eq!(
            literal.literals,
            [("LOGIN ".to_owned(), "é".as_bytes().to_vec())]
        );
        assert_eq!(literal.tail, " \"x\"");
        assert_eq!(made(&[0xff]).literals.len(), 1);
        assert_eq!(made(&[b'x'; 1001]).literals.len(), 1);
        for bad in ["a\rb", "a\nb", "a\0b", "x\r\nA2 DELETE INBOX"] {
            assert!(Command::new("LOGIN").astring(bad.as_bytes()).is_err());
        }
    }

    #[test]
    fn announcements() {
        let of = |names: &[&str]| {
            LiteralMode::of(&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(of(&["LITERAL+"]).announce(9), ("{9+}".into(), false));
        assert_eq!(of(&["LITERAL-"]).announce(4096), ("{4096+}".into(), false));
        assert_eq!(of(&["LITERAL-"]).announce(4097), ("{4097}".into(), true));
        assert_eq!(of(&[]).announce(0), ("{0}".into(), true));
    }
}

//! A mail to be sent: who, to whom, what. Its parts are checked when they are made, so that none can break out of its header.

use super::{Address, AddressError};

/// A person with an address, as it stands in a header: `Ann Beebe <annb@contoso.edu>`.
#[derive(Clone, Debug)]
pub struct Correspondent {
    /// The name shown; empty when there is none.
    pub name: String,
    /// The address.
    pub address: Address,
}

/// A text of one line: neither line breaks nor other control characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderText(String);

/// How urgent a mail is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Priority {
    /// Says nothing of it.
    #[default]
    Normal,
    /// Urgent.
    High,
    /// It can wait.
    Low,
}

/// When the server shall tell the sender what became of a mail (RFC 3461 section 4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notify {
    /// Never, whatever happens.
    Never,
    /// On at least one of these.
    On {
        /// It was delivered.
        success: bool,
        /// It was not.
        failure: bool,
        /// It is late.
        delay: bool,
    },
}

/// A mail to be sent.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Who sends.
    pub from: Correspondent,
    /// Receivers.
    pub to: Vec<Correspondent>,
    /// Receivers of a copy.
    pub cc: Vec<Correspondent>,
    /// Receivers that stand in no header.
    pub bcc: Vec<Correspondent>,
    /// Who gets the answers, when it is not the sender.
    pub reply_to: Vec<Correspondent>,
    /// The subject.
    pub subject: HeaderText,
    /// The text.
    pub body: String,
    /// The text is HTML.
    pub is_html: bool,
    /// How urgent it is.
    pub priority: Priority,
    /// What the sender wants to hear of it; `None` leaves it to the server.
    pub notify: Option<Notify>,
    /// Files: name and content.
    pub attachments: Vec<(String, Vec<u8>)>,
}

impl Correspondent {
    /// Reads `address`, `<address>` or `name <address>`; the name may stand in quotation marks.
    ///
    /// # Errors
    /// The address is none, or the name holds a control character.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim_matches(' ');
        let (name, address) = match text.strip_suffix('>').and_then(|t| t.rsplit_once('<')) {
            Some((name, address)) => (name.trim(), address.trim_matches(' ')),
            None => ("", text),
        };
        let quoted = name.strip_prefix('"').and_then(|n| n.strip_suffix('"'));
        let name = quoted.unwrap_or(name);
        if name.contains(char::is_control) {
            return Err(AddressError {
                text: text.to_owned(),
                reason: "the name has a line break or another control character",
            });
        }
        Ok(Self {
            name: name.to_owned(),
            address: Address::parse(address)?,
        })
    }
}

impl HeaderText {
    /// The text, or `None` when it is not of one line.
    pub fn new(text: &str) -> Option<Self> {
        let is_fine = !text.contains(|c: char| c.is_control() && c != '\t');
        is_fine.then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Letter {
    /// All who get it.
    pub fn receivers(&self) -> impl Iterator<Item = &Address> {
        let all = self.to.iter().chain(&self.cc).chain(&self.bcc);
        all.map(|one| &one.address)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart_and_nothing_breaks_out() {
        for (text, name, address) in [
            ("annb@contoso.edu", "", "annb@contoso.edu"),
            (" <annb@contoso.edu> ", "", "annb@contoso.edu"),
            (
                "Ann Beebe <annb@contoso.edu>",
                "Ann Beebe",
                "annb@contoso.edu",
            ),
            (
                "\"Beebe, Ann\" <annb@contoso.edu>",
                "Beebe, Ann",
                "annb@contoso.edu",
            ),
        ] {
            let one = Correspondent::parse(text).unwrap();
            assert_eq!((one.name.as_str(), one.address.as_str()), (name, address));
        }
        for bad in [
            "",
            "annb",
            "Ann <annb>",
            "Ann\r\nBcc: x@y.example <annb@contoso.edu>",
            "annb@contoso.edu>\r\nRCPT TO:<x@y.example",
            "annb@contoso.edu\r\n",
            "\"a\r\nb\"@contoso.edu",
        ] {
            assert!(Correspondent::parse(bad).is_err(), "{bad:?}");
        }
        assert!(HeaderText::new("Done\r\nBcc: x@y.example").is_none());
        assert_eq!(HeaderText::new("Größe").unwrap().as_str(), "Größe");
    }
}

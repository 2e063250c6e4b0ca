//! SASL (RFC 4422): one mechanism per file, the choice between them, and nothing of the protocol that carries them.

mod choose;
mod converse;
mod cram_md5;
mod login;
mod ntlm;
mod oauth;
mod plain;
mod scram;

use zeroize::Zeroizing;

pub(super) use choose::{Offer, choose, is_for_another};
pub(super) use converse::{Carrier, Heard, Outcome, converse};

use super::{ErrorClass, Login, TransportError};

/// A mechanism that is spoken here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mechanism {
    /// RFC 4616.
    Plain,
    /// draft-murchison-sasl-login: a name and a password, one after the other.
    Login,
    /// RFC 2195.
    CramMd5,
    /// RFC 5802.
    ScramSha1,
    /// RFC 7677.
    ScramSha256,
    /// MS-NLMP, carried as MS-POP3 and MS-OXIMAP4 say.
    Ntlm,
    /// Google's and Microsoft's bearer tokens before RFC 7628.
    XOAuth2,
    /// RFC 7628.
    OAuthBearer,
}

/// Bytes that hold a secret or its proof.
pub(super) type Response = Zeroizing<Vec<u8>>;

/// One sign-in, step by step. It speaks raw bytes; who carries it does the base64.
pub(super) trait Machine: Send {
    /// What the client says before it is asked; `None` when the server speaks first.
    fn initial(&mut self) -> Result<Option<Response>, TransportError>;

    /// The answer to a challenge.
    ///
    /// # Errors
    /// `Auth` for a challenge that ends the sign-in: it must then be cancelled.
    fn respond(&mut self, challenge: &[u8]) -> Result<Response, TransportError>;

    /// Whether the server's success may be believed now: every step was taken, and the server proved itself where it must.
    fn is_done(&self) -> bool;

    /// What the server told of its refusal inside the exchange; empty when nothing.
    fn refusal(&self) -> &str {
        ""
    }
}

impl Mechanism {
    #[cfg(test)]
    const ALL: [Self; 8] = [
        Self::Plain,
        Self::Login,
        Self::CramMd5,
        Self::ScramSha1,
        Self::ScramSha256,
        Self::Ntlm,
        Self::XOAuth2,
        Self::OAuthBearer,
    ];

    /// The registered name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::Login => "LOGIN",
            Self::CramMd5 => "CRAM-MD5",
            Self::ScramSha1 => "SCRAM-SHA-1",
            Self::ScramSha256 => "SCRAM-SHA-256",
            Self::Ntlm => "NTLM",
            Self::XOAuth2 => "XOAUTH2",
            Self::OAuthBearer => "OAUTHBEARER",
        }
    }

    /// Begins a sign-in. `host` and `port` are what the client connected to.
    ///
    /// # Errors
    /// `Auth` for a name or password that the mechanism cannot carry.
    pub(super) fn start(
        self,
        login: &Login,
        host: &str,
        port: u16,
    ) -> Result<Box<dyn Machine>, TransportError> {
        if has(&login.user, &['\0']) || has(login.password.expose(), &['\0']) {
            return Err(unable(
                "A user name or password holds a NUL, which no login carries",
            ));
        }
        Ok(match self {
            Self::Plain => Box::new(plain::Plain::new(login)),
            Self::Login => Box::new(login::LoginMachine::new(login)),
            Self::CramMd5 => Box::new(cram_md5::CramMd5::new(login)),
            Self::ScramSha1 => Box::new(scram::Scram::<scram::Sha1>::new(login, &nonce())),
            Self::ScramSha256 => Box::new(scram::Scram::<scram::Sha256>::new(login, &nonce())),
            Self::Ntlm => Box::new(ntlm::Ntlm::new(login)),
            Self::XOAuth2 => Box::new(oauth::XOAuth2::new(login)?),
            Self::OAuthBearer => Box::new(oauth::OAuthBearer::new(login, host, port)?),
        })
    }
}

/// 122 random bits as text without a comma.
fn nonce() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

fn has(text: &str, forbidden: &[char]) -> bool {
    text.contains(forbidden)
}

/// A sign-in that cannot go on.
pub(super) fn unable(message: impl Into<String>) -> TransportError {
    TransportError::new(ErrorClass::Auth, message).fatal()
}

/// A challenge that is none.
fn odd(mechanism: Mechanism, what: &str) -> TransportError {
    unable(format!(
        "The server's part of the {} login cannot be right: {what}",
        mechanism.name()
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::mail::Secret;

    #[test]
    fn a_nul_is_carried_by_none_and_every_exchange_ends() {
        for one in Mechanism::ALL {
            let login = Login::new("u", Secret::new("a\0b"));
            assert!(one.start(&login, "h", 1).is_err(), "{one:?}");
            // a server that asks without end is given up
            let login = Login::new("u", Secret::new("p"));
            let mut machine = one.start(&login, "h", 1).unwrap();
            machine.initial().unwrap();
            let answers = (0..10)
                .take_while(|_| machine.respond(b"x").is_ok())
                .count();
            assert!(answers < 4, "{one:?} answered {answers} times");
        }
    }
}

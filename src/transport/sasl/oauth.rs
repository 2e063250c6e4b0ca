//! Bearer tokens: XOAUTH2, and OAUTHBEARER (RFC 7628). A refusal comes as a challenge with JSON in it, which must be
//! answered before the server says no.

use super::{Machine, Mechanism, Response, has, odd, unable};
use crate::transport::{Login, TransportError};

/// Before the message, after it, after the refusal.
struct Bearer {
    mechanism: Mechanism,
    message: Response,
    /// What answers the refusal.
    dismissal: &'static [u8],
    is_said: bool,
    is_refused: bool,
    refusal: String,
}

/// XOAUTH2.
pub(super) struct XOAuth2(Bearer);
/// OAUTHBEARER.
pub(super) struct OAuthBearer(Bearer);

impl XOAuth2 {
    pub(super) fn new(login: &Login) -> Result<Self, TransportError> {
        let token = token(login)?;
        let user = login.authzid.as_deref().unwrap_or(&login.user);
        let message = format!("user={user}\x01auth=Bearer {token}\x01\x01");
        Ok(Self(Bearer::new(Mechanism::XOAuth2, message, b"")))
    }
}

impl OAuthBearer {
    pub(super) fn new(login: &Login, host: &str, port: u16) -> Result<Self, TransportError> {
        let token = token(login)?;
        let user = login.authzid.as_deref().unwrap_or(&login.user);
        let user = user.replace('=', "=3D").replace(',', "=2C");
        let message =
            format!("n,a={user},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01");
        Ok(Self(Bearer::new(Mechanism::OAuthBearer, message, b"\x01")))
    }
}

/// The token, when nothing in it or in the name could become another field.
fn token(login: &Login) -> Result<&str, TransportError> {
    let forbidden = ['\x01', '\r', '\n'];
    let token = login.password.expose();
    let user = login.authzid.as_deref().unwrap_or(&login.user);
    if has(user, &forbidden) || !token.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(unable(
            "A user name or access token holds a character that no OAuth login carries",
        ));
    }
    Ok(token)
}

impl Bearer {
    fn new(mechanism: Mechanism, message: String, dismissal: &'static [u8]) -> Self {
        Self {
            mechanism,
            message: Response::new(message.into_bytes()),
            dismissal,
            is_said: false,
            is_refused: false,
            refusal: String::new(),
        }
    }
}

impl Machine for Bearer {
    fn initial(&mut self) -> Result<Option<Response>, TransportError> {
        self.is_said = true;
        Ok(Some(self.message.clone()))
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Response, TransportError> {
        if self.is_refused {
            return Err(odd(self.mechanism, "it goes on after its refusal"));
        }
        self.is_refused = true;
        let words = String::from_utf8_lossy(challenge);
        self.refusal = words.chars().take(500).collect();
        Ok(Response::new(self.dismissal.to_vec()))
    }

    fn is_done(&self) -> bool {
        self.is_said && !self.is_refused
    }

    fn refusal(&self) -> &str {
        &self.refusal
    }
}

macro_rules! bearer {
    ($($name:ident),+) => {$(
        impl Machine for $name {
            fn initial(&mut self) -> Result<Option<Response>, TransportError> {
                self.0.initial()
            }

            fn respond(&mut self, challenge: &[u8]) -> Result<Response, TransportError> {
                self.0.respond(challenge)
            }

            fn is_done(&self) -> bool {
                self.0.is_done()
            }

            fn refusal(&self) -> &str {
                self.0.refusal()
            }
        }
    )+};
}

bearer!(XOAuth2, OAuthBearer);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::mail::Secret;

    #[test]
    fn the_examples_of_rfc_7628_and_of_google() {
        let login = |user: &str| {
            Login::new(
                user,
                Secret::new("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="),
            )
        };
        let mut bearer =
            OAuthBearer::new(&login("user@example.com"), "server.example.com", 143).unwrap();
        let said = bearer.initial().unwrap().unwrap();
        let expected: &[u8] = b"n,a=user@example.com,\x01host=server.example.com\x01port=143\x01auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01";
        assert_eq!(*said, expected);
        assert!(bearer.is_done());
        let refusal = br#"{"status":"invalid_token","scope":"example_scope"}"#;
        assert_eq!(*bearer.respond(refusal).unwrap(), b"\x01");
        assert!(!bearer.is_done() && bearer.refusal().contains("invalid_token"));
        assert!(bearer.respond(b"").is_err());
        let mut old = XOAuth2::new(&login("someuser@example.com")).unwrap();
        let said = old.initial().unwrap().unwrap();
        assert!(
            said.starts_with(b"user=someuser@example.com\x01auth=Bearer vF9")
                && said.ends_with(b"\x01\x01")
        );
        assert!(old.respond(b"{}").unwrap().is_empty() && !old.is_done());
    }

    #[test]
    fn no_field_grows_out_of_a_name_or_token() {
        for (user, token) in [
            ("u\x01auth=x", "t"),
            ("u", "t\x01"),
            ("u", "t\r\n"),
            ("u\n", "t"),
            ("u", "t t"),
        ] {
            let login = Login::new(user, Secret::new(token));
            assert!(XOAuth2::new(&login).is_err() && OAuthBearer::new(&login, "h", 1).is_err());
        }
    }
}

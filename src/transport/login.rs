//! Who signs in, and how: the same for every protocol.

use crate::mail::Secret;

/// What kind of sign-in is wanted. The mechanism follows from it, from what the server offers and from TLS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Authentication {
    /// A user name and a password, by whichever mechanism suits them.
    #[default]
    Basic,
    /// NTLM, which Exchange calls SPA (Secure Password Authentication).
    Ntlm,
    /// An OAuth 2.0 access token in the place of the password.
    OAuth,
}

/// Who logs in. Has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct Login {
    /// The name that authenticates (SASL authcid, RFC 4616).
    pub user: String,
    /// Its password; with [`Authentication::OAuth`] the access token.
    pub password: Secret,
    /// The mailbox to act for (SASL authzid), when it is another.
    pub authzid: Option<String>,
    /// How.
    pub authentication: Authentication,
}

impl Login {
    /// A user with a password.
    pub fn new(user: impl Into<String>, password: Secret) -> Self {
        Self {
            user: user.into(),
            password,
            authzid: None,
            authentication: Authentication::Basic,
        }
    }

    /// The same, to be signed in another way.
    #[must_use]
    pub fn by(mut self, authentication: Authentication) -> Self {
        self.authentication = authentication;
        self
    }
}

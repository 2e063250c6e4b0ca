//! LOGIN (draft-murchison-sasl-login): the server asks for the name, then for the password. What it writes in its
//! questions does not matter.

use super::{Machine, Mechanism, Response, odd};
use crate::transport::{Login, TransportError};

/// What is left to be said, the last first.
pub(super) struct LoginMachine(Vec<Response>);

impl LoginMachine {
    pub(super) fn new(login: &Login) -> Self {
        let said = |text: &str| Response::new(text.as_bytes().to_vec());
        Self(vec![said(login.password.expose()), said(&login.user)])
    }
}

impl Machine for LoginMachine {
    fn initial(&mut self) -> Result<Option<Response>, TransportError> {
        Ok(None)
    }

    fn respond(&mut self, _challenge: &[u8]) -> Result<Response, TransportError> {
        self.0
            .pop()
            .ok_or_else(|| odd(Mechanism::Login, "it asks a third time"))
    }

    fn is_done(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::mail::Secret;

    #[test]
    fn name_then_password() {
        let mut machine = LoginMachine::new(&Login::new("u", Secret::new("p")));
        assert!(machine.initial().unwrap().is_none() && !machine.is_done());
        assert_eq!(*machine.respond(b"Username:").unwrap(), b"u");
        assert!(!machine.is_done());
        assert_eq!(*machine.respond(b"Password:").unwrap(), b"p");
        assert!(machine.is_done() && machine.respond(b"Again:").is_err());
    }
}

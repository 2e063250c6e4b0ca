//! PLAIN (RFC 4616): everything at once.

use super::{Machine, Mechanism, Response, odd};
use crate::transport::{Login, TransportError};

/// `authzid NUL authcid NUL passwd`.
pub(super) struct Plain {
    message: Response,
    is_said: bool,
}

impl Plain {
    pub(super) fn new(login: &Login) -> Self {
        let authzid = login.authzid.as_deref().unwrap_or("");
        let fields = [authzid, &login.user, login.password.expose()];
        Self {
            message: Response::new(fields.map(str::as_bytes).join(&0)),
            is_said: false,
        }
    }
}

impl Machine for Plain {
    fn initial(&mut self) -> Result<Option<Response>, TransportError> {
        self.is_said = true;
        Ok(Some(self.message.clone()))
    }

    fn respond(&mut self, _challenge: &[u8]) -> Result<Response, TransportError> {
        Err(odd(
            Mechanism::Plain,
            "it asks for more than PLAIN has to say",
        ))
    }

    fn is_done(&self) -> bool {
        self.is_said
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::mail::Secret;

    #[test]
    fn the_examples_of_rfc_4616() {
        let mut login = Login::new("tim", Secret::new("tanstaaftanstaaf"));
        let said = |login: &Login| Plain::new(login).initial().unwrap().unwrap().to_vec();
        assert_eq!(said(&login), b"\0tim\0tanstaaftanstaaf");
        login = Login::new("Kurt", Secret::new("xipj3plmq"));
        login.authzid = Some("Ursel".into());
        assert_eq!(said(&login), b"Ursel\0Kurt\0xipj3plmq");
    }
}

//! CRAM-MD5 (RFC 2195): the password keys a hash of the server's challenge and does not travel itself.

use hmac::{Hmac, Mac};
use md5::Md5;

use super::{Machine, Mechanism, Response, odd};
use crate::mail::Secret;
use crate::transport::{Login, TransportError};

/// Before and after the one challenge.
pub(super) struct CramMd5 {
    user: String,
    password: Secret,
    is_said: bool,
}

impl CramMd5 {
    pub(super) fn new(login: &Login) -> Self {
        Self {
            user: login.user.clone(),
            password: login.password.clone(),
            is_said: false,
        }
    }
}

impl Machine for CramMd5 {
    fn initial(&mut self) -> Result<Option<Response>, TransportError> {
        Ok(None)
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Response, TransportError> {
        // a proof over nothing would serve whoever collects proofs
        if self.is_said || challenge.is_empty() {
            return Err(odd(
                Mechanism::CramMd5,
                "it gives no challenge, or a second one",
            ));
        }
        self.is_said = true;
        let digest = hmac_md5(self.password.expose().as_bytes(), &[challenge]);
        Ok(Response::new(
            format!("{} {}", self.user, hex(&digest)).into_bytes(),
        ))
    }

    fn is_done(&self) -> bool {
        self.is_said
    }
}

/// HMAC-MD5 (RFC 2104).
pub(super) fn hmac_md5(key: &[u8], parts: &[&[u8]]) -> [u8; 16] {
    // HMAC takes keys of any length
    let Ok(mut mac) = Hmac::<Md5>::new_from_slice(key) else {
        return [0; 16];
    };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// Bytes as lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_example_of_rfc_2195() {
        let mut machine = CramMd5::new(&Login::new("tim", Secret::new("tanstaaftanstaaf")));
        assert!(machine.initial().unwrap().is_none() && !machine.is_done());
        let said = machine
            .respond(b"<1896.697170952@postoffice.reston.mci.net>")
            .unwrap();
        assert_eq!(*said, b"tim b913a602c7eda7a495b4e6e7334d3890");
        assert!(machine.is_done() && machine.respond(b"<2@x>").is_err());
    }

    #[test]
    fn an_empty_challenge_gets_no_proof() {
        let mut machine = CramMd5::new(&Login::new("tim", Secret::new("p")));
        assert!(machine.respond(b"").is_err() && !machine.is_done());
    }
}

//! SCRAM (RFC 5802, RFC 7677), without channel binding: neither side learns the password from the other, and the server
//! proves that it knows it.

use std::marker::PhantomData;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::Digest;
use zeroize::Zeroizing;

use super::{Machine, Mechanism, Response, odd};
use crate::mail::Secret;
use crate::transport::{Login, TransportError};

/// Rounds that are taken. RFC 5802 section 5.1 asks for 4,096 at least; more than the upper bound is a server that wants to
/// keep us busy (CVE-2026-42256).
const ROUNDS: std::ops::RangeInclusive<u32> = 4_096..=1_000_000;

/// The hash function of a SCRAM mechanism.
pub(super) trait Hash: Send {
    const MECHANISM: Mechanism;
    fn hash(bytes: &[u8]) -> Vec<u8>;
    fn hmac(key: &[u8], bytes: &[u8]) -> Zeroizing<Vec<u8>>;
    /// `Hi(str, salt, i)`, RFC 5802 section 2.2: PBKDF2 with one block.
    fn salted(password: &[u8], salt: &[u8], rounds: u32) -> Zeroizing<Vec<u8>>;
}

/// SHA-1.
pub(super) struct Sha1;
/// SHA-256.
pub(super) struct Sha256;

macro_rules! hash {
    ($name:ident, $hash:ty, $mechanism:expr) => {
        impl Hash for $name {
            const MECHANISM: Mechanism = $mechanism;

            fn hash(bytes: &[u8]) -> Vec<u8> {
                <$hash>::digest(bytes).to_vec()
            }

            fn hmac(key: &[u8], bytes: &[u8]) -> Zeroizing<Vec<u8>> {
                // HMAC takes keys of any length
                let Ok(mut mac) = Hmac::<$hash>::new_from_slice(key) else {
                    return Zeroizing::default();
                };
                mac.update(bytes);
                Zeroizing::new(mac.finalize().into_bytes().to_vec())
            }

            fn salted(password: &[u8], salt: &[u8], rounds: u32) -> Zeroizing<Vec<u8>> {
                let Ok(keyed) = Hmac::<$hash>::new_from_slice(password) else {
                    return Zeroizing::default();
                };
                let mut mac = keyed.clone();
                mac.update(salt);
                mac.update(&1_u32.to_be_bytes());
                let mut last = mac.finalize().into_bytes();
                let mut sum = Zeroizing::new(last.to_vec());
                for _ in 1..rounds {
                    let mut mac = keyed.clone();
                    mac.update(&last);
                    last = mac.finalize().into_bytes();
                    sum.iter_mut().zip(&last).for_each(|(a, b)| *a ^= b);
                }
                sum
            }
        }
    };
}

hash!(Sha1, sha1::Sha1, Mechanism::ScramSha1);
hash!(Sha256, sha2::Sha256, Mechanism::ScramSha256);

enum Step {
    /// The server's nonce, salt and rounds are due.
    First,
    /// The server's proof is due: this one.
    Final(Vec<u8>),
    Done,
    Over,
}

/// A SCRAM sign-in.
pub(super) struct Scram<H> {
    password: Secret,
    /// `n,a=authzid,`
    gs2: String,
    /// The first message without `gs2`.
    bare: String,
    nonce: String,
    step: Step,
    refusal: String,
    hash: PhantomData<H>,
}

impl<H: Hash> Scram<H> {
    pub(super) fn new(login: &Login, nonce: &str) -> Self {
        let gs2 = match &login.authzid {
            Some(authzid) => format!("n,a={},", name(authzid)),
            None => "n,,".into(),
        };
        Self {
            password: login.password.clone(),
            gs2,
            bare: format!("n={},r={nonce}", name(&login.user)),
            nonce: nonce.to_owned(),
            step: Step::First,
            refusal: String::new(),
            hash: PhantomData,
        }
    }

    /// `r=…,s=…,i=…`: proves that we know the password.
    fn prove(&mut self, challenge: &str) -> Result<Response, TransportError> {
        let fault = |what: &str| odd(H::MECHANISM, what);
        let mut fields = challenge.split(',');
        let mut field = |letter: &str, what: &str| {
            fields
                .next()
                .and_then(|field| field.strip_prefix(letter))
                .ok_or_else(|| fault(what))
        };
        // an extension that must be understood comes first (m=), and is refused here
        let nonce = field("r=", "its nonce is missing")?;
        let salt = field("s=", "its salt is missing")?;
        let rounds = field("i=", "its number of rounds is missing")?;
        if !nonce.starts_with(&self.nonce) || nonce.len() <= self.nonce.len() {
            return Err(fault("its nonce does not go on from ours"));
        }
        let salt = STANDARD
            .decode(salt)
            .ok()
            .filter(|salt| !salt.is_empty())
            .ok_or_else(|| fault("its salt is not base64"))?;
        let rounds = rounds
            .parse()
            .ok()
            .filter(|rounds| ROUNDS.contains(rounds))
            .ok_or_else(|| {
                fault(&format!(
                    "{rounds} rounds; {} to {} are taken",
                    ROUNDS.start(),
                    ROUNDS.end()
                ))
            })?;
        let without_proof = format!("c={},r={nonce}", STANDARD.encode(&self.gs2));
        let auth_message = format!("{},{challenge},{without_proof}", self.bare);
        let salted = H::salted(self.password.expose().as_bytes(), &salt, rounds);
        let client_key = H::hmac(&salted, b"Client Key");
        let signature = H::hmac(&H::hash(&client_key), auth_message.as_bytes());
        let proof: Vec<u8> = client_key
            .iter()
            .zip(&*signature)
            .map(|(a, b)| a ^ b)
            .collect();
        let server_key = H::hmac(&salted, b"Server Key");
        self.step = Step::Final(H::hmac(&server_key, auth_message.as_bytes()).to_vec());
        let said = format!("{without_proof},p={}", STANDARD.encode(proof));
        Ok(Response::new(said.into_bytes()))
    }

    /// `v=…` or `e=…`: the server's proof.
    fn check(&mut self, challenge: &str, expected: &[u8]) -> Result<Response, TransportError> {
        if let Some(error) = challenge.strip_prefix("e=") {
            self.refusal = error.chars().take(200).collect();
            return Err(odd(H::MECHANISM, "it ends with an error").with_words(error));
        }
        let proof = challenge
            .strip_prefix("v=")
            .map(|rest| rest.split(',').next().unwrap_or(rest))
            .and_then(|text| STANDARD.decode(text).ok());
        if proof.as_deref() != Some(expected) {
            return Err(odd(
                H::MECHANISM,
                "it does not prove that it knows the password; it may not be the server it says it is",
            ));
        }
        self.step = Step::Done;
        Ok(Response::default())
    }
}

impl<H: Hash> Machine for Scram<H> {
    fn initial(&mut self) -> Result<Option<Response>, TransportError> {
        let first = format!("{}{}", self.gs2, self.bare);
        Ok(Some(Response::new(first.into_bytes())))
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Response, TransportError> {
        let text =
            std::str::from_utf8(challenge).map_err(|_| odd(H::MECHANISM, "it is not text"))?;
        match std::mem::replace(&mut self.step, Step::Over) {
            Step::First => self.prove(text),
            Step::Final(expected) => self.check(text, &expected),
            Step::Done | Step::Over => Err(odd(H::MECHANISM, "it goes on after the end")),
        }
    }

    fn is_done(&self) -> bool {
        matches!(self.step, Step::Done)
    }

    fn refusal(&self) -> &str {
        &self.refusal
    }
}

/// RFC 5802 section 5.1: a comma and an equals sign are spelled out.
fn name(text: &str) -> String {
    text.replace('=', "=3D").replace(',', "=2C")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn machine<H: Hash>(nonce: &str) -> Scram<H> {
        Scram::new(&Login::new("user", Secret::new("pencil")), nonce)
    }

    #[test]
    fn the_example_of_rfc_5802() {
        let mut machine = machine::<Sha1>("fyko+d2lbbFgONRv9qkxdawL");
        let first = machine.initial().unwrap().unwrap();
        assert_eq!(*first, b"n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
        let said = machine
            .respond(b"r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096")
            .unwrap();
        let expected =
            b"c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=";
        assert_eq!(*said, expected);
        assert!(!machine.is_done());
        assert!(
            machine
                .respond(b"v=rmF9pqV8S7suAoZWja4dJRkFsKQ=")
                .unwrap()
                .is_empty()
        );
        assert!(machine.is_done());
    }

    #[test]
    fn the_example_of_rfc_7677() {
        let mut machine = machine::<Sha256>("rOprNGfwEbeRWgbNEkqO");
        let said = machine.respond(b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096").unwrap();
        let expected = b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
        assert_eq!(*said, expected);
        machine
            .respond(b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
            .unwrap();
        assert!(machine.is_done());
    }

    #[test]
    fn a_server_that_is_not_the_right_one() {
        let good = "r=abcX,s=QSXCR+Q6sek8bf92,i=4096";
        for challenge in [
            "",
            "r=abc,s=QSXCR+Q6sek8bf92,i=4096",
            "r=Xabc,s=QSXCR+Q6sek8bf92,i=4096",
            "r=abcX,s=,i=4096",
            "r=abcX,s=%,i=4096",
            "r=abcX,s=QSXCR+Q6sek8bf92,i=1",
            "r=abcX,s=QSXCR+Q6sek8bf92,i=4294967295",
            "r=abcX,s=QSXCR+Q6sek8bf92,i=-1",
            "r=abcX,s=QSXCR+Q6sek8bf92",
            "m=x,r=abcX,s=QSXCR+Q6sek8bf92,i=4096",
            "s=QSXCR+Q6sek8bf92,r=abcX,i=4096",
        ] {
            let mut machine = machine::<Sha256>("abc");
            assert!(
                machine.respond(challenge.as_bytes()).is_err(),
                "{challenge}"
            );
            assert!(!machine.is_done() && machine.respond(good.as_bytes()).is_err());
        }
        assert!(machine::<Sha1>("abc").respond(b"\xff").is_err());
        for end in ["v=AAAA", "v=", "", "e=invalid-proof", "x=1"] {
            let mut machine = machine::<Sha1>("abc");
            machine.respond(good.as_bytes()).unwrap();
            assert!(
                machine.respond(end.as_bytes()).is_err() && !machine.is_done(),
                "{end}"
            );
        }
    }

    #[test]
    fn names_are_spelled_out_and_authzid_goes_first() {
        let mut login = Login::new("a=b,c", Secret::new("p"));
        login.authzid = Some("x,y".into());
        let said = Scram::<Sha1>::new(&login, "N").initial().unwrap().unwrap();
        assert_eq!(*said, b"n,a=x=2Cy,n=a=3Db=2Cc,r=N");
    }
}

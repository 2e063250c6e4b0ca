//! NTLMv2 (MS-NLMP), which Exchange calls SPA: negotiate, challenge, authenticate. The older answers (LM, NTLMv1) are not
//! given. Our own, because the package that was looked at brings a calendar and DES along and this is small.

use md4::{Digest, Md4};
use zeroize::Zeroizing;

use super::cram_md5::hmac_md5;
use super::{Machine, Mechanism, Response, odd};
use crate::mail::Secret;
use crate::transport::{Login, TransportError};

const SIGNATURE: &[u8; 8] = b"NTLMSSP\0";
/// MS-NLMP section 2.2.2.5: Unicode, OEM, target wanted, NTLM, always sign, extended session security, 128 bits.
const FLAGS: u32 = 0x2008_8207;
const UNICODE: u32 = 0x0000_0001;
const TARGET_INFO: u32 = 0x0080_0000;
/// Attributes of the target information (section 2.2.2.1).
const TIMESTAMP: u16 = 7;
/// Seconds from 1601 to 1970.
const EPOCH: u64 = 11_644_473_600;

enum Step {
    Negotiate,
    Authenticate,
    Done,
}

/// An NTLM sign-in.
pub(super) struct Ntlm {
    user: String,
    domain: String,
    password: Secret,
    step: Step,
}

impl Ntlm {
    /// `domain\user` or `user@domain`.
    pub(super) fn new(login: &Login) -> Self {
        let (domain, user) = match login.user.split_once('\\') {
            Some((domain, user)) => (domain, user),
            None => ("", login.user.as_str()),
        };
        Self {
            user: user.to_owned(),
            domain: domain.to_owned(),
            password: login.password.clone(),
            step: Step::Negotiate,
        }
    }
}

impl Machine for Ntlm {
    fn initial(&mut self) -> Result<Option<Response>, TransportError> {
        self.step = Step::Authenticate;
        Ok(Some(Response::new(negotiate())))
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Response, TransportError> {
        if !matches!(self.step, Step::Authenticate) {
            return Err(odd(Mechanism::Ntlm, "it goes on after the end"));
        }
        self.step = Step::Done;
        let challenge = Challenge::read(challenge).ok_or_else(|| {
            odd(
                Mechanism::Ntlm,
                "its challenge is not one of NTLM version 2",
            )
        })?;
        let now = challenge.time().unwrap_or_else(now);
        let random = uuid::Uuid::new_v4().into_bytes();
        let mut ours = [0; 8];
        ours.copy_from_slice(&random[8..]);
        let key = response_key(&self.user, &self.domain, self.password.expose());
        Ok(self.authenticate(&challenge, &key, ours, now))
    }

    fn is_done(&self) -> bool {
        matches!(self.step, Step::Done)
    }
}

impl Ntlm {
    /// The AUTHENTICATE_MESSAGE (section 2.2.1.3), without session key: nothing is signed or sealed after the sign-in.
    fn authenticate(
        &self,
        server: &Challenge<'_>,
        key: &[u8; 16],
        ours: [u8; 8],
        now: [u8; 8],
    ) -> Response {
        let nt = nt_response(key, server, ours, now);
        // section 3.1.5.1.2: no LM answer to a server that told its time
        let lm = match server.time() {
            Some(_) => vec![0; 24],
            None => lm_response(key, server, ours),
        };
        let (domain, user) = (utf16(&self.domain), utf16(&self.user));
        let mut fields = Vec::new();
        let mut payload = Zeroizing::new(Vec::new());
        for part in [lm.as_slice(), &nt, &domain, &user, &[], &[]] {
            let length = u16::try_from(part.len()).unwrap_or(u16::MAX).to_le_bytes();
            let offset = u32::try_from(64 + payload.len()).unwrap_or(0).to_le_bytes();
            fields.extend_from_slice(&length);
            fields.extend_from_slice(&length);
            fields.extend_from_slice(&offset);
            payload.extend_from_slice(part);
        }
        let mut message = SIGNATURE.to_vec();
        message.extend_from_slice(&3_u32.to_le_bytes());
        message.extend_from_slice(&fields);
        message.extend_from_slice(&(FLAGS & server.flags | UNICODE).to_le_bytes());
        message.extend_from_slice(&payload);
        Response::new(message)
    }
}

/// The NEGOTIATE_MESSAGE (section 2.2.1.1), without names.
fn negotiate() -> Vec<u8> {
    let mut message = SIGNATURE.to_vec();
    message.extend_from_slice(&1_u32.to_le_bytes());
    message.extend_from_slice(&FLAGS.to_le_bytes());
    message.extend_from_slice(&[0; 16]);
    message
}

/// The CHALLENGE_MESSAGE (section 2.2.1.2), as far as it is needed.
struct Challenge<'a> {
    flags: u32,
    nonce: [u8; 8],
    /// Attributes and their end.
    target_info: &'a [u8],
}

impl<'a> Challenge<'a> {
    fn read(message: &'a [u8]) -> Option<Self> {
        let word = |at: usize| {
            Some(u32::from_le_bytes(
                message.get(at..at + 4)?.try_into().ok()?,
            ))
        };
        if !message.starts_with(SIGNATURE) || word(8)? != 2 {
            return None;
        }
        let flags = word(20)?;
        let nonce = message.get(24..32)?.try_into().ok()?;
        // without the attributes there is only version 1, which is not spoken
        let length = usize::from(u16::from_le_bytes(message.get(40..42)?.try_into().ok()?));
        let offset = usize::try_from(word(44)?).ok()?;
        let target_info = message.get(offset..offset.checked_add(length)?)?;
        (flags & TARGET_INFO != 0 && !target_info.is_empty()).then_some(Self {
            flags,
            nonce,
            target_info,
        })
    }

    /// The server's time, when it told it.
    fn time(&self) -> Option<[u8; 8]> {
        let mut rest = self.target_info;
        loop {
            let (head, after) = rest.split_at_checked(4)?;
            let id = u16::from_le_bytes([head[0], head[1]]);
            let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
            let (value, after) = after.split_at_checked(length)?;
            match id {
                0 => return None,
                TIMESTAMP => return value.try_into().ok(),
                _ => rest = after,
            }
        }
    }
}

/// `NTOWFv2` (section 3.3.2).
fn response_key(user: &str, domain: &str, password: &str) -> [u8; 16] {
    let password = Zeroizing::new(utf16(password));
    let hash = Zeroizing::new(Md4::digest(password.as_slice()).to_vec());
    hmac_md5(&hash, &[&utf16(&user.to_uppercase()), &utf16(domain)])
}

/// `NTProofStr` and what it proves.
fn nt_response(key: &[u8; 16], server: &Challenge<'_>, ours: [u8; 8], now: [u8; 8]) -> Vec<u8> {
    let mut proved = vec![1, 1, 0, 0, 0, 0, 0, 0];
    proved.extend_from_slice(&now);
    proved.extend_from_slice(&ours);
    proved.extend_from_slice(&[0; 4]);
    proved.extend_from_slice(server.target_info);
    proved.extend_from_slice(&[0; 4]);
    let proof = hmac_md5(key, &[&server.nonce, &proved]);
    [&proof[..], &proved].concat()
}

/// `LMv2`.
fn lm_response(key: &[u8; 16], server: &Challenge<'_>, ours: [u8; 8]) -> Vec<u8> {
    let proof = hmac_md5(key, &[&server.nonce, &ours]);
    [&proof[..], &ours].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The time in units of 100 ns since 1601, for a server that tells none.
fn now() -> [u8; 8] {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    let ticks = (since.as_secs() + EPOCH) * 10_000_000 + u64::from(since.subsec_nanos()) / 100;
    ticks.to_le_bytes()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        digits
            .chunks(2)
            .map(|two| u8::from_str_radix(&two.iter().collect::<String>(), 16).unwrap())
            .collect()
    }

    /// The CHALLENGE_MESSAGE of MS-NLMP section 4.2.4.3.
    fn challenge() -> Vec<u8> {
        hex(
            "4e544c4d53535000 02000000 0c000c00 38000000 33828ae2 0123456789abcdef 0000000000000000
             24002400 44000000 060070170000000f 530065007200760065007200
             02000c0044006f006d00610069006e00 01000c005300650072007600650072 00 00000000",
        )
    }

    /// MS-NLMP section 4.2.4: User, Domain, Password, client challenge 8 times aa, time 0.
    #[test]
    fn the_example_of_ms_nlmp() {
        let message = challenge();
        let server = Challenge::read(&message).unwrap();
        assert_eq!(server.time(), None);
        let key = response_key("User", "Domain", "Password");
        assert_eq!(key.to_vec(), hex("0c868a403bfd7a93a3001ef22ef02e3f"));
        let nt = nt_response(&key, &server, [0xaa; 8], [0; 8]);
        assert_eq!(nt[..16], hex("68cd0ab851e51c96aabc927bebef6a1c"));
        let lm = lm_response(&key, &server, [0xaa; 8]);
        assert_eq!(lm, hex("86c35097ac9cec102554764a57cccc19 aaaaaaaaaaaaaaaa"));
    }

    #[test]
    fn the_message_is_laid_out_as_the_specification_says() {
        let mut ntlm = Ntlm::new(&Login::new("Domain\\User", Secret::new("Password")));
        let first = ntlm.initial().unwrap().unwrap();
        assert!(first.starts_with(b"NTLMSSP\0\x01\0\0\0") && first.len() == 32);
        let said = ntlm.respond(&challenge()).unwrap();
        assert!(said.starts_with(b"NTLMSSP\0\x03\0\0\0") && ntlm.is_done());
        let field = |at: usize| {
            let length = usize::from(u16::from_le_bytes([said[at], said[at + 1]]));
            let offset = usize::from(u16::from_le_bytes([said[at + 4], said[at + 5]]));
            said[offset..offset + length].to_vec()
        };
        assert_eq!((field(28), field(36)), (utf16("Domain"), utf16("User")));
        assert_eq!(field(12).len(), 24);
        let key = response_key("User", "Domain", "Password");
        let nt = field(20);
        assert_eq!(
            nt[..16],
            hmac_md5(&key, &[&hex("0123456789abcdef"), &nt[16..]])
        );
        assert!(ntlm.respond(&challenge()).is_err());
    }

    #[test]
    fn the_time_of_the_server_is_taken_when_it_tells_it() {
        let info = hex("07000800 0102030405060708 00000000");
        let server = Challenge {
            flags: 0,
            nonce: [0; 8],
            target_info: &info,
        };
        assert_eq!(server.time(), Some([1, 2, 3, 4, 5, 6, 7, 8]));
    }

    #[test]
    fn broken_challenges_are_refused() {
        let whole = challenge();
        for cut in 0..whole.len() {
            // a cut inside the attributes is outside the message
            assert!(Challenge::read(&whole[..cut]).is_none(), "{cut}");
        }
        let mut wild = whole.clone();
        wild[44..48].copy_from_slice(&[0xff; 4]);
        assert!(Challenge::read(&wild).is_none());
    }
}

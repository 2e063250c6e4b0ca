//! What tells a message from others where no number does: on another server, or after the numbers were lost.
//!
//! Servers change messages a little when they store them: a bare LF becomes CRLF, a lone CR is dropped, NUL becomes 0x80, a raw
//! 8-bit byte of a header becomes `X`, long fields are folded elsewhere. An identity is the same before and after that; the
//! size may differ a little.

use sha2::{Digest, Sha256};

use super::{InternalDate, header::fields};

/// The fields an identity is made of, in the order they are hashed in.
const FIELDS: [&str; 4] = ["message-id", "date", "from", "subject"];

/// The identity of a message: the first 12 bytes of the SHA-256 of its normalised Message-ID, Date, From and Subject. The first bit
/// says whether there is a Message-ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity([u8; 12]);

impl Identity {
    /// The identity of a header, whole or only the fields that count. A field that is missing counts as an empty one, one that
    /// stands several times with all its values in their order.
    pub fn of(header: &[u8]) -> Self {
        let mut values: [Vec<u8>; FIELDS.len()] = Default::default();
        for (name, value) in fields(header) {
            let at = FIELDS
                .iter()
                .position(|field| field.as_bytes().eq_ignore_ascii_case(name));
            if let Some(found) = at.and_then(|at| values.get_mut(at)) {
                normalise(value, found);
                found.push(b'\n');
            }
        }
        let has_id = values.first().is_some_and(|id| id.len() > 1);
        let mut hash = Sha256::new();
        for value in values {
            hash.update(value);
            hash.update([0]);
        }
        let mut first = [0; 12];
        first
            .iter_mut()
            .zip(hash.finalize())
            .for_each(|(to, from)| *to = from);
        if let Some(byte) = first.first_mut() {
            *byte = *byte & 0x7f | u8::from(has_id) << 7;
        }
        Self(first)
    }

    /// Whether it rests on a Message-ID, which no two different messages should have in common.
    pub fn has_message_id(&self) -> bool {
        self.0.first().is_some_and(|byte| byte & 0x80 != 0)
    }
}

/// A message as it was seen somewhere: what it is, and which one it is there. Small, because there may be very many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// What it is.
    pub identity: Identity,
    /// Bytes as its server says; 4,294,967,295 when that many or more.
    pub size: u32,
    /// Internal date, seconds since 1970 modulo 2^32; only equality counts. 0 when unknown.
    pub date: u32,
    /// Its number there.
    pub uid: u32,
}

impl Sighting {
    /// A message from what a server says of it.
    pub fn new(uid: u32, header: &[u8], size: Option<u64>, date: Option<InternalDate>) -> Self {
        Self {
            identity: Identity::of(header),
            size: size.map_or(0, |size| u32::try_from(size).unwrap_or(u32::MAX)),
            // the low half of the number
            date: date.map_or(0, |date| (date.unix & 0xffff_ffff) as u32),
            uid,
        }
    }
}

/// The largest difference in size that servers make of a message of this size: a CR for every line end, of lines that have 16
/// bytes in the mean.
pub fn size_tolerance(size: u32) -> u32 {
    size / 16 + 64
}

/// Leaves out blanks and control characters, which folding and servers add and drop, and writes `X` for what is no ASCII.
fn normalise(value: &[u8], into: &mut Vec<u8>) {
    into.extend(value.iter().filter_map(|&byte| match byte {
        b'!'..=b'~' => Some(byte),
        0 | 0x80.. => Some(b'X'),
        _ => None,
    }));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const PLAIN: &[u8] = b"From: Ann <a@x>\r\nSubject: Hello you\r\nMessage-ID: <1@x>\r\nDate: Fri, 14 Jul 2017 02:40:00 +0000\r\n\r\nbody";

    #[test]
    fn what_servers_change_does_not_count() {
        let same = b"message-id:<1@x>\nDATE: Fri, 14 Jul 2017 02:40:00 +0000\nX-Other: y\nfrom:\n Ann <a@x>\nsubject: Hello\n\tyou\n";
        assert_eq!(Identity::of(PLAIN), Identity::of(same));
        assert_eq!(
            Identity::of(b"Subject: Gr\xc3\xbc\xdfe\0\rx\r\n"),
            Identity::of(b"Subject: GrXXXeXx\r\n")
        );
    }

    #[test]
    fn each_field_counts_and_none_runs_into_the_next() {
        for other in [
            &b"From: Ann <a@x>\r\nSubject: Hello you\r\nMessage-ID: <2@x>\r\nDate: Fri, 14 Jul 2017 02:40:00 +0000\r\n"[..],
            b"From: Ann <a@x>\r\nSubject: Hello them\r\nMessage-ID: <1@x>\r\nDate: Fri, 14 Jul 2017 02:40:00 +0000\r\n",
            b"From: Bob <a@x>\r\nSubject: Hello you\r\nMessage-ID: <1@x>\r\nDate: Fri, 14 Jul 2017 02:40:00 +0000\r\n",
            b"From: Ann <a@x>\r\nSubject: Hello you\r\nMessage-ID: <1@x>\r\nDate: Fri, 14 Jul 2017 02:40:01 +0000\r\n",
            b"From: Ann <a@x>\r\nSubject: Hello you\r\nMessage-ID: <1@x>\r\n",
            b"",
        ] {
            assert_ne!(Identity::of(PLAIN), Identity::of(other));
        }
        assert_ne!(
            Identity::of(b"From: a\r\n"),
            Identity::of(b"Subject: a\r\n")
        );
        assert_ne!(
            Identity::of(b"From: a\r\nFrom: b\r\n"),
            Identity::of(b"From: a\r\n")
        );
    }

    #[test]
    fn odd_headers_have_an_identity() {
        let none = Identity::of(b"");
        for header in [
            &b"\r\nSubject: in the body"[..],
            b"no header at all",
            b"\n",
            b" folded from nothing",
            b"Subject",
        ] {
            assert_eq!(Identity::of(header), none, "{header:?}");
        }
        let unended = fields(b"Subject: x").map(|(n, v)| (n.to_vec(), v.to_vec()));
        assert_eq!(
            unended.collect::<Vec<_>>(),
            [(b"Subject".to_vec(), b" x".to_vec())]
        );
        // a line of a mailbox file before the header does not hide it
        assert_eq!(
            Identity::of(b"From x\r\nSubject: a\r\n"),
            Identity::of(b"Subject: a\r\n")
        );
    }

    #[test]
    fn a_message_id_is_known_to_be_there() {
        assert!(Identity::of(PLAIN).has_message_id());
        for header in [
            &b""[..],
            b"Subject: a\r\n",
            b"Message-ID: \r\nSubject: a\r\n",
        ] {
            assert!(!Identity::of(header).has_message_id(), "{header:?}");
        }
    }

    #[test]
    fn a_sighting_is_small() {
        assert_eq!(std::mem::size_of::<Sighting>(), 24);
        let date = InternalDate::utc(-1);
        let seen = Sighting::new(1, b"", Some(u64::MAX), Some(date));
        assert_eq!((seen.size, seen.date), (u32::MAX, u32::MAX));
    }
}

//! The print of a message: what it is told by. Made here and nowhere else, so that the copy cannot deceive the check.

use sha2::{Digest, Sha256};

use crate::mail::FlagSet;

/// Header fields that tell messages apart.
const FIELDS: [&str; 4] = ["date", "from", "message-id", "subject"];
/// The most of a header that is looked at.
const LONGEST_HEADER: usize = 1024 * 1024;

/// What a message is told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Print {
    /// Hash of the bytes, or of the identifying header fields.
    pub identity: [u8; 16],
    /// Hash of the flags; 0 when not looked at.
    pub flags: u64,
    /// Internal date in seconds since 1970; 0 when not looked at.
    pub date: i64,
    /// UID; 0 where there are none.
    pub uid: u32,
}

/// Hashes the bytes of a message. Bare line feeds count as line ends: servers serve them so.
#[derive(Default)]
pub(super) struct BodyHash {
    hash: Sha256,
    ends_in_cr: bool,
}

impl BodyHash {
    pub(super) fn add(&mut self, piece: &[u8]) {
        let mut from = 0;
        let ends = (0..piece.len()).filter(|&at| piece[at] == b'\n');
        for at in ends {
            let has_cr = if at == 0 {
                self.ends_in_cr
            } else {
                piece[at - 1] == b'\r'
            };
            if !has_cr {
                self.hash.update(&piece[from..at]);
                self.hash.update(b"\r");
                from = at;
            }
        }
        self.hash.update(&piece[from..]);
        self.ends_in_cr = piece.last().map_or(self.ends_in_cr, |last| *last == b'\r');
    }

    pub(super) fn end(self) -> [u8; 16] {
        half(&self.hash.finalize())
    }
}

/// Gathers the header of a message that comes in pieces; the rest is not wanted.
#[derive(Default)]
pub(super) struct HeaderReader(Vec<u8>);

impl HeaderReader {
    /// True while more is wanted.
    pub(super) fn add(&mut self, piece: &[u8]) -> bool {
        self.0.extend_from_slice(piece);
        let is_end = |window: &[u8]| window.starts_with(b"\n\n") || window == b"\n\r\n";
        let has_end = self.0.windows(3).any(is_end) || self.0.ends_with(b"\n\n");
        !has_end && self.0.len() < LONGEST_HEADER
    }

    pub(super) fn end(self) -> [u8; 16] {
        header_identity(&self.0)
    }
}

/// The hash of the identifying fields of a header: unfolded, without regard to blanks around and between words.
pub(super) fn header_identity(header: &[u8]) -> [u8; 16] {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for line in header.split(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        let text = String::from_utf8_lossy(line);
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if let Some((_, value)) = &mut open {
                value.push_str(&text);
            }
            continue;
        }
        found.extend(open.take());
        let (name, value) = text.split_once(':').unwrap_or((&text, ""));
        let name = name.trim().to_lowercase();
        let place = FIELDS.iter().position(|field| *field == name);
        open = place.map(|place| (place, value.to_owned()));
    }
    found.extend(open);
    found.sort();
    let mut hash = Sha256::new();
    for (place, value) in found {
        let words: Vec<&str> = value.split_whitespace().collect();
        hash.update(FIELDS[place]);
        hash.update(b":");
        hash.update(words.join(" "));
        hash.update(b"\n");
    }
    half(&hash.finalize())
}

/// The hash of flags, whatever their order and the case of keywords.
pub(super) fn flags_hash(flags: &FlagSet) -> u64 {
    let mut names: Vec<String> = flags
        .system()
        .map(|flag| flag.name().to_lowercase())
        .chain(flags.keywords().map(str::to_lowercase))
        .collect();
    names.sort();
    let digest = half(&Sha256::digest(names.join(" ")));
    u64::from_be_bytes(std::array::from_fn(|at| digest[at]))
}

fn half(digest: &[u8]) -> [u8; 16] {
    std::array::from_fn(|at| digest[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(pieces: &[&[u8]]) -> [u8; 16] {
        let mut hash = BodyHash::default();
        pieces.iter().for_each(|piece| hash.add(piece));
        hash.end()
    }

    #[test]
    fn line_ends_do_not_tell_and_every_other_byte_does() {
        let whole = body(&[b"a\r\nb\r\n\r\n"]);
        for pieces in [
            vec![&b"a\nb\n\n"[..]],
            vec![b"a\r", b"\nb\r\n\r\n"],
            vec![b"a", b"\n", b"b", b"\n\n"],
            vec![b"a\r\n", b"", b"b\n\r\n"],
        ] {
            assert_eq!(body(&pieces), whole, "{pieces:?}");
        }
        for other in [&b"a\r\nb\r\n"[..], b"a\rb\r\n\r\n", b"A\r\nb\r\n\r\n"] {
            assert_ne!(body(&[other]), whole);
        }
    }

    #[test]
    fn a_header_is_told_by_its_fields_and_not_by_their_form() {
        let one =
            header_identity(b"From: a@x\r\nSubject: long\r\n  text\r\nMessage-ID: <1>\r\n\r\n");
        let other = header_identity(
            b"X-Any: 1\nsubject:  long text\nMESSAGE-ID: <1>\nFrom: a@x\n\nFrom: body",
        );
        assert_eq!(one, other);
        assert_ne!(
            one,
            header_identity(b"From: a@x\nSubject: long text\nMessage-ID: <2>\n\n")
        );
        let mut reader = HeaderReader::default();
        assert!(reader.add(b"From: a@x\r\nSubject: long"));
        assert!(!reader.add(b" text\r\nMessage-ID: <1>\r\n\r\nbody"));
        assert_eq!(reader.end(), one);
    }
}

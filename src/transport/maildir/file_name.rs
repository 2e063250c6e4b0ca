//! Names of message files: derived from where a message comes from, so that the same message always has the same name.

use std::fmt::Write;

use memchr::memchr_iter;
use sha2::{Digest, Sha256};

use crate::{
    mail::{FlagSet, SystemFlag},
    transport::Origin,
};

/// Letters of the system flags after `:2,`; they stand in alphabetical order.
const LETTERS: [(char, SystemFlag); 5] = [
    ('D', SystemFlag::Draft),
    ('F', SystemFlag::Flagged),
    ('R', SystemFlag::Answered),
    ('S', SystemFlag::Seen),
    ('T', SystemFlag::Deleted),
];

/// What the names of all messages from one source folder have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct OriginMark(String);

impl OriginMark {
    pub(super) fn of(origin: &Origin) -> Self {
        let mut hash = Sha256::new();
        // lengths keep "a" + "bc" and "ab" + "c" apart
        for text in [&origin.account, &origin.folder] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.update(origin.uid_validity.to_be_bytes());
        let mut mark = String::from(".M");
        for byte in hash.finalize().iter().take(12) {
            // writing to a String does not fail
            let _ = write!(mark, "{byte:02x}");
        }
        mark.push_str(".mailtern");
        Self(mark)
    }

    /// The part of the name that never changes. The UID stands first and with leading zeros, so that a server that
    /// numbers new files in the order of their names keeps the order of the source.
    pub(super) fn stem(&self, uid: u32) -> String {
        format!("{uid:010}{}", self.0)
    }

    /// The UID of a file name from this origin.
    pub(super) fn uid_of(&self, file_name: &str) -> Option<u32> {
        let (digits, rest) = file_name.split_at_checked(10)?;
        let rest = rest.strip_prefix(&self.0)?;
        if !(rest.is_empty() || rest.starts_with([',', ':']))
            || !digits.bytes().all(|b| b.is_ascii_digit())
        {
            return None;
        }
        digits.parse().ok().filter(|&uid| uid > 0)
    }
}

/// The whole name: stem, size on the disk, size with CRLF line ends, flags and keyword letters.
pub(super) fn full_name(
    stem: &str,
    size: u64,
    crlf_size: u64,
    flags: &FlagSet,
    keywords: &str,
) -> String {
    format!(
        "{stem},S={size},W={crlf_size}:2,{}",
        flag_letters(flags, keywords)
    )
}

/// The letters of flags and keywords in a name; empty for a file that has none yet.
pub(super) fn letters_of(file_name: &str) -> &str {
    file_name
        .split_once(":2,")
        .map_or("", |(_, letters)| letters)
}

/// The same name with other letters, each once and in order.
pub(super) fn with_letters(file_name: &str, letters: impl IntoIterator<Item = char>) -> String {
    let base = file_name.split(":2,").next().unwrap_or(file_name);
    let letters: std::collections::BTreeSet<char> = letters.into_iter().collect();
    let letters: String = letters.into_iter().collect();
    format!("{base}:2,{letters}")
}

/// The system flag of a letter.
pub(super) fn flag_of_letter(letter: char) -> Option<SystemFlag> {
    LETTERS
        .iter()
        .find(|(known, _)| *known == letter)
        .map(|(_, flag)| *flag)
}

pub(super) fn flag_letters(flags: &FlagSet, keywords: &str) -> String {
    LETTERS
        .iter()
        .filter(|(_, flag)| flags.has(*flag))
        .map(|(letter, _)| *letter)
        .chain(keywords.chars())
        .collect()
}

/// The size that a name tells (`,S=`).
pub(super) fn size_in_name(file_name: &str) -> Option<u64> {
    number_in_name(file_name, "S=")
}

/// The number of a field such as `S=` in a file name.
pub(super) fn number_in_name(file_name: &str, field: &str) -> Option<u64> {
    let base = file_name.split(":2,").next()?;
    base.split(',')
        .find_map(|one| one.strip_prefix(field))
        .and_then(|digits| digits.parse().ok())
}

/// Counts the bytes of a message, and what they would be with every bare LF made CRLF (Dovecot's `W=`).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sizes {
    pub(super) bytes: u64,
    pub(super) crlf_bytes: u64,
    ends_in_cr: bool,
}

impl Sizes {
    pub(super) fn add(&mut self, piece: &[u8]) {
        let is_bare = |at: &usize| match at.checked_sub(1) {
            Some(before) => piece[before] != b'\r',
            None => !self.ends_in_cr,
        };
        let bare = memchr_iter(b'\n', piece).filter(is_bare).count() as u64;
        if let Some(last) = piece.last() {
            self.ends_in_cr = *last == b'\r';
        }
        self.bytes += piece.len() as u64;
        self.crlf_bytes += piece.len() as u64 + bare;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(folder: &str) -> Origin {
        Origin {
            account: "a@b".into(),
            folder: folder.into(),
            uid_validity: 7,
        }
    }

    #[test]
    fn the_same_message_has_the_same_name() {
        let mark = OriginMark::of(&origin("INBOX"));
        let stem = mark.stem(12);
        assert_eq!(stem, OriginMark::of(&origin("INBOX")).stem(12));
        let flags = FlagSet::from_names(["\\Seen", "\\Draft"]);
        let name = full_name(&stem, 10, 11, &flags, "ac");
        assert!(
            name.starts_with("0000000012.M") && name.ends_with(".mailtern,S=10,W=11:2,DSac"),
            "{name}"
        );
        assert_eq!(mark.uid_of(&name), Some(12));
        assert_eq!(size_in_name(&name), Some(10));
        assert_eq!(
            with_letters(&name, "cSSa".chars()),
            name.replace("DSac", "Sac")
        );
        assert_eq!((letters_of(&name), letters_of("x")), ("DSac", ""));
    }

    #[test]
    fn other_files_are_not_taken_for_ours() {
        let mark = OriginMark::of(&origin("INBOX"));
        let other = OriginMark::of(&origin("Sent")).stem(1);
        for name in [
            "",
            "x",
            "ünïcödé-name",
            &other,
            &format!("{}x", mark.stem(1)),
            &mark.stem(0),
            "1234567890.M1P2.host:2,S",
        ] {
            assert_eq!(mark.uid_of(name), None, "{name}");
        }
        assert_eq!(mark.uid_of(&mark.stem(u32::MAX)), Some(u32::MAX));
    }

    #[test]
    fn bare_line_ends_are_counted_across_pieces() {
        for (pieces, bytes, crlf) in [
            (vec![&b"a\r\nb\n"[..]], 5, 6),
            (vec![b"a\r", b"\nb\n"], 5, 6),
            (vec![b"\n\n"], 2, 4),
            (vec![b"a\r", b"b"], 3, 3),
            (vec![], 0, 0),
        ] {
            let mut sizes = Sizes::default();
            pieces.iter().for_each(|piece| sizes.add(piece));
            assert_eq!((sizes.bytes, sizes.crlf_bytes), (bytes, crlf));
        }
    }
}

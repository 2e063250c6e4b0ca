//! What a message is known by when its name at the server cannot be trusted: a hash of all of it.

use memchr::memchr;
use sha2::{Digest, Sha256};

use crate::mail::InternalDate;

/// The hash of a message: 96 bits of SHA-256 over its lines. How lines end does not count, nor empty
/// lines at the end (POP3 adds one), nor do header fields in which
/// servers note what was done with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Content(pub [u8; 12]);

/// Fields that servers change between two readings, in lower case, with their colon.
const VOLATILE: &[&[u8]] = &[
    b"status:",
    b"x-status:",
    b"x-keywords:",
    b"x-uid:",
    b"x-uidl:",
    b"x-imap:",
    b"x-imapbase:",
    b"x-mozilla-status:",
    b"x-mozilla-status2:",
    b"content-length:",
];
/// Longer than each of them.
const HEAD: usize = 24;
/// So much of a message is looked through for its date.
const DATED: usize = 64 * 1024;

/// Hashes a message as it comes.
pub(super) struct Reading {
    hash: Sha256,
    is_header: bool,
    /// The beginning of a header line that is not yet told.
    head: Vec<u8>,
    /// What becomes of the line: `None` until its name is known.
    keeps: Option<bool>,
    /// What became of the field, for the lines that continue it.
    kept_field: bool,
    /// The first bytes of the header.
    first: Vec<u8>,
    /// Line ends that count when something follows them.
    pending: usize,
}

impl Reading {
    pub(super) fn new() -> Self {
        Self {
            hash: Sha256::new(),
            is_header: true,
            head: Vec::new(),
            keeps: None,
            kept_field: true,
            first: Vec::new(),
            pending: 0,
        }
    }

    /// Takes the next bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while self.is_header && !rest.is_empty() {
            let end = rest.iter().position(|&b| b == b'\n').map(|at| at + 1);
            let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
            self.header(line, end.is_some());
            rest = after;
        }
        // the header is all that tells a date
        let header = &bytes[..bytes.len() - rest.len()];
        let room = DATED - self.first.len();
        self.first
            .extend_from_slice(&header[..header.len().min(room)]);
        self.put(rest);
    }

    /// The hash, and when the message arrived, as far as it says so itself.
    pub(super) fn end(mut self) -> (Content, Option<InternalDate>) {
        if self.keeps.is_none() {
            self.tell();
        }
        let mut content = [0; 12];
        content.copy_from_slice(&self.hash.finalize()[..12]);
        (Content(content), arrival(&self.first))
    }

    /// A header line, or a part of one.
    fn header(&mut self, line: &[u8], is_end: bool) {
        if let Some(keeps) = self.keeps {
            if keeps {
                self.put(line);
            }
        } else {
            self.head.extend_from_slice(line);
            if is_end || self.head.len() >= HEAD {
                self.tell();
            }
        }
        if is_end {
            self.keeps = None;
        }
    }

    /// Decides over the line whose beginning is known.
    fn tell(&mut self) {
        let head = std::mem::take(&mut self.head);
        let keeps = match head.first() {
            Some(b' ' | b'\t') => self.kept_field,
            _ => {
                let lower = head.to_ascii_lowercase();
                !VOLATILE.iter().any(|name| lower.starts_with(name))
            }
        };
        self.kept_field = keeps;
        self.keeps = Some(keeps);
        if head.iter().all(|b| b"\r\n".contains(b)) {
            self.is_header = head.is_empty();
        }
        if keeps {
            self.put(&head);
        }
    }

    fn put(&mut self, bytes: &[u8]) {
        let mut rest = Some(bytes);
        while let Some(from) = rest {
            // what stands before the next CR, and what after it
            let (piece, after) = match memchr(b'\r', from) {
                Some(at) => (&from[..at], Some(&from[at + 1..])),
                None => (from, None),
            };
            rest = after;
            let end = piece
                .iter()
                .rposition(|&b| b != b'\n')
                .map_or(0, |at| at + 1);
            let (text, line_ends) = piece.split_at(end);
            if !text.is_empty() {
                for _ in 0..std::mem::take(&mut self.pending) {
                    self.hash.update(b"\n");
                }
                self.hash.update(text);
            }
            self.pending += line_ends.len();
        }
    }
}

/// When a message arrived: what the last server that passed it on noted (the first Received field), else its Date.
fn arrival(first: &[u8]) -> Option<InternalDate> {
    let text = String::from_utf8_lossy(first);
    let mut received = None;
    let mut date = None;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next().filter(|line| !line.is_empty()) {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let mut value = value.to_owned();
        while let Some(more) = lines.next_if(|next| next.starts_with([' ', '\t'])) {
            value.push_str(more);
        }
        if name.eq_ignore_ascii_case("Received") && received.is_none() {
            received = value
                .rsplit_once(';')
                .and_then(|(_, date)| InternalDate::parse_header(date));
        } else if name.eq_ignore_ascii_case("Date") && date.is_none() {
            date = InternalDate::parse_header(&value);
        }
    }
    received.or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(message: &str, step: usize) -> (Content, Option<InternalDate>) {
        let mut reading = Reading::new();
        message
            .as_bytes()
            .chunks(step)
            .for_each(|piece| reading.add(piece));
        reading.end()
    }

    #[test]
    fn what_servers_note_and_how_lines_end_does_not_count() {
        let plain = "Subject: x\r\n folded\r\n\r\nStatus: kept\r\nbody\r\n";
        let same = [
            plain.replace("\r\n", "\n"),
            plain.trim_end().to_owned(),
            format!("{plain}\r\n"),
            plain.replace("Subject", "Status: RO\r\n and more\r\nX-UIDL: 7\r\nSubject"),
            plain.replace(
                "folded\r\n",
                "folded\r\nX-Status: A\r\nContent-Length: 9\r\n",
            ),
        ];
        let other = [
            plain.replace("Status: kept", "Status: lost"),
            plain.replace("body", "Body"),
            plain.replace("Subject", "X-Subject"),
            plain.replace(" folded", "X: folded"),
            String::new(),
        ];
        for step in [1, 2, 7, 1000] {
            let expected = read(plain, 1000).0;
            assert_eq!(read(plain, step).0, expected);
            for message in &same {
                assert_eq!(read(message, step).0, expected, "{message}");
            }
            for message in &other {
                assert_ne!(read(message, step).0, expected, "{message}");
            }
        }
    }

    #[test]
    fn when_it_arrived() {
        let dated = "Received: from a\r\n by b; Thu, 1 Jan 1970 00:01:00 +0000\r\nReceived: c; 1 Jan 1970 00:00:09 +0000\r\nDate: Thu, 1 Jan 1970 00:00:07 +0000\r\n\r\nDate: x";
        let unix = |text: &str| read(text, 5).1.map(|date| date.unix);
        assert_eq!(unix(dated), Some(60));
        assert_eq!(unix(&dated.replace("Received", "X")), Some(7));
        assert_eq!(
            unix("Subject: x\r\n\r\nDate: Thu, 1 Jan 1970 00:00:07 +0000"),
            None
        );
        assert_eq!(
            unix("Received: nothing\r\nDate: 1 Jan 1970 00:00:03 +0000\r\n"),
            Some(3)
        );
    }
}

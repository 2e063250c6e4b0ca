//! Bytes to logical lines: where a line ends, and which literals lie in it (RFC 3501 sections 2.2 and 4.3).
//!
//! Works on bytes as they come, keeps at most one line (bounded) and one piece of a large literal, and never trusts an
//! announced size. Bare LF ends a line as CRLF does.

use memchr::memchr;

use crate::transport::{ErrorClass, TransportError};

/// Literals of message bytes up to this size come with their line; larger ones come in pieces.
pub(super) const WHOLE: u64 = 128 * 1024;
/// The size of those pieces.
pub(super) const PIECE: usize = 64 * 1024;
/// Other literals (folder names and the like) larger than this are refused.
const MAX_NAME: u64 = 1024 * 1024;
/// The most literals that one line may hold.
const MAX_LITERALS: usize = 10_000;

/// A part of a logical line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Text outside literals, without its line end or literal announcement.
    Text(Vec<u8>),
    /// A literal, whole.
    Literal(Vec<u8>),
    /// A literal that went out in pieces before.
    Streamed(u64),
}

/// What the bytes so far amount to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A logical line.
    Line(Vec<Part>),
    /// A large literal begins; the line so far.
    Begin(Vec<Part>, u64),
    /// Some of its bytes.
    Piece(Vec<u8>),
}

enum State {
    Text,
    Literal { left: usize, bytes: Vec<u8> },
    Stream { size: u64, left: u64 },
}

/// The line layer under the parser.
pub(super) struct Lexer {
    state: State,
    line: Vec<Part>,
    /// Bytes of the text part that is being collected.
    text: Vec<u8>,
    /// Bytes of the line outside message literals, against `max_line`.
    length: usize,
    max_line: usize,
}

impl Lexer {
    pub(super) fn new(max_line: usize) -> Self {
        Self {
            state: State::Text,
            line: Vec::new(),
            text: Vec::new(),
            length: 0,
            max_line,
        }
    }

    /// True between lines.
    pub(super) fn is_idle(&self) -> bool {
        matches!(self.state, State::Text) && self.line.is_empty() && self.text.is_empty()
    }

    /// Takes bytes off the front of `input` until something is found; `None` when all were taken and more are needed.
    pub(super) fn step(&mut self, input: &mut &[u8]) -> Result<Option<Found>, TransportError> {
        while !input.is_empty() {
            let found = match &mut self.state {
                State::Text => self.text_step(input)?,
                State::Literal { left, bytes } => {
                    let (now, rest) = input.split_at((*left).min(input.len()));
                    bytes.extend_from_slice(now);
                    *left -= now.len();
                    *input = rest;
                    if *left == 0 {
                        self.line.push(Part::Literal(std::mem::take(bytes)));
                        self.state = State::Text;
                    }
                    None
                }
                State::Stream { size, left } => {
                    let most = usize::try_from(*left).unwrap_or(usize::MAX).min(PIECE);
                    let (now, rest) = input.split_at(most.min(input.len()));
                    *left -= now.len() as u64;
                    *input = rest;
                    if *left == 0 {
                        self.line.push(Part::Streamed(*size));
                        self.state = State::Text;
                    }
                    Some(Found::Piece(now.to_vec()))
                }
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn text_step(&mut self, input: &mut &[u8]) -> Result<Option<Found>, TransportError> {
        let end = memchr(b'\n', input);
        let (now, rest) = input.split_at(end.map_or(input.len(), |at| at + 1));
        *input = rest;
        self.length += now.len();
        if self.length > self.max_line {
            let message = format!(
                "The server sent a line of more than {} bytes",
                self.max_line
            );
            return Err(TransportError::new(ErrorClass::Malformed, message));
        }
        self.text.extend_from_slice(now);
        if end.is_none() {
            return Ok(None);
        }
        self.text.pop();
        if self.text.last() == Some(&b'\r') {
            self.text.pop();
        }
        let mut text = std::mem::take(&mut self.text);
        // a literal shorter or longer than announced shows here
        if !self.line.is_empty() && !matches!(text.first(), None | Some(b' ' | b')')) {
            let message = "The server's literal does not end where it announced";
            return Err(
                TransportError::new(ErrorClass::Malformed, message).with_words(shown(&text))
            );
        }
        match self.announced(&text)? {
            None => {
                self.line.push(Part::Text(text));
                self.length = 0;
                Ok(Some(Found::Line(std::mem::take(&mut self.line))))
            }
            Some((at, size)) => {
                text.truncate(at);
                self.begin_literal(text, size)
            }
        }
    }

    fn begin_literal(&mut self, text: Vec<u8>, size: u64) -> Result<Option<Found>, TransportError> {
        let is_body = self.is_fetch(&text) && ends_in_body(&text);
        self.line.push(Part::Text(text));
        if is_body && size > WHOLE {
            self.state = State::Stream { size, left: size };
            return Ok(Some(Found::Begin(self.line.clone(), size)));
        }
        let length = usize::try_from(size)
            .ok()
            .filter(|_| size <= MAX_NAME.max(WHOLE));
        let Some(left) = length.filter(|_| self.line.len() < 2 * MAX_LITERALS) else {
            let message = format!(
                "The server announced a literal of {size} bytes where none of that size can be"
            );
            return Err(TransportError::new(ErrorClass::Malformed, message));
        };
        if !is_body {
            self.length += left;
        }
        if left == 0 {
            self.line.push(Part::Literal(Vec::new()));
        } else {
            // an announced size is believed only so far
            let most = usize::try_from(WHOLE).unwrap_or(left);
            self.state = State::Literal {
                left,
                bytes: Vec::with_capacity(left.min(most)),
            };
        }
        Ok(None)
    }

    /// The literal that the text announces at its end: where the announcement begins, and its size.
    fn announced(&self, text: &[u8]) -> Result<Option<(usize, u64)>, TransportError> {
        let Some(inner) = text.strip_suffix(b"}") else {
            return Ok(None);
        };
        if self.line.is_empty() && !may_hold_literals(text) {
            return Ok(None);
        }
        let Some(open) = inner.iter().rposition(|&b| b == b'{') else {
            return Ok(None);
        };
        let digits = inner[open + 1..]
            .strip_suffix(b"+")
            .unwrap_or(&inner[open + 1..]);
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return Ok(None);
        }
        let size = std::str::from_utf8(digits)
            .ok()
            .and_then(|d| d.parse().ok())
            .filter(|&n: &u64| n < 1 << 62);
        let Some(size) = size else {
            return Err(TransportError::new(
                ErrorClass::Malformed,
                "The server announced a literal of an impossible size",
            ));
        };
        // literal8 (RFC 3516)
        let start = if inner[..open].ends_with(b"~") {
            open - 1
        } else {
            open
        };
        Ok(Some((start, size)))
    }

    fn is_fetch(&self, text: &[u8]) -> bool {
        let head = match self.line.first() {
            Some(Part::Text(first)) => first,
            _ => text,
        };
        let mut words = head.split(|&b| b == b' ').filter(|w| !w.is_empty()).skip(2);
        words
            .next()
            .is_some_and(|w| w.len() >= 5 && w[..5].eq_ignore_ascii_case(b"FETCH"))
    }
}

/// The beginning of a text, for messages.
fn shown(text: &[u8]) -> String {
    text[..text.len().min(80)].escape_ascii().to_string()
}

/// Status lines and tagged lines end in free text, which may look like a literal and is none.
fn may_hold_literals(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"*") else {
        return false;
    };
    let word = rest
        .trim_ascii_start()
        .split(|&b| b == b' ')
        .next()
        .unwrap_or_default();
    !["OK", "NO", "BAD", "BYE", "PREAUTH"]
        .iter()
        .any(|status| word.eq_ignore_ascii_case(status.as_bytes()))
}

/// True when the text ends where a message's bytes follow: `BODY[] `, `BODY[]<0> `, `BINARY[] `, `RFC822 `.
fn ends_in_body(text: &[u8]) -> bool {
    let word = text
        .trim_ascii_end()
        .rsplit(|&b| b == b' ' || b == b'(')
        .next()
        .unwrap_or_default();
    let word = word.to_ascii_uppercase();
    word.starts_with(b"BODY[]") || word.starts_with(b"BINARY[]") || word == b"RFC822"
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn all(lexer: &mut Lexer, bytes: &[u8], cut: usize) -> Result<Vec<Found>, TransportError> {
        let mut found = Vec::new();
        for mut input in bytes.chunks(cut.max(1)) {
            while let Some(one) = lexer.step(&mut input)? {
                found.push(one);
            }
        }
        Ok(found)
    }

    fn text(s: &str) -> Part {
        Part::Text(s.as_bytes().to_vec())
    }

    #[test]
    fn lines_and_literals_at_every_cut() {
        let wire = b"* OK hi {3}\r\n* 1 FETCH (UID 7 BODY[] {5}\r\na\r\nb\n FLAGS ())\n* LIST () \"/\" {3}\r\na b\r\nA1 OK {4}\r\n\r\n";
        for cut in 1..wire.len() {
            let mut lexer = Lexer::new(1000);
            let lines: Vec<_> = all(&mut lexer, wire, cut).unwrap();
            assert_eq!(
                lines,
                [
                    Found::Line(vec![text("* OK hi {3}")]),
                    Found::Line(vec![
                        text("* 1 FETCH (UID 7 BODY[] "),
                        Part::Literal(b"a\r\nb\n".to_vec()),
                        text(" FLAGS ())")
                    ]),
                    Found::Line(vec![
                        text("* LIST () \"/\" "),
                        Part::Literal(b"a b".to_vec()),
                        text("")
                    ]),
                    Found::Line(vec![text("A1 OK {4}")]),
                    Found::Line(vec![text("")]),
                ],
                "cut {cut}"
            );
            assert!(lexer.is_idle());
        }
    }

    #[test]
    fn a_large_body_comes_in_pieces() {
        let size = usize::try_from(WHOLE).unwrap() + 5;
        let mut wire = format!("* 1 FETCH (UID 7 BODY[] {{{size}}}\r\n").into_bytes();
        wire.extend(std::iter::repeat_n(b'x', size));
        wire.extend_from_slice(b")\r\n");
        let found = all(&mut Lexer::new(100), &wire, 1 << 20).unwrap();
        let pieces: usize = found
            .iter()
            .map(|f| if let Found::Piece(p) = f { p.len() } else { 0 })
            .sum();
        assert_eq!(pieces, size);
        assert_eq!(
            found[0],
            Found::Begin(vec![text("* 1 FETCH (UID 7 BODY[] ")], size as u64)
        );
        let last = Found::Line(vec![
            text("* 1 FETCH (UID 7 BODY[] "),
            Part::Streamed(size as u64),
            text(")"),
        ]);
        assert_eq!(found.last(), Some(&last));
    }

    #[test]
    fn lies_and_bombs_are_errors_not_memory() {
        for (wire, part) in [
            ("* 1 FETCH (BODY[] {18446744073709551616}\r\n", "impossible"),
            (
                "* 1 FETCH (BODY[] {99999999999999999999999}\r\n",
                "impossible",
            ),
            ("* LIST () NIL {999999999}\r\n", "literal of 999999999"),
            ("* 1 FETCH (UID 1 BODY[] {3}\r\nabcdef)\r\n", "does not end"),
        ] {
            let error = all(&mut Lexer::new(1000), wire.as_bytes(), 7).unwrap_err();
            assert_eq!(error.class, ErrorClass::Malformed);
            assert!(error.message.contains(part), "{}", error.message);
        }
        let endless = vec![b'('; 2000];
        assert!(
            all(&mut Lexer::new(1000), &endless, 10)
                .unwrap_err()
                .message
                .contains("more than 1000 bytes")
        );
        let mut many = b"* LIST () NIL {1}\r\n".to_vec();
        many.extend(b"x {1}\r\n".repeat(400));
        assert!(all(&mut Lexer::new(1000), &many, 10).is_err());
    }

    #[test]
    fn sizes_that_are_no_sizes_are_text() {
        for line in [
            "* X {-1}",
            "* X {}",
            "* X {a}",
            "* X }",
            "A1 NO {5}",
            "+ {5}",
        ] {
            let found = all(&mut Lexer::new(1000), format!("{line}\r\n").as_bytes(), 3).unwrap();
            assert_eq!(found, [Found::Line(vec![text(line)])]);
        }
        let found = all(
            &mut Lexer::new(1000),
            b"* 1 FETCH (BINARY[] ~{2+}\r\nab)\r\n",
            3,
        )
        .unwrap();
        assert_eq!(
            found,
            [Found::Line(vec![
                text("* 1 FETCH (BINARY[] "),
                Part::Literal(b"ab".to_vec()),
                text(")")
            ])]
        );
    }
}

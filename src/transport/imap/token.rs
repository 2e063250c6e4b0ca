//! A logical line to tokens, tolerantly: what no rule foresees becomes an atom, never an error.

use super::lexer::Part;

/// A token of a response line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `(`
    Open,
    /// `)`
    Close,
    /// Anything unquoted, with what stands in its square brackets: `UID`, `NIL`, `BODY[HEADER.FIELDS (TO)]<0>`.
    Atom(Vec<u8>),
    /// A quoted string, unescaped.
    Quoted(Vec<u8>),
    /// A literal.
    Literal(Vec<u8>),
    /// A literal that went out in pieces before.
    Streamed(u64),
}

impl Token {
    /// The text of an atom or string.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Atom(b) | Self::Quoted(b) | Self::Literal(b) => Some(b),
            Self::Open | Self::Close | Self::Streamed(_) => None,
        }
    }

    /// The text, with what is not UTF-8 read as Latin-1.
    pub(super) fn text(&self) -> String {
        text_of(self.bytes().unwrap_or_default())
    }

    /// True for the atom of that name, in any letter case.
    pub(super) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Atom(a) if a.eq_ignore_ascii_case(name.as_bytes()))
    }

    /// The number, when it is one that fits.
    pub(super) fn number(&self) -> Option<u64> {
        std::str::from_utf8(self.bytes()?)
            .ok()
            .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))?
            .parse()
            .ok()
    }
}

/// Bytes as text: UTF-8, else Latin-1.
pub(super) fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&b| char::from(b)).collect(),
    }
}

/// True after the attributes of FETCH whose brackets may hold blanks and parentheses.
fn opens_section(word: &[u8]) -> bool {
    ["BODY", "BODY.PEEK", "BINARY", "BINARY.PEEK", "BINARY.SIZE"]
        .iter()
        .any(|name| word.eq_ignore_ascii_case(name.as_bytes()))
}

/// The tokens of a line, one after the other.
pub(super) struct Tokens {
    parts: std::vec::IntoIter<Part>,
    text: Vec<u8>,
    at: usize,
}

impl Tokens {
    pub(super) fn new(parts: Vec<Part>) -> Self {
        Self {
            parts: parts.into_iter(),
            text: Vec::new(),
            at: 0,
        }
    }

    fn quoted(&mut self) -> Token {
        let mut bytes = Vec::new();
        self.at += 1;
        while let Some(&b) = self.text.get(self.at) {
            self.at += 1;
            match b {
                b'"' => break,
                b'\\' => {
                    if let Some(&escaped) = self.text.get(self.at) {
                        bytes.push(escaped);
                        self.at += 1;
                    }
                }
                _ => bytes.push(b),
            }
        }
        Token::Quoted(bytes)
    }

    fn atom(&mut self) -> Token {
        let start = self.at;
        let mut is_in_brackets = false;
        while let Some(&b) = self.text.get(self.at) {
            match b {
                b'[' if opens_section(&self.text[start..self.at]) => is_in_brackets = true,
                b']' => is_in_brackets = false,
                b' ' | b'(' | b')' | b'\t' if !is_in_brackets => break,
                _ => {}
            }
            self.at += 1;
        }
        Token::Atom(self.text[start..self.at].to_vec())
    }

    /// Steps over one value: a token, or a list with all that is in it.
    pub(super) fn skip_value(&mut self) {
        let mut depth = 0usize;
        for token in self {
            match token {
                Token::Open => depth += 1,
                Token::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// The texts of the list that comes next (nested lists are flattened); empty when no list comes.
    pub(super) fn list(&mut self) -> Vec<Token> {
        let mut found = Vec::new();
        let mut depth = 0usize;
        for token in self {
            match token {
                Token::Open => depth += 1,
                Token::Close => depth = depth.saturating_sub(1),
                other => found.push(other),
            }
            if depth == 0 {
                break;
            }
        }
        found
    }

    /// What is left of the current text, for lines that end in free text.
    pub(super) fn rest(&mut self) -> Vec<u8> {
        if self.text.is_empty()
            && let Some(Part::Text(text)) = self.parts.next()
        {
            self.text = text;
        }
        let rest = self
            .text
            .get(self.at..)
            .unwrap_or_default()
            .trim_ascii_start()
            .to_vec();
        self.at = self.text.len();
        rest
    }
}

impl Iterator for Tokens {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            match self.text.get(self.at) {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'(') => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                Some(b')') => {
                    self.at += 1;
                    return Some(Token::Close);
                }
                Some(b'"') => return Some(self.quoted()),
                Some(_) => return Some(self.atom()),
                None => match self.parts.next()? {
                    Part::Text(text) => {
                        self.text = text;
                        self.at = 0;
                    }
                    Part::Literal(bytes) => return Some(Token::Literal(bytes)),
                    Part::Streamed(size) => return Some(Token::Streamed(size)),
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        Tokens::new(vec![Part::Text(text.as_bytes().to_vec())]).collect()
    }

    fn atom(s: &str) -> Token {
        Token::Atom(s.as_bytes().to_vec())
    }

    #[test]
    fn tokens_of_odd_lines() {
        for (line, expected) in [
            ("", vec![]),
            (
                "  * 1  FETCH ( )",
                vec![
                    atom("*"),
                    atom("1"),
                    atom("FETCH"),
                    Token::Open,
                    Token::Close,
                ],
            ),
            (
                "BODY[HEADER.FIELDS (TO CC)]<0> x",
                vec![atom("BODY[HEADER.FIELDS (TO CC)]<0>"), atom("x")],
            ),
            (
                r#""a\"b\\c" x"#,
                vec![Token::Quoted(br#"a"b\c"#.to_vec()), atom("x")],
            ),
            (
                "\"never closed",
                vec![Token::Quoted(b"never closed".to_vec())],
            ),
            ("\"ends in \\", vec![Token::Quoted(b"ends in ".to_vec())]),
            (
                "(a)b)",
                vec![
                    Token::Open,
                    atom("a"),
                    Token::Close,
                    atom("b"),
                    Token::Close,
                ],
            ),
            ("BODY[never closed (", vec![atom("BODY[never closed (")]),
            (
                "([odd \\Seen)",
                vec![Token::Open, atom("[odd"), atom("\\Seen"), Token::Close],
            ),
        ] {
            assert_eq!(tokens(line), expected, "{line}");
        }
    }

    #[test]
    fn a_million_parentheses_take_no_stack() {
        let mut tokens = Tokens::new(vec![Part::Text([b'('; 1_000_000].to_vec())]);
        tokens.skip_value();
        assert_eq!(tokens.next(), None);
    }
}

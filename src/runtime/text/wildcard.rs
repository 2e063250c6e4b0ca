//! `*`, `?` and `[a-z]` patterns, with the backtick as escape.

use crate::runtime::types::key::same_text;

/// A pattern, read once.
#[derive(Clone, Debug)]
pub struct Wildcard {
    pieces: Vec<Piece>,
    sensitive: bool,
}

#[derive(Clone, Debug)]
enum Piece {
    /// `*`
    Any,
    /// `?`
    One,
    /// Itself.
    Letter(char),
    /// One of these ranges.
    Set(Vec<(char, char)>),
}

impl Wildcard {
    /// A pattern that takes letters in any case. A set without its `]` is taken letter by letter.
    pub fn new(pattern: &str) -> Wildcard {
        Wildcard::with_case(pattern, false)
    }

    /// A pattern in which case counts, or not.
    pub fn with_case(pattern: &str, sensitive: bool) -> Wildcard {
        let letters: Vec<char> = pattern.chars().collect();
        let mut pieces = Vec::new();
        let mut i = 0;
        while let Some(&c) = letters.get(i) {
            i += 1;
            pieces.push(match c {
                '*' => Piece::Any,
                '?' => Piece::One,
                '`' => {
                    let escaped = letters.get(i).copied();
                    i += 1;
                    Piece::Letter(escaped.unwrap_or('`'))
                }
                '[' => match set(&letters[i..]) {
                    Some((ranges, used)) => {
                        i += used;
                        Piece::Set(ranges)
                    }
                    None => Piece::Letter('['),
                },
                letter => Piece::Letter(letter),
            });
        }
        Wildcard { pieces, sensitive }
    }

    /// Whether a text has signs with a meaning in patterns.
    pub fn is_pattern(text: &str) -> bool {
        let mut escaped = false;
        text.chars().any(|c| {
            let special = !escaped && matches!(c, '*' | '?' | '[');
            escaped = c == '`' && !escaped;
            special
        })
    }

    /// The text with every sign escaped that has a meaning in patterns.
    pub fn escape(text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            if matches!(c, '*' | '?' | '[' | ']') {
                out.push('`');
            }
            out.push(c);
        }
        out
    }

    /// The text without escapes.
    pub fn unescape(text: &str) -> String {
        let mut out = String::new();
        let mut letters = text.chars().peekable();
        while let Some(c) = letters.next() {
            match letters.peek() {
                Some(&next) if c == '`' && matches!(next, '*' | '?' | '[' | ']') => {
                    out.push(next);
                    letters.next();
                }
                _ => out.push(c),
            }
        }
        out
    }

    /// Whether the pattern takes the whole text.
    pub fn matches(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        let (mut p, mut t) = (0, 0);
        let mut star: Option<(usize, usize)> = None;
        while t < letters.len() {
            match self.pieces.get(p) {
                Some(Piece::Any) => {
                    star = Some((p, t));
                    p += 1;
                    continue;
                }
                Some(piece) if self.takes(piece, letters[t]) => {
                    p += 1;
                    t += 1;
                    continue;
                }
                _ => {}
            }
            let Some((star_at, from)) = star else {
                return false;
            };
            star = Some((star_at, from + 1));
            p = star_at + 1;
            t = from + 1;
        }
        self.pieces[p..]
            .iter()
            .all(|piece| matches!(piece, Piece::Any))
    }

    fn takes(&self, piece: &Piece, letter: char) -> bool {
        match piece {
            Piece::Any | Piece::One => true,
            Piece::Letter(own) => self.same(*own, letter),
            Piece::Set(ranges) => ranges.iter().any(|(from, to)| {
                (*from..=*to).contains(&letter)
                    || !self.sensitive
                        && (other_case(letter).is_some_and(|other| (*from..=*to).contains(&other)))
            }),
        }
    }

    fn same(&self, a: char, b: char) -> bool {
        a == b
            || !self.sensitive
                && same_text(
                    a.encode_utf8(&mut [0; 4]),
                    b.encode_utf8(&mut [0; 4]),
                    false,
                )
    }
}

fn other_case(letter: char) -> Option<char> {
    let mut other = letter.to_lowercase();
    let lower = other.next().filter(|c| *c != letter);
    lower.or_else(|| letter.to_uppercase().next().filter(|c| *c != letter))
}

/// The ranges of a set after its `[`, and how many letters it takes.
fn set(letters: &[char]) -> Option<(Vec<(char, char)>, usize)> {
    let mut members: Vec<(char, bool)> = Vec::new();
    let mut i = 0;
    loop {
        match letters.get(i)? {
            ']' if !members.is_empty() => break,
            '`' => {
                i += 1;
                members.push((*letters.get(i)?, true));
            }
            c => members.push((*c, false)),
        }
        i += 1;
    }
    let mut ranges = Vec::new();
    let mut k = 0;
    while let Some(&(from, _)) = members.get(k) {
        match (members.get(k + 1), members.get(k + 2)) {
            (Some(('-', false)), Some(&(to, _))) => {
                ranges.push((from.min(to), from.max(to)));
                k += 3;
            }
            _ => {
                ranges.push((from, from));
                k += 1;
            }
        }
    }
    Some((ranges, i + 1))
}

#[cfg(test)]
mod tests {
    use super::Wildcard;

    #[test]
    fn patterns() {
        let table = [
            ("mail*", "mailbox", true),
            ("*BOX", "mailbox", true),
            ("m?ilbox", "mailbox", true),
            ("[l-n]*", "mailbox", true),
            ("x*", "mailbox", false),
            ("mail", "mailbox", false),
            ("a`[b`]", "a[b]", true),
            ("a`*", "a*", true),
            ("a`*", "abc", false),
            ("*", "", true),
            ("?", "", false),
            ("[[]a]", "[a]", true),
            ("*.t?t", "file.txt", true),
            ("*a*b*c", "xxaxxbxxc", true),
            ("[", "[", true),
        ];
        for (pattern, text, wanted) in table {
            assert_eq!(
                Wildcard::new(pattern).matches(text),
                wanted,
                "{pattern} {text}"
            );
        }
        assert!(!Wildcard::with_case("*BOX", true).matches("mailbox"));
        assert!(Wildcard::is_pattern("a*") && !Wildcard::is_pattern("a`*"));
    }
}

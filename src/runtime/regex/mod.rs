//! .NET regular expressions over `fancy-regex`: the syntax is translated, groups are numbered as .NET numbers them.

mod replace;
mod translate;

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use fancy_regex::{Regex, RegexBuilder};

use super::eval::flow::Run;

/// `RegexOptions` that change what matches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub struct Options {
    pub ignore_case: bool,
    pub multiline: bool,
    pub singleline: bool,
    pub ignore_whitespace: bool,
    pub explicit_capture: bool,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegexError {
    /// The pattern is no regular expression; .NET's sentence.
    Parse(String),
    /// Matching took more steps than allowed.
    TooHard,
}

impl fmt::Display for RegexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RegexError::Parse(message) => f.write_str(message),
            RegexError::TooHard => f.write_str(
                "The regular expression needs too many steps on this text: it tries the same letters over and over. \
                 Make its repetitions more exact.",
            ),
        }
    }
}

/// Steps of backtracking after which a match is given up.
const STEP_LIMIT: usize = 10_000_000;
/// Patterns kept for the next use.
const CACHE_SIZE: usize = 256;

/// A regular expression ready to use.
pub struct Pattern {
    source: Rc<str>,
    options: Options,
    /// Right for texts that do not end in a line feed.
    plain: Regex,
    /// Right for all texts: `$` also stands before a last line feed. `None` when there is no difference.
    translated: translate::Translated,
    before_newline: OnceCell<Result<Regex, RegexError>>,
}

/// A match; offsets are bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The whole match first, then .NET's order: groups without names, then those with.
    pub groups: Vec<Group>,
}

/// A group of a match.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name, or its number in digits.
    pub name: Rc<str>,
    /// Where it matched; `None` when it took no part.
    pub span: Option<(usize, usize)>,
}

impl Found {
    /// Start of the whole match.
    pub fn start(&self) -> usize {
        self.span().0
    }

    /// End of the whole match.
    pub fn end(&self) -> usize {
        self.span().1
    }

    fn span(&self) -> (usize, usize) {
        self.groups
            .first()
            .and_then(|group| group.span)
            .unwrap_or_default()
    }
}

type Cache = HashMap<(Rc<str>, Options), Rc<Pattern>>;

thread_local! {
    static CACHE: RefCell<Cache> = RefCell::default();
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`RegexError::Parse`]
    pub fn new(source: &str, options: Options) -> Result<Pattern, RegexError> {
        let translated = translate::translate(source, options).map_err(RegexError::Parse)?;
        let plain = compile(source, &translated.plain)?;
        Ok(Pattern {
            source: Rc::from(source),
            options,
            plain,
            translated,
            before_newline: OnceCell::new(),
        })
    }

    /// As [`Pattern::new`], remembering it for the next time.
    ///
    /// # Errors
    /// As [`Pattern::new`].
    pub fn cached(source: &str, options: Options) -> Result<Rc<Pattern>, RegexError> {
        let key = (Rc::from(source), options);
        if let Some(known) = CACHE.with_borrow(|cache| cache.get(&key).cloned()) {
            return Ok(known);
        }
        let made = Rc::new(Pattern::new(source, options)?);
        CACHE.with_borrow_mut(|cache| {
            if cache.len() >= CACHE_SIZE {
                cache.clear();
            }
            cache.insert(key, made.clone());
        });
        Ok(made)
    }

    /// The pattern as it was written.
    pub fn source(&self) -> &Rc<str> {
        &self.source
    }

    /// Its options.
    pub fn options(&self) -> Options {
        self.options
    }

    /// Names of its groups in .NET's order; the first is `0`.
    pub fn group_names(&self) -> Vec<Rc<str>> {
        self.translated
            .groups
            .iter()
            .map(|group| group.name.clone())
            .collect()
    }

    fn regex_for(&self, text: &str) -> Result<&Regex, RegexError> {
        match &self.translated.before_newline {
            Some(pattern) if text.ends_with('\n') => {
                let made = self
                    .before_newline
                    .get_or_init(|| compile(&self.source, pattern));
                made.as_ref().map_err(Clone::clone)
            }
            _ => Ok(&self.plain),
        }
    }

    /// Whether the text has a match.
    ///
    /// # Errors
    /// [`RegexError::TooHard`]
    pub fn is_match(&self, text: &str) -> Result<bool, RegexError> {
        self.regex_for(text)?
            .is_match(text)
            .map_err(|_| RegexError::TooHard)
    }

    /// The first match that starts at a byte offset or after it.
    ///
    /// # Errors
    /// [`RegexError::TooHard`]
    pub fn find_at(&self, text: &str, start: usize) -> Result<Option<Found>, RegexError> {
        if start > text.len() {
            return Ok(None);
        }
        let captures = self
            .regex_for(text)?
            .captures_from_pos(text, start)
            .map_err(|_| RegexError::TooHard)?;
        Ok(captures.map(|captures| {
            let group = |info: &translate::GroupInfo| {
                let span = info
                    .numbers
                    .iter()
                    .rev()
                    .find_map(|n| captures.get(*n))
                    .map(|m| (m.start(), m.end()));
                Group {
                    name: info.name.clone(),
                    span,
                }
            };
            Found {
                groups: self.translated.groups.iter().map(group).collect(),
            }
        }))
    }

    /// The first match after another one.
    ///
    /// # Errors
    /// [`RegexError::TooHard`]
    pub fn find_after(&self, text: &str, last: &Found) -> Result<Option<Found>, RegexError> {
        let next = if last.start() == last.end() {
            next_letter(text, last.end())
        } else {
            last.end()
        };
        self.find_at(text, next)
    }

    /// All matches from a byte offset on.
    ///
    /// # Errors
    /// [`RegexError::TooHard`]
    pub fn find_all(&self, text: &str, start: usize) -> Result<Vec<Found>, RegexError> {
        let mut all = Vec::new();
        let mut next = self.find_at(text, start)?;
        while let Some(found) = next {
            next = self.find_after(text, &found)?;
            all.push(found);
        }
        Ok(all)
    }

    /// The text with matches replaced; `$1`, `${name}`, `$&` and so on have their meaning. `count` below 0 means all.
    ///
    /// # Errors
    /// [`RegexError::TooHard`]
    pub fn replace(
        &self,
        text: &str,
        replacement: &str,
        count: i32,
        start: usize,
    ) -> Result<String, RegexError> {
        let parts = replace::read(replacement, &self.group_names());
        let mut out = String::with_capacity(text.len());
        let mut last = 0;
        for found in self.limited(text, count, start)? {
            out.push_str(text.get(last..found.start()).unwrap_or_default());
            replace::write(&mut out, &parts, text, &found);
            last = found.end();
        }
        out.push_str(text.get(last..).unwrap_or_default());
        Ok(out)
    }

    /// What a replacement pattern gives for one match.
    pub fn expand(&self, replacement: &str, text: &str, found: &Found) -> String {
        let mut out = String::new();
        replace::write(
            &mut out,
            &replace::read(replacement, &self.group_names()),
            text,
            found,
        );
        out
    }

    /// The text with every match replaced by what a function says.
    ///
    /// # Errors
    /// Those of the function, and of matching.
    pub fn replace_with(
        &self,
        text: &str,
        count: i32,
        start: usize,
        mut with: impl FnMut(&Found) -> Run<String>,
    ) -> Run<String> {
        let mut out = String::with_capacity(text.len());
        let mut last = 0;
        for found in self
            .limited(text, count, start)
            .map_err(super::operators::regex_failed)?
        {
            out.push_str(text.get(last..found.start()).unwrap_or_default());
            out.push_str(&with(&found)?);
            last = found.end();
        }
        out.push_str(text.get(last..).unwrap_or_default());
        Ok(out)
    }

    fn limited(&self, text: &str, count: i32, start: usize) -> Result<Vec<Found>, RegexError> {
        let Ok(count) = usize::try_from(count) else {
            return self.find_all(text, start);
        };
        let mut all = Vec::new();
        let mut next = if count > 0 {
            self.find_at(text, start)?
        } else {
            None
        };
        while let Some(found) = next {
            next = if all.len() + 1 < count {
                self.find_after(text, &found)?
            } else {
                None
            };
            all.push(found);
        }
        Ok(all)
    }

    /// The pieces between matches, with what groups matched. A limit above 0 leaves the rest in the last piece, one below 0
    /// leaves it in the first.
    ///
    /// # Errors
    /// [`RegexError::TooHard`]
    pub fn split_limited(&self, text: &str, limit: i32) -> Result<Vec<String>, RegexError> {
        let mut all = if limit > 0 {
            self.limited(text, limit - 1, 0)?
        } else {
            self.find_all(text, 0)?
        };
        if limit < 0 {
            let keep = limit.unsigned_abs() as usize - 1;
            all.drain(..all.len().saturating_sub(keep));
        }
        let mut pieces = Vec::new();
        let mut last = 0;
        for found in &all {
            pieces.push(text.get(last..found.start()).unwrap_or_default().to_owned());
            for (start, end) in found.groups.iter().skip(1).filter_map(|group| group.span) {
                pieces.push(text.get(start..end).unwrap_or_default().to_owned());
            }
            last = found.end();
        }
        pieces.push(text.get(last..).unwrap_or_default().to_owned());
        Ok(pieces)
    }
}

fn compile(source: &str, pattern: &str) -> Result<Regex, RegexError> {
    RegexBuilder::new(pattern)
        .backtrack_limit(STEP_LIMIT)
        .build()
        .map_err(|error| {
            let why = error.to_string();
            let why = why
                .lines()
                .last()
                .unwrap_or_default()
                .trim_start_matches("error: ")
                .to_owned();
            RegexError::Parse(format!("Invalid pattern '{source}': {why}"))
        })
}

/// The offset after the letter at an offset; past the end when there is none.
fn next_letter(text: &str, at: usize) -> usize {
    at + text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(1, char::len_utf8)
}

/// `[regex]::Escape`
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{c}' => out.push_str("\\f"),
            '\\' | '*' | '+' | '?' | '|' | '{' | '[' | '(' | ')' | '^' | '$' | '.' | '#' | ' ' => {
                out.push('\\');
                out.push(c);
            }
            other => out.push(other),
        }
    }
    out
}

/// `[regex]::Unescape`
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('f') => out.push('\u{c}'),
            Some('v') => out.push('\u{b}'),
            Some('a') => out.push('\u{7}'),
            Some('e') => out.push('\u{1b}'),
            Some(mark @ ('x' | 'u')) => {
                let digits: String = letters
                    .clone()
                    .take(if mark == 'x' { 2 } else { 4 })
                    .collect();
                match u32::from_str_radix(&digits, 16)
                    .ok()
                    .and_then(char::from_u32)
                {
                    Some(c) => {
                        out.push(c);
                        letters.nth(digits.len() - 1);
                    }
                    None => out.push(mark),
                }
            }
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn texts(pattern: &str, text: &str) -> Vec<String> {
        let pattern = Pattern::new(
            pattern,
            Options {
                ignore_case: true,
                ..Options::default()
            },
        )
        .unwrap();
        let all = pattern.find_all(text, 0).unwrap();
        all.iter()
            .map(|found| text[found.start()..found.end()].to_owned())
            .collect()
    }

    #[test]
    fn dotnet_syntax_is_understood() {
        let table: [(&str, &str, &[&str]); 22] = [
            (r"^user(\d+)$", "user01\n", &["user01"]),
            (r"(?'n'a)\k'n'", "aab", &["aa"]),
            (r"(?<n>a)\k<n>", "aab", &["aa"]),
            (r"[a-z-[aeiou]]+", "hello", &["h", "ll"]),
            (r"\<b\>", "<b>", &["<b>"]),
            (r"[[\]]", "a[b]", &["[", "]"]),
            (r"[]a]", "]", &["]"]),
            (r"a{,2}", "a{,2}", &["a{,2}"]),
            (r"\u0041\x42", "AB", &["AB"]),
            (r"(?<=\$)\d+", "$42", &["42"]),
            (r"(?!a)\w", "ab", &["b"]),
            (r"(?x) a b # note", "ab", &["ab"]),
            (r"(?#note)a", "a", &["a"]),
            (r"a(?-i)B|c", "aB ab C c", &["aB", "c"]),
            (r"(?m)^\w$", "a\nb\n", &["a", "b"]),
            (r"(?s)a.b", "a\nb", &["a\nb"]),
            (r"(?n)(a)(?<x>b)", "ab", &["ab"]),
            (r"[&&~~-]+", "&~-", &["&~-"]),
            (r"\e|\cA", "\u{1b}\u{1}", &["\u{1b}", "\u{1}"]),
            (r"(?>a+)b", "aab", &["aab"]),
            (r"(a)(b)?\1", "aa", &["aa"]),
            (r"a\z", "a\n", &[]),
        ];
        for (pattern, text, wanted) in table {
            assert_eq!(texts(pattern, text), wanted, "{pattern}");
        }
    }

    #[test]
    fn groups_without_names_come_first() {
        let pattern = Pattern::new(r"(?<k>\w+)=(\w+)", Options::default()).unwrap();
        let found = pattern.find_at("a=b", 0).unwrap().unwrap();
        let shown: Vec<_> = found
            .groups
            .iter()
            .map(|g| (g.name.to_string(), g.span))
            .collect();
        assert_eq!(
            shown,
            [
                ("0".into(), Some((0, 3))),
                ("1".into(), Some((2, 3))),
                ("k".into(), Some((0, 1)))
            ]
        );
    }

    #[test]
    fn replacement_and_split() {
        let pattern = Pattern::new(r"(?<a>\w)(\d)", Options::default()).unwrap();
        assert_eq!(
            pattern.replace("x1y2", "$1${a}$$[$&]$9", -1, 0).unwrap(),
            "1x$[x1]$92y$[y2]$9"
        );
        assert_eq!(pattern.replace("x1y2", "-", 1, 0).unwrap(), "-y2");
        let split = |p: &str, text: &str, limit| {
            Pattern::new(p, Options::default())
                .unwrap()
                .split_limited(text, limit)
                .unwrap()
        };
        assert_eq!(split(r"(\d)", "a1b2c", 0), ["a", "1", "b", "2", "c"]);
        assert_eq!(split(",", "a,b,c", 2), ["a", "b,c"]);
        assert_eq!(split(",", "a,b,c", -2), ["a,b", "c"]);
        assert_eq!(split("", "abc", 0), ["", "a", "b", "c", ""]);
    }

    #[test]
    fn a_bad_pattern_is_told_not_crashed_on() {
        for bad in [
            "(",
            ")",
            "[a",
            "*a",
            "a**",
            "(?<n",
            "\\",
            "(?<1a>x)",
            "[z-a]",
            "\\k<none>",
            "(?z)",
        ] {
            assert!(
                matches!(
                    Pattern::new(bad, Options::default()),
                    Err(RegexError::Parse(_))
                ),
                "{bad}"
            );
        }
        let deep = "(".repeat(100_000);
        assert!(Pattern::new(&deep, Options::default()).is_err());
    }
}

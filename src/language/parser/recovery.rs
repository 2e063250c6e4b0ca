//! Going on after an error.

use super::super::lexical;
use super::super::{Span, TokenKind, problem};
use super::Parser;
use super::trivia::skip_trivia;

impl Parser<'_> {
    /// Reports what comes next as a token that does not belong here.
    pub(super) fn unexpected_token(&mut self) {
        self.blanks();
        if self.at_end() {
            return;
        }
        let start = self.offset();
        let span = Span::new(start, start + self.token_length() as u32);
        self.report_unterminated_in(span);
        self.report(problem::UNEXPECTED_TOKEN, span, self.slice(span));
    }

    /// Moves over what comes next.
    pub(super) fn skip_token(&mut self) {
        let length = self.token_length();
        self.take(length, TokenKind::Unknown);
    }

    /// Length of the token that comes next, read as loosely as an error message needs it.
    fn token_length(&self) -> usize {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return 0;
        };
        for pair in [
            "\r\n", "&&", "||", "::", "..", "++", "--", "$(", "@(", "@{", "??",
        ] {
            if rest.starts_with(pair) {
                return pair.len();
            }
        }
        let expression = "=!+*/%[]?:".contains(first) && !rest.starts_with(":label");
        if lexical::ends_word(first) || expression {
            return first.len_utf8();
        }
        let quoted = lexical::is_single_quote(first) || lexical::is_double_quote(first);
        if quoted {
            return quoted_length(rest);
        }
        if first == '$' || first.is_ascii_digit() {
            let name = rest
                .char_indices()
                .skip(1)
                .find(|&(_, c)| !(lexical::is_name(c) || matches!(c, ':' | '.')));
            return name.map_or(rest.len(), |(at, _)| at);
        }
        word_length(rest)
    }

    /// Reports a string that the token opens and never closes.
    fn report_unterminated_in(&mut self, span: Span) {
        let text = self.slice(span);
        let Some(at) = text.find(|c| lexical::is_single_quote(c) || lexical::is_double_quote(c))
        else {
            return;
        };
        let string = text.get(at..).unwrap_or_default();
        if span.end as usize == self.text.len() && !is_terminated(string) {
            let start = span.start + at as u32;
            let single = string.starts_with(lexical::is_single_quote);
            let terminator = if single { "'" } else { "\"" };
            self.push_error(
                problem::TERMINATOR_EXPECTED_AT_END_OF_STRING,
                Span::new(start, span.end),
                terminator,
                true,
            );
        }
    }

    /// Moves over `{ … }` without reading what is in it.
    pub(super) fn skip_braces(&mut self) {
        let length = balanced_length(self.rest()).unwrap_or(self.rest().len());
        self.take(length, TokenKind::Unknown);
    }

    /// Whether `param` follows, perhaps after attributes.
    pub(super) fn param_ahead(&self) -> bool {
        let mut rest = skip_trivia(self.rest(), true);
        while rest.starts_with('[') {
            let Some(length) = balanced_length(rest) else {
                return false;
            };
            rest = skip_trivia(rest.get(length..).unwrap_or_default(), true);
        }
        let Ok((rest, word)) = lexical::identifier(rest) else {
            return false;
        };
        word.eq_ignore_ascii_case("param") && skip_trivia(rest, true).starts_with('(')
    }

    /// After giving up: the rest of the text as loose tokens.
    pub(super) fn tokens_of_the_rest(&mut self) {
        self.pos = self
            .tokens
            .last()
            .map_or(0, |token| token.span.end as usize);
        while !self.at_end() {
            self.newlines();
            let Some(first) = self.peek() else { return };
            let kind = match first {
                '(' | ')' | '{' | '}' | '[' | ']' => TokenKind::Bracket,
                ';' => TokenKind::Separator,
                '$' => TokenKind::Variable,
                '0'..='9' => TokenKind::Number,
                c if lexical::is_single_quote(c) || lexical::is_double_quote(c) => {
                    TokenKind::StringLiteral
                }
                c if lexical::ends_word(c) => TokenKind::Operator,
                _ => TokenKind::Argument,
            };
            let length = self.token_length().max(first.len_utf8());
            self.take(length, kind);
        }
    }
}

/// Length of a bareword, quoted pieces in it included.
fn word_length(text: &str) -> usize {
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        at += match c {
            c if lexical::ends_word(c) => break,
            '`' => lexical::escape(rest).map_or(rest.len(), |(after, _)| rest.len() - after.len()),
            c if lexical::is_single_quote(c) || lexical::is_double_quote(c) => quoted_length(rest),
            c => c.len_utf8(),
        };
    }
    at
}

/// Length of a string with its quotes; all of the text when it does not end.
fn quoted_length(text: &str) -> usize {
    string_end(text).unwrap_or(text.len())
}

fn is_terminated(text: &str) -> bool {
    string_end(text).is_some()
}

/// Where the string at the beginning of a text ends. Brackets in it are not looked into.
fn string_end(text: &str) -> Option<usize> {
    let single = text.starts_with(lexical::is_single_quote);
    let is_quote = if single {
        lexical::is_single_quote
    } else {
        lexical::is_double_quote
    };
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '`' && !single {
            chars.next();
        } else if is_quote(c) && chars.next_if(|&(_, next)| is_quote(next)).is_none() {
            return Some(at + c.len_utf8());
        }
    }
    None
}

/// Length of the bracketed text at the beginning; `None` when its brackets do not pair.
fn balanced_length(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let c = rest.chars().next()?;
        at += match c {
            '#' => lexical::line_comment(rest).map_or(1, |(after, _)| rest.len() - after.len()),
            '<' => lexical::block_comment(rest).map_or(1, |(after, _)| rest.len() - after.len()),
            '`' => lexical::escape(rest).map_or(1, |(after, _)| rest.len() - after.len()),
            c if lexical::is_single_quote(c) || lexical::is_double_quote(c) => string_end(rest)?,
            c => {
                match c {
                    '(' | '[' | '{' => open.push(c),
                    ')' | ']' | '}' => {
                        let pairs =
                            matches!((open.pop()?, c), ('(', ')') | ('[', ']') | ('{', '}'));
                        if !pairs {
                            return None;
                        }
                    }
                    _ => {}
                }
                c.len_utf8()
            }
        };
        if open.is_empty() {
            return Some(at);
        }
    }
}

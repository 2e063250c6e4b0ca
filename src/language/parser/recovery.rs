//! Going on after an error.

use super::super::lexical::{self, Lexed};
use super::super::{Span, TokenKind, problem};
use super::Parser;
use super::trivia::skip_trivia;

/// Strings in brackets in strings: how deep a look ahead goes.
const MAX_SCAN_DEPTH: u32 = 100;

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

    /// Where the token that comes next ends.
    pub(super) fn next_token_end(&self) -> u32 {
        self.offset() + self.token_length() as u32
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
        if lexical::word_end(first) || expression {
            return first.len_utf8();
        }
        let quoted = lexical::single_quote_char(first) || lexical::double_quote_char(first);
        if quoted {
            return quoted_length(rest);
        }
        if let (true, Ok((after, _))) = (self.number_ahead(), lexical::number(rest)) {
            return rest.len() - after.len();
        }
        if first == '$' || first.is_ascii_digit() {
            let name = rest
                .char_indices()
                .skip(1)
                .find(|&(_, c)| !(lexical::name_char(c) || matches!(c, ':' | '.')));
            return name.map_or(rest.len(), |(at, _)| at);
        }
        word_length(rest)
    }

    /// Reports a string that the token opens and never closes.
    fn report_unterminated_in(&mut self, span: Span) {
        let text = self.slice(span);
        let Some(at) =
            text.find(|c| lexical::single_quote_char(c) || lexical::double_quote_char(c))
        else {
            return;
        };
        let string = text.get(at..).unwrap_or_default();
        if span.end as usize == self.text.len() && !is_terminated(string) {
            let start = span.start + at as u32;
            let single = string.starts_with(lexical::single_quote_char);
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
        let length = balanced_length(self.rest(), 0).unwrap_or(self.rest().len());
        self.take(length, TokenKind::Unknown);
    }

    /// Whether `param` follows, perhaps after attributes.
    pub(super) fn param_follows(&self) -> bool {
        let mut rest = skip_trivia(self.rest(), true);
        while rest.starts_with('[') {
            let Some(length) = balanced_length(rest, 0) else {
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
                c if lexical::single_quote_char(c) || lexical::double_quote_char(c) => {
                    TokenKind::StringLiteral
                }
                c if lexical::word_end(c) => TokenKind::Operator,
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
            c if lexical::word_end(c) => break,
            '`' => lexical::escape(rest).map_or(rest.len(), |(after, _)| rest.len() - after.len()),
            c if lexical::single_quote_char(c) || lexical::double_quote_char(c) => {
                quoted_length(rest)
            }
            c => c.len_utf8(),
        };
    }
    at
}

/// Length of a string with its quotes; all of the text when it does not end.
fn quoted_length(text: &str) -> usize {
    string_end(text, 0).unwrap_or(text.len())
}

fn is_terminated(text: &str) -> bool {
    string_end(text, 0).is_some()
}

/// Where the string at the beginning of a text ends.
fn string_end(text: &str, depth: u32) -> Option<usize> {
    let single = text.starts_with(lexical::single_quote_char);
    let is_quote = if single {
        lexical::single_quote_char
    } else {
        lexical::double_quote_char
    };
    let mut at = text.chars().next()?.len_utf8();
    loop {
        let rest = text.get(at..)?;
        let c = rest.chars().next()?;
        at += c.len_utf8();
        if c == '`' && !single {
            at += text.get(at..)?.chars().next()?.len_utf8();
        } else if c == '$' && !single && rest.starts_with("$(") {
            at += balanced_length(text.get(at..)?, depth + 1)?;
        } else if !single && rest.starts_with("$$") {
            at += 1;
        } else if !single && rest.starts_with("${") {
            at += braced_length(rest)? - 1;
        } else if is_quote(c) {
            match text
                .get(at..)?
                .chars()
                .next()
                .filter(|&next| is_quote(next))
            {
                Some(doubled) => at += doubled.len_utf8(),
                None => return Some(at),
            }
        }
    }
}

/// Length of the bracketed text at the beginning; `None` when its brackets do not pair.
fn balanced_length(text: &str, depth: u32) -> Option<usize> {
    if depth > MAX_SCAN_DEPTH {
        return None;
    }
    let mut open = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let c = rest.chars().next()?;
        let before = text.get(..at)?.chars().next_back();
        let fresh = before.is_none_or(lexical::number_end);
        let read = |rule: Lexed<'_, &str>| rule.map_or(1, |(after, _)| rest.len() - after.len());
        at += match c {
            '#' if fresh => read(lexical::line_comment(rest)),
            '<' if fresh => read(lexical::block_comment(rest)),
            '`' => lexical::escape(rest).map_or(1, |(after, _)| rest.len() - after.len()),
            '$' if rest.starts_with("$$") => 2,
            '$' if rest.starts_with("${") => braced_length(rest)?,
            c if lexical::single_quote_char(c) || lexical::double_quote_char(c) => {
                string_end(rest, depth)?
            }
            c => {
                // Square brackets count only among themselves: in parentheses and braces they may be parts of words.
                let among_words = matches!(open.last(), Some('(' | '{'));
                if matches!(c, '(' | '{') || (c == '[' && !among_words) {
                    open.push(c);
                } else if matches!(c, ')' | '}') || (c == ']' && !among_words) {
                    let pairs = matches!((open.pop()?, c), ('(', ')') | ('[', ']') | ('{', '}'));
                    pairs.then_some(())?;
                }
                c.len_utf8()
            }
        };
        if open.is_empty() {
            return Some(at);
        }
    }
}

/// Length of `${name}` at the beginning.
fn braced_length(text: &str) -> Option<usize> {
    let name = lexical::braced_name(text.get(2..)?).map_or(0, |(_, name)| name.len());
    text.get(2 + name..)?.starts_with('}').then_some(name + 3)
}

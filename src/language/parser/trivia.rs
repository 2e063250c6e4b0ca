//! Blanks, comments and line ends between tokens.

use super::super::lexical;
use super::super::problem;
use super::super::{Span, TokenKind};
use super::Parser;

impl Parser<'_> {
    /// `blanks = { blank | line_continuation | line_comment | block_comment } ;`
    pub(super) fn blanks(&mut self) {
        loop {
            let start = self.offset();
            match self.peek() {
                Some('`')
                    if self
                        .lex_token(TokenKind::LineContinuation, lexical::line_continuation)
                        .is_some() => {}
                Some('`') if self.pos + 1 == self.text.len() => {
                    let past = self.text.len() as u32 + 1;
                    self.take(1, TokenKind::LineContinuation);
                    self.push_error(
                        problem::INCOMPLETE_STRING,
                        Span::new(past, past + 1),
                        "",
                        true,
                    );
                }
                Some('#') => {
                    self.lex_token(TokenKind::Comment, lexical::line_comment);
                }
                Some('<') if self.looking_at("<#") => {
                    if self
                        .lex_token(TokenKind::Comment, lexical::block_comment)
                        .is_none()
                    {
                        self.pos = self.text.len();
                        self.note(TokenKind::Comment, start);
                        let span = self.since(start);
                        self.push_error(
                            problem::MISSING_TERMINATOR_MULTI_LINE_COMMENT,
                            span,
                            "",
                            true,
                        );
                    }
                }
                Some(c) if lexical::blank_char(c) => {
                    self.lex(lexical::blank);
                }
                _ => return,
            }
        }
    }

    /// `newlines = { newline } ;`
    pub(super) fn newlines(&mut self) {
        loop {
            self.blanks();
            if self
                .lex_token(TokenKind::NewLine, lexical::newline)
                .is_none()
            {
                return;
            }
        }
    }

    /// `separators = { newline | ";" } ;`
    pub(super) fn separators(&mut self) {
        loop {
            self.newlines();
            if self.eat(";", TokenKind::Separator).is_none() {
                return;
            }
        }
    }

    /// Whether only blanks and comments, and no end of a line, stand after an offset.
    pub(super) fn only_trivia_after(&self, offset: u32) -> bool {
        let rest = self.text.get(offset as usize..).unwrap_or_default();
        let rest = skip_trivia(rest, false);
        rest.is_empty()
    }

    /// Offset of what follows blanks, comments and line ends, without reading them.
    pub(super) fn past_newlines(&self) -> usize {
        self.text.len() - skip_trivia(self.rest(), true).len()
    }

    /// Whether a character comes next after blanks, comments and line ends.
    pub(super) fn follows(&self, wanted: char) -> bool {
        skip_trivia(self.rest(), true).starts_with(wanted)
    }
}

/// The text after blanks and comments, and after line ends if wanted.
pub(super) fn skip_trivia(mut text: &str, newlines: bool) -> &str {
    loop {
        let skipped = match text.chars().next() {
            Some('`') => lexical::line_continuation(text),
            Some('#') => lexical::line_comment(text),
            Some('<') => lexical::block_comment(text),
            Some('\n' | '\r') if newlines => lexical::newline(text),
            Some(c) if lexical::blank_char(c) => lexical::blank(text),
            _ => return text,
        };
        match skipped {
            Ok((rest, _)) => text = rest,
            Err(_) => return text,
        }
    }
}

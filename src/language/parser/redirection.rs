//! Redirections.

use super::super::ast::{Redirection, RedirectionTarget, Stream};
use super::super::{TokenKind, lexical, problem};
use super::{Parser, after};

impl Parser<'_> {
    /// `redirection = redirection_operator [ argument ] ;`
    ///
    /// Reads one if it comes next. A merge names a stream, the others a file.
    pub(super) fn redirection(&mut self, into: &mut Vec<Redirection>) -> bool {
        let start = self.offset();
        if self.peek() == Some('<') {
            let span = self.take(1, TokenKind::Operator);
            self.report(problem::REDIRECTION_NOT_SUPPORTED, span, "<");
            self.skip_placeholder();
            return true;
        }
        if !self.redirection_ahead() {
            return false;
        }
        let Some(((from, to), span)) =
            self.lex_token(TokenKind::Operator, lexical::redirection_operator)
        else {
            return false;
        };
        match to {
            Ok(Stream::Output) if from != Stream::Output => {
                into.push(Redirection {
                    span,
                    from,
                    to: RedirectionTarget::Merge(Stream::Output),
                });
            }
            Ok(_) => self.report(problem::REDIRECTION_NOT_SUPPORTED, span, self.slice(span)),
            Err(append) => {
                self.blanks();
                let path = if self.redirection_ahead() || self.peek() == Some('<') {
                    None
                } else {
                    self.argument()
                };
                match path {
                    Some(path) => {
                        into.push(Redirection {
                            span: self.since(start),
                            from,
                            to: RedirectionTarget::File { path, append },
                        });
                    }
                    None => {
                        self.report(problem::MISSING_FILE_SPECIFICATION, after(span.end), "");
                        if self.looking_at("&")
                            && self.peek_second().is_some_and(|c| c.is_ascii_digit())
                        {
                            self.take(2, TokenKind::Unknown);
                        }
                    }
                }
            }
        }
        true
    }

    /// Whether `>` or a stream number with `>` comes next.
    pub(super) fn redirection_ahead(&self) -> bool {
        match self.peek() {
            Some('>') => true,
            Some('1'..='6' | '*') => self.peek_second() == Some('>'),
            _ => false,
        }
    }

    /// Skips the rest of a placeholder such as `<name>`, so that its `>` is not taken for a redirection.
    fn skip_placeholder(&mut self) {
        let inside = |c: char| !matches!(c, '<' | '>' | '|' | ';' | '\n' | '\r' | '"' | '\'');
        let length = self
            .rest()
            .find(|c| !inside(c))
            .unwrap_or(self.rest().len());
        if length > 0
            && self
                .rest()
                .get(length..)
                .is_some_and(|rest| rest.starts_with('>'))
        {
            self.take(length + 1, TokenKind::Unknown);
        }
    }
}

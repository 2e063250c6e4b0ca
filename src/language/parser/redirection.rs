//! Redirections.

use super::super::ast::{Redirection, RedirectionTarget, Stream};
use super::super::{Span, TokenKind, lexical, problem};
use super::{Parser, after};

impl Parser<'_> {
    /// `redirection = merging_redirection | file_redirection argument ;`
    ///
    /// Reads one if it comes next. A merge names a stream, the others a file.
    pub(super) fn redirection(&mut self, into: &mut Vec<Redirection>) -> bool {
        let start = self.offset();
        if self.peek() == Some('<') {
            let span = self.take(1, TokenKind::Operator);
            self.report(problem::REDIRECTION_NOT_SUPPORTED, span, "<");
            return true;
        }
        if !self.redirection_ahead() {
            return false;
        }
        if let Some((from, span)) =
            self.lex_token(TokenKind::Operator, lexical::merging_redirection)
        {
            into.push(Redirection {
                span,
                from,
                to: RedirectionTarget::Merge(Stream::Output),
            });
            return true;
        }
        let Some(((from, append), span)) =
            self.lex_token(TokenKind::Operator, lexical::file_redirection)
        else {
            return false;
        };
        if self.looking_at("&") && self.peek_second().is_some_and(|c| c.is_ascii_digit()) {
            return self.unknown_merge(span);
        }
        self.blanks();
        let path = if self.redirection_ahead() || self.peek() == Some('<') {
            None
        } else {
            self.argument()
        };
        match path {
            Some(path) => {
                let to = RedirectionTarget::File { path, append };
                into.push(Redirection {
                    span: self.since(start),
                    from,
                    to,
                });
            }
            None => self.report(problem::MISSING_FILE_SPECIFICATION, after(span.end), ""),
        }
        true
    }

    /// `1>&2` is kept for later, `2>&3` names no stream.
    fn unknown_merge(&mut self, operator: Span) -> bool {
        let known = self.looking_at("&1") || self.looking_at("&2");
        self.take(2, TokenKind::Unknown);
        let whole = self.since(operator.start);
        if known {
            self.report(problem::REDIRECTION_NOT_SUPPORTED, whole, self.slice(whole));
        } else {
            self.report(problem::MISSING_FILE_SPECIFICATION, after(operator.end), "");
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
}

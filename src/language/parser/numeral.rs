//! Numbers in expressions.

use super::super::ast::{Expr, ExprKind, NumberLiteral};
use super::super::{TokenKind, lexical, problem};
use super::{Parser, after};

impl Parser<'_> {
    /// `-5` and `+5` without a blank are numbers, so that the smallest integer can be written.
    pub(super) fn signed_number(&mut self) -> Option<Expr> {
        let second = self.peek_second()?;
        let digit = second.is_ascii_digit()
            || (second == '.' && self.rest().chars().nth(2)?.is_ascii_digit());
        if digit { self.number_operand() } else { None }
    }

    /// Reads a number if it ends where a number may end.
    pub(super) fn number_operand(&mut self) -> Option<Expr> {
        let (rest, (text, value)) = lexical::number(self.rest()).ok()?;
        let foreign = foreign_suffix(text, rest);
        if foreign > 0 {
            let span = self.take(text.len() + foreign, TokenKind::Number);
            self.report(problem::UNSUPPORTED_SUFFIX, span, self.slice(span));
            return Some(self.error_expression(span.start));
        }
        if self.redirection_ahead() || !rest.chars().next().is_none_or(lexical::number_end) {
            return None;
        }
        let span = self.take(text.len(), TokenKind::Number);
        let Some(value) = value else {
            self.report(problem::BAD_NUMERIC_CONSTANT, after(span.end), text);
            return Some(self.error_expression(span.start));
        };
        Some(Expr {
            span,
            kind: ExprKind::Number(NumberLiteral {
                value,
                text: text.into(),
            }),
        })
    }

    /// Whether a number comes next.
    pub(super) fn number_ahead(&self) -> bool {
        let ends = |rest: &str| rest.chars().next().is_none_or(lexical::number_end);
        lexical::number(self.rest())
            .is_ok_and(|(rest, (text, _))| ends(rest) || foreign_suffix(text, rest) > 0)
    }
}

/// Length of a suffix for a type that number literals do not have here (`5u`, `5uy`, `5n`), 0 when there is none.
fn foreign_suffix(number: &str, rest: &str) -> usize {
    let length = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let suffix = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
    let known = ["u", "ul", "y", "uy", "s", "us", "n"].contains(&suffix.as_str());
    let ends = rest.chars().nth(length).is_none_or(lexical::number_end);
    if known && ends && number.ends_with(|c: char| c.is_ascii_digit()) {
        length
    } else {
        0
    }
}

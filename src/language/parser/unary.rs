//! Operators before and after one operand.

use super::super::ast::{Expr, ExprKind, UnaryOperator, UpdateOperator};
use super::super::{TokenKind, lexical, problem};
use super::{Parser, after};

impl Parser<'_> {
    /// `unary_expression = unary_operator newlines unary_expression | ( "++" | dash ~ dash ) newlines
    ///   assignable | cast | postfix_expression ;`
    pub(super) fn unary_expression(&mut self) -> Option<Expr> {
        self.nested(Self::unary_inside).flatten()
    }

    fn unary_inside(&mut self) -> Option<Expr> {
        self.blanks();
        let first = self.peek()?;
        match first {
            '[' => self.cast(),
            '+' if self.looking_at("++") => self.update_before(UpdateOperator::PreIncrement),
            c if lexical::dash_char(c) && self.peek_second().is_some_and(lexical::dash_char) => {
                self.update_before(UpdateOperator::PreDecrement)
            }
            '!' => self.unary(),
            ',' if !self.commas_separate => self.unary(),
            c if c == '+' || lexical::dash_char(c) => match self.signed_number() {
                Some(number) => Some(self.postfix(number)),
                None => self.unary(),
            },
            _ => self.postfix_expression(),
        }
    }

    /// Reads an operator and its operand.
    fn unary(&mut self) -> Option<Expr> {
        let (_, operator) = lexical::unary_operator(self.rest()).ok()?;
        if operator == UnaryOperator::Minus && self.peek_second().is_some_and(lexical::name_start) {
            return None;
        }
        let (_, at) = self.lex_token(TokenKind::Operator, lexical::unary_operator)?;
        self.newlines();
        let Some(operand) = self.unary_expression() else {
            self.report_incomplete(
                problem::MISSING_EXPRESSION_AFTER_OPERATOR,
                after(at.end),
                self.slice(at),
                at.end,
            );
            return Some(self.error_expression(at.start));
        };
        let span = at.to(operand.span);
        Some(Expr {
            span,
            kind: ExprKind::Unary {
                operator,
                operand: Box::new(operand),
            },
        })
    }

    fn update_before(&mut self, operator: UpdateOperator) -> Option<Expr> {
        let first = self.peek().map_or(1, char::len_utf8);
        let second = self.peek_second().map_or(1, char::len_utf8);
        let at = self.take(first + second, TokenKind::Operator);
        self.newlines();
        let Some(target) = self.unary_expression() else {
            self.report_incomplete(
                problem::MISSING_EXPRESSION_AFTER_OPERATOR,
                after(at.end),
                self.slice(at),
                at.end,
            );
            return Some(self.error_expression(at.start));
        };
        if !updatable(&target) {
            self.report(
                problem::OPERATOR_REQUIRES_VARIABLE_OR_PROPERTY,
                target.span,
                self.slice(at),
            );
        }
        let span = at.to(target.span);
        Some(Expr {
            span,
            kind: ExprKind::Update {
                operator,
                target: Box::new(target),
            },
        })
    }

    /// `postfix_expression = number | operand { ~ access_step } | variable { ~ access_step } ( "++" | "--" )
    ///   ;`
    fn postfix_expression(&mut self) -> Option<Expr> {
        if matches!(self.peek()?, '0'..='9' | '.') {
            let number = self.number_operand()?;
            // `1.2.3` is no member of 1.2, as an address or a version written bare would be.
            let digit_follows =
                self.peek() == Some('.') && self.peek_second().is_some_and(|c| c.is_ascii_digit());
            return Some(if digit_follows {
                number
            } else {
                self.postfix(number)
            });
        }
        let operand = self.operand()?;
        Some(self.postfix(operand))
    }

    /// Reads what follows an operand.
    pub(super) fn postfix(&mut self, operand: Expr) -> Expr {
        let target = self.access(operand);
        self.blanks();
        let operator = match () {
            _ if self.looking_at("++") => UpdateOperator::PostIncrement,
            _ if self.looking_at("--") => UpdateOperator::PostDecrement,
            _ => return target,
        };
        let at = self.take(2, TokenKind::Operator);
        if !updatable(&target) {
            self.report(
                problem::OPERATOR_REQUIRES_VARIABLE_OR_PROPERTY,
                target.span,
                self.slice(at),
            );
        }
        Expr {
            span: target.span.to(at),
            kind: ExprKind::Update {
                operator,
                target: Box::new(target),
            },
        }
    }
}

/// Whether `++` and `--` can change it.
fn updatable(target: &Expr) -> bool {
    match &target.kind {
        ExprKind::Variable(_) | ExprKind::Access(_) | ExprKind::Error => true,
        ExprKind::Cast { operand, .. } | ExprKind::Attributed { operand, .. } => updatable(operand),
        _ => false,
    }
}

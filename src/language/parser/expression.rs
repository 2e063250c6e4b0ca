//! Operators and their operands.

use super::super::ast::{
    Binary, BinaryOperator, BinaryTail, Expr, ExprKind, Span, Ternary, UnaryOperator,
};
use super::super::{TokenKind, lexical, problem};
use super::{Parser, after};

/// A left side that waits for its right operand.
struct Pending {
    level: u8,
    first: Expr,
    rest: Vec<BinaryTail>,
    operator: BinaryOperator,
    operator_span: Span,
}

impl Pending {
    /// Takes the right operand and becomes an expression.
    fn close(mut self, operand: Expr) -> Expr {
        let span = self.first.span.to(operand.span);
        self.rest.push(BinaryTail {
            operator: self.operator,
            operator_span: self.operator_span,
            operand,
        });
        Expr {
            span,
            kind: ExprKind::Binary(Box::new(Binary {
                first: self.first,
                rest: self.rest,
            })),
        }
    }
}

impl Parser<'_> {
    /// `expression = binary_expression [ "?" newlines expression newlines ":" newlines expression ] ;`
    ///
    /// `None` when no expression starts here.
    pub(super) fn expression(&mut self) -> Option<Expr> {
        self.nested(Self::expression_inside).flatten()
    }

    fn expression_inside(&mut self) -> Option<Expr> {
        let condition = self.binary_expression()?;
        self.blanks();
        if !self.looking_at("?") || self.looking_at("??") {
            return Some(condition);
        }
        let mark = self.take(1, TokenKind::Operator);
        self.newlines();
        let outer = std::mem::replace(&mut self.in_ternary, true);
        let yes = self.expression();
        self.in_ternary = outer;
        let yes = self.operand_or_error(yes, "?", mark);
        self.newlines();
        let Some(colon) = self.eat(":", TokenKind::Operator) else {
            let problem = problem::MISSING_COLON_IN_TERNARY;
            self.report_incomplete(problem, after(yes.span.end), "", self.offset());
            return Some(condition);
        };
        self.newlines();
        let no = self.expression();
        let no = self.operand_or_error(no, ":", colon);
        let span = condition.span.to(no.span);
        Some(Expr {
            span,
            kind: ExprKind::Ternary(Box::new(Ternary { condition, yes, no })),
        })
    }

    /// `binary_expression = array_literal { binary_operator newlines array_literal } ;`
    ///
    /// Operators of one level gather in one list; tighter ones become operands of looser ones.
    fn binary_expression(&mut self) -> Option<Expr> {
        let mut current = self.array_literal()?;
        let mut waiting: Vec<Pending> = Vec::new();
        while let Some((operator, operator_span)) = self.binary_operator_ahead() {
            let level = level(operator);
            while let Some(top) = waiting.pop_if(|top| top.level > level) {
                current = top.close(current);
            }
            match waiting.last_mut() {
                Some(top) if top.level == level => {
                    let tail = BinaryTail {
                        operator: top.operator,
                        operator_span: top.operator_span,
                        operand: current,
                    };
                    top.rest.push(tail);
                    (top.operator, top.operator_span) = (operator, operator_span);
                }
                _ => waiting.push(Pending {
                    level,
                    first: current,
                    rest: Vec::new(),
                    operator,
                    operator_span,
                }),
            }
            self.newlines();
            let operand = self.array_literal();
            let broken = operand.is_none();
            current = self.operand_or_error(operand, self.slice(operator_span), operator_span);
            if broken {
                break;
            }
        }
        while let Some(top) = waiting.pop() {
            current = top.close(current);
        }
        Some(current)
    }

    /// The operand, or an error and a place holder.
    fn operand_or_error(&mut self, operand: Option<Expr>, operator: &str, at: Span) -> Expr {
        operand.unwrap_or_else(|| {
            self.report_incomplete(
                problem::EXPECTED_VALUE_EXPRESSION,
                after(at.end),
                operator,
                at.end,
            );
            Expr {
                span: at,
                kind: ExprKind::Error,
            }
        })
    }

    /// Reads a binary operator, unless it is the beginning of an assignment.
    fn binary_operator_ahead(&mut self) -> Option<(BinaryOperator, Span)> {
        self.blanks();
        let first = self.peek()?;
        if !(matches!(first, '+' | '*' | '/' | '%' | '.' | '?') || lexical::dash_char(first)) {
            return None;
        }
        let doubled = self.looking_at("++")
            || self.looking_at("*>")
            || (lexical::dash_char(first) && self.peek_second().is_some_and(lexical::dash_char));
        if doubled || lexical::assignment_operator(self.rest()).is_ok() {
            return None;
        }
        let (_, operator) = lexical::binary_operator(self.rest()).ok()?;
        if operator == BinaryOperator::Subtract
            && self.peek_second().is_some_and(lexical::name_start)
        {
            return None;
        }
        self.lex_token(TokenKind::Operator, lexical::binary_operator)
    }

    /// `array_literal = unary_expression { "," newlines unary_expression } ;`
    fn array_literal(&mut self) -> Option<Expr> {
        let first = self.unary_expression()?;
        if self.commas_separate {
            return Some(first);
        }
        self.blanks();
        if !self.looking_at(",") {
            return Some(first);
        }
        let mut span = first.span;
        let mut values = vec![first];
        while let Some(comma) = self.eat(",", TokenKind::Operator) {
            self.newlines();
            let Some(value) = self.unary_expression() else {
                self.report_incomplete(
                    problem::MISSING_EXPRESSION_AFTER_TOKEN,
                    after(comma.end),
                    ",",
                    comma.end,
                );
                values.push(self.error_expression(comma.end));
                break;
            };
            span = span.to(value.span);
            values.push(value);
            self.blanks();
        }
        Some(Expr {
            span,
            kind: ExprKind::Array(values),
        })
    }

    /// `expression_start = "(" | "{" | "[" | "!" | "," | "+" | "$" | "@" | dash | "0".."9" | "." "0".."9" |
    ///   single_quote | double_quote ;`
    ///
    /// Whether an expression, and not a command, starts here.
    pub(super) fn expression_start(&self) -> bool {
        let (Some(first), second) = (self.peek(), self.peek_second()) else {
            return false;
        };
        match first {
            '(' | '{' | '[' | '!' | ',' | '+' => true,
            '$' => second
                .is_some_and(|c| lexical::name_char(c) || matches!(c, '(' | '{' | '$' | '^' | '?')),
            '@' => second.is_some_and(|c| {
                lexical::name_char(c)
                    || matches!(c, '(' | '{')
                    || lexical::single_quote_char(c)
                    || lexical::double_quote_char(c)
            }),
            '0'..='9' => second != Some('>') && self.number_ahead(),
            '.' => second.is_some_and(|c| c.is_ascii_digit()) && self.number_ahead(),
            c if lexical::single_quote_char(c) || lexical::double_quote_char(c) => true,
            c if lexical::dash_char(c) => {
                let unary = lexical::unary_operator(self.rest())
                    .is_ok_and(|(_, op)| op != UnaryOperator::Minus);
                unary || !second.is_some_and(lexical::name_start)
            }
            _ => false,
        }
    }
}

/// How tightly an operator binds.
fn level(operator: BinaryOperator) -> u8 {
    use BinaryOperator as B;
    match operator {
        B::And | B::Or | B::Xor => 1,
        B::BitAnd | B::BitOr | B::BitXor => 2,
        B::Coalesce => 4,
        B::Add | B::Subtract => 5,
        B::Multiply | B::Divide | B::Remainder => 6,
        B::Format => 7,
        B::Range => 8,
        _ => 3,
    }
}

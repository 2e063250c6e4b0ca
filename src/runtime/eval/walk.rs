//! What a loop or a pipeline walks through. A range is counted as it goes and never built whole.

use std::iter::Rev;
use std::ops::RangeInclusive;

use super::statement::lone_expression;
use crate::language::ast::{BinaryOperator, Expr, ExprKind, Statement, StatementKind};
use crate::runtime::enumerate;
use crate::runtime::flow::Run;
use crate::runtime::operators;
use crate::runtime::shell::Shell;
use crate::runtime::value::Value;

/// Objects one by one.
pub(in crate::runtime) enum Walk {
    /// `$null` itself: a pipeline takes it, a loop does not.
    Null,
    /// Elements that are there.
    Items(std::vec::IntoIter<Value>),
    /// `1..5`
    Up(RangeInclusive<i32>),
    /// `5..1`
    Down(Rev<RangeInclusive<i32>>),
}

impl Walk {
    fn of(value: Value) -> Walk {
        match enumerate::elements(&value) {
            Some(items) => Walk::Items(items.into_iter()),
            None if value.is_null() => Walk::Null,
            None => Walk::Items(vec![value].into_iter()),
        }
    }
}

impl Iterator for Walk {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        match self {
            Walk::Null => {
                *self = Walk::Items(Vec::new().into_iter());
                Some(Value::Null)
            }
            Walk::Items(items) => items.next(),
            Walk::Up(range) => range.next().map(Value::int),
            Walk::Down(range) => range.next().map(Value::int),
        }
    }
}

impl Shell {
    /// The objects of a statement; `None` when it writes nothing at all.
    pub(in crate::runtime) fn walk_statement(
        &mut self,
        statement: &Statement,
    ) -> Run<Option<Walk>> {
        match alone(statement) {
            Some(expression) => {
                let walk = self.walk(expression)?;
                self.success = true;
                Ok(walk)
            }
            None => Ok(self.value_of(statement)?.map(Walk::of)),
        }
    }

    /// The objects of an expression; `None` when it writes nothing at all.
    pub(in crate::runtime) fn walk(&mut self, expression: &Expr) -> Run<Option<Walk>> {
        let Some((from, to)) = range_in(expression) else {
            return Ok(self.worth(expression)?.map(Walk::of));
        };
        let (from, to) = (self.expr(from)?, self.expr(to)?);
        if operators::is_letters(&from, &to) {
            let letters = operators::range(&from, &to)?;
            return Ok(Some(Walk::Items(letters.into_iter())));
        }
        let (from, to) = operators::range_ends(&from, &to)?;
        Ok(Some(match from <= to {
            true => Walk::Up(from..=to),
            false => Walk::Down((to..=from).rev()),
        }))
    }
}

/// The expression a statement is, when it is nothing more.
fn alone(statement: &Statement) -> Option<&Expr> {
    match &statement.kind {
        StatementKind::Chain(chain) => lone_expression(chain),
        _ => None,
    }
}

/// The ends of a range, perhaps in parentheses.
fn range_in(expression: &Expr) -> Option<(&Expr, &Expr)> {
    match &expression.kind {
        ExprKind::Binary(binary) => match binary.rest.as_slice() {
            [only] if only.operator == BinaryOperator::Range => {
                Some((&binary.first, &only.operand))
            }
            _ => None,
        },
        ExprKind::Paren(statement) => range_in(alone(statement)?),
        _ => None,
    }
}

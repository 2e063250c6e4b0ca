//! Operators, with what they need of the shell.

use super::flow::Run;
use super::operators;
use super::shell::Shell;
use super::value::Value;
use crate::language::ast::{BinaryOperator, UnaryOperator};

impl Shell {
    pub(super) fn operate(
        &mut self,
        operator: BinaryOperator,
        left: Value,
        right: Value,
    ) -> Run<Value> {
        operators::binary(operator, &left, &right, self)
    }

    pub(super) fn operate_unary(&mut self, operator: UnaryOperator, value: Value) -> Run<Value> {
        operators::unary(operator, &value, self)
    }

    pub(super) fn matches(&mut self, item: &Value, pattern: &Value, sensitive: bool) -> Run<bool> {
        operators::is_match(item, pattern, sensitive, self)
    }

    pub(super) fn matches_quietly(
        &mut self,
        item: &Value,
        pattern: &Value,
        sensitive: bool,
    ) -> Run<bool> {
        operators::is_match_quietly(item, pattern, sensitive, self)
    }

    pub(super) fn switch_equals(
        &mut self,
        item: &Value,
        pattern: &Value,
        sensitive: bool,
    ) -> Run<bool> {
        Ok(operators::equal_in_switch(item, pattern, sensitive))
    }
}

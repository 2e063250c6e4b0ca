//! Operators, with what they need of the shell.

use super::flow::Run;
use crate::language::ast::{BinaryOperator, UnaryOperator};
use crate::runtime::operators;
use crate::runtime::shell::Shell;
use crate::runtime::value::Value;

impl Shell {
    pub(in crate::runtime) fn operate(
        &mut self,
        operator: BinaryOperator,
        left: Value,
        right: Value,
    ) -> Run<Value> {
        operators::binary(operator, &left, &right, self)
    }

    pub(in crate::runtime) fn operate_unary(
        &mut self,
        operator: UnaryOperator,
        value: Value,
    ) -> Run<Value> {
        operators::unary(operator, &value, self)
    }

    pub(in crate::runtime) fn matches(
        &mut self,
        item: &Value,
        pattern: &Value,
        sensitive: bool,
    ) -> Run<bool> {
        operators::is_match(item, pattern, sensitive, self)
    }

    pub(in crate::runtime) fn matches_quietly(
        &mut self,
        item: &Value,
        pattern: &Value,
        sensitive: bool,
    ) -> Run<bool> {
        operators::is_match_quietly(item, pattern, sensitive, self)
    }

    pub(in crate::runtime) fn switch_equals(
        &mut self,
        item: &Value,
        pattern: &Value,
        sensitive: bool,
    ) -> Run<bool> {
        Ok(operators::equal_in_switch(item, pattern, sensitive))
    }
}

//! Operators, with what they need of the shell.

use super::error::ErrorRecord;
use super::flow::{Flow, Run};
use super::shell::Shell;
use super::value::Value;
use crate::language::ast::{BinaryOperator, UnaryOperator};

impl Shell {
    pub(super) fn operate(
        &mut self,
        operator: BinaryOperator,
        _left: Value,
        _right: Value,
    ) -> Run<Value> {
        Err(Flow::error(ErrorRecord::runtime(
            "OperatorNotSupported",
            format!("{operator:?} is not supported yet."),
        )))
    }

    pub(super) fn operate_unary(&mut self, operator: UnaryOperator, _value: Value) -> Run<Value> {
        Err(Flow::error(ErrorRecord::runtime(
            "OperatorNotSupported",
            format!("{operator:?} is not supported yet."),
        )))
    }

    pub(super) fn matches(
        &mut self,
        _item: &Value,
        _pattern: &Value,
        _sensitive: bool,
    ) -> Run<bool> {
        Err(Flow::error(ErrorRecord::runtime(
            "OperatorNotSupported",
            "-match is not supported yet.",
        )))
    }

    pub(super) fn matches_quietly(
        &mut self,
        item: &Value,
        pattern: &Value,
        sensitive: bool,
    ) -> Run<bool> {
        self.matches(item, pattern, sensitive)
    }

    pub(super) fn switch_equals(
        &mut self,
        item: &Value,
        pattern: &Value,
        sensitive: bool,
    ) -> Run<bool> {
        Ok(super::compare::equals_with(item, pattern, sensitive))
    }
}

//! Assignments: to variables, members, elements, several targets at once, with types and attributes.

use std::rc::Rc;

use super::flow::{Flow, Run};
use crate::language::ast::{
    Access, AccessStep, Assignment, AssignmentOperator, BinaryOperator, Expr, ExprKind,
    UpdateOperator, Variable,
};
use crate::runtime::binder::rule::VariableRule;
use crate::runtime::enumerate;
use crate::runtime::error::ErrorRecord;
use crate::runtime::shell::Shell;
use crate::runtime::value::{Number, Value};

/// A place that can be read and written once its parts are evaluated.
enum Place {
    Variable(Variable),
    Member {
        target: Value,
        name: String,
        is_static: bool,
    },
    Index {
        target: Value,
        index: Value,
    },
}

impl Shell {
    /// Runs an assignment and gives the assigned value.
    pub(in crate::runtime) fn assign(&mut self, assignment: &Assignment) -> Run<Value> {
        let operator = match assignment.operator {
            AssignmentOperator::Assign => return self.assign_plain(assignment),
            AssignmentOperator::Coalesce => return self.assign_when_null(assignment),
            AssignmentOperator::Add => BinaryOperator::Add,
            AssignmentOperator::Subtract => BinaryOperator::Subtract,
            AssignmentOperator::Multiply => BinaryOperator::Multiply,
            AssignmentOperator::Divide => BinaryOperator::Divide,
            AssignmentOperator::Remainder => BinaryOperator::Remainder,
        };
        let place = self.place(&assignment.target)?;
        let right = self.value_of(&assignment.value)?.unwrap_or_default();
        let left = self.read_place(&place)?;
        let value = match super::expression::quick(operator, &left, &right) {
            Some(value) => value,
            None => self.operate(operator, left, right)?,
        };
        self.write_place(&place, value.clone())?;
        Ok(value)
    }

    fn assign_plain(&mut self, assignment: &Assignment) -> Run<Value> {
        let worth = self.value_of(&assignment.value)?;
        let nothing = worth.is_none();
        let value = worth.unwrap_or_default();
        if let ExprKind::Variable(variable) = &assignment.target.kind {
            self.assign_variable(variable, value.clone())?;
            if nothing
                && let Some(found) = self.scope.find(&variable.name)
                && found.rule.borrow().is_none()
            {
                found.nothing.set(true);
            }
            return Ok(value);
        }
        self.assign_to(&assignment.target, value.clone())?;
        Ok(value)
    }

    fn assign_when_null(&mut self, assignment: &Assignment) -> Run<Value> {
        let place = self.place(&assignment.target)?;
        let current = self.read_place(&place)?;
        if !current.is_null() {
            return Ok(current);
        }
        let value = self.value_of(&assignment.value)?.unwrap_or_default();
        self.write_place(&place, value.clone())?;
        Ok(value)
    }

    /// Assigns a value to any target.
    fn assign_to(&mut self, target: &Expr, value: Value) -> Run<()> {
        match &target.kind {
            ExprKind::Variable(variable) => self.assign_variable(variable, value),
            ExprKind::Array(targets) => self.assign_each(targets, value),
            ExprKind::Paren(statement) => match &statement.kind {
                crate::language::ast::StatementKind::Chain(chain) => {
                    match super::statement::lone_expression(chain) {
                        Some(inner) => self.assign_to(inner, value),
                        None => Err(no_target()),
                    }
                }
                _ => Err(no_target()),
            },
            ExprKind::Cast { .. } | ExprKind::Attributed { .. } => self.assign_typed(target, value),
            _ => {
                let place = self.place(target)?;
                self.write_place(&place, value)
            }
        }
    }

    /// `$a, $b, $c = values`: each gets one, the last the rest.
    fn assign_each(&mut self, targets: &[Expr], value: Value) -> Run<()> {
        let items = enumerate::elements(&value).unwrap_or_else(|| vec![value]);
        let last = targets.len().saturating_sub(1);
        for (index, target) in targets.iter().enumerate() {
            let value = if index == last && items.len() > targets.len() {
                Value::array(items[index..].to_vec())
            } else {
                items.get(index).cloned().unwrap_or_default()
            };
            self.assign_to(target, value)?;
        }
        Ok(())
    }

    /// `[int]$x = …`: the variable keeps its type and rules. Under a cast, members and elements are converted once.
    fn assign_typed(&mut self, target: &Expr, value: Value) -> Run<()> {
        let rule = VariableRule::of(self, target)?;
        let mut inner = target;
        while let ExprKind::Cast { operand, .. } | ExprKind::Attributed { operand, .. } =
            &inner.kind
        {
            inner = operand;
        }
        let ExprKind::Variable(variable) = &inner.kind else {
            let value = crate::runtime::scope::ValueRule::apply(&rule, self, "", value)?;
            return self.assign_to(inner, value);
        };
        let value = crate::runtime::scope::ValueRule::apply(&rule, self, &variable.name, value)?;
        let found = self.variable_for(variable);
        if found.is_locked() {
            return Err(Flow::error(
                crate::runtime::scopes::variables::not_writable(&found.name),
            ));
        }
        *found.rule.borrow_mut() = Some(Rc::new(rule));
        found.put(value);
        Ok(())
    }

    /// `++` and `--`.
    pub(in crate::runtime) fn update(
        &mut self,
        operator: UpdateOperator,
        target: &Expr,
    ) -> Run<Value> {
        let place = self.place(target)?;
        let old = self.read_place(&place)?;
        let up = matches!(
            operator,
            UpdateOperator::PreIncrement | UpdateOperator::PostIncrement
        );
        let new = match &old {
            Value::Number(Number::Int32(n)) if up && *n < i32::MAX => Value::int(n + 1),
            Value::Number(Number::Int32(n)) if !up && *n > i32::MIN => Value::int(n - 1),
            Value::Null => Value::int(if up { 1 } else { -1 }),
            Value::Number(_) => {
                let operator = if up {
                    BinaryOperator::Add
                } else {
                    BinaryOperator::Subtract
                };
                self.operate(operator, old.clone(), Value::int(1))?
            }
            other => {
                let name = other
                    .type_ref()
                    .map_or("System.Object", crate::runtime::types::TypeRef::name);
                let sign = if up { "++" } else { "--" };
                return Err(Flow::error(ErrorRecord::runtime(
                    "OperatorRequiresNumber",
                    format!(
                        "The '{sign}' operator works only on numbers. The operand is a '{}'.",
                        word_of(other, name)
                    ),
                )));
            }
        };
        self.write_place(&place, new.clone())?;
        Ok(match operator {
            UpdateOperator::PreIncrement | UpdateOperator::PreDecrement => new,
            // An unset variable counted from 0.
            UpdateOperator::PostIncrement | UpdateOperator::PostDecrement if old.is_null() => {
                Value::int(0)
            }
            UpdateOperator::PostIncrement | UpdateOperator::PostDecrement => old,
        })
    }

    /// Evaluates the parts of a target.
    fn place(&mut self, target: &Expr) -> Run<Place> {
        match &target.kind {
            ExprKind::Variable(variable) => Ok(Place::Variable(variable.clone())),
            ExprKind::Access(access) => self.place_of(access),
            ExprKind::Cast { operand, .. } | ExprKind::Attributed { operand, .. } => {
                self.place(operand)
            }
            _ => Err(no_target()),
        }
    }

    fn place_of(&mut self, access: &Access) -> Run<Place> {
        let Some((last, before)) = access.steps.split_last() else {
            return Err(no_target());
        };
        let target = self.steps(&access.target, before)?.unwrap_or_default();
        match last {
            AccessStep::Member {
                name, is_static, ..
            } => {
                let name = self.member_name(name)?;
                Ok(Place::Member {
                    target,
                    name,
                    is_static: *is_static,
                })
            }
            AccessStep::Index { index, .. } => {
                let index = self.expr(index)?;
                Ok(Place::Index { target, index })
            }
            AccessStep::Call { .. } => Err(no_target()),
        }
    }

    fn read_place(&mut self, place: &Place) -> Run<Value> {
        match place {
            Place::Variable(variable) => self.read_variable(variable),
            Place::Member {
                target,
                name,
                is_static,
            } => self.member(target, name, *is_static),
            Place::Index { target, index } => self.index(target, index),
        }
    }

    fn write_place(&mut self, place: &Place, value: Value) -> Run<()> {
        match place {
            Place::Variable(variable) => self.assign_variable(variable, value),
            Place::Member {
                target,
                name,
                is_static,
            } => self.set_member(target, name, *is_static, value),
            Place::Index { target, index } => self.set_index(target, index, value),
        }
    }
}

fn word_of<'a>(value: &Value, name: &'a str) -> &'a str {
    match value {
        Value::Str(_) => "string",
        _ => name,
    }
}

fn no_target() -> Flow {
    Flow::error(ErrorRecord::runtime(
        "InvalidLeftHandSide",
        "The assignment expression is not valid. The input to an assignment operator must be an object that is able to accept assignments, such as a variable or a property.",
    ))
}

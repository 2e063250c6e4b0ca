//! `-eq -ne -gt -ge -lt -le -like -contains -in -is -as` and their kin. A collection on the left is filtered.

use std::cmp::Ordering;

use super::collection;
use crate::language::ast::BinaryOperator as Op;
use crate::runtime::compare::{compare, equals_with, is_type};
use crate::runtime::convert;
use crate::runtime::error::ErrorRecord;
use crate::runtime::flow::Run;
use crate::runtime::members::{Invoker, expansion};
use crate::runtime::types::{TypeRef, names};
use crate::runtime::value::Value;
use crate::runtime::wildcard::Wildcard;

/// `left operator right`.
pub(super) fn binary(
    operator: Op,
    left: &Value,
    right: &Value,
    host: &mut dyn Invoker,
) -> Run<Value> {
    match operator {
        Op::Contains(case) => Ok(Value::Bool(contains(left, right, case.is_sensitive()))),
        Op::NotContains(case) => Ok(Value::Bool(!contains(left, right, case.is_sensitive()))),
        Op::In(case) => Ok(Value::Bool(contains(right, left, case.is_sensitive()))),
        Op::NotIn(case) => Ok(Value::Bool(!contains(right, left, case.is_sensitive()))),
        Op::Is => Ok(Value::Bool(is_type(left, type_of(right)?))),
        Op::IsNot => Ok(Value::Bool(!is_type(left, type_of(right)?))),
        Op::As => {
            let wanted = type_of(right)?;
            if wanted == TypeRef::string() {
                return Ok(expansion(left, host)?.into());
            }
            Ok(convert::try_type(left, wanted).unwrap_or_default())
        }
        Op::Like(case) | Op::NotLike(case) => {
            let pattern = Wildcard::with_case(&expansion(right, host)?, case.is_sensitive());
            let wanted = matches!(operator, Op::Like(_));
            // A filtered collection gives the texts that were compared, not the items.
            let Some(items) = collection(left) else {
                return Ok(Value::Bool(
                    pattern.matches(&expansion(left, host)?) == wanted,
                ));
            };
            let mut kept = Vec::new();
            for item in &items {
                let text = expansion(item, host)?;
                if pattern.matches(&text) == wanted {
                    kept.push(Value::from(text));
                }
            }
            Ok(Value::array(kept))
        }
        _ => filter(left, |item| holds(operator, item, right)),
    }
}

/// The items of a collection that pass, or whether a single value does.
fn filter(left: &Value, mut test: impl FnMut(&Value) -> Run<bool>) -> Run<Value> {
    match collection(left) {
        None => test(left).map(Value::Bool),
        Some(items) => {
            let mut kept = Vec::new();
            for item in items {
                if test(&item)? {
                    kept.push(item);
                }
            }
            Ok(Value::array(kept))
        }
    }
}

fn holds(operator: Op, left: &Value, right: &Value) -> Run<bool> {
    let order = |case: crate::language::ast::Case, test: fn(Ordering) -> bool| {
        if matches!((left, right), (Value::Number(a), Value::Number(b)) if is_nan(a) || is_nan(b)) {
            return Ok(false);
        }
        compare(left, right, case.is_sensitive()).map(test)
    };
    match operator {
        Op::Equal(case) => Ok(equals_with(left, right, case.is_sensitive())),
        Op::NotEqual(case) => Ok(!equals_with(left, right, case.is_sensitive())),
        Op::GreaterThan(case) => order(case, Ordering::is_gt),
        Op::GreaterOrEqual(case) => order(case, Ordering::is_ge),
        Op::LessThan(case) => order(case, Ordering::is_lt),
        Op::LessOrEqual(case) => order(case, Ordering::is_le),
        other => Err(ErrorRecord::runtime(
            "OperatorNotSupported",
            format!("{other:?} does not compare."),
        )
        .into()),
    }
}

fn is_nan(number: &crate::runtime::value::Number) -> bool {
    convert::double_of(*number).is_nan()
}

fn contains(all: &Value, wanted: &Value, sensitive: bool) -> bool {
    match collection(all) {
        Some(items) => items
            .iter()
            .any(|item| equals_with(item, wanted, sensitive)),
        None => equals_with(all, wanted, sensitive),
    }
}

/// The right side of `-is` and `-as`: a type or its name.
fn type_of(value: &Value) -> Run<TypeRef> {
    match value {
        Value::Type(ty) => Ok(*ty),
        other => {
            let name = convert::to_text(other);
            names::find(&name).ok_or_else(|| names::not_found(&name).into())
        }
    }
}

/// Whether a value of a `switch` equals a clause's.
pub fn equal_in_switch(item: &Value, clause: &Value, sensitive: bool) -> bool {
    match (item, clause) {
        // A truth value is compared as its word, so that `1` is no `$true`.
        (Value::Bool(_), Value::Bool(_)) => equals_with(item, clause, sensitive),
        (Value::Bool(_), other) => {
            equals_with(&Value::from(convert::to_text(item)), other, sensitive)
        }
        _ => equals_with(item, clause, sensitive),
    }
}

//! Operators on values. `-and`, `-or` and `??` are not here: they decide whether their right side runs.

mod arithmetic;
mod bitwise;
mod comparison;
mod matching;
mod split;

use super::convert;
use super::errors::error::{ErrorCategory, ErrorRecord};
use super::eval::flow::{Flow, Run};
use super::members::Invoker;
use super::text::format_string;
use super::value::{Number, Value};
pub use crate::language::ast::Case;
pub use crate::language::ast::{BinaryOperator, UnaryOperator};

pub use arithmetic::{add, divide, multiply, remainder, subtract};
pub use comparison::equal_in_switch;
pub use matching::{failed as regex_failed, is_match, is_match_quietly, join};

/// More elements than this a range or a repetition may not make.
pub const MAX_ELEMENTS: usize = 16_000_000;

/// A text longer than this, in bytes, no repetition may make.
pub const MAX_TEXT: usize = 400_000_000;

/// `left operator right`.
///
/// # Errors
/// A value that does not convert, a division by zero, a regular expression that is none, and so on.
pub fn binary(
    operator: BinaryOperator,
    left: &Value,
    right: &Value,
    host: &mut dyn Invoker,
) -> Run<Value> {
    match operator {
        BinaryOperator::Add => add(left, right, host),
        BinaryOperator::Subtract => subtract(left, right),
        BinaryOperator::Multiply => multiply(left, right, host),
        BinaryOperator::Divide => divide(left, right),
        BinaryOperator::Remainder => remainder(left, right),
        BinaryOperator::Format => {
            let format = super::members::expansion(left, host)?;
            format_string::format_operator(&format, right)
        }
        BinaryOperator::Range => range(left, right).map(Value::array),
        BinaryOperator::And => Ok(Value::Bool(
            convert::to_bool(left) && convert::to_bool(right),
        )),
        BinaryOperator::Or => Ok(Value::Bool(
            convert::to_bool(left) || convert::to_bool(right),
        )),
        BinaryOperator::Xor => Ok(Value::Bool(
            convert::to_bool(left) != convert::to_bool(right),
        )),
        BinaryOperator::Coalesce => Ok(if left.is_null() {
            right.clone()
        } else {
            left.clone()
        }),
        BinaryOperator::BitAnd
        | BinaryOperator::BitOr
        | BinaryOperator::BitXor
        | BinaryOperator::ShiftLeft
        | BinaryOperator::ShiftRight => bitwise::binary(operator, left, right),
        BinaryOperator::Join => matching::join_operator(left, right, host),
        BinaryOperator::Split(case) => split::binary(left, right, case.is_sensitive(), host),
        BinaryOperator::Replace(case) => {
            matching::replace_operator(left, right, case.is_sensitive(), host)
        }
        BinaryOperator::Match(case) => {
            matching::match_operator(left, right, case.is_sensitive(), true, host)
        }
        BinaryOperator::NotMatch(case) => {
            matching::match_operator(left, right, case.is_sensitive(), false, host)
        }
        _ => comparison::binary(operator, left, right, host),
    }
}

/// `operator value`.
///
/// # Errors
/// As [`binary`].
pub fn unary(operator: UnaryOperator, value: &Value, host: &mut dyn Invoker) -> Run<Value> {
    match operator {
        UnaryOperator::Not => Ok(Value::Bool(!convert::to_bool(value))),
        UnaryOperator::Plus => add(&Value::int(0), value, host),
        UnaryOperator::Minus => match value {
            Value::Number(Number::Double(n)) => Ok(Value::double(-n)),
            Value::Number(Number::Decimal(n)) => Ok(Value::Number(Number::Decimal(-*n))),
            other => subtract(&Value::int(0), other),
        },
        UnaryOperator::BitNot => bitwise::not(value),
        UnaryOperator::Comma => Ok(Value::array(vec![value.clone()])),
        UnaryOperator::Join => join(value, "", host).map(Value::from),
        UnaryOperator::Split(_) => split::unary(value, host),
    }
}

/// The numbers (or letters) of `from..to`, both included, upwards or downwards.
///
/// # Errors
/// An end is no Int32, or the range is too long to keep.
pub fn range(from: &Value, to: &Value) -> Run<Vec<Value>> {
    if let (Some(from), Some(to)) = (letter(from), letter(to)) {
        let (a, b) = (u32::from(from), u32::from(to));
        let letters: Vec<Value> = (a.min(b)..=a.max(b))
            .filter_map(char::from_u32)
            .map(Value::Char)
            .collect();
        return Ok(if a <= b {
            letters
        } else {
            letters.into_iter().rev().collect()
        });
    }
    let (from, to) = range_ends(from, to)?;
    if from.abs_diff(to) as usize >= MAX_ELEMENTS {
        return Err(too_many());
    }
    Ok(if from <= to {
        (from..=to).map(Value::int).collect()
    } else {
        (to..=from).rev().map(Value::int).collect()
    })
}

/// Whether a range is one of letters.
pub fn is_letters(from: &Value, to: &Value) -> bool {
    letter(from).is_some() && letter(to).is_some()
}

/// The ends of a range of numbers, for loops that do not keep all of it.
///
/// # Errors
/// An end is no Int32.
pub fn range_ends(from: &Value, to: &Value) -> Run<(i32, i32)> {
    let end = |value: &Value| convert::to_i32(value).map_err(|error| Flow::error(error.into()));
    Ok((end(from)?, end(to)?))
}

/// A letter, or a text of one letter that is no digit.
fn letter(value: &Value) -> Option<char> {
    match value {
        Value::Char(c) => Some(*c),
        Value::Str(text) => {
            let mut letters = text.chars();
            letters
                .next()
                .filter(|c| letters.next().is_none() && !c.is_numeric())
        }
        _ => None,
    }
}

/// The error of a result that would not fit into memory.
fn too_many() -> Flow {
    ErrorRecord::new(
        "System.OutOfMemoryException",
        "System.OutOfMemoryException",
        ErrorCategory::OperationStopped,
        "Array dimensions exceeded supported range.",
    )
    .into()
}

/// The error of a type that does not know an operator.
fn no_operator(value: &Value, name: &str) -> Flow {
    let ty = value
        .type_ref()
        .map_or("System.Object", super::types::TypeRef::full_name);
    let message = format!(
        "Method invocation failed because [{ty}] does not contain a method named '{name}'."
    );
    ErrorRecord::runtime("MethodNotFound", message).into()
}

/// The value beneath added members.
fn base(value: &Value) -> &Value {
    match value {
        Value::Object(object) => object.base.as_ref().map_or(value, base),
        other => other,
    }
}

/// The elements of a left side that is a collection; `None` for single values.
fn collection(value: &Value) -> Option<Vec<Value>> {
    match base(value) {
        Value::Array(array) => Some(array.items.borrow().clone()),
        other @ (Value::Bytes(_) | Value::Native(_)) => convert::to_list(other),
        _ => None,
    }
}

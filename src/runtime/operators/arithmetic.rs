//! `+ - * / %`

use rust_decimal::Decimal;

use super::{MAX_ELEMENTS, MAX_TEXT, base, collection, no_operator, too_many};
use crate::runtime::convert::{self, decimal_of, double_of, integral};
use crate::runtime::error::{ErrorCategory, ErrorRecord, Exception};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::members::{Invoker, expansion};
use crate::runtime::types::TypeRef;
use crate::runtime::types::datetime::DateTime;
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::value::{Number, Value};

/// `left + right`: sums, texts put together, collections appended, tables merged.
///
/// # Errors
/// The right side does not fit the left one.
pub fn add(left: &Value, right: &Value, host: &mut dyn Invoker) -> Run<Value> {
    match (base(left), base(right)) {
        (Value::Number(a), Value::Number(b)) => sum(*a, *b),
        (Value::Null, right) => Ok(right.clone()),
        (Value::Str(a), _) => {
            let tail = expansion(right, host)?;
            if a.len() + tail.len() > MAX_TEXT {
                return Err(too_many());
            }
            let mut text = String::with_capacity(a.len() + tail.len());
            text.push_str(a);
            text.push_str(&tail);
            Ok(Value::from(text))
        }
        (Value::Char(a), Value::Str(b)) => Ok(Value::from(format!("{a}{b}"))),
        (Value::Hashtable(a), Value::Hashtable(b)) => merge(a, b),
        (Value::Hashtable(a), Value::Null) => Ok(Value::Hashtable(a.clone())),
        (Value::Hashtable(_), _) => {
            let message = "A hash table can only be added to another hash table.";
            Err(ErrorRecord::runtime("AddHashTableToNonHashTable", message).into())
        }
        (Value::DateTime(a), right) => {
            let ticks = span_of(right)?;
            later(*a, Some(ticks))
        }
        (Value::TimeSpan(a), Value::DateTime(b)) => later(*b, Some(a.ticks)),
        (Value::TimeSpan(a), right) => span(a.ticks.checked_add(span_of(right)?)),
        (plain, right_base) => {
            if let Some(mut items) = collection(plain) {
                match collection(right_base) {
                    Some(more) => items.extend(more),
                    None => items.push(right.clone()),
                }
                if items.len() > MAX_ELEMENTS {
                    return Err(too_many());
                }
                return Ok(Value::array(items));
            }
            match plain {
                Value::Bool(_) | Value::Char(_) | Value::Number(_) | Value::Enum(_) => {
                    numbers(plain, right_base).and_then(|(a, b)| sum(a, b))
                }
                _ => Err(no_operator(left, "op_Addition")),
            }
        }
    }
}

/// `left - right`.
///
/// # Errors
/// A side is no number.
pub fn subtract(left: &Value, right: &Value) -> Run<Value> {
    match (base(left), base(right)) {
        (Value::Number(a), Value::Number(b)) => difference(*a, *b),
        (Value::DateTime(a), Value::DateTime(b)) => span(a.ticks.checked_sub(b.ticks)),
        (Value::DateTime(a), Value::Str(text)) => {
            match convert::to_datetime(&Value::Str(text.clone())) {
                Ok(b) => span(a.ticks.checked_sub(b.ticks)),
                Err(_) => later(*a, span_of(base(right))?.checked_neg()),
            }
        }
        (Value::DateTime(a), right) => later(*a, span_of(right)?.checked_neg()),
        (Value::TimeSpan(a), right) => span(a.ticks.checked_sub(span_of(right)?)),
        (a @ Value::Native(_), b) if offset_ticks(a).is_some() => {
            match (offset_ticks(a), offset_ticks(b)) {
                (Some(a), Some(b)) => span(a.checked_sub(b)),
                _ => Err(no_operator(left, "op_Subtraction")),
            }
        }
        (a, b) => {
            let (a, b) = operands(a, b, left, "op_Subtraction")?;
            difference(a, b)
        }
    }
}

/// UTC ticks of a `DateTimeOffset`.
fn offset_ticks(value: &Value) -> Option<i64> {
    match value {
        Value::Native(native) => crate::runtime::types::datetime_offset::utc_ticks(&**native),
        _ => None,
    }
}

/// `left * right`: products, texts and collections repeated.
///
/// # Errors
/// The right side is no number, or the result is too large to keep.
pub fn multiply(left: &Value, right: &Value, host: &mut dyn Invoker) -> Run<Value> {
    let _ = host;
    match (base(left), base(right)) {
        (Value::Number(a), Value::Number(b)) => product(*a, *b),
        (Value::Null, _) => Ok(Value::Null),
        (Value::Str(text), right) => {
            let times = times(right)?;
            if text.len().saturating_mul(times) > MAX_TEXT {
                return Err(too_many());
            }
            Ok(Value::from(text.repeat(times)))
        }
        (Value::TimeSpan(a), right) => {
            let factor = convert::to_f64(right).map_err(|e| Flow::error(e.into()))?;
            Ok(Value::TimeSpan(TimeSpan {
                ticks: (a.ticks as f64 * factor).round() as i64,
            }))
        }
        (plain, right) => {
            if let Some(items) = collection(plain) {
                let times = times(right)?;
                if items.len().saturating_mul(times) > MAX_ELEMENTS {
                    return Err(too_many());
                }
                return Ok(Value::array(
                    (0..times).flat_map(|_| items.iter().cloned()).collect(),
                ));
            }
            let (a, b) = operands(plain, right, left, "op_Multiply")?;
            product(a, b)
        }
    }
}

/// How often something is repeated.
fn times(right: &Value) -> Run<usize> {
    let n = convert::to_i64(right).map_err(|error| Flow::error(error.into()))?;
    usize::try_from(n).map_err(|_| {
        let message =
            "Specified argument was out of the range of valid values. (Parameter 'times')";
        let class = "System.ArgumentOutOfRangeException";
        ErrorRecord::new(class, class, ErrorCategory::OperationStopped, message).into()
    })
}

/// `left / right`: whole numbers that divide evenly stay whole.
///
/// # Errors
/// A side is no number, or a division of whole or decimal numbers by zero.
pub fn divide(left: &Value, right: &Value) -> Run<Value> {
    if let (Value::TimeSpan(a), Value::Number(b)) = (base(left), base(right)) {
        return Ok(Value::TimeSpan(TimeSpan {
            ticks: (a.ticks as f64 / double_of(*b)).round() as i64,
        }));
    }
    if let (Value::TimeSpan(a), Value::TimeSpan(b)) = (base(left), base(right)) {
        return Ok(Value::double(a.ticks as f64 / b.ticks as f64));
    }
    let (a, b) = operands(base(left), base(right), left, "op_Division")?;
    match ladder(a, b) {
        Rung::Whole(kind) => {
            let (x, y) = (
                integral(a).unwrap_or_default(),
                integral(b).unwrap_or_default(),
            );
            if y == 0 {
                return Err(by_zero());
            }
            if x % y == 0 {
                return Ok(fitted(x / y, kind));
            }
            Ok(Value::double(x as f64 / y as f64))
        }
        Rung::Double => Ok(Value::double(double_of(a) / double_of(b))),
        Rung::Decimal(x, y) => {
            if y.is_zero() {
                return Err(by_zero());
            }
            Ok(decimal_or_double(
                x.checked_div(y).map(|n| n.normalize()),
                || double_of(a) / double_of(b),
            ))
        }
    }
}

/// `left % right`, with the sign of the left side.
///
/// # Errors
/// As [`divide`].
pub fn remainder(left: &Value, right: &Value) -> Run<Value> {
    let (a, b) = operands(base(left), base(right), left, "op_Modulus")?;
    match ladder(a, b) {
        Rung::Whole(kind) => {
            let (x, y) = (
                integral(a).unwrap_or_default(),
                integral(b).unwrap_or_default(),
            );
            if y == 0 {
                Err(by_zero())
            } else {
                Ok(fitted(x % y, kind))
            }
        }
        Rung::Double => Ok(Value::double(double_of(a) % double_of(b))),
        Rung::Decimal(x, y) => {
            if y.is_zero() {
                return Err(by_zero());
            }
            Ok(decimal_or_double(x.checked_rem(y), || {
                double_of(a) % double_of(b)
            }))
        }
    }
}

fn numbers(left: &Value, right: &Value) -> Run<(Number, Number)> {
    let number =
        |value: &Value| convert::to_number(value).map_err(|error| Flow::error(error.into()));
    Ok((number(left)?, number(right)?))
}

/// Both sides as numbers; a left side of a type without arithmetic is told by its type.
fn operands(
    left: &Value,
    right: &Value,
    whole_left: &Value,
    operator: &str,
) -> Run<(Number, Number)> {
    match left {
        Value::Null
        | Value::Bool(_)
        | Value::Char(_)
        | Value::Number(_)
        | Value::Str(_)
        | Value::Enum(_) => numbers(left, right),
        _ => Err(no_operator(whole_left, operator)),
    }
}

/// The type two numbers are reckoned in.
enum Rung {
    Whole(TypeRef),
    Double,
    Decimal(Decimal, Decimal),
}

fn ladder(a: Number, b: Number) -> Rung {
    let is_real = |n: Number| matches!(n, Number::Double(_) | Number::Single(_));
    let is_decimal = |n: Number| matches!(n, Number::Decimal(_));
    if is_decimal(a) || is_decimal(b) {
        return match (decimal_of(a), decimal_of(b)) {
            (Some(a), Some(b)) => Rung::Decimal(a, b),
            _ => Rung::Double,
        };
    }
    if is_real(a) || is_real(b) {
        return Rung::Double;
    }
    let rank = |n: Number| match n {
        Number::UInt64(_) => 4,
        Number::Int64(_) => 3,
        Number::UInt32(_) => 2,
        _ => 1,
    };
    let signed = |n: Number| {
        matches!(
            n,
            Number::SByte(_) | Number::Int16(_) | Number::Int32(_) | Number::Int64(_)
        )
    };
    Rung::Whole(match rank(a).max(rank(b)) {
        1 => TypeRef::int32(),
        2 if signed(a) || signed(b) => TypeRef::int64(),
        2 => TypeRef::uint32(),
        3 => TypeRef::int64(),
        _ => TypeRef::uint64(),
    })
}

/// A whole result in its type; one that does not fit becomes a Double.
fn fitted(n: i128, kind: TypeRef) -> Value {
    convert::from_i128(n, kind).map_or_else(|| Value::double(n as f64), Value::Number)
}

fn decimal_or_double(result: Option<Decimal>, double: impl FnOnce() -> f64) -> Value {
    result.map_or_else(
        || Value::double(double()),
        |n| Value::Number(Number::Decimal(n)),
    )
}

fn sum(a: Number, b: Number) -> Run<Value> {
    if let (Number::Int32(a), Number::Int32(b)) = (a, b)
        && let Some(n) = a.checked_add(b)
    {
        return Ok(Value::int(n));
    }
    reckon(
        a,
        b,
        |x, y| x.checked_add(y),
        |x, y| x + y,
        |x, y| x.checked_add(y),
    )
}

fn difference(a: Number, b: Number) -> Run<Value> {
    if let (Number::Int32(a), Number::Int32(b)) = (a, b)
        && let Some(n) = a.checked_sub(b)
    {
        return Ok(Value::int(n));
    }
    reckon(
        a,
        b,
        |x, y| x.checked_sub(y),
        |x, y| x - y,
        |x, y| x.checked_sub(y),
    )
}

fn product(a: Number, b: Number) -> Run<Value> {
    if let (Number::Int32(a), Number::Int32(b)) = (a, b)
        && let Some(n) = a.checked_mul(b)
    {
        return Ok(Value::int(n));
    }
    reckon(
        a,
        b,
        |x, y| x.checked_mul(y),
        |x, y| x * y,
        |x, y| x.checked_mul(y),
    )
}

fn reckon(
    a: Number,
    b: Number,
    whole: fn(i128, i128) -> Option<i128>,
    double: fn(f64, f64) -> f64,
    decimal: fn(Decimal, Decimal) -> Option<Decimal>,
) -> Run<Value> {
    Ok(match ladder(a, b) {
        Rung::Whole(kind) => {
            let (x, y) = (
                integral(a).unwrap_or_default(),
                integral(b).unwrap_or_default(),
            );
            whole(x, y).map_or_else(
                || Value::double(double(x as f64, y as f64)),
                |n| fitted(n, kind),
            )
        }
        Rung::Double => Value::double(double(double_of(a), double_of(b))),
        Rung::Decimal(x, y) => {
            decimal_or_double(decimal(x, y), || double(double_of(a), double_of(b)))
        }
    })
}

fn span_of(value: &Value) -> Run<i64> {
    match value {
        Value::Null => Ok(0),
        other => convert::to_timespan(other)
            .map(|span| span.ticks)
            .map_err(|error| Flow::error(error.into())),
    }
}

fn span(ticks: Option<i64>) -> Run<Value> {
    let too_long = || {
        Flow::error(overflow(
            "TimeSpan overflowed because the duration is too long.",
        ))
    };
    ticks
        .map(|ticks| Value::TimeSpan(TimeSpan { ticks }))
        .ok_or_else(too_long)
}

fn later(date: DateTime, ticks: Option<i64>) -> Run<Value> {
    let outside = || {
        Flow::error(overflow(
            "The added or subtracted value results in an un-representable DateTime.",
        ))
    };
    ticks
        .and_then(|ticks| date.add_ticks(ticks))
        .map(Value::DateTime)
        .ok_or_else(outside)
}

fn overflow(message: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.OverflowException",
        "OverflowException",
        ErrorCategory::NotSpecified,
        message,
    )
}

fn by_zero() -> Flow {
    let message = "Attempted to divide by zero.";
    let inner = Exception {
        type_name: "System.DivideByZeroException".into(),
        message: message.into(),
        inner: None,
    };
    let runtime = "System.Management.Automation.RuntimeException";
    ErrorRecord::new(
        runtime,
        "RuntimeException",
        ErrorCategory::NotSpecified,
        message,
    )
    .with_inner(inner)
    .into()
}

/// A table with the pairs of both; a key of both is an error.
fn merge(
    a: &crate::runtime::types::hashtable::Hashtable,
    b: &crate::runtime::types::hashtable::Hashtable,
) -> Run<Value> {
    let merged = a.copy();
    for (key, value) in b.pairs() {
        if merged.contains(&key) {
            let name = convert::to_text(&key);
            let message = format!(
                "Item has already been added. Key in dictionary: '{name}'  Key being added: '{name}'"
            );
            let class = "System.ArgumentException";
            return Err(
                ErrorRecord::new(class, class, ErrorCategory::OperationStopped, message).into(),
            );
        }
        merged.insert(key, value);
    }
    Ok(Value::Hashtable(std::rc::Rc::new(merged)))
}

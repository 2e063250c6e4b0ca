//! Equality and order of values: the left one decides the type.

use std::cmp::Ordering;

use super::convert::{self, ConvertError, decimal_of, double_of, integral};
use super::errors::error::{ErrorCategory, ErrorRecord};
use super::eval::flow::{Flow, Run};
use super::text::collate::{collate, same};
use super::types::{TypeRef, key};
use super::value::{Number, Value};

/// `-eq` of two single values, letters in any case.
pub fn equals(left: &Value, right: &Value) -> bool {
    equals_with(left, right, false)
}

/// `-eq` (or `-ceq`) of two single values. What cannot be converted is not equal.
pub fn equals_with(left: &Value, right: &Value, sensitive: bool) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => number_order(*a, *b) == Some(Ordering::Equal),
        (Value::Str(a), Value::Str(b)) => same(a, b, sensitive),
        (Value::Null, Value::Null) => true,
        (Value::Object(object), right) if object.base.is_some() && !shared(left, right) => {
            equals_with(
                object.base.as_ref().unwrap_or(&Value::Null),
                right,
                sensitive,
            )
        }
        (left, Value::Object(object)) if object.base.is_some() && !shared(left, right) => {
            equals_with(
                left,
                object.base.as_ref().unwrap_or(&Value::Null),
                sensitive,
            )
        }
        (Value::Null, _) | (_, Value::Null) => false,
        (Value::Str(a), right) => same(a, &convert::to_text(right), sensitive),
        (Value::Bool(a), right) => *a == convert::to_bool(right),
        (Value::Char(a), Value::Char(b)) => same(
            a.encode_utf8(&mut [0; 4]),
            b.encode_utf8(&mut [0; 4]),
            sensitive,
        ),
        (Value::Char(a), Value::Str(b)) => same(a.encode_utf8(&mut [0; 4]), b, sensitive),
        (Value::Number(_), Value::Str(text)) if text.trim().is_empty() => {
            number_of(left) == Some(Number::Int32(0))
        }
        (Value::Number(a), right) => {
            number_of(right).is_some_and(|b| number_order(*a, b) == Some(Ordering::Equal))
        }
        (Value::Char(a), Value::Number(b)) => {
            number_order(Number::Int32(*a as i32), *b) == Some(Ordering::Equal)
        }
        (Value::Enum(a), right) => same_member(a, right, sensitive),
        _ => {
            key::same(left, right, true)
                || as_left(left, right).is_some_and(|right| key::same(left, &right, true))
        }
    }
}

fn shared(left: &Value, right: &Value) -> bool {
    matches!((key::address(left), key::address(right)), (Some(a), Some(b)) if a == b)
}

fn number_of(value: &Value) -> Option<Number> {
    convert::to_number(value).ok()
}

fn same_member(left: &super::types::enums::EnumValue, right: &Value, sensitive: bool) -> bool {
    match right {
        Value::Enum(right) => left.type_ref() == right.type_ref() && left.value == right.value,
        Value::Number(number) => integral(*number) == Some(i128::from(left.value)),
        Value::Str(text) => {
            same(
                &left.name,
                text,
                sensitive && left.type_ref().table().members.is_empty(),
            ) || matches!(convert::to_enum(right, left.type_ref()), Ok(Value::Enum(right)) if right.value == left.value)
        }
        _ => false,
    }
}

/// The right value in the left one's type.
fn as_left(left: &Value, right: &Value) -> Option<Value> {
    let ty = left.type_ref()?;
    (right.type_ref() != Some(ty))
        .then(|| convert::try_type(right, ty))
        .flatten()
}

/// Order of two numbers of any types; `None` with NaN.
pub fn number_order(a: Number, b: Number) -> Option<Ordering> {
    if let (Number::Int32(a), Number::Int32(b)) = (a, b) {
        return Some(a.cmp(&b));
    }
    if let (Some(a), Some(b)) = (integral(a), integral(b)) {
        return Some(a.cmp(&b));
    }
    let real = |n: Number| matches!(n, Number::Double(_) | Number::Single(_));
    if !real(a)
        && !real(b)
        && let (Some(a), Some(b)) = (decimal_of(a), decimal_of(b))
    {
        return Some(a.cmp(&b));
    }
    if (matches!(a, Number::Decimal(_)) || matches!(b, Number::Decimal(_)))
        && let (Some(a), Some(b)) = (decimal_of(a), decimal_of(b))
    {
        return Some(a.cmp(&b));
    }
    double_of(a).partial_cmp(&double_of(b))
}

/// The order of two single values for `-lt` and its kin.
///
/// # Errors
/// The right value does not become one of the left's type, or the type has no order.
pub fn compare(left: &Value, right: &Value, sensitive: bool) -> Run<Ordering> {
    let boxed = |error: ConvertError| Flow::error(error.into());
    Ok(match (left, right) {
        (Value::Number(a), Value::Number(b)) => number_order(*a, *b).unwrap_or(Ordering::Greater),
        (Value::Str(a), Value::Str(b)) => collate(a, b, sensitive),
        (Value::Object(object), right) if object.base.is_some() => {
            return compare(
                object.base.as_ref().unwrap_or(&Value::Null),
                right,
                sensitive,
            );
        }
        (left, Value::Object(object)) if object.base.is_some() => {
            return compare(
                left,
                object.base.as_ref().unwrap_or(&Value::Null),
                sensitive,
            );
        }
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, right) => below(right),
        (left, Value::Null) => below(left).reverse(),
        (Value::Str(a), right) => collate(a, &convert::to_text(right), sensitive),
        (Value::Number(a), right) => {
            let b = convert::to_number(right).map_err(boxed)?;
            number_order(*a, b).unwrap_or(Ordering::Greater)
        }
        (Value::Bool(a), right) => a.cmp(&convert::to_bool(right)),
        (Value::Char(a), Value::Char(b)) => collate(
            a.encode_utf8(&mut [0; 4]),
            b.encode_utf8(&mut [0; 4]),
            sensitive,
        ),
        (Value::Char(a), Value::Str(b)) => collate(a.encode_utf8(&mut [0; 4]), b, sensitive),
        (Value::Char(a), Value::Number(b)) => {
            number_order(Number::Int32(*a as i32), *b).unwrap_or(Ordering::Greater)
        }
        (Value::DateTime(a), right) => a.cmp(&convert::to_datetime(right).map_err(boxed)?),
        (Value::TimeSpan(a), right) => a.cmp(&convert::to_timespan(right).map_err(boxed)?),
        (Value::Enum(a), right) => {
            let number = match convert::to_enum(right, a.type_ref()).map_err(boxed)? {
                Value::Enum(b) => b.value,
                _ => 0,
            };
            a.value.cmp(&number)
        }
        (Value::Native(a), right) => {
            let ty = a.type_ref();
            let right = convert::to_type(right, ty).map_err(boxed)?;
            match &right {
                Value::Native(b) => a
                    .order(&**b)
                    .ok_or_else(|| Flow::error(not_comparable(left)))?,
                _ => return Err(not_comparable(left).into()),
            }
        }
        _ if key::same(left, right, true) => Ordering::Equal,
        _ => return Err(not_comparable(left).into()),
    })
}

/// `$null` against a value: below everything but negative numbers.
fn below(right: &Value) -> Ordering {
    match right {
        Value::Number(number) if double_of(*number) < 0.0 => Ordering::Greater,
        _ => Ordering::Less,
    }
}

fn not_comparable(value: &Value) -> ErrorRecord {
    let text = convert::to_text(value);
    let message = format!("Cannot compare \"{text}\" because it is not IComparable.");
    let runtime = "System.Management.Automation.RuntimeException";
    ErrorRecord::new(
        runtime,
        "NotIcomparable",
        ErrorCategory::InvalidOperation,
        message,
    )
}

/// A total order for sorting values of any types: of one kind by their order, of different kinds as texts; `$null` first.
pub fn sort_order(left: &Value, right: &Value, sensitive: bool) -> Ordering {
    match (left, right) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Less,
        (_, Value::Null) => Ordering::Greater,
        (Value::Number(a), Value::Number(b)) => {
            number_order(*a, *b).unwrap_or_else(|| double_of(*a).total_cmp(&double_of(*b)))
        }
        (Value::Str(a), Value::Number(_)) | (Value::Number(_), Value::Str(a))
            if number_of(&Value::Str(a.clone())).is_some() =>
        {
            let (a, b) = (number_of(left), number_of(right));
            match (a, b) {
                (Some(a), Some(b)) => number_order(a, b).unwrap_or(Ordering::Equal),
                _ => Ordering::Equal,
            }
        }
        _ if left
            .type_ref()
            .is_some_and(|ty| right.type_ref() == Some(ty)) =>
        {
            compare(left, right, sensitive).unwrap_or_else(|_| as_texts(left, right, sensitive))
        }
        _ => as_texts(left, right, sensitive),
    }
}

fn as_texts(left: &Value, right: &Value, sensitive: bool) -> Ordering {
    collate(&convert::to_text(left), &convert::to_text(right), sensitive)
}

/// Sorts stably by an order that need not be one: values of mixed types can go round in a circle, and so can what a script
/// answers. The standard sort may refuse such an order with a panic.
pub fn sort_by<T>(items: &mut Vec<T>, mut order: impl FnMut(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..items.len()).collect();
    let mut width = 1;
    while width < places.len() {
        let mut merged = Vec::with_capacity(places.len());
        for pair in places.chunks(width * 2) {
            let (left, right) = pair.split_at(width.min(pair.len()));
            merge(left, right, &mut merged, &mut |a, b| {
                order(&items[a], &items[b])
            });
        }
        places = merged;
        width *= 2;
    }
    let mut slots: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| slots[place].take()));
}

fn merge(
    mut left: &[usize],
    mut right: &[usize],
    out: &mut Vec<usize>,
    order: &mut dyn FnMut(usize, usize) -> Ordering,
) {
    while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
        if order(*b, *a) == Ordering::Less {
            out.push(*b);
            right = right_rest;
        } else {
            out.push(*a);
            left = left_rest;
        }
    }
    out.extend_from_slice(left);
    out.extend_from_slice(right);
}

/// Whether a value is of a type or one derived from it: `-is`.
pub fn is_type(value: &Value, wanted: TypeRef) -> bool {
    let own = |value: &Value| value.type_ref().is_some_and(|own| own.is_a(wanted));
    match value {
        Value::Null => false,
        Value::Object(object) => {
            wanted.full_name() == "System.Management.Automation.PSObject"
                || own(value)
                || object
                    .type_names
                    .borrow()
                    .iter()
                    .any(|name| **name == *wanted.full_name())
        }
        Value::Error(_) if wanted.full_name() == "System.Management.Automation.PSObject" => true,
        other => own(other) || own_exception(other, wanted),
    }
}

/// Exceptions carry their type as data.
fn own_exception(value: &Value, wanted: TypeRef) -> bool {
    super::types::exception::of_value(value).is_some_and(|exception| {
        super::types::exception::is_a(&exception.type_name, wanted.full_name())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    #[test]
    fn the_left_type_decides() {
        let yes: [(Value, Value); 14] = [
            (5.into(), "5.0".into()),
            ("5".into(), Value::double(5.0)),
            ("10".into(), 10.into()),
            (10.into(), "010".into()),
            (10.into(), "0xA".into()),
            ("Inbox".into(), "INBOX".into()),
            (true.into(), "x".into()),
            (true.into(), "false".into()),
            (1.into(), true.into()),
            ('a'.into(), 97.into()),
            ("a".into(), 'A'.into()),
            (Value::Null, Value::Null),
            (
                Value::Number(Number::Decimal(Decimal::new(50, 1))),
                Value::double(5.0),
            ),
            ("true".into(), true.into()),
        ];
        for (a, b) in &yes {
            assert!(
                equals(a, b),
                "{} {}",
                convert::to_text(a),
                convert::to_text(b)
            );
        }
        let no: [(Value, Value); 8] = [
            ("5.0".into(), 5.into()),
            ("010".into(), 10.into()),
            (2.into(), true.into()),
            (10.into(), "abc".into()),
            (Value::Null, 0.into()),
            ("".into(), Value::Null),
            (Value::Null, Value::array(vec![])),
            ("x".into(), true.into()),
        ];
        for (a, b) in &no {
            assert!(
                !equals(a, b),
                "{} {}",
                convert::to_text(a),
                convert::to_text(b)
            );
        }
    }

    fn id(result: Run<Ordering>) -> Option<String> {
        match result {
            Err(Flow::Error { record, .. }) => Some(record.id.to_string()),
            _ => None,
        }
    }

    #[test]
    fn sorting_is_stable_and_takes_any_order() {
        let mut items: Vec<(i32, usize)> = [3, 1, 2, 3, 1].into_iter().zip(0..).collect();
        sort_by(&mut items, |a, b| a.0.cmp(&b.0));
        assert_eq!(items, [(1, 1), (1, 4), (2, 2), (3, 0), (3, 3)]);
        let mut circle: Vec<i32> = (0..1000).collect();
        sort_by(&mut circle, |a, b| {
            if (a * 7 + b) % 3 == 0 {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        });
        assert_eq!(circle.len(), 1000);
    }

    #[test]
    fn order_by_the_left_type() {
        let less = |a: Value, b: Value| compare(&a, &b, false).ok().map(Ordering::is_lt);
        assert_eq!(less("10".into(), "9".into()), Some(true));
        assert_eq!(less(10.into(), "9".into()), Some(false));
        assert_eq!(less("10".into(), 9.into()), Some(true));
        assert_eq!(
            id(compare(&10.into(), &"abc".into(), false)).as_deref(),
            Some("InvalidCastFromStringToInteger")
        );
        assert_eq!(
            sort_order(&10.into(), &"8".into(), false),
            Ordering::Greater
        );
    }
}

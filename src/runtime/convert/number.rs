//! Values to numbers and truth values, numbers to other numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::error::ConvertError;
use super::scan::scan_number;
use super::text::{number_text, plain_text};
use crate::runtime::types::TypeRef;
use crate::runtime::value::{Number, Value};

/// Whether a value counts as true: not null, not zero, not empty; of a single element, whether that is true.
pub fn to_bool(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(b) => *b,
        Value::Char(c) => *c != '\0',
        Value::Number(number) => !is_zero(*number),
        Value::Str(text) => !text.is_empty(),
        Value::Array(array) => list_is_true(&array.items.borrow()),
        Value::Bytes(bytes) => match bytes.borrow().as_slice() {
            [] => false,
            [only] => *only != 0,
            _ => true,
        },
        Value::Enum(member) => member.value != 0,
        Value::Native(native) => native
            .elements()
            .is_none_or(|elements| list_is_true(&elements)),
        Value::Object(object) => object.base.as_ref().is_none_or(to_bool),
        _ => true,
    }
}

fn list_is_true(items: &[Value]) -> bool {
    match items {
        [] => false,
        [Value::Array(inner)] => !inner.items.borrow().is_empty(),
        [only] => to_bool(only),
        _ => true,
    }
}

/// Whether it is zero of its type.
pub fn is_zero(number: Number) -> bool {
    match number {
        Number::Double(n) => n == 0.0,
        Number::Single(n) => n == 0.0,
        Number::Decimal(n) => n.is_zero(),
        other => integral(other) == Some(0),
    }
}

/// The number of a whole-number type; `None` for Single, Double and Decimal.
pub fn integral(number: Number) -> Option<i128> {
    Some(match number {
        Number::SByte(n) => n.into(),
        Number::Byte(n) => n.into(),
        Number::Int16(n) => n.into(),
        Number::UInt16(n) => n.into(),
        Number::Int32(n) => n.into(),
        Number::UInt32(n) => n.into(),
        Number::Int64(n) => n.into(),
        Number::UInt64(n) => n.into(),
        Number::Single(_) | Number::Double(_) | Number::Decimal(_) => return None,
    })
}

/// A number as a `Double`.
pub fn double_of(number: Number) -> f64 {
    match number {
        Number::Double(n) => n,
        Number::Single(n) => f64::from(n),
        Number::Decimal(n) => n.to_f64().unwrap_or(f64::NAN),
        other => integral(other).unwrap_or_default() as f64,
    }
}

/// A number as a `Decimal`; `None` when it is too large or not a number. Doubles give their 15 leading digits, as in .NET.
pub fn decimal_of(number: Number) -> Option<Decimal> {
    match number {
        Number::Decimal(n) => Some(n),
        Number::Double(0.0) => Some(Decimal::ZERO),
        Number::Double(n) => Decimal::from_scientific(&format!("{n:.14e}"))
            .ok()
            .map(|d| d.normalize()),
        Number::Single(n) => Decimal::from_f32(n).map(|d| d.normalize()),
        other => Decimal::try_from_i128_with_scale(integral(other)?, 0).ok(),
    }
}

/// To the nearest whole number; halves to the even one.
pub fn round_half_even(n: f64) -> f64 {
    n.round_ties_even()
}

/// The whole number a number becomes when cast: halves go to the even one. `None` when it has none.
fn whole(number: Number) -> Option<i128> {
    match number {
        Number::Double(n) => finite(n),
        Number::Single(n) => finite(f64::from(n)),
        Number::Decimal(n) => n
            .round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointNearestEven)
            .to_i128(),
        other => integral(other),
    }
}

fn finite(n: f64) -> Option<i128> {
    (n.is_finite() && n.abs() < 1e30).then(|| n.round_ties_even() as i128)
}

/// The number as one of another type; the type must be numeric or `System.Char`'s code unit type.
///
/// # Errors
/// It is outside the type's range.
pub fn number_as(number: Number, wanted: TypeRef) -> Result<Number, ConvertError> {
    if number.type_ref() == wanted {
        return Ok(number);
    }
    let made = match wanted.full_name() {
        "System.Double" => Some(Number::Double(double_of(number))),
        "System.Single" => Some(Number::Single(double_of(number) as f32)),
        "System.Decimal" => decimal_of(number).map(Number::Decimal),
        _ => whole(number).and_then(|n| from_i128(n, wanted)),
    };
    made.ok_or_else(|| ConvertError::out_of_range(&number_text(number), wanted))
}

/// A whole number as one of a whole-number type; `None` when it does not fit or the type is another.
pub fn from_i128(n: i128, wanted: TypeRef) -> Option<Number> {
    Some(match wanted.full_name() {
        "System.SByte" => Number::SByte(n.try_into().ok()?),
        "System.Byte" => Number::Byte(n.try_into().ok()?),
        "System.Int16" => Number::Int16(n.try_into().ok()?),
        "System.UInt16" => Number::UInt16(n.try_into().ok()?),
        "System.Int32" => Number::Int32(n.try_into().ok()?),
        "System.UInt32" => Number::UInt32(n.try_into().ok()?),
        "System.Int64" => Number::Int64(n.try_into().ok()?),
        "System.UInt64" => Number::UInt64(n.try_into().ok()?),
        _ => return None,
    })
}

/// The number a value stands for in arithmetic; text is read as a number literal of whatever type it spells.
///
/// # Errors
/// It stands for none.
pub fn to_number(value: &Value) -> Result<Number, ConvertError> {
    match value {
        Value::Number(number) => Ok(*number),
        Value::Null => Ok(Number::Int32(0)),
        Value::Bool(b) => Ok(Number::Int32((*b).into())),
        Value::Char(c) => Ok(Number::Int32(*c as i32)),
        Value::Str(text) if text.trim().is_empty() => Ok(Number::Int32(0)),
        Value::Str(text) => {
            scan_number(text).ok_or_else(|| ConvertError::not_a_number(text, TypeRef::int32()))
        }
        Value::Enum(member) => {
            Ok(i32::try_from(member.value).map_or(Number::Int64(member.value), Number::Int32))
        }
        Value::Object(object) if object.base.is_some() => {
            to_number(object.base.as_ref().unwrap_or(&Value::Null))
        }
        other => Err(ConvertError::no_rule(other, TypeRef::int32())),
    }
}

/// A value as a number of one type.
///
/// # Errors
/// It is no number, or outside the type's range.
pub fn to_number_type(value: &Value, wanted: TypeRef) -> Result<Number, ConvertError> {
    let number = match value {
        Value::Str(text) => return text_as(text, wanted),
        Value::Array(_)
        | Value::Bytes(_)
        | Value::DateTime(_)
        | Value::TimeSpan(_)
        | Value::Native(_) => {
            return Err(ConvertError::no_rule(value, wanted));
        }
        other => to_number(other).map_err(|_| ConvertError::no_rule(other, wanted))?,
    };
    number_as(number, wanted)
}

fn text_as(text: &str, wanted: TypeRef) -> Result<Number, ConvertError> {
    let trimmed = text.trim();
    if trimmed.is_empty() && text.is_empty() {
        return number_as(Number::Int32(0), wanted);
    }
    let real = matches!(
        wanted.full_name(),
        "System.Double" | "System.Single" | "System.Decimal"
    );
    if real && let Some(number) = real_text(trimmed, wanted) {
        return Ok(number);
    }
    if !real && let Some(number) = unsigned_hex(trimmed, wanted) {
        return Ok(number);
    }
    let number = scan_number(trimmed).ok_or_else(|| ConvertError::not_a_number(text, wanted))?;
    number_as(number, wanted).map_err(|mut error| {
        error.id = ConvertError::not_a_number(text, wanted).id;
        error.message = ConvertError::out_of_range(text, wanted).message;
        error
    })
}

/// `0xFF` as a byte is 255: hex digits fill the wanted type's bits.
fn unsigned_hex(text: &str, wanted: TypeRef) -> Option<Number> {
    let hex = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))
        .or_else(|| text.strip_prefix('#'))?;
    if hex.is_empty() || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let bits = u64::from_str_radix(hex, 16).ok()?;
    Some(match wanted.full_name() {
        "System.SByte" => Number::SByte(u8::try_from(bits).ok()? as i8),
        "System.Int16" => Number::Int16(u16::try_from(bits).ok()? as i16),
        "System.Int32" => Number::Int32(u32::try_from(bits).ok()? as i32),
        "System.Int64" => Number::Int64(bits as i64),
        _ => return from_i128(bits.into(), wanted),
    })
}

/// Text to a real number: grouping commas and an exponent are fine.
fn real_text(text: &str, wanted: TypeRef) -> Option<Number> {
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-');
    if wanted == TypeRef::decimal() {
        let valid = digits.bytes().all(plain) && digits.bytes().any(|b| b.is_ascii_digit());
        let parsed = digits
            .parse::<Decimal>()
            .or_else(|_| Decimal::from_scientific(&digits));
        return parsed.ok().filter(|_| valid).map(Number::Decimal);
    }
    let n = match digits.to_ascii_lowercase().as_str() {
        "nan" => f64::NAN,
        "infinity" | "∞" => f64::INFINITY,
        "-infinity" | "-∞" => f64::NEG_INFINITY,
        _ if digits.bytes().all(plain) => digits.parse().ok()?,
        _ => return None,
    };
    Some(if wanted == TypeRef::single() {
        Number::Single(n as f32)
    } else {
        Number::Double(n)
    })
}

macro_rules! to_rust {
    ($($(#[$doc:meta])* $name:ident -> $ty:ty = $type_ref:ident, $variant:ident;)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Errors
            /// It is no number, or outside the type's range.
            pub fn $name(value: &Value) -> Result<$ty, ConvertError> {
                if let Value::Number(Number::$variant(n)) = value {
                    return Ok(*n);
                }
                match to_number_type(value, TypeRef::$type_ref())? {
                    Number::$variant(n) => Ok(n),
                    other => Err(ConvertError::out_of_range(&number_text(other), TypeRef::$type_ref())),
                }
            }
        )*
    };
}

to_rust! {
    /// A value as an `Int32`.
    to_i32 -> i32 = int32, Int32;
    /// A value as an `Int64`.
    to_i64 -> i64 = int64, Int64;
    /// A value as a `UInt32`.
    to_u32 -> u32 = uint32, UInt32;
    /// A value as a `UInt64`.
    to_u64 -> u64 = uint64, UInt64;
    /// A value as a `Double`.
    to_f64 -> f64 = double, Double;
    /// A value as a `Decimal`.
    to_decimal -> Decimal = decimal, Decimal;
}

/// A value as a count or index from 0.
///
/// # Errors
/// It is no whole number, or negative.
pub fn to_usize(value: &Value) -> Result<usize, ConvertError> {
    let n = to_i64(value)?;
    usize::try_from(n)
        .map_err(|_| ConvertError::out_of_range(&plain_text(value), TypeRef::uint32()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn casts_round_halves_to_even_and_check_the_range() {
        let int = |value: Value| to_i32(&value);
        assert_eq!(
            (int(Value::double(2.5)), int(Value::double(3.5))),
            (Ok(2), Ok(4))
        );
        assert_eq!(
            (int("5.9".into()), int("0x1F".into()), int("1kb".into())),
            (Ok(6), Ok(31), Ok(1024))
        );
        assert_eq!(
            (int("".into()), int(Value::Null), int(true.into())),
            (Ok(0), Ok(0), Ok(1))
        );
        let error = int(Value::long(3_000_000_000)).unwrap_err();
        assert_eq!(error.id, "InvalidCastIConvertible");
        assert!(
            error
                .message
                .ends_with("Error: \"Value was either too large or too small for an Int32.\"")
        );
        assert_eq!(
            int("ten".into()).unwrap_err().id,
            "InvalidCastFromStringToInteger"
        );
        assert_eq!(
            to_number_type(&"0xFF".into(), TypeRef::byte()),
            Ok(Number::Byte(255))
        );
        assert_eq!(to_f64(&"1,234.5".into()), Ok(1234.5));
    }

    #[test]
    fn truth() {
        let yes = [
            Value::str("0"),
            Value::array(vec![Value::int(0), Value::int(0)]),
            Value::str(" "),
        ];
        let no = [
            Value::str(""),
            Value::array(vec![]),
            Value::array(vec![Value::int(0)]),
            Value::double(0.0),
            Value::Null,
        ];
        assert!(yes.iter().all(to_bool));
        assert!(!no.iter().any(to_bool));
    }
}

//! Anything to text, as inside an expandable string: the same in every culture.

use std::rc::Rc;

use rust_decimal::Decimal;

use crate::runtime::object::{PropertyKind, PsObject};
use crate::runtime::types::datetime::format;
use crate::runtime::types::names;
use crate::runtime::value::{Number, Value};

/// The text of a value in a string expansion. Script methods named `ToString` are not asked; see `members::text`.
pub fn to_text(value: &Value) -> String {
    to_text_with(value, " ")
}

/// As [`to_text`], shared when it is a string already.
pub fn to_rc_text(value: &Value) -> Rc<str> {
    match value {
        Value::Str(text) => text.clone(),
        other => Rc::from(to_text(other)),
    }
}

/// As [`to_text`], with `$OFS` between the elements of an array.
pub fn to_text_with(value: &Value, separator: &str) -> String {
    match value {
        Value::Array(array) => join(&array.items.borrow(), separator),
        Value::Bytes(bytes) => {
            let texts: Vec<String> = bytes.borrow().iter().map(u8::to_string).collect();
            texts.join(separator)
        }
        Value::Native(native) => match native.elements() {
            Some(elements) => join(&elements, separator),
            _ => native.text(),
        },
        Value::Object(object) => match (&object.text, &object.base) {
            (Some(text), _) => text.to_string(),
            (None, Some(base)) => to_text_with(base, separator),
            (None, None) => object_text(object),
        },
        other => plain_text(other),
    }
}

/// The texts of several values with a separator between them; arrays inside give their type name.
pub fn join(items: &[Value], separator: &str) -> String {
    let mut out = String::new();
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(separator);
        }
        match item {
            Value::Str(text) => out.push_str(text),
            other => out.push_str(&plain_text(other)),
        }
    }
    out
}

/// The text of a value as an element of something: collections give their type name.
pub fn plain_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(b) => if *b { "True" } else { "False" }.to_owned(),
        Value::Char(c) => c.to_string(),
        Value::Number(number) => number_text(*number),
        Value::Str(text) => text.to_string(),
        Value::DateTime(date) => format::invariant(*date),
        Value::TimeSpan(span) => span.to_string(),
        Value::ScriptBlock(block) => block.text().to_owned(),
        Value::Type(ty) => names::display(*ty),
        Value::Enum(member) => member.name.to_string(),
        Value::Error(record) => record.exception.message.to_string(),
        Value::Native(native) => match native.elements() {
            Some(_) => native.type_ref().full_name().to_owned(),
            _ => native.text(),
        },
        Value::Object(object) => match (&object.text, &object.base) {
            (Some(text), _) => text.to_string(),
            (None, Some(base)) => plain_text(base),
            (None, None) => object_text(object),
        },
        Value::Array(_) | Value::Bytes(_) | Value::Hashtable(_) => value
            .type_ref()
            .map_or_else(String::new, |ty| ty.full_name().to_owned()),
    }
}

/// `@{Name=x; Count=5}` of a custom object; a cmdlet's view gives its identity, as Exchange's objects do.
fn object_text(object: &Rc<PsObject>) -> String {
    let names = object.type_names.borrow();
    let is_custom = names
        .iter()
        .any(|name| &**name == "System.Management.Automation.PSCustomObject");
    if !is_custom && let Some(first) = names.first() {
        let telling: &[&str] = match first.strip_prefix("Microsoft.PowerShell.Commands.") {
            Some("MemberDefinition") => &["Definition"],
            Some("HistoryInfo") => &["CommandLine"],
            Some(_) => &[],
            None => &["Identity", "Name"],
        };
        let identity = telling.iter().find_map(|name| object.find(name));
        return match identity.map(|property| property.kind) {
            Some(PropertyKind::Note(value)) if !matches!(value, Value::Object(_)) => {
                to_text(&value)
            }
            _ => first.to_string(),
        };
    }
    let parts: Vec<String> = object
        .properties
        .borrow()
        .iter()
        .filter_map(|property| match &property.kind {
            PropertyKind::Note(Value::Object(inner)) if inner.base.is_none() => {
                Some(format!("{}=", property.name))
            }
            PropertyKind::Note(value) => Some(format!("{}={}", property.name, plain_text(value))),
            _ => None,
        })
        .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("@{{{}}}", parts.join("; "))
    }
}

/// A number without grouping, doubles in the fewest digits that read back the same.
pub fn number_text(number: Number) -> String {
    match number {
        Number::SByte(n) => n.to_string(),
        Number::Byte(n) => n.to_string(),
        Number::Int16(n) => n.to_string(),
        Number::UInt16(n) => n.to_string(),
        Number::Int32(n) => n.to_string(),
        Number::UInt32(n) => n.to_string(),
        Number::Int64(n) => n.to_string(),
        Number::UInt64(n) => n.to_string(),
        Number::Single(n) => single_text(n),
        Number::Double(n) => double_text(n),
        Number::Decimal(n) => decimal_text(n),
    }
}

/// A decimal with the digits it was made with.
pub fn decimal_text(n: Decimal) -> String {
    if n.is_zero() && n.is_sign_negative() {
        (-n).to_string()
    } else {
        n.to_string()
    }
}

/// As .NET prints a `Double`: shortest digits, an exponent from 1E+15 up and below 0.0001.
pub fn double_text(n: f64) -> String {
    special(n).unwrap_or_else(|| shortest(&format!("{n:e}"), 15))
}

/// As .NET prints a `Single`.
pub fn single_text(n: f32) -> String {
    special(f64::from(n)).unwrap_or_else(|| shortest(&format!("{n:e}"), 7))
}

/// The three numbers that are words.
fn special(n: f64) -> Option<String> {
    let word = if n.is_nan() {
        "NaN"
    } else if n == f64::INFINITY {
        "Infinity"
    } else if n == f64::NEG_INFINITY {
        "-Infinity"
    } else {
        return None;
    };
    Some(word.to_owned())
}

/// Rust's `1.25e-7` laid out by .NET's rule: an exponent when the point would stand past `precision` digits.
fn shortest(scientific: &str, precision: i32) -> String {
    let (sign, rest) = scientific
        .strip_prefix('-')
        .map_or(("", scientific), |rest| ("-", rest));
    let (mantissa, exponent) = rest.split_once('e').unwrap_or((rest, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = exponent + 1;
    if digits == "0" {
        return format!("{sign}0");
    }
    if point > precision || point < -3 {
        let (head, tail) = digits.split_at(1);
        let dot = if tail.is_empty() { "" } else { "." };
        let mark = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{head}{dot}{tail}E{mark}{:02}", exponent.abs());
    }
    if point <= 0 {
        return format!(
            "{sign}0.{}{digits}",
            "0".repeat(point.unsigned_abs() as usize)
        );
    }
    let point = point as usize;
    if digits.len() <= point {
        format!("{sign}{digits}{}", "0".repeat(point - digits.len()))
    } else {
        format!("{sign}{}.{}", &digits[..point], &digits[point..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_print_as_dotnet_prints_them() {
        let table = [
            (0.1 + 0.2, "0.30000000000000004"),
            (1e15, "1E+15"),
            (1e14, "100000000000000"),
            (12_345_678_901_234.5, "12345678901234.5"),
            (0.0001, "0.0001"),
            (0.00001, "1E-05"),
            (1.0, "1"),
            (-2.5, "-2.5"),
            (1e20, "1E+20"),
            (1.25e-7, "1.25E-07"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
            (-0.0, "-0"),
        ];
        for (number, text) in table {
            assert_eq!(double_text(number), text);
        }
        assert_eq!(
            (single_text(0.1), single_text(1e7)),
            ("0.1".to_owned(), "1E+07".to_owned())
        );
    }
}

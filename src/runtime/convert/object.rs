//! Values to collections and enumerations.

use super::error::ConvertError;
use super::{cast, to_number};
use crate::runtime::types::TypeRef;
use crate::runtime::types::datetime::{DateKind, DateTime};
use crate::runtime::types::enums::EnumValue;
use crate::runtime::value::{Array, Number, Value};

use std::cell::RefCell;
use std::rc::Rc;

/// The elements of a collection as the pipeline would enumerate it; `None` for a single value. Hashtables are single.
pub fn to_list(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(array) => Some(array.items.borrow().clone()),
        Value::Bytes(bytes) => Some(bytes.borrow().iter().map(|b| Value::from(*b)).collect()),
        Value::Native(native) => native.elements(),
        Value::Object(object) => object.base.as_ref().and_then(to_list),
        _ => None,
    }
}

/// A value as an array of an element type: collections element by element, a single value alone.
///
/// # Errors
/// An element does not convert.
pub fn to_array(value: &Value, element: TypeRef) -> Result<Value, ConvertError> {
    if let Value::Str(text) = value
        && element == TypeRef::char()
    {
        return Ok(array_of(element, text.chars().map(Value::Char).collect()));
    }
    let items = match to_list(value) {
        Some(items) => items,
        None => vec![value.clone()],
    };
    let items = items
        .iter()
        .map(|item| cast::to_type(item, element))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(array_of(element, items))
}

/// An array of elements that have the type already.
pub fn array_of(element: TypeRef, items: Vec<Value>) -> Value {
    if element == TypeRef::byte() {
        let byte = |item: &Value| super::to_i32(item).unwrap_or_default() as u8;
        return Value::bytes(items.iter().map(byte).collect());
    }
    Value::Array(Rc::new(Array {
        element,
        items: RefCell::new(items),
    }))
}

/// Zero, false or the first moment of a value type; `$null` of others.
pub fn blank(ty: TypeRef) -> Value {
    match ty.full_name() {
        "System.DateTime" => Value::DateTime(DateTime {
            ticks: 0,
            kind: DateKind::Unspecified,
        }),
        _ if ty.is_enum() => EnumValue::any_number(ty, 0),
        _ if !ty.is_value() => Value::Null,
        _ => cast::to_type(&Value::Number(Number::Int32(0)), ty).unwrap_or_default(),
    }
}

/// A value as a member of an enumeration: by name in any case or its unambiguous beginning, by number, several for flags.
///
/// # Errors
/// No member has the name; the message lists the names.
pub fn to_enum(value: &Value, wanted: TypeRef) -> Result<Value, ConvertError> {
    match value {
        Value::Enum(member) if member.type_ref() == wanted => Ok(value.clone()),
        Value::Str(text) => by_name(text, wanted),
        Value::Array(_) if wanted.table().flags => {
            let items = to_list(value).unwrap_or_default();
            let names: Vec<String> = items.iter().map(super::to_text).collect();
            by_name(&names.join(","), wanted)
        }
        Value::Null => Err(ConvertError::null(wanted)),
        other => {
            let number = to_number(other)
                .ok()
                .and_then(super::integral)
                .and_then(|n| i64::try_from(n).ok());
            let number = number.ok_or_else(|| ConvertError::no_rule(other, wanted))?;
            EnumValue::of_number(wanted, number).ok_or_else(|| no_number(number, wanted))
        }
    }
}

fn by_name(text: &str, wanted: TypeRef) -> Result<Value, ConvertError> {
    let members = wanted.table().members;
    let mut number = 0;
    for part in text.split(',').map(str::trim) {
        let exact = members
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(part));
        let found = exact.or_else(|| {
            let fits = |name: &str| {
                name.get(..part.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(part))
            };
            let mut all = members
                .iter()
                .filter(|(name, _)| !part.is_empty() && fits(name));
            all.next().filter(|_| all.next().is_none())
        });
        match (found, part.parse::<i64>()) {
            (Some((_, n)), _) => number |= n,
            (None, Ok(n)) => number |= n,
            (None, Err(_)) => return Err(no_name(text, wanted)),
        }
    }
    EnumValue::of_number(wanted, number).ok_or_else(|| no_number(number, wanted))
}

fn name_list(wanted: TypeRef) -> String {
    let names: Vec<&str> = wanted
        .table()
        .members
        .iter()
        .map(|(name, _)| *name)
        .collect();
    names.join(", ")
}

fn no_name(text: &str, wanted: TypeRef) -> ConvertError {
    let why = format!(
        "Unable to match the identifier name {text} to a valid enumerator name. \
         Specify one of the following enumerator names and try again:\n{}",
        name_list(wanted)
    );
    ConvertError::because(
        text,
        wanted,
        &why,
        "SubstringDisambiguationEnumParseThrewAnException",
    )
}

fn no_number(number: i64, wanted: TypeRef) -> ConvertError {
    let message = format!(
        "Cannot convert value \"{number}\" to type \"{wanted}\" due to enumeration values that are not valid. \
         Specify one of the following enumeration values and try again. The possible enumeration values are \"{}\".",
        name_list(wanted).replace(", ", ",")
    );
    ConvertError {
        message,
        id: "EnumerationValueNotValid",
    }
}

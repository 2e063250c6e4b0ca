//! `[type]value`.

use std::rc::Rc;

use super::error::ConvertError;
use super::number::to_number_type;
use super::object::{to_array, to_enum};
use super::text::{plain_text, to_text};
use super::{to_bool, to_datetime, to_timespan};
use crate::runtime::object::{Property, PropertyKind, PsObject};
use crate::runtime::types::{Fault, Shape, TypeRef, construct, hashtable::Hashtable, names};
use crate::runtime::value::{Number, Value};

/// A value as another type.
///
/// # Errors
/// No rule makes one of the other.
pub fn to_type(value: &Value, wanted: TypeRef) -> Result<Value, ConvertError> {
    if wanted == TypeRef::object()
        || value.type_ref() == Some(wanted) && !matches!(value, Value::Object(_))
    {
        return Ok(value.clone());
    }
    if let Value::Object(object) = value
        && let (Some(text), true) = (&object.text, wanted == TypeRef::string())
    {
        return Ok(Value::Str(text.clone()));
    }
    if let Value::Object(object) = value
        && let Some(base) = &object.base
    {
        let same = base.type_ref().is_some_and(|own| own == wanted);
        return if same {
            Ok(value.clone())
        } else {
            to_type(base, wanted)
        };
    }
    match wanted.shape() {
        Shape::Array(element, 1)
            if value.is_null()
                || matches!(value, Value::Native(_)) && is_already(value, wanted) =>
        {
            let _ = element;
            Ok(value.clone())
        }
        Shape::Array(element, _) => to_array(value, *element),
        Shape::Generic(arguments) if wanted.full_name().starts_with("System.Nullable`1") => {
            match arguments.first() {
                Some(inner) if !value.is_null() => to_type(value, *inner),
                _ => Ok(Value::Null),
            }
        }
        _ => to_plain(value, wanted),
    }
}

/// As [`to_type`], `None` instead of an error: the `-as` operator.
pub fn try_type(value: &Value, wanted: TypeRef) -> Option<Value> {
    to_type(value, wanted).ok()
}

fn is_already(value: &Value, wanted: TypeRef) -> bool {
    value.type_ref().is_some_and(|own| own.is_a(wanted))
}

fn to_plain(value: &Value, wanted: TypeRef) -> Result<Value, ConvertError> {
    Ok(match wanted.full_name() {
        "System.String" => Value::Str(Rc::from(to_text(value))),
        "System.Boolean" | "System.Management.Automation.SwitchParameter" => {
            Value::Bool(to_bool(value))
        }
        "System.Char" => Value::Char(to_char(value)?),
        "System.SByte" | "System.Byte" | "System.Int16" | "System.UInt16" | "System.Int32"
        | "System.UInt32" | "System.Int64" | "System.UInt64" | "System.Single"
        | "System.Double" | "System.Decimal" => Value::Number(to_number_type(value, wanted)?),
        "System.DateTime" => Value::DateTime(to_datetime(value)?),
        "System.TimeSpan" => Value::TimeSpan(to_timespan(value)?),
        "System.Management.Automation.PSObject" | "System.ValueType" if !value.is_null() => {
            value.clone()
        }
        "System.Management.Automation.PSCustomObject" => match value {
            Value::Hashtable(table) => custom_object(table),
            other => other.clone(),
        },
        "System.Void" => Value::Null,
        "System.Array"
        | "System.Collections.IList"
        | "System.Collections.ICollection"
        | "System.Collections.IEnumerable" => {
            if value.is_null() || is_already(value, wanted) {
                value.clone()
            } else {
                to_array(value, TypeRef::object())?
            }
        }
        "System.Type" | "System.RuntimeType" => to_type_value(value, wanted)?,
        "System.Collections.Hashtable" => to_hashtable(value, wanted)?,
        "System.Collections.Specialized.OrderedDictionary" => match value {
            Value::Hashtable(table) => copy_into(Hashtable::ordered(), table),
            Value::Null => Value::Null,
            other => return Err(ConvertError::no_rule(other, wanted)),
        },
        _ if wanted.is_enum() => to_enum(value, wanted)?,
        _ if value.is_null() && !wanted.is_value() => Value::Null,
        _ if value.is_null() => return Err(ConvertError::null(wanted)),
        _ if is_already(value, wanted) => value.clone(),
        _ => by_parse_or_construct(value, wanted)?,
    })
}

fn to_char(value: &Value) -> Result<char, ConvertError> {
    let wanted = TypeRef::char();
    let code = match value {
        Value::Char(c) => return Ok(*c),
        Value::Null => 0,
        Value::Str(text) => {
            let mut chars = text.chars();
            return match (chars.next(), chars.next()) {
                (Some(c), None) => Ok(c),
                _ => {
                    let why = "String must be exactly one character long.";
                    Err(ConvertError::because(
                        text,
                        wanted,
                        why,
                        "InvalidCastParseTargetInvocation",
                    ))
                }
            };
        }
        Value::Number(Number::Double(_) | Number::Single(_) | Number::Decimal(_))
        | Value::Bool(_) => {
            let why = format!(
                "Invalid cast from '{}' to 'Char'.",
                value.type_ref().map_or("", TypeRef::name)
            );
            return Err(ConvertError::because(
                &plain_text(value),
                wanted,
                &why,
                "InvalidCastIConvertible",
            ));
        }
        Value::Number(_) | Value::Enum(_) => super::to_i64(value)?,
        other => return Err(ConvertError::no_rule(other, wanted)),
    };
    u32::try_from(code)
        .ok()
        .filter(|code| *code <= 0xFFFF)
        .and_then(char::from_u32)
        .ok_or_else(|| ConvertError::out_of_range(&plain_text(value), wanted))
}

/// A hashtable's pairs as properties; the one called `PSTypeName` names the type.
pub fn custom_object(table: &Hashtable) -> Value {
    let mut type_names = vec![Rc::from("System.Management.Automation.PSCustomObject")];
    let mut properties = Vec::new();
    for (key, value) in table.pairs() {
        let name = to_text(&key);
        if name.eq_ignore_ascii_case("PSTypeName") {
            type_names.insert(0, Rc::from(to_text(&value)));
        } else {
            properties.push(Property {
                name: Rc::from(name),
                kind: PropertyKind::Note(value),
            });
        }
    }
    Value::Object(Rc::new(PsObject {
        base: None,
        type_names: type_names.into(),
        properties: properties.into(),
        text: None,
    }))
}

fn to_type_value(value: &Value, wanted: TypeRef) -> Result<Value, ConvertError> {
    match value {
        Value::Type(_) | Value::Null => Ok(value.clone()),
        Value::Str(text) => names::find(text).map(Value::Type).ok_or_else(|| {
            let why = format!("Unable to find type [{text}].");
            ConvertError { message: format!("Cannot convert the \"{text}\" value of type \"System.String\" to type \"{wanted}\". {why}"), id: "ConvertToFinalInvalidCastException" }
        }),
        other => Err(ConvertError::no_rule(other, wanted)),
    }
}

fn to_hashtable(value: &Value, wanted: TypeRef) -> Result<Value, ConvertError> {
    match value {
        Value::Hashtable(table) => Ok(copy_into(Hashtable::new(), table)),
        Value::Null => Ok(Value::Null),
        other => Err(ConvertError::no_rule(other, wanted)),
    }
}

fn copy_into(target: Hashtable, source: &Hashtable) -> Value {
    for (key, value) in source.pairs() {
        target.insert(key, value);
    }
    Value::Hashtable(Rc::new(target))
}

/// .NET types: a static `Parse` for text, then a constructor that takes the value, then properties from a hashtable.
fn by_parse_or_construct(value: &Value, wanted: TypeRef) -> Result<Value, ConvertError> {
    if let Value::Str(text) = value
        && let Some(result) = construct::parse(wanted, text)
    {
        return result
            .map_err(|fault| failed(value, wanted, fault, "InvalidCastParseTargetInvocation"));
    }
    if let Some(result) = construct::from_value(wanted, value) {
        return result
            .map_err(|fault| failed(value, wanted, fault, "InvalidCastConstructorException"));
    }
    Err(ConvertError::no_rule(value, wanted))
}

fn failed(value: &Value, wanted: TypeRef, fault: Fault, id: &'static str) -> ConvertError {
    match fault {
        Fault::Exception(_, message) => {
            ConvertError::because(&plain_text(value), wanted, &message, id)
        }
        Fault::Flow(_) => ConvertError::no_rule(value, wanted),
    }
}

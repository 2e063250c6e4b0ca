//! Static methods every enumeration has, and those of `System.Enum`.

use super::TypeRef;
use super::enums::EnumValue;
use super::table::{Answer, Fault};
use crate::runtime::convert;
use crate::runtime::value::Value;

/// Calls `[Enum]::Method` on an enumeration; `None` when there is no such method.
pub fn call_static(ty: TypeRef, lower: &str, args: &[Value]) -> Option<Answer> {
    let (ty, args) = match args.first() {
        Some(Value::Type(first)) if first.is_enum() => (*first, args.get(1..).unwrap_or_default()),
        _ => (ty, args),
    };
    let members = ty.table().members;
    Some(match (lower, args) {
        ("getnames", []) => Ok(Value::array(
            members.iter().map(|(name, _)| Value::str(name)).collect(),
        )),
        ("getvalues", []) => Ok(Value::array(
            members
                .iter()
                .map(|(_, n)| EnumValue::any_number(ty, *n))
                .collect(),
        )),
        ("getname", [value]) => Ok(named(ty, value)),
        ("isdefined", [value]) => Ok(Value::Bool(!named(ty, value).is_null())),
        ("parse", [value, ..]) => {
            convert::to_enum(value, ty).map_err(|error| Fault::argument(error.message))
        }
        ("toobject", [value]) => convert::to_i64(value)
            .map(|n| EnumValue::any_number(ty, n))
            .map_err(|error| Fault::argument(error.message)),
        ("tryparse", [value, .., reference]) => {
            let found = convert::to_enum(value, ty).ok();
            let ok = found.is_some();
            if let Some(reference) = reference.downcast::<super::reference::PsReference>() {
                reference.set(found.unwrap_or_else(|| EnumValue::any_number(ty, 0)));
            }
            Ok(Value::Bool(ok))
        }
        _ => return None,
    })
}

/// The name of a member given by name or number; `$null` when there is none.
fn named(ty: TypeRef, value: &Value) -> Value {
    let members = ty.table().members;
    let found = match value {
        Value::Str(text) => members.iter().find(|(name, _)| **name == **text),
        Value::Enum(member) => members.iter().find(|(_, n)| *n == member.value),
        other => {
            let number = convert::to_i64(other).ok();
            members.iter().find(|(_, n)| Some(*n) == number)
        }
    };
    found.map_or(Value::Null, |(name, _)| Value::str(name))
}

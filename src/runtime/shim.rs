//! Members and patterns as far as the shell itself needs them, until the tables of types are complete.

use super::convert;
use super::error::{ErrorRecord, Exception};
use super::flow::{Flow, Run};
use super::object::PropertyKind;
use super::types::{Invoker, TypeRef};
use super::value::Value;

#[allow(clippy::only_used_in_recursion)]
pub(super) fn get_own(value: &Value, name: &str, host: &mut dyn Invoker) -> Run<Option<Value>> {
    Ok(match value {
        Value::Hashtable(table) => table.get_name(name),
        Value::Native(native) => native.property(name),
        Value::Object(object) => match object.find(name).map(|property| property.kind) {
            Some(PropertyKind::Note(value)) => Some(value),
            Some(PropertyKind::Alias(other)) => return get_own(value, &other, host),
            _ => None,
        },
        _ => None,
    })
}

pub(super) fn get(value: &Value, name: &str, host: &mut dyn Invoker) -> Run<Option<Value>> {
    get_own(value, name, host)
}

pub(super) fn get_static(_ty: TypeRef, _name: &str) -> Run<Option<Value>> {
    Ok(None)
}

pub(super) fn set(value: &Value, name: &str, new: Value, _host: &mut dyn Invoker) -> Run<()> {
    match value {
        Value::Hashtable(table) => table.insert_name(name, new),
        Value::Object(object) => object.set_note(name, new),
        _ => return Err(missing(name)),
    }
    Ok(())
}

pub(super) fn set_static(_ty: TypeRef, name: &str, _new: Value) -> Run<()> {
    Err(missing(name))
}

pub(super) fn call(
    _value: &Value,
    name: &str,
    _args: Vec<Value>,
    _host: &mut dyn Invoker,
) -> Run<Option<Value>> {
    Err(missing(name))
}

pub(super) fn call_static(
    _ty: TypeRef,
    name: &str,
    _args: Vec<Value>,
    _host: &mut dyn Invoker,
) -> Run<Option<Value>> {
    Err(missing(name))
}

pub(super) fn construct(_ty: TypeRef, _args: Vec<Value>, _host: &mut dyn Invoker) -> Run<Value> {
    Err(missing("new"))
}

pub(super) fn has_method(_value: &Value, _name: &str) -> bool {
    false
}

pub(super) fn as_exception(value: &Value) -> Option<Exception> {
    match value {
        Value::Error(record) => Some(record.exception.clone()),
        _ => None,
    }
}

fn missing(name: &str) -> Flow {
    Flow::error(ErrorRecord::runtime(
        "MethodNotFound",
        format!("There is no member named '{name}' here yet."),
    ))
}

/// A wildcard pattern: `*` and `?`.
pub(super) struct Wildcard(String);

impl Wildcard {
    pub(super) fn with_case(pattern: &str, _sensitive: bool) -> Wildcard {
        Wildcard(pattern.to_lowercase())
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        fn fits(pattern: &[char], text: &[char]) -> bool {
            match (pattern.split_first(), text.split_first()) {
                (None, None) => true,
                (Some(('*', rest)), _) => {
                    fits(rest, text) || (!text.is_empty() && fits(pattern, &text[1..]))
                }
                (Some(('?', rest)), Some((_, tail))) => fits(rest, tail),
                (Some((p, rest)), Some((t, tail))) if p == t => fits(rest, tail),
                _ => false,
            }
        }
        fits(
            &self.0.chars().collect::<Vec<_>>(),
            &text.to_lowercase().chars().collect::<Vec<_>>(),
        )
    }
}

pub(super) fn equals_with(left: &Value, right: &Value, sensitive: bool) -> bool {
    let (left, right) = (convert::to_text(left), convert::to_text(right));
    if sensitive {
        left == right
    } else {
        left.eq_ignore_ascii_case(&right)
    }
}

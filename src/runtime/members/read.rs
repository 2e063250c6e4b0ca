//! `value.Name`

use std::rc::Rc;

use super::failure;
use crate::runtime::convert;
use crate::runtime::flow::Run;
use crate::runtime::object::{PropertyKind, PsObject};
use crate::runtime::types::{Fault, Invoker, TypeRef, ps_object};
use crate::runtime::value::{Number, Value};

/// Aliases of properties that lead to aliases go no further than this.
const MAX_ALIASES: usize = 16;
/// Collections inside collections are asked no deeper than this; one may hold itself.
const MAX_NESTING: usize = 32;

/// The value of a property; `None` when there is none of this name. On a collection without it, those of its elements.
///
/// # Errors
/// The property's own failure (`ExceptionWhenGetting`).
pub fn get(value: &Value, name: &str, host: &mut dyn Invoker) -> Run<Option<Value>> {
    if let Some(found) = get_own(value, name, host)? {
        return Ok(Some(found));
    }
    if let Some(elements) = convert::to_list(value) {
        return of_elements(&elements, name, host, 0);
    }
    let counts = name.eq_ignore_ascii_case("Count") || name.eq_ignore_ascii_case("Length");
    Ok(counts.then(|| Value::int(i32::from(!value.is_null()))))
}

/// As [`get`], without asking the elements of a collection and without the `Count` every value has.
///
/// # Errors
/// As [`get`].
pub fn get_own(value: &Value, name: &str, host: &mut dyn Invoker) -> Run<Option<Value>> {
    if let Value::Hashtable(table) = value {
        if let Some(found) = table.get_name(name) {
            return Ok(Some(found));
        }
        let number = name.parse().ok().map(|n| Value::Number(Number::Int32(n)));
        if let Some(found) = number.and_then(|n| table.get(&n)) {
            return Ok(Some(found));
        }
    }
    if let Value::Object(object) = value
        && let Some(found) = of_object(value, object, name, host)?
    {
        return Ok(Some(found));
    }
    if value.is_null() {
        return Ok(None);
    }
    if let Some(found) = ps_object::hidden(value, name) {
        return Ok(Some(found));
    }
    let base = base_of(value);
    if let Value::Native(native) = base
        && let Some(found) = native.property(name)
    {
        return Ok(Some(found));
    }
    let Some(ty) = base.type_ref() else {
        return Ok(None);
    };
    of_table(base, ty, name)
}

/// The value beneath added members.
pub(super) fn base_of(value: &Value) -> &Value {
    match value {
        Value::Object(object) => object.base.as_ref().map_or(value, base_of),
        other => other,
    }
}

fn of_object(
    value: &Value,
    object: &Rc<PsObject>,
    name: &str,
    host: &mut dyn Invoker,
) -> Run<Option<Value>> {
    let mut wanted: Rc<str> = Rc::from(name);
    for _ in 0..MAX_ALIASES {
        match object.find(&wanted).map(|property| property.kind) {
            Some(PropertyKind::Note(found)) => return Ok(Some(found)),
            Some(PropertyKind::Script(block, _)) => {
                let results = host.invoke(&block, Some(value.clone()), None, Vec::new())?;
                return Ok(Some(one_or_many(results)));
            }
            Some(PropertyKind::Alias(other)) => wanted = other,
            Some(PropertyKind::Method(_)) | None => break,
        }
    }
    match &object.base {
        Some(base) => get_own(base, &wanted, host),
        None => Ok(None),
    }
}

fn of_table(value: &Value, ty: TypeRef, name: &str) -> Run<Option<Value>> {
    let lower = name.to_ascii_lowercase();
    for ty in ty.lineage() {
        if let Some(property) = ty.members().properties.get(lower.as_str()) {
            return match (property.get)(value) {
                Ok(found) => Ok(Some(found)),
                Err(Fault::Flow(flow)) => Err(flow),
                Err(Fault::Exception(exception, message)) => {
                    Err(failure::getting(name, exception, &message).into())
                }
            };
        }
    }
    Ok(None)
}

/// Collects a property of all elements that have it.
fn of_elements(
    elements: &[Value],
    name: &str,
    host: &mut dyn Invoker,
    depth: usize,
) -> Run<Option<Value>> {
    let mut found = Vec::new();
    let mut any = false;
    for element in elements {
        let own = get_own(element, name, host)?;
        let value = match (own, convert::to_list(element)) {
            (None, Some(inner)) if depth < MAX_NESTING => {
                of_elements(&inner, name, host, depth + 1)?
            }
            (own, _) => own,
        };
        if let Some(value) = value {
            any = true;
            match convert::to_list(&value) {
                Some(items) => found.extend(items),
                None => found.push(value),
            }
        }
    }
    Ok(any.then(|| one_or_many(found)))
}

/// What a pipeline's results are as one value.
pub(super) fn one_or_many(mut results: Vec<Value>) -> Value {
    match results.len() {
        0 => Value::Null,
        1 => results.remove(0),
        _ => Value::array(results),
    }
}

/// The value of a static property or an enumeration's member; `None` when there is none of this name.
///
/// # Errors
/// The property's own failure (`ExceptionWhenGetting`).
pub fn get_static(ty: TypeRef, name: &str) -> Run<Option<Value>> {
    let lower = name.to_ascii_lowercase();
    let member = ty
        .table()
        .members
        .iter()
        .find(|(member, _)| member.eq_ignore_ascii_case(name));
    if let Some((_, number)) = member {
        return Ok(Some(crate::runtime::types::enums::EnumValue::any_number(
            ty, *number,
        )));
    }
    for ty in ty.lineage() {
        if let Some(property) = ty.members().static_properties.get(lower.as_str()) {
            return match (property.get)(&Value::Type(ty)) {
                Ok(found) => Ok(Some(found)),
                Err(Fault::Flow(flow)) => Err(flow),
                Err(Fault::Exception(exception, message)) => {
                    Err(failure::getting(name, exception, &message).into())
                }
            };
        }
    }
    Ok(None)
}

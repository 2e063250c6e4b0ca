//! `value.Name = new`

use super::failure;
use super::read::base_of;
use crate::runtime::convert;
use crate::runtime::error::ErrorRecord;
use crate::runtime::flow::Run;
use crate::runtime::object::PropertyKind;
use crate::runtime::types::{Fault, Invoker, Property, TypeRef};
use crate::runtime::value::Value;

/// Sets a property. A hashtable gets the key; an array sets it on every element.
///
/// # Errors
/// `PropertyNotFound` when nothing has it, `PropertyAssignmentException` when it is read-only, `ExceptionWhenSetting` when
/// the new value does not fit.
pub fn set(value: &Value, name: &str, new: Value, host: &mut dyn Invoker) -> Run<()> {
    match value {
        Value::Null => return Err(failure::no_property(name).into()),
        Value::Hashtable(table) => {
            table.insert(Value::str(name), new);
            return Ok(());
        }
        Value::Object(object) => {
            if let Some(property) = object.find(name) {
                match property.kind {
                    PropertyKind::Note(_) => {
                        object.set_note(name, new);
                        return Ok(());
                    }
                    PropertyKind::Script(_, Some(setter)) => {
                        host.invoke(&setter, Some(value.clone()), None, vec![new])?;
                        return Ok(());
                    }
                    PropertyKind::Script(_, None) => return Err(no_setter(name).into()),
                    PropertyKind::Alias(other) if !other.eq_ignore_ascii_case(name) => {
                        return set(value, &other, new, host);
                    }
                    PropertyKind::Alias(_) | PropertyKind::Method(_) => {
                        return Err(failure::read_only(name).into());
                    }
                }
            }
            if object.base.is_none() {
                let message = format!(
                    "The property '{name}' cannot be found on this object. Verify that the property exists and can be set."
                );
                return Err(failure::setting(
                    name,
                    "System.Management.Automation.RuntimeException",
                    &message,
                )
                .into());
            }
        }
        _ => {}
    }
    of_type(base_of(value), name, new, host)
}

fn no_setter(name: &str) -> ErrorRecord {
    failure::setting(
        name,
        "System.Management.Automation.SetValueException",
        &format!("Set accessor for property \"{name}\" is unavailable."),
    )
}

fn of_type(base: &Value, name: &str, new: Value, host: &mut dyn Invoker) -> Run<()> {
    if let Value::Hashtable(_) = base {
        return set(base, name, new, host);
    }
    if let Value::Native(native) = base
        && let Some(result) = native.set_property(name, new.clone())
    {
        return result.map_err(|message| {
            failure::setting(name, "System.ArgumentException", &message).into()
        });
    }
    let lower = name.to_ascii_lowercase();
    let found = base.type_ref().and_then(|ty| {
        ty.lineage().find_map(|ty| {
            ty.members()
                .properties
                .get(lower.as_str())
                .map(|property| (ty, *property))
        })
    });
    if let Some((_, property)) = found {
        return assign(base, name, property, new);
    }
    if let Value::Array(array) = base {
        let items = array.items.borrow().clone();
        if !items.is_empty() {
            return items
                .iter()
                .try_for_each(|item| set(item, name, new.clone(), host));
        }
    }
    Err(failure::no_property(name).into())
}

fn assign(this: &Value, name: &str, property: &Property, new: Value) -> Run<()> {
    let Some(setter) = property.set else {
        return Err(failure::read_only(name).into());
    };
    let wanted = type_of(property);
    let new = convert::to_type(&new, wanted).map_err(|error| {
        failure::setting(
            name,
            "System.Management.Automation.PSInvalidCastException",
            &error.message,
        )
    })?;
    match setter(this, new) {
        Ok(()) => Ok(()),
        Err(Fault::Flow(flow)) => Err(flow),
        Err(Fault::Exception(exception, message)) => {
            Err(failure::setting(name, exception, &message).into())
        }
    }
}

/// The type before the name in `int Length {get;set;}`.
fn type_of(property: &Property) -> TypeRef {
    let head = property.signature.split(" {").next().unwrap_or_default();
    let ty = head.rsplit_once(' ').map_or("", |(ty, _)| ty);
    crate::runtime::types::names::find(ty).unwrap_or_else(TypeRef::object)
}

/// Sets a static property.
///
/// # Errors
/// As [`set`].
pub fn set_static(ty: TypeRef, name: &str, new: Value) -> Run<()> {
    let lower = name.to_ascii_lowercase();
    let found = ty
        .lineage()
        .find_map(|ty| ty.members().static_properties.get(lower.as_str()).copied());
    match found {
        Some(property) => assign(&Value::Type(ty), name, property, new),
        None => Err(failure::no_property(name).into()),
    }
}

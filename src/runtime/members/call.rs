//! `value.Name(arguments)`, `[type]::Name(arguments)`, `[type]::new(arguments)`

use super::failure;
use super::intrinsic;
use super::read::{base_of, one_or_many};
use crate::runtime::convert;
use crate::runtime::flow::Run;
use crate::runtime::object::PropertyKind;
use crate::runtime::types::invoke::{self, Outcome};
use crate::runtime::types::{Invoker, Kind, Shape, TypeRef, names, object as types_object};
use crate::runtime::value::Value;

/// Calls a method of a value; `None` when it gives nothing. On a collection without it, calls it on every element.
///
/// # Errors
/// `InvokeMethodOnNull`, `MethodNotFound`, `MethodCountCouldNotFindBest`, an argument that does not convert, or the
/// method's own failure.
pub fn call(
    value: &Value,
    name: &str,
    args: Vec<Value>,
    host: &mut dyn Invoker,
) -> Run<Option<Value>> {
    if value.is_null() {
        return Err(failure::on_null().into());
    }
    match call_own(value, name, args, host)? {
        Called::Done(result) => Ok(result),
        Called::NoMethod(args) => match convert::to_list(base_of(value)) {
            Some(elements)
                if !elements.is_empty() && elements.iter().all(|e| has_method(e, name)) =>
            {
                on_elements(&elements, name, &args, host)
            }
            _ => Err(unknown(value, name).into()),
        },
    }
}

/// Whether a value has a method of this name.
pub fn has_method(value: &Value, name: &str) -> bool {
    let added = |object: &crate::runtime::object::PsObject| {
        object
            .find(name)
            .is_some_and(|property| matches!(property.kind, PropertyKind::Method(_)))
    };
    let own = matches!(value, Value::Object(object) if added(object));
    let lower = name.to_ascii_lowercase();
    let base = base_of(value);
    own || !value.is_null()
        && (intrinsic::is_one(&lower)
            || base.type_ref().is_some_and(|ty| {
                ty.lineage()
                    .any(|ty| ty.members().methods.contains_key(lower.as_str()))
            }))
}

/// A call that was made, or the arguments back because nothing has the method.
enum Called {
    Done(Option<Value>),
    NoMethod(Vec<Value>),
}

fn call_own(value: &Value, name: &str, args: Vec<Value>, host: &mut dyn Invoker) -> Run<Called> {
    if let Value::Object(object) = value {
        match object.find(name).map(|property| property.kind) {
            Some(PropertyKind::Method(block)) => {
                let results = host.invoke(&block, Some(value.clone()), None, args)?;
                let none = results.is_empty();
                return Ok(Called::Done((!none).then(|| one_or_many(results))));
            }
            Some(PropertyKind::Note(Value::ScriptBlock(block))) if object.base.is_none() => {
                let results = host.invoke(&block, Some(value.clone()), None, args)?;
                return Ok(Called::Done(Some(one_or_many(results))));
            }
            _ => {}
        }
    }
    let base = base_of(value);
    let lower = name.to_ascii_lowercase();
    if let Some(ty) = base.type_ref() {
        for ty in ty.lineage() {
            if let Some(overloads) = ty.members().methods.get(lower.as_str()) {
                let count = args.len();
                if intrinsic::is_one(&lower)
                    && !overloads.iter().any(|o| o.rest || o.params.len() == count)
                {
                    break;
                }
                return match invoke::call(overloads, ty, base, args, host) {
                    Ok(Outcome::Value(result)) => Ok(Called::Done(Some(result))),
                    Ok(Outcome::Void) => Ok(Called::Done(None)),
                    Err(failed) => Err(failure::call_failed(name, count, failed)),
                };
            }
        }
    }
    if intrinsic::is_one(&lower) {
        return intrinsic::call(value, &lower, name, args, host).map(Called::Done);
    }
    if let Some(found) = accessor(value, name, &lower, &args, host)? {
        return Ok(Called::Done(found));
    }
    Ok(Called::NoMethod(args))
}

/// `get_Name()` and `set_Name(value)`, as .NET calls the parts of a property.
fn accessor(
    value: &Value,
    name: &str,
    lower: &str,
    args: &[Value],
    host: &mut dyn Invoker,
) -> Run<Option<Option<Value>>> {
    if lower.starts_with("get_") && args.is_empty() {
        return Ok(super::get_own(value, &name[4..], host)?.map(Some));
    }
    if lower.starts_with("set_") && args.len() == 1 {
        super::set(value, &name[4..], args[0].clone(), host)?;
        return Ok(Some(None));
    }
    Ok(None)
}

fn on_elements(
    elements: &[Value],
    name: &str,
    args: &[Value],
    host: &mut dyn Invoker,
) -> Run<Option<Value>> {
    let mut results = Vec::new();
    let mut any = false;
    for element in elements {
        if let Some(result) = call(element, name, args.to_vec(), host)? {
            any = true;
            match convert::to_list(&result) {
                Some(items) => results.extend(items),
                None => results.push(result),
            }
        }
    }
    Ok(any.then(|| Value::array(results)))
}

fn unknown(value: &Value, name: &str) -> crate::runtime::error::ErrorRecord {
    let Some(ty) = base_of(value).type_ref() else {
        return failure::on_null();
    };
    let mut known: Vec<&str> = ty
        .lineage()
        .flat_map(|ty| ty.table().methods)
        .map(|m| method_name(m.signature))
        .collect();
    known.extend(["ToString", "Equals", "GetHashCode", "GetType"]);
    failure::no_method(ty.full_name(), name, &known)
}

fn method_name(signature: &'static str) -> &'static str {
    crate::runtime::types::signature::method_name(signature)
}

/// Calls a static method; `None` when it gives nothing. `new` makes an object.
///
/// # Errors
/// As [`call`].
pub fn call_static(
    ty: TypeRef,
    name: &str,
    args: Vec<Value>,
    host: &mut dyn Invoker,
) -> Run<Option<Value>> {
    if name.eq_ignore_ascii_case("new") {
        return construct(ty, args, host).map(Some);
    }
    let lower = name.to_ascii_lowercase();
    let count = args.len();
    for owner in ty.lineage() {
        if let Some(overloads) = owner.members().static_methods.get(lower.as_str()) {
            return match invoke::call(overloads, ty, &Value::Null, args, host) {
                Ok(Outcome::Value(result)) => Ok(Some(result)),
                Ok(Outcome::Void) => Ok(None),
                Err(failed) => Err(failure::call_failed(name, count, failed)),
            };
        }
    }
    if (ty.is_enum() || ty.full_name() == "System.Enum")
        && let Some(result) = crate::runtime::types::enum_members::call_static(ty, &lower, &args)
    {
        return result
            .map(Some)
            .map_err(|fault| failure::call_failed(name, count, invoke::Failure::Fault(fault)));
    }
    let known: Vec<&str> = ty
        .lineage()
        .flat_map(|ty| ty.table().static_methods)
        .map(|m| method_name(m.signature))
        .collect();
    Err(failure::no_static(ty, name, &known).into())
}

/// Makes an object of a type: `[type]::new(…)` and `New-Object`.
///
/// # Errors
/// As [`call`], with `.ctor` as the method's name.
pub fn construct(ty: TypeRef, args: Vec<Value>, host: &mut dyn Invoker) -> Run<Value> {
    let count = args.len();
    if let Shape::Array(element, 1) = ty.shape() {
        let length = args.first().map(convert::to_usize);
        return match length {
            Some(Ok(length)) if count == 1 && length <= types_object::MAX_ARRAY => {
                let blank = types_object::default_of(*element);
                Ok(crate::runtime::convert::array_of(
                    *element,
                    vec![blank; length],
                ))
            }
            _ => Err(failure::call_failed("new", count, invoke::Failure::Count)),
        };
    }
    let constructors = &ty.members().constructors;
    if constructors.is_empty() {
        if count == 0 && ty.table().kind == Kind::Struct {
            return Ok(types_object::default_of(ty));
        }
        let name = names::display(ty);
        let message = format!(
            "A constructor was not found. Cannot find an appropriate constructor for type {name}."
        );
        let record = crate::runtime::error::ErrorRecord::new(
            "System.Management.Automation.PSArgumentException",
            "CannotFindAppropriateCtor",
            crate::runtime::error::ErrorCategory::ObjectNotFound,
            message,
        );
        return Err(record.into());
    }
    match invoke::call(constructors, ty, &Value::Null, args, host) {
        Ok(Outcome::Value(made)) => Ok(made),
        Ok(Outcome::Void) => Ok(Value::Null),
        Err(failed @ invoke::Failure::Fault(_)) => {
            Err(failure::call_failed(".ctor", count, failed))
        }
        Err(failed) => Err(failure::call_failed(
            names::display(ty).rsplit('.').next().unwrap_or_default(),
            count,
            failed,
        )),
    }
}

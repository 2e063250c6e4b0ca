//! Which overload a call means, and the call itself.

use super::reference::PsReference;
use super::signature::{Overload, Param};
use super::table::{Answer, Call, Fault, Invoker};
use super::type_ref::TypeRef;
use crate::runtime::convert::{self, ConvertError};
use crate::runtime::value::{Number, Value};

/// What a call came to.
pub enum Outcome {
    /// A value.
    Value(Value),
    /// The method gives nothing.
    Void,
}

/// Why no call was made, or how it failed.
pub enum Failure {
    /// No overload takes so many arguments.
    Count,
    /// The argument of this name does not convert: its value, the type, why.
    Argument(&'static str, String, TypeRef, ConvertError),
    /// A `[ref]` was expected at this place, from 1.
    NeedsReference(usize),
    /// The method ran and failed.
    Fault(Fault),
}

/// Calls the best overload.
///
/// # Errors
/// None fits, or the one that does fails.
pub fn call(
    overloads: &[Overload],
    owner: TypeRef,
    this: &Value,
    args: Vec<Value>,
    host: &mut dyn Invoker,
) -> Result<Outcome, Failure> {
    let best = match overloads {
        [only] if !only.rest && only.params.len() == args.len() => only,
        _ => choose(overloads, &args)?,
    };
    let args = bind(best, args)?;
    let mut call = Call {
        this,
        owner,
        args,
        host,
    };
    let answer: Answer = (best.method.call)(&mut call);
    match answer {
        Ok(_) if best.void => Ok(Outcome::Void),
        Ok(value) => Ok(Outcome::Value(value)),
        Err(fault) => Err(Failure::Fault(fault)),
    }
}

/// Whether one of the overloads takes exactly this one argument without stretching it to text.
pub fn accepts(overloads: &[Overload], args: &[Value]) -> bool {
    overloads
        .iter()
        .any(|overload| cost(overload, args).is_some_and(|cost| cost < TO_TEXT))
}

const TO_TEXT: u32 = 25;
const REST: u32 = 5;

fn choose<'a>(overloads: &'a [Overload], args: &[Value]) -> Result<&'a Overload, Failure> {
    let mut best: Option<(u32, &Overload)> = None;
    for overload in overloads {
        if let Some(cost) = cost(overload, args)
            && best.is_none_or(|(least, _)| cost < least)
        {
            best = Some((cost, overload));
        }
    }
    let fits = |overload: &&Overload| overload.params.len() == args.len() || overload.rest;
    match best {
        Some((_, overload)) => Ok(overload),
        None => overloads.iter().find(fits).ok_or(Failure::Count),
    }
}

/// How far the arguments are from the parameters; `None` when they do not fit.
fn cost(overload: &Overload, args: &[Value]) -> Option<u32> {
    if overload.rest {
        let fixed = overload.params.len() - 1;
        let last = overload.params.last()?;
        if args.len() == overload.params.len()
            && matches!(args[fixed], Value::Array(_) | Value::Bytes(_))
            && let Some(sum) = sum(&overload.params, args)
        {
            return Some(sum);
        }
        let element = last.ty.element()?;
        let head = sum(&overload.params[..fixed], args.get(..fixed)?)?;
        let tail = args[fixed..]
            .iter()
            .map(|arg| distance(arg, element))
            .sum::<Option<u32>>()?;
        return Some(head + tail + REST);
    }
    (overload.params.len() == args.len())
        .then(|| sum(&overload.params, args))
        .flatten()
}

fn sum(params: &[Param], args: &[Value]) -> Option<u32> {
    params
        .iter()
        .zip(args)
        .map(|(param, arg)| match arg.downcast::<PsReference>() {
            Some(_) => Some(0),
            None if param.by_ref => None,
            None => distance(arg, param.ty),
        })
        .sum()
}

/// How far a value is from a type: 0 is the type itself.
fn distance(arg: &Value, wanted: TypeRef) -> Option<u32> {
    let Some(own) = arg.type_ref() else {
        return if wanted == TypeRef::string() {
            Some(2)
        } else if !wanted.is_value() {
            Some(1)
        } else {
            convert::to_type(arg, wanted).ok().map(|_| 20)
        };
    };
    if own == wanted {
        return Some(0);
    }
    if wanted == TypeRef::object() {
        return Some(10);
    }
    if own.is_a(wanted) {
        return Some(1);
    }
    let arg = match arg {
        Value::Object(object) => object.base.as_ref().unwrap_or(arg),
        other => other,
    };
    match arg {
        Value::Number(number) if rank(wanted).is_some() => numeric(*number, wanted),
        Value::Char(_) if wanted == TypeRef::string() => Some(6),
        Value::Char(_) if rank(wanted).is_some() => Some(8),
        _ if wanted == TypeRef::string() => Some(TO_TEXT),
        _ if wanted == TypeRef::boolean() => Some(30),
        Value::Str(_) if wanted.is_enum() => convertible(arg, wanted, 11),
        Value::Str(_) if wanted == TypeRef::char() => convertible(arg, wanted, 12),
        Value::Str(_) if wanted.element() == Some(TypeRef::char()) => Some(14),
        Value::Str(_) if rank(wanted).is_some() => convertible(arg, wanted, 15),
        Value::Array(_) | Value::Bytes(_) if wanted.element().is_some() => {
            convertible(arg, wanted, 3)
        }
        _ => convertible(arg, wanted, 18),
    }
}

fn convertible(arg: &Value, wanted: TypeRef, cost: u32) -> Option<u32> {
    convert::to_type(arg, wanted).ok().map(|_| cost)
}

/// The place of a numeric type among those a number widens to.
fn rank(ty: TypeRef) -> Option<u32> {
    Some(match ty.full_name() {
        "System.SByte" | "System.Byte" => 1,
        "System.Int16" | "System.UInt16" => 2,
        "System.Int32" => 3,
        "System.UInt32" => 4,
        "System.Int64" => 5,
        "System.UInt64" => 6,
        "System.Double" => 7,
        "System.Single" => 8,
        "System.Decimal" => 9,
        _ => return None,
    })
}

fn numeric(number: Number, wanted: TypeRef) -> Option<u32> {
    let (from, to) = (rank(number.type_ref())?, rank(wanted)?);
    if to > from {
        return Some(1 + to - from);
    }
    convert::number_as(number, wanted)
        .ok()
        .map(|_| 16 + from - to)
}

/// The arguments in the types of the parameters.
fn bind(overload: &Overload, mut args: Vec<Value>) -> Result<Vec<Value>, Failure> {
    let fixed = if overload.rest {
        overload.params.len() - 1
    } else {
        overload.params.len()
    };
    if overload.rest {
        let whole =
            args.len() == fixed + 1 && matches!(args[fixed], Value::Array(_) | Value::Bytes(_));
        let fits = |arg: &Value| {
            overload
                .params
                .last()
                .is_some_and(|p| convert::to_type(arg, p.ty).is_ok())
        };
        if !(whole && fits(&args[fixed])) {
            let tail = args.split_off(fixed.min(args.len()));
            args.push(Value::array(tail));
        }
    }
    if args.len() != overload.params.len() {
        return Err(Failure::Count);
    }
    for (i, param) in overload.params.iter().enumerate() {
        if param.by_ref {
            if args[i].downcast::<PsReference>().is_none() {
                return Err(Failure::NeedsReference(i + 1));
            }
            continue;
        }
        if let Some(reference) = args[i].downcast::<PsReference>() {
            args[i] = reference.get();
        }
        args[i] = argument(param, &args[i])?;
    }
    Ok(args)
}

fn argument(param: &Param, arg: &Value) -> Result<Value, Failure> {
    if arg.is_null() && !param.ty.is_value() && param.ty != TypeRef::string() {
        return Ok(Value::Null);
    }
    if param.ty == TypeRef::object() {
        return Ok(arg.clone());
    }
    convert::to_type(arg, param.ty)
        .map(|value| match value {
            Value::Object(object) if object.base.is_some() => {
                object.base.clone().unwrap_or_default()
            }
            other => other,
        })
        .map_err(|error| Failure::Argument(param.name, convert::to_text(arg), param.ty, error))
}

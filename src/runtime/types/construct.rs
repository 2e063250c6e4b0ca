//! Objects of a type made from a value, for casts.

use super::invoke::{self, Failure, Outcome};
use super::table::{Answer, Fault, Invoker};
use super::type_ref::TypeRef;
use crate::runtime::error::ErrorRecord;
use crate::runtime::flow::{Flow, Run};
use crate::runtime::scriptblock::ScriptBlock;
use crate::runtime::value::Value;

use std::rc::Rc;

/// A host for casts, which never run script blocks.
pub struct NoHost;

impl Invoker for NoHost {
    fn invoke(
        &mut self,
        _: &Rc<ScriptBlock>,
        _: Option<Value>,
        _: Option<Value>,
        _: Vec<Value>,
    ) -> Run<Vec<Value>> {
        Err(Flow::error(ErrorRecord::runtime(
            "ScriptBlockInCast",
            "A cast cannot run a script block.",
        )))
    }

    fn location(&self) -> std::path::PathBuf {
        std::path::PathBuf::new()
    }
}

/// The object a text spells by the type's static `Parse`; `None` when the type has none.
pub fn parse(ty: TypeRef, text: &str) -> Option<Answer> {
    let overloads = ty.members().static_methods.get("parse")?;
    Some(answer(invoke::call(
        overloads,
        ty,
        &Value::Null,
        vec![Value::str(text)],
        &mut NoHost,
    )))
}

/// The object a constructor of one argument makes of a value; `None` when the type has no such constructor.
pub fn from_value(ty: TypeRef, value: &Value) -> Option<Answer> {
    let constructors = &ty.members().constructors;
    let args = vec![value.clone()];
    if !invoke::accepts(constructors, &args) {
        return None;
    }
    Some(answer(invoke::call(
        constructors,
        ty,
        &Value::Null,
        args,
        &mut NoHost,
    )))
}

fn answer(result: Result<Outcome, Failure>) -> Answer {
    match result {
        Ok(Outcome::Value(value)) => Ok(value),
        Ok(Outcome::Void) => Ok(Value::Null),
        Err(Failure::Fault(fault)) => Err(fault),
        Err(Failure::Argument(_, _, _, error)) => Err(Fault::argument(error.message)),
        Err(Failure::Count | Failure::NeedsReference(_)) => {
            Err(Fault::argument("No constructor takes this value."))
        }
    }
}

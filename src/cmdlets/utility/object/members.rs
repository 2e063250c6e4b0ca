//! Members added to values.

use std::rc::Rc;

use crate::runtime::Value;
use crate::runtime::object::PsObject;

/// The object itself, or a value with room for members. A value that is no object keeps members only where -PassThru
/// takes it on.
pub fn extended(value: &Value) -> Value {
    match value {
        Value::Object(_) => value.clone(),
        other => Value::Object(Rc::new(PsObject {
            base: Some(other.clone()),
            type_names: Vec::new().into(),
            properties: Vec::new().into(),
            text: None,
        })),
    }
}

/// The object with another stored property.
pub fn with_note(value: &Value, name: &str, note: Value) -> Value {
    let target = extended(value);
    if let Value::Object(object) = &target {
        object.set_note(name, note);
    }
    target
}

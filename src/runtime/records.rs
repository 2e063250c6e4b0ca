//! Small objects the shell makes itself.

use std::cell::RefCell;
use std::rc::Rc;

use super::errors::error::Exception;
use super::object::{Property, PropertyKind, PsObject};
use super::value::Value;

/// An object of a type with stored properties that prints as a text.
pub(super) fn text_object(type_name: &str, properties: Vec<(&str, Value)>, text: Value) -> Value {
    let properties = properties
        .into_iter()
        .map(|(name, value)| Property {
            name: Rc::from(name),
            kind: PropertyKind::Note(value),
        })
        .collect();
    Value::Object(Rc::new(PsObject {
        base: Some(text),
        type_names: RefCell::new(vec![Rc::from(type_name)]),
        properties: RefCell::new(properties),
    }))
}

/// The exception a value is, if it is one.
pub(super) fn exception_of(value: &Value) -> Option<Exception> {
    super::members::as_exception(value)
}

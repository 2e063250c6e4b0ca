//! How a value becomes the objects of a pipeline.

use super::sink::Sink;
use crate::runtime::flow::Run;
use crate::runtime::shell::Shell;
use crate::runtime::value::Value;

/// The elements the pipeline takes a value apart into; `None` when it passes whole (text, hashtables, single objects).
pub fn elements(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(array) => Some(array.items.borrow().clone()),
        Value::Bytes(bytes) => Some(
            bytes
                .borrow()
                .iter()
                .map(|&b| Value::Number(crate::runtime::value::Number::Byte(b)))
                .collect(),
        ),
        Value::Native(native) => native.elements(),
        Value::Object(object) => object.base.as_ref().and_then(elements),
        _ => None,
    }
}

/// Writes the elements of a value, or the value itself when it is none of a collection.
///
/// # Errors
/// What the sink raises.
pub fn push_each(shell: &mut Shell, value: Value, out: &mut dyn Sink) -> Run<()> {
    match elements(&value) {
        Some(items) => items.into_iter().try_for_each(|item| out.push(shell, item)),
        None => out.push(shell, value),
    }
}

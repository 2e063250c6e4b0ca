//! A value as the text of a cell.

use crate::runtime::types::type_names;
use crate::runtime::value::Value;
use crate::runtime::{members, object::PsObject};

/// How many elements of a collection are shown, when `$FormatEnumerationLimit` says nothing else.
pub const DEFAULT_LIMIT: i64 = 4;

/// The text of a value: collections as `{1, 2, 3, 4...}`, everything else as `ToString()` gives it. A negative limit
/// shows all elements.
pub fn cell(value: &Value, limit: i64) -> String {
    match elements(value) {
        Some(items) => {
            let mut out = String::from("{");
            for (nth, item) in items.iter().enumerate() {
                if limit >= 0 && nth as i64 == limit {
                    out.push_str("...");
                    break;
                }
                if nth > 0 {
                    out.push_str(", ");
                }
                out.push_str(&element(item));
            }
            out.push('}');
            out
        }
        None => match value {
            Value::Type(ty) => ty.full_name().to_owned(),
            other => members::text(other),
        },
    }
}

/// The elements of a value that shows as a collection; the entries of a hashtable are pairs.
pub fn elements(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(array) => Some(array.items.borrow().clone()),
        Value::Bytes(bytes) => Some(bytes.borrow().iter().map(|&b| byte(b)).collect()),
        Value::Hashtable(table) => Some(table.keys()),
        Value::Native(native) => native.elements(),
        Value::Object(object) => object.base.as_ref().and_then(elements),
        _ => None,
    }
}

fn byte(b: u8) -> Value {
    Value::Number(crate::runtime::value::Number::Byte(b))
}

/// An element inside braces goes by its name when it has one that says more than its type.
fn element(item: &Value) -> String {
    match item {
        Value::Null => String::new(),
        Value::Array(_) | Value::Bytes(_) | Value::Hashtable(_) => item
            .type_ref()
            .map(|ty| ty.full_name().to_owned())
            .unwrap_or_default(),
        other => members::text(other),
    }
}

/// Types that print as plain text, outside of tables and lists.
pub fn is_scalar(value: &Value) -> bool {
    match value {
        Value::Bool(_) | Value::Char(_) | Value::Number(_) | Value::Str(_) | Value::Enum(_) => true,
        Value::Object(object) => object.base.as_ref().is_some_and(is_scalar),
        Value::Native(_) => type_names(value)
            .first()
            .is_some_and(|name| &**name == "System.Security.SecureString"),
        _ => false,
    }
}

/// Whether an object is a plain custom object, whose later companions share its columns.
pub fn is_custom(object: &PsObject) -> bool {
    object.base.is_none()
        && object
            .type_names
            .borrow()
            .iter()
            .any(|name| &**name == "System.Management.Automation.PSCustomObject")
}

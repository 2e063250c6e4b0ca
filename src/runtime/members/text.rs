//! `ToString()`

use super::read::{base_of, one_or_many};
use crate::runtime::convert;
use crate::runtime::flow::Run;
use crate::runtime::format_string;
use crate::runtime::object::PropertyKind;
use crate::runtime::types::culture::EN_US;
use crate::runtime::types::{Invoker, datetime};
use crate::runtime::value::Value;

/// As `ToString()` and tables show a value, in the shell's culture. Script methods named `ToString` are not asked.
pub fn text(value: &Value) -> String {
    if let Value::Object(object) = value
        && let Some(text) = &object.text
    {
        return text.to_string();
    }
    match base_of(value) {
        Value::DateTime(date) => datetime::format::current(*date),
        Value::Array(_) | Value::Bytes(_) => value
            .type_ref()
            .map_or_else(String::new, |ty| ty.full_name().to_owned()),
        Value::Native(native) => native.display_text(),
        base => convert::to_text(base),
    }
}

/// As [`text`], asking a script method named `ToString`.
///
/// # Errors
/// What the script method fails with.
pub fn text_of(value: &Value, host: &mut dyn Invoker) -> Run<String> {
    if let Value::Object(object) = value
        && let Some(PropertyKind::Method(block)) =
            object.find("ToString").map(|property| property.kind)
    {
        let results = host.invoke(&block, Some(value.clone()), None, Vec::new())?;
        return Ok(convert::to_text(&one_or_many(results)));
    }
    Ok(text(value))
}

/// The text of a value in a string expansion, asking a script method named `ToString` and `$OFS`.
///
/// # Errors
/// What the script method fails with.
pub fn expansion(value: &Value, host: &mut dyn Invoker) -> Run<String> {
    match value {
        Value::Str(text) => Ok(text.to_string()),
        Value::Object(object) if object.find("ToString").is_some() => text_of(value, host),
        Value::Array(_) | Value::Bytes(_) | Value::Native(_) | Value::Object(_) => {
            let separator = host.separator();
            Ok(convert::to_text_with(value, &separator))
        }
        other => Ok(convert::to_text(other)),
    }
}

/// A value in a .NET format (`N2`, `yyyy-MM-dd`), in the shell's culture; types that know no formats ignore it.
///
/// # Errors
/// The format is none of the type's.
pub fn format_value(value: &Value, format: &str) -> Result<String, String> {
    format_string::format_value(base_of(value), format, &EN_US)
}

/// A value in the `FormatString` of a column: a format as [`format_value`] takes it, or a composite one (`{0:N2} MB`).
///
/// # Errors
/// The format is none of the type's.
pub fn format_column(value: &Value, format: &str) -> Result<String, String> {
    if format.contains("{0") || format.contains('}') {
        return format_string::compose(format, std::slice::from_ref(base_of(value)), &EN_US);
    }
    format_value(value, format)
}

/// Whether a value is a text or a letter.
pub fn is_text(value: &Value) -> bool {
    matches!(base_of(value), Value::Str(_) | Value::Char(_))
}

/// What a switch is set to; `None` when the value is no truth value.
pub fn switch_value(value: &Value) -> Option<bool> {
    match base_of(value) {
        Value::Bool(on) => Some(*on),
        _ => None,
    }
}

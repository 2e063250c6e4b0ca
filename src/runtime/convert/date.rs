//! Values to dates and time spans.

use super::error::ConvertError;
use super::text::plain_text;
use crate::runtime::types::TypeRef;
use crate::runtime::types::datetime::{DateKind, DateTime, parse};
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::value::Value;

/// A value as a date: text as the invariant culture reads it, a whole number as ticks.
///
/// # Errors
/// The text is no date.
pub fn to_datetime(value: &Value) -> Result<DateTime, ConvertError> {
    let wanted = TypeRef::datetime();
    match value {
        Value::DateTime(date) => Ok(*date),
        Value::Str(text) => parse::date(text).ok_or_else(|| {
            let why = format!("String '{text}' was not recognized as a valid DateTime.");
            ConvertError::because(
                text,
                wanted,
                &why,
                "InvalidCastParseTargetInvocationWithFormatProvider",
            )
        }),
        Value::Number(_) => {
            let ticks = super::to_i64(value)?;
            DateTime::new(ticks, DateKind::Unspecified)
                .ok_or_else(|| ConvertError::because(&plain_text(value), wanted, "Ticks must be between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks. (Parameter 'ticks')", "InvalidCastConstructorException"))
        }
        Value::Null => Err(ConvertError::null(wanted)),
        Value::Object(object) if object.base.is_some() => {
            to_datetime(object.base.as_ref().unwrap_or(&Value::Null))
        }
        Value::Native(native) => crate::runtime::types::datetime_offset::date_of(&**native)
            .ok_or_else(|| ConvertError::no_rule(value, wanted)),
        other => Err(ConvertError::no_rule(other, wanted)),
    }
}

/// A value as a time span: text such as `1.02:03:04`, a whole number as ticks.
///
/// # Errors
/// The text is no time span.
pub fn to_timespan(value: &Value) -> Result<TimeSpan, ConvertError> {
    let wanted = TypeRef::timespan();
    match value {
        Value::TimeSpan(span) => Ok(*span),
        Value::Str(text) => TimeSpan::parse(text).ok_or_else(|| {
            let why = format!("String '{text}' was not recognized as a valid TimeSpan.");
            ConvertError::because(
                text,
                wanted,
                &why,
                "InvalidCastParseTargetInvocationWithFormatProvider",
            )
        }),
        Value::Number(_) => super::to_i64(value).map(|ticks| TimeSpan { ticks }),
        Value::Null => Err(ConvertError::null(wanted)),
        Value::Object(object) if object.base.is_some() => {
            to_timespan(object.base.as_ref().unwrap_or(&Value::Null))
        }
        other => Err(ConvertError::no_rule(other, wanted)),
    }
}

//! Errors of members, in PowerShell's words and ids.

use std::rc::Rc;

use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord, Exception};
use crate::runtime::flow::Flow;
use crate::runtime::types::invoke::Failure;
use crate::runtime::types::nearest::nearest;
use crate::runtime::types::{Fault, TypeRef, exception};
use crate::runtime::value::Value;

const AUTOMATION: &str = "System.Management.Automation";

/// `Exception` of an exception thrown inside a member, as the cause beneath PowerShell's own.
fn inner(exception: &str, message: &str) -> Exception {
    Exception {
        type_name: Rc::from(exception),
        message: Rc::from(message),
        inner: None,
    }
}

fn short(exception: &str) -> &str {
    exception.rsplit('.').next().unwrap_or(exception)
}

fn record(class: &str, id: &str, message: String) -> ErrorRecord {
    ErrorRecord::new(
        &format!("{AUTOMATION}.{class}"),
        id,
        ErrorCategory::NotSpecified,
        message,
    )
}

/// A property that failed when read.
pub(super) fn getting(name: &str, exception: &str, message: &str) -> ErrorRecord {
    let text = format!("Exception getting \"{name}\": \"{message}\"");
    record("GetValueInvocationException", "ExceptionWhenGetting", text)
        .with_inner(inner(exception, message))
}

/// A property that failed when written.
pub(super) fn setting(name: &str, exception: &str, message: &str) -> ErrorRecord {
    let text = format!("Exception setting \"{name}\": \"{message}\"");
    record("SetValueInvocationException", "ExceptionWhenSetting", text)
        .with_inner(inner(exception, message))
}

/// A property that nobody has.
pub(super) fn no_property(name: &str) -> ErrorRecord {
    let text = format!(
        "The property '{name}' cannot be found on this object. Verify that the property exists and can be set."
    );
    ErrorRecord::runtime("PropertyNotFound", text)
}

/// A property without a setter.
pub(super) fn read_only(name: &str) -> ErrorRecord {
    ErrorRecord::runtime(
        "PropertyAssignmentException",
        format!("'{name}' is a ReadOnly property."),
    )
}

/// A method that a type has not, with its neighbours.
pub(super) fn no_method(owner: &str, name: &str, names: &[&str]) -> ErrorRecord {
    let text = format!(
        "Method invocation failed because [{owner}] does not contain a method named '{name}'."
    );
    let near = nearest(name, names.iter().copied());
    let record = ErrorRecord::runtime("MethodNotFound", text);
    if near.is_empty() {
        record
    } else {
        record.with_recommendation(format!("Similar methods: {}.", near.join(", ")))
    }
}

/// A method on `$null`.
pub(super) fn on_null() -> ErrorRecord {
    ErrorRecord::runtime(
        "InvokeMethodOnNull",
        "You cannot call a method on a null-valued expression.",
    )
}

/// A call that was not made, or failed.
pub(super) fn call_failed(name: &str, count: usize, failure: Failure) -> Flow {
    match failure {
        Failure::Fault(Fault::Flow(flow)) => flow,
        Failure::Fault(Fault::Exception(exception, message)) => {
            let text =
                format!("Exception calling \"{name}\" with \"{count}\" argument(s): \"{message}\"");
            let cause = inner(exception, &message);
            record("MethodInvocationException", short(exception), text)
                .with_inner(cause)
                .into()
        }
        Failure::Count => {
            let text = format!(
                "Cannot find an overload for \"{name}\" and the argument count: \"{count}\"."
            );
            record("MethodException", "MethodCountCouldNotFindBest", text).into()
        }
        Failure::Argument(parameter, value, ty, why) => {
            let text = format!(
                "Cannot convert argument \"{parameter}\", with value: \"{value}\", for \"{name}\" to type \"{ty}\": \"{why}\""
            );
            record(
                "MethodException",
                "MethodArgumentConversionInvalidCastArgument",
                text,
            )
            .into()
        }
        Failure::NeedsReference(place) => {
            let text = format!(
                "Argument: '{place}' should be a System.Management.Automation.PSReference. Use [ref]."
            );
            record("MethodException", "NonRefArgumentToRefParameterMsg", text).into()
        }
    }
}

/// A static member that a type has not.
pub(super) fn no_static(ty: TypeRef, name: &str, names: &[&str]) -> ErrorRecord {
    no_method(ty.full_name(), name, names)
}

/// The exception a value is, for `throw`: an exception object, or that of an error record. `None` for other values.
pub fn as_exception(value: &Value) -> Option<Exception> {
    match value {
        Value::Error(record) => Some(record.exception.clone()),
        Value::Object(object) => as_exception(object.base.as_ref()?),
        other => exception::of_value(other),
    }
}

/// `Category: (target:TargetType) [activity], Reason`, as errors print it.
pub fn category_info(record: &ErrorRecord) -> String {
    let place = record.place.borrow();
    let target = match &record.target {
        given if place.target_name.is_some() || place.target_type.is_some() => {
            let ty = given.type_ref().map_or("", TypeRef::name);
            let name = place.target_name.as_deref().map(str::to_owned);
            let name = name.unwrap_or_else(|| shorten(&convert::to_text(given)));
            format!("{name}:{}", place.target_type.as_deref().unwrap_or(ty))
        }
        Value::Null => ":".to_owned(),
        target => {
            let ty = match target {
                Value::Object(object)
                    if object.base.is_none()
                        && target.type_ref() == Some(TypeRef::ps_custom_object()) =>
                {
                    "PSObject"
                }
                other => other.type_ref().map_or("", TypeRef::name),
            };
            format!("{}:{ty}", shorten(&convert::to_text(target)))
        }
    };
    let reason = place.reason.as_deref();
    let reason = reason.unwrap_or_else(|| short(&record.exception.type_name));
    format!(
        "{:?}: ({target}) [{}], {reason}",
        record.category, place.activity
    )
}

/// At most 40 letters, cut in the middle.
fn shorten(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= 40 {
        return text.to_owned();
    }
    let half = (40 - 3) / 2;
    let head: String = letters[..half + 1].iter().collect();
    let tail: String = letters[letters.len() - half..].iter().collect();
    format!("{head}...{tail}")
}

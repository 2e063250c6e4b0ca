//! Whether and how a value fits a parameter: its type, its rules.

use super::arguments::Given;
use super::refuse::{cannot_bind, transformation, validation_error};
use super::signature::{Parameter, ParameterKind};
use super::{Binder, param_fields};
use crate::runtime::convert;
use crate::runtime::enumerate::elements;
use crate::runtime::error::ErrorRecord;
use crate::runtime::flow::{Flow, Run};
use crate::runtime::object::PsObject;
use crate::runtime::types::TypeRef;
use crate::runtime::value::Value;

impl Binder<'_> {
    /// A bare number as its spelling, when the parameter wants text.
    pub(super) fn as_spelled(&self, index: usize, given: &Given) -> Value {
        match &given.text {
            Some(text) if wants_text(&self.signature.parameters[index]) => Value::Str(text.clone()),
            // Whoever takes anything gets a number that prints as it was written.
            Some(text)
                if takes_anything(&self.signature.parameters[index])
                    && convert::to_text(&given.value) != **text =>
            {
                PsObject::spelled(given.value.clone(), text.clone())
            }
            _ => given.value.clone(),
        }
    }

    /// Whether a value needs no conversion.
    pub(super) fn fits_as_is(&self, parameter: &Parameter, value: &Value) -> bool {
        let wanted = match &parameter.kind {
            ParameterKind::Field(spec, _) => {
                if spec.name == "System.Object" {
                    return true;
                }
                TypeRef::named(spec.name)
            }
            ParameterKind::Script(types) => match types.last() {
                None => return true,
                Some(ty) => *ty,
            },
        };
        let wanted = wanted.element().unwrap_or(wanted);
        let is =
            |value: &Value| value.type_ref().is_some_and(|own| own.is_a(wanted)) || value.is_null();
        match elements(value) {
            Some(items) if is_collection(parameter) => items.iter().all(is),
            _ => is(value),
        }
    }

    pub(super) fn converts(&mut self, index: usize, given: &Given) -> bool {
        let value = self.as_spelled(index, given);
        self.converted(index, value).is_ok()
    }

    /// The value as the parameter's type. A cmdlet's field converts when the cmdlet is made; here it is only asked.
    pub(super) fn converted(&mut self, index: usize, value: Value) -> Result<Value, ErrorRecord> {
        let parameter = &self.signature.parameters[index];
        match &parameter.kind {
            ParameterKind::Field(_, check) => match check(value.clone()) {
                Ok(()) => Ok(value),
                Err(error) => Err(cannot_bind(&parameter.name, &error.message)),
            },
            ParameterKind::Script(types) => {
                let mut value = value;
                for wanted in types.iter().rev() {
                    value = self
                        .as_type(&value, *wanted)
                        .map_err(|message| transformation(&parameter.name, &message))?;
                }
                Ok(value)
            }
        }
    }

    pub(super) fn as_type(&mut self, value: &Value, wanted: TypeRef) -> Result<Value, String> {
        let on_or_off = matches!(
            wanted.full_name(),
            "System.Boolean" | "System.Management.Automation.SwitchParameter"
        );
        let is_switch = wanted.full_name() == "System.Management.Automation.SwitchParameter";
        if is_switch && crate::runtime::members::switch_value(value).is_none() && !value.is_null() {
            let own = value.type_ref().map_or("", TypeRef::full_name);
            return Err(format!(
                "Cannot convert the \"{}\" value of type \"{own}\" to type \"{}\".",
                convert::to_text(value),
                wanted.full_name()
            ));
        }
        if on_or_off {
            // A switch of a script takes no numbers.
            if let (Value::Number(_), "System.Management.Automation.SwitchParameter") =
                (value, wanted.full_name())
            {
                return Err(convert::ConvertError::no_rule(value, wanted).message);
            }
            return param_fields::to_switch(value, wanted.full_name())
                .map(Value::Bool)
                .map_err(|error| error.message);
        }
        match self.shell.convert(value, wanted) {
            Ok(value) => Ok(value),
            Err(Flow::Error { record, .. }) => {
                let message = record.exception.message.to_string();
                if wanted.element().is_none() || elements(value).is_some() {
                    return Err(message);
                }
                // A single value for an array: the element's error within the array's.
                let text = crate::runtime::convert::to_text(value);
                let wanted = wanted.full_name();
                Err(format!(
                    "Cannot convert value \"{text}\" to type \"{wanted}\". Error: \"{message}\""
                ))
            }
            Err(_) => Err("The conversion was interrupted.".to_owned()),
        }
    }

    /// Rules of the declaration: null and emptiness of a mandatory parameter, validation attributes.
    pub(super) fn check(&mut self, index: usize, value: &Value) -> Run<()> {
        let parameter = &self.signature.parameters[index];
        let empty = emptiness(parameter, value)
            .filter(|_| parameter.sets.iter().any(|set| set.mandatory))
            .map(|(id, what)| {
                let name = &parameter.name;
                let message =
                    format!("Cannot bind argument to parameter '{name}' because it is {what}.");
                Flow::error(validation_error(id, name, message))
            });
        // A validation attribute speaks first, but not about null.
        let rules = parameter.validations.clone();
        let empty = match empty {
            Some(empty) if value.is_null() => return Err(empty),
            other => other,
        };
        for rule in &rules {
            let violation = match self.shell.violation(rule, value) {
                Err(Flow::Error { record, .. }) => Some(record.exception.message.to_string()),
                other => other?,
            };
            if let Some(message) = violation {
                let name = &self.signature.parameters[index].name;
                let message = format!("Cannot validate argument on parameter '{name}'. {message}");
                return Err(Flow::error(validation_error(
                    "ParameterArgumentValidationError",
                    name,
                    message,
                )));
            }
        }
        empty.map_or(Ok(()), Err)
    }
}

/// Whether a parameter takes several values.
pub(in crate::runtime) fn is_collection(parameter: &Parameter) -> bool {
    match &parameter.kind {
        ParameterKind::Field(spec, _) => spec.array || spec.name == "System.Object",
        ParameterKind::Script(types) => types
            .last()
            .is_none_or(|ty| ty.element().is_some() || *ty == TypeRef::object()),
    }
}

/// Whether a cmdlet's parameter takes objects of any type.
fn takes_anything(parameter: &Parameter) -> bool {
    matches!(&parameter.kind, ParameterKind::Field(spec, _) if spec.name == "System.Object")
}

/// Whether a parameter takes text, one or several.
pub(in crate::runtime) fn wants_text(parameter: &Parameter) -> bool {
    match &parameter.kind {
        ParameterKind::Field(spec, _) => {
            !matches!(
                spec.name,
                "System.Object"
                    | "System.Int32"
                    | "System.Int64"
                    | "System.UInt16"
                    | "System.UInt32"
                    | "System.UInt64"
                    | "System.Double"
                    | "System.Byte"
                    | "System.Boolean"
                    | "System.DateTime"
                    | "System.TimeSpan"
                    | "System.Management.Automation.SwitchParameter"
            ) && spec.values.is_empty()
        }
        ParameterKind::Script(types) => types
            .last()
            .is_some_and(|ty| ty.element().unwrap_or(*ty) == TypeRef::string()),
    }
}

/// How a mandatory parameter's value is empty: the error id and the words.
pub(in crate::runtime) fn emptiness(
    parameter: &Parameter,
    value: &Value,
) -> Option<(&'static str, &'static str)> {
    const NULL: (&str, &str) = ("ParameterArgumentValidationErrorNullNotAllowed", "null");
    const TEXT: (&str, &str) = (
        "ParameterArgumentValidationErrorEmptyStringNotAllowed",
        "an empty string",
    );
    const ARRAY: (&str, &str) = (
        "ParameterArgumentValidationErrorEmptyArrayNotAllowed",
        "an empty array",
    );
    match value {
        Value::Null if parameter.allow_null => None,
        Value::Null if wants_text(parameter) && !is_collection(parameter) => {
            (!parameter.allow_empty_string).then_some(TEXT)
        }
        Value::Null => Some(NULL),
        Value::Str(text) if text.is_empty() && !parameter.allow_empty_string => Some(TEXT),
        Value::Bytes(bytes) => {
            let empty = bytes.borrow().is_empty() && !parameter.allow_empty_collection;
            empty.then_some(ARRAY)
        }
        Value::Array(array) => {
            let items = array.items.borrow();
            if items.is_empty() {
                return (!parameter.allow_empty_collection).then_some(ARRAY);
            }
            let untyped = matches!(&parameter.kind, ParameterKind::Script(types) if types.is_empty())
                || matches!(&parameter.kind, ParameterKind::Field(spec, _) if spec.name == "System.Object");
            if untyped {
                return None;
            }
            let empty = |item: &Value| matches!(item, Value::Str(text) if text.is_empty());
            if items.iter().any(empty) && !parameter.allow_empty_string {
                return Some(TEXT);
            }
            (items.iter().any(Value::is_null) && !parameter.allow_null).then_some(NULL)
        }
        _ => None,
    }
}

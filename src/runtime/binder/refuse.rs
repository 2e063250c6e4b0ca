//! The errors of binding, placed at the argument.

use std::rc::Rc;

use super::Binder;
use super::by_name::Found;
use super::common::COMMON;
use super::signature::Parameter;
use crate::language::Span;
use crate::runtime::error::{ErrorCategory, ErrorRecord, Position};
use crate::runtime::flow::Flow;
use crate::runtime::registry;

impl Binder<'_> {
    pub(super) fn ambiguous(&self, name: &str, names: &[String], span: Span) -> Flow {
        let names: Vec<String> = names.iter().map(|name| format!("-{name}")).collect();
        self.binding(
            name,
            "AmbiguousParameter",
            format!(
                "Parameter cannot be processed because the parameter name '{name}' is ambiguous. Possible matches include: {}.",
                names.join(" ")
            ),
            span,
        )
    }

    pub(super) fn unknown(&self, name: &str, span: Span) -> Flow {
        let own = self
            .signature
            .parameters
            .iter()
            .filter(|p| !p.hidden)
            .map(|p| &*p.name);
        let near = registry::nearest(name, own.chain(COMMON.iter().map(|(_, name, _)| *name)), 3);
        let mut record = binding_record(
            "NamedParameterNotFound",
            format!("A parameter cannot be found that matches parameter name '{name}'."),
        )
        .with_parameter(name);
        if !near.is_empty() {
            let names: Vec<String> = near.iter().map(|name| format!("-{name}")).collect();
            record = record.with_recommendation(format!("Did you mean {}?", names.join(" or ")));
        }
        self.placed(record, span)
    }

    pub(super) fn missing_argument(&self, found: &Found, span: Span) -> Flow {
        let (name, ty) = match found {
            Found::Own(index) => {
                let parameter = &self.signature.parameters[*index];
                (parameter.name.to_string(), parameter.type_name())
            }
            Found::Common(parameter) => (
                parameter.name().to_owned(),
                parameter.type_name().to_owned(),
            ),
            Found::Several(_) | Found::None => return Flow::Return,
        };
        self.binding(
            &name,
            "MissingArgument",
            format!("Missing an argument for parameter '{name}'. Specify a parameter of type '{ty}' and try again."),
            span,
        )
    }

    pub(super) fn twice(&self, name: &str, span: Span) -> Flow {
        self.binding(
            name,
            "ParameterAlreadyBound",
            format!(
                "Cannot bind parameter because parameter '{name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, \"-parameter value1,value2,value3\"."
            ),
            span,
        )
    }

    pub(super) fn refused(&self, parameter: &Parameter, span: Span) -> Flow {
        self.binding(
            &parameter.name,
            "ParameterNotSupported",
            format!(
                "The parameter '{}' is not supported here: {}.",
                parameter.name,
                parameter.refused.trim_end_matches('.')
            ),
            span,
        )
    }

    /// No set holds all that was given.
    pub(super) fn no_set(&self) -> Flow {
        let record = binding_record(
            "AmbiguousParameterSet",
            "Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.",
        );
        self.shell.command_error(record)
    }

    pub(super) fn binding(&self, name: &str, id: &str, message: String, span: Span) -> Flow {
        self.placed(binding_record(id, message).with_parameter(name), span)
    }

    /// An error at an argument.
    pub(super) fn placed(&self, record: ErrorRecord, span: Span) -> Flow {
        self.placed_rc(Rc::new(record), span)
    }

    pub(super) fn placed_rc(&self, record: Rc<ErrorRecord>, span: Span) -> Flow {
        if record.place.borrow().stack.is_empty() {
            record.place.borrow_mut().position = Some(Position {
                source: self.source.clone(),
                span,
            });
            self.shell.locate(&record);
        }
        Flow::Error {
            record,
            fatal: false,
        }
    }
}

pub(in crate::runtime) fn binding_record(id: &str, message: impl AsRef<str>) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.ParameterBindingException",
        id,
        ErrorCategory::InvalidArgument,
        message,
    )
}

pub(in crate::runtime) fn validation_error(id: &str, name: &str, message: String) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.ParameterBindingValidationException",
        id,
        ErrorCategory::InvalidData,
        message,
    )
    .with_parameter(name)
}

/// A cmdlet's parameter that does not take a value.
pub(in crate::runtime) fn cannot_bind(name: &str, message: &str) -> ErrorRecord {
    binding_record(
        "CannotConvertArgumentNoMessage",
        format!("Cannot bind parameter '{name}'. {message}"),
    )
    .with_parameter(name)
}

/// A function's parameter that does not take a value.
pub(in crate::runtime) fn transformation(name: &str, message: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.ParameterBindingArgumentTransformationException",
        "ParameterArgumentTransformationError",
        ErrorCategory::InvalidData,
        format!("Cannot process argument transformation on parameter '{name}'. {message}"),
    )
    .with_parameter(name)
}

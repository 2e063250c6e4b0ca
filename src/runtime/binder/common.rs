//! Parameters that every advanced command takes.

use crate::runtime::context::{Action, Overrides};
use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::value::Value;

/// A common or risk parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // each is the parameter of its name
pub enum CommonParameter {
    Verbose,
    Debug,
    ErrorAction,
    WarningAction,
    InformationAction,
    ErrorVariable,
    WarningVariable,
    InformationVariable,
    OutVariable,
    OutBuffer,
    PipelineVariable,
    WhatIf,
    Confirm,
}

/// Name and alias of each, risk parameters last.
pub const COMMON: [(CommonParameter, &str, &str); 13] = [
    (CommonParameter::Verbose, "Verbose", "vb"),
    (CommonParameter::Debug, "Debug", "db"),
    (CommonParameter::ErrorAction, "ErrorAction", "ea"),
    (CommonParameter::WarningAction, "WarningAction", "wa"),
    (
        CommonParameter::InformationAction,
        "InformationAction",
        "infa",
    ),
    (CommonParameter::ErrorVariable, "ErrorVariable", "ev"),
    (CommonParameter::WarningVariable, "WarningVariable", "wv"),
    (
        CommonParameter::InformationVariable,
        "InformationVariable",
        "iv",
    ),
    (CommonParameter::OutVariable, "OutVariable", "ov"),
    (CommonParameter::OutBuffer, "OutBuffer", "ob"),
    (CommonParameter::PipelineVariable, "PipelineVariable", "pv"),
    (CommonParameter::WhatIf, "WhatIf", "wi"),
    (CommonParameter::Confirm, "Confirm", "cf"),
];

impl CommonParameter {
    /// Its name.
    pub fn name(self) -> &'static str {
        COMMON
            .iter()
            .find(|(parameter, _, _)| *parameter == self)
            .map_or("", |(_, name, _)| name)
    }

    /// Whether it only exists with `SupportsShouldProcess`.
    pub fn is_risk(self) -> bool {
        matches!(self, CommonParameter::WhatIf | CommonParameter::Confirm)
    }

    /// Whether it is a switch.
    pub fn is_switch(self) -> bool {
        self.is_risk() || matches!(self, CommonParameter::Verbose | CommonParameter::Debug)
    }

    /// Full name of its type.
    pub fn type_name(self) -> &'static str {
        match self {
            _ if self.is_switch() => "System.Management.Automation.SwitchParameter",
            CommonParameter::ErrorAction
            | CommonParameter::WarningAction
            | CommonParameter::InformationAction => "System.Management.Automation.ActionPreference",
            CommonParameter::OutBuffer => "System.Int32",
            _ => "System.String",
        }
    }
}

/// What was given.
#[derive(Clone, Default)]
pub(in crate::runtime) struct Common {
    pub(in crate::runtime) overrides: Overrides,
    pub(in crate::runtime) error_variable: Option<String>,
    pub(in crate::runtime) warning_variable: Option<String>,
    pub(in crate::runtime) information_variable: Option<String>,
    pub(in crate::runtime) out_variable: Option<String>,
    pub(in crate::runtime) pipeline_variable: Option<String>,
}

impl Common {
    /// Takes the value of one.
    ///
    /// # Errors
    /// The message of a value that does not fit.
    pub(in crate::runtime) fn set(
        &mut self,
        parameter: CommonParameter,
        value: &Value,
    ) -> Result<(), String> {
        let text = || convert::to_text(value);
        let on = || {
            super::param_fields::to_switch(value, parameter.type_name())
                .map_err(|error| error.message)
        };
        match parameter {
            CommonParameter::Verbose => self.overrides.verbose = Some(on()?),
            CommonParameter::Debug => self.overrides.debug = Some(on()?),
            CommonParameter::WhatIf => self.overrides.what_if = Some(on()?),
            CommonParameter::Confirm => self.overrides.confirm = Some(on()?),
            CommonParameter::ErrorAction => self.overrides.error = Some(action(value)?),
            CommonParameter::WarningAction => self.overrides.warning = Some(action(value)?),
            CommonParameter::InformationAction => self.overrides.information = Some(action(value)?),
            CommonParameter::ErrorVariable => self.error_variable = Some(text()),
            CommonParameter::WarningVariable => self.warning_variable = Some(text()),
            CommonParameter::InformationVariable => self.information_variable = Some(text()),
            CommonParameter::OutVariable => self.out_variable = Some(text()),
            CommonParameter::PipelineVariable => self.pipeline_variable = Some(text()),
            CommonParameter::OutBuffer => {}
        }
        Ok(())
    }
}

fn action(value: &Value) -> Result<Action, String> {
    super::param_fields::word_index(
        value,
        "System.Management.Automation.ActionPreference",
        &Action::WORDS,
    )
    .map_err(|error| error.message)
    .and_then(|index| Action::parse(Action::WORDS[index]).ok_or_else(String::new))
}

/// The error of a common parameter's value.
pub(in crate::runtime) fn refused_value(parameter: CommonParameter, message: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.ParameterBindingException",
        "CannotConvertArgumentNoMessage",
        ErrorCategory::InvalidArgument,
        format!("Cannot bind parameter '{}'. {message}", parameter.name()),
    )
}

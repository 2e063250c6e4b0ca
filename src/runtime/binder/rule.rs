//! Types and validation attributes on variables and parameters.

use std::rc::Rc;

use super::signature::Validation;
use crate::language::ast::{BinaryOperator, Case, Expr, ExprKind};
use crate::runtime::convert;
use crate::runtime::enumerate::elements;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::scope::ValueRule;
use crate::runtime::shell::Shell;
use crate::runtime::types::{TypeRef, names};
use crate::runtime::value::Value;

/// What an assignment to a typed variable does.
pub(in crate::runtime) struct VariableRule {
    /// From the outermost to the innermost; applied from the last.
    pub(in crate::runtime) types: Vec<TypeRef>,
    /// Checked after conversion.
    pub(in crate::runtime) validations: Vec<Validation>,
}

impl VariableRule {
    /// The rule of a target such as `[ValidateRange(1,5)][int]$x`.
    pub(in crate::runtime) fn of(shell: &mut Shell, target: &Expr) -> Run<VariableRule> {
        let mut rule = VariableRule {
            types: Vec::new(),
            validations: Vec::new(),
        };
        let mut current = target;
        loop {
            match &current.kind {
                ExprKind::Cast { kind, operand } => {
                    rule.types.push(names::resolve(kind)?);
                    current = operand;
                }
                ExprKind::Attributed { attribute, operand } => {
                    match shell.read_validation(attribute)? {
                        Some(validation) => rule.validations.push(validation),
                        None => return Err(names::not_found(&attribute.name.to_string()).into()),
                    }
                    current = operand;
                }
                _ => return Ok(rule),
            }
        }
    }
}

impl ValueRule for VariableRule {
    fn apply(&self, shell: &mut Shell, name: &str, value: Value) -> Run<Value> {
        let mut value = value;
        for wanted in self.types.iter().rev() {
            let converted = match wanted.full_name() {
                // A Boolean variable takes Booleans and numbers, no words.
                "System.Boolean" => super::param_fields::to_switch(&value, "System.Boolean")
                    .map(Value::Bool)
                    .map_err(|error| Flow::error(error.into())),
                _ => shell.convert(&value, *wanted),
            };
            value = match converted {
                Err(Flow::Error { record, .. }) => {
                    return Err(Flow::error(metadata_error(&record)));
                }
                other => other?,
            };
        }
        for validation in &self.validations {
            if shell.violation(validation, &value)?.is_some() {
                let text = convert::to_text(&value);
                return Err(Flow::error(ErrorRecord::new(
                    "System.Management.Automation.ValidationMetadataException",
                    "ValidateSetFailure",
                    ErrorCategory::MetadataError,
                    format!(
                        "The variable cannot be validated because the value {text} is not a valid value for the {name} variable."
                    ),
                )));
            }
        }
        Ok(value)
    }

    fn type_name(&self) -> String {
        self.types
            .last()
            .map(|ty| ty.full_name().to_owned())
            .unwrap_or_default()
    }
}

/// The error of a conversion that a variable's type asked for.
fn metadata_error(record: &Rc<ErrorRecord>) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.ArgumentTransformationMetadataException",
        "RuntimeException",
        ErrorCategory::MetadataError,
        &record.exception.message,
    )
    .with_inner(record.exception.clone())
}

impl Shell {
    /// How a value breaks a rule, in PowerShell's words; `None` when it keeps it.
    pub(in crate::runtime) fn violation(
        &mut self,
        rule: &Validation,
        value: &Value,
    ) -> Run<Option<String>> {
        Ok(match rule {
            Validation::NotNull if value.is_null() => {
                Some("The argument is null. Provide a valid value for the argument, and then try running the command again.".to_owned())
            }
            Validation::NotNull => None,
            Validation::NotNullOrEmpty => empty_violation(value),
            Validation::Count(low, high) => {
                let count = elements(value).map_or(1, |items| items.len());
                count_violation(count, *low, *high)
            }
            _ => {
                for item in elements(value).unwrap_or_else(|| vec![value.clone()]) {
                    if let Some(message) = self.item_violation(rule, &item)? {
                        return Ok(Some(message));
                    }
                }
                None
            }
        })
    }

    fn item_violation(&mut self, rule: &Validation, item: &Value) -> Run<Option<String>> {
        let text = convert::to_text(item);
        Ok(match rule {
            Validation::Range(low, high) => self.range_violation(item, low, high)?,
            Validation::Length(low, high) => {
                let length = text.encode_utf16().count();
                if length < *low {
                    Some(format!(
                        "The character length ({length}) of the argument is too short. Specify an argument with a length that is greater than or equal to \"{low}\", and then try the command again."
                    ))
                } else if length > *high {
                    Some(format!(
                        "The character length of the {length} argument is too long. Shorten the character length of the argument so it is fewer than or equal to \"{high}\" characters, and then try the command again."
                    ))
                } else {
                    None
                }
            }
            Validation::Set(words, ignore_case) => {
                let same = |word: &Rc<str>| {
                    if *ignore_case {
                        crate::runtime::names::same_name(word, &text)
                    } else {
                        **word == *text
                    }
                };
                (!words.iter().any(same)).then(|| {
                    format!("The argument \"{text}\" does not belong to the set \"{}\" specified by the ValidateSet attribute. Supply an argument that is in the set and then try the command again.", words.join(","))
                })
            }
            Validation::Pattern(pattern, ignore_case) => {
                let fits =
                    self.matches_quietly(item, &Value::Str(pattern.clone()), !ignore_case)?;
                (!fits).then(|| {
                    format!("The argument \"{text}\" does not match the \"{pattern}\" pattern. Supply an argument that matches \"{pattern}\" and try the command again.")
                })
            }
            Validation::Script(block) => {
                let out = self.run_block_apart(block, None, Some(item.clone()), Vec::new())?;
                let fits =
                    convert::to_bool(&crate::runtime::sink::Collect { items: out }.into_value());
                (!fits).then(|| {
                    format!("The \"{}\" validation script for the argument with value \"{text}\" did not return a result of True. Determine why the validation script failed, and then try the command again.", block.text())
                })
            }
            _ => None,
        })
    }

    fn range_violation(&mut self, item: &Value, low: &Value, high: &Value) -> Run<Option<String>> {
        let text = convert::to_text(item);
        let below = self.operate(
            BinaryOperator::LessThan(Case::Default),
            item.clone(),
            low.clone(),
        )?;
        if convert::to_bool(&below) {
            let low = convert::to_text(low);
            return Ok(Some(format!(
                "The {text} argument is less than the minimum allowed range of {low}. Supply an argument that is greater than or equal to {low} and then try the command again."
            )));
        }
        let above = self.operate(
            BinaryOperator::GreaterThan(Case::Default),
            item.clone(),
            high.clone(),
        )?;
        if convert::to_bool(&above) {
            let high = convert::to_text(high);
            return Ok(Some(format!(
                "The {text} argument is greater than the maximum allowed range of {high}. Supply an argument that is less than or equal to {high} and then try the command again."
            )));
        }
        Ok(None)
    }
}

fn empty_violation(value: &Value) -> Option<String> {
    let whole = "The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.";
    let element = "The argument is null, empty, or an element of the argument collection contains a null value. Supply a collection that does not contain any null values and then try the command again.";
    match value {
        Value::Null => Some(whole.to_owned()),
        Value::Str(text) if text.is_empty() => Some(whole.to_owned()),
        _ => {
            let items = elements(value)?;
            let empty = |item: &Value| {
                item.is_null() || matches!(item, Value::Str(text) if text.is_empty())
            };
            if items.is_empty() {
                Some(element.to_owned())
            } else {
                items.iter().any(empty).then(|| element.to_owned())
            }
        }
    }
}

fn count_violation(count: usize, low: usize, high: usize) -> Option<String> {
    if count < low {
        Some(format!(
            "The parameter requires at least {low} value(s) and no more than {high} value(s) - {count} value(s) were provided."
        ))
    } else if count > high {
        Some(format!(
            "The number of provided arguments, ({count}), exceeds the maximum number of allowed arguments ({high}). Provide fewer than {high} arguments, and then try the command again."
        ))
    } else {
        None
    }
}

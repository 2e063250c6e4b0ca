//! Pipeline objects to parameters: whole or by property, without conversion first, then with.

use std::rc::Rc;

use super::signature::InSet;
use super::{Binder, Bound, binding_record};
use crate::runtime::error::ErrorRecord;
use crate::runtime::flow::{Flow, Run};
use crate::runtime::value::Value;

/// What an object filled.
pub(in crate::runtime) struct Filled {
    /// Parameter and value, in the order they were bound.
    pub(in crate::runtime) values: Vec<(usize, Value)>,
    /// The sets that are left.
    pub(in crate::runtime) sets: Vec<Rc<str>>,
}

impl Binder<'_> {
    /// Binds one object. The error is one that does not end the command: the next object may fit.
    pub(in crate::runtime) fn bind_input(
        &mut self,
        bound: &Bound,
        input: &Value,
    ) -> Run<Result<Filled, ErrorRecord>> {
        let mut filled = Filled {
            values: Vec::new(),
            sets: bound.sets.clone(),
        };
        for (by_value, convert) in [(true, false), (false, false), (true, true), (false, true)] {
            self.bind_stage(bound, input, by_value, convert, &mut filled)?;
        }
        if filled.values.is_empty() {
            return Ok(Err(binding_record(
                "InputObjectNotBound",
                "The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.",
            )
            .with_target(input.clone())));
        }
        for (index, value) in &filled.values {
            if let Err(flow) = self.check(*index, value) {
                return match flow {
                    Flow::Error { record, .. } => Ok(Err(copy(&record))),
                    other => Err(other),
                };
            }
        }
        self.choose_set(bound, &mut filled, input)
    }

    /// One of the four attempts.
    fn bind_stage(
        &mut self,
        bound: &Bound,
        input: &Value,
        by_value: bool,
        convert: bool,
        filled: &mut Filled,
    ) -> Run<()> {
        for index in 0..self.signature.parameters.len() {
            let taken =
                bound.given[index] || filled.values.iter().any(|(other, _)| *other == index);
            let parameter = &self.signature.parameters[index];
            let takes = |set: &InSet| {
                if by_value {
                    set.by_value
                } else {
                    set.by_property_name
                }
            };
            if taken
                || !filled
                    .sets
                    .iter()
                    .any(|set| parameter.in_set(set).is_some_and(takes))
            {
                continue;
            }
            let value = if by_value {
                Some(input.clone())
            } else {
                let mut found = None;
                for name in std::iter::once(&parameter.name).chain(&parameter.aliases) {
                    found = self.shell.property(input, name)?;
                    if found.is_some() {
                        break;
                    }
                }
                found
            };
            let Some(value) = value else { continue };
            let parameter = &self.signature.parameters[index];
            if !convert && !self.fits_as_is(parameter, &value) {
                continue;
            }
            let Ok(value) = self.converted(index, value) else {
                continue;
            };
            let parameter = &self.signature.parameters[index];
            filled
                .sets
                .retain(|set| parameter.in_set(set).is_some_and(takes));
            filled.values.push((index, value));
        }
        Ok(())
    }

    /// The set an object leaves: one whose mandatory values are all there.
    fn choose_set(
        &mut self,
        bound: &Bound,
        filled: &mut Filled,
        input: &Value,
    ) -> Run<Result<Filled, ErrorRecord>> {
        let has = |index: usize| {
            bound.given[index] || filled.values.iter().any(|(other, _)| *other == index)
        };
        let missing = |set: &Rc<str>| -> Vec<&str> {
            let parameters = self.signature.parameters.iter().enumerate();
            parameters
                .filter(|(index, p)| !has(*index) && p.in_set(set).is_some_and(|s| s.mandatory))
                .map(|(_, p)| &*p.name)
                .collect()
        };
        let whole: Vec<Rc<str>> = filled
            .sets
            .iter()
            .filter(|set| missing(set).is_empty())
            .cloned()
            .collect();
        if whole.is_empty() {
            let names = filled
                .sets
                .first()
                .map(|set| missing(set).join(" "))
                .unwrap_or_default();
            return Ok(Err(binding_record(
                "InputObjectMissingMandatory",
                format!(
                    "The input object cannot be bound because it did not contain the information required to bind all mandatory parameters:  {names}"
                ),
            )
            .with_target(input.clone())));
        }
        let values = std::mem::take(&mut filled.values);
        Ok(Ok(Filled {
            values,
            sets: whole,
        }))
    }
}

/// An error to be raised anew for another object.
fn copy(record: &ErrorRecord) -> ErrorRecord {
    let mut made = ErrorRecord::new(
        &record.exception.type_name,
        &record.id,
        record.category,
        &record.exception.message,
    );
    made.exception = record.exception.clone();
    made.with_target(record.target.clone())
}

//! Pipeline objects to parameters: whole or by property, without conversion first, then with.

use std::rc::Rc;

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

/// A parameter that takes objects of the pipeline.
pub(super) struct Taker {
    index: usize,
    /// For each set of the call whether it takes them there: whole, by their properties.
    sets: Vec<(bool, bool)>,
}

impl Taker {
    fn takes(&self, set: usize, by_value: bool) -> bool {
        self.sets
            .get(set)
            .is_some_and(|(whole, named)| if by_value { *whole } else { *named })
    }
}

/// What one object filled so far.
struct Filling {
    values: Vec<(usize, Value)>,
    /// The sets that are left, by their place in the call.
    sets: Vec<usize>,
}

impl Binder<'_> {
    /// Finds out what objects of the pipeline can fill, once for all of them.
    pub(super) fn plan_input(&self, bound: &mut Bound) {
        let open = |index: &usize| !bound.given[*index];
        let parameters = &self.signature.parameters;
        let taker = |index: usize| {
            let in_set = |set: &Rc<str>| {
                let held = parameters[index].in_set(set);
                held.map_or((false, false), |s| (s.by_value, s.by_property_name))
            };
            let sets: Vec<(bool, bool)> = bound.sets.iter().map(in_set).collect();
            let takes = sets.iter().any(|(whole, named)| *whole || *named);
            takes.then_some(Taker { index, sets })
        };
        let needs = |set: &Rc<str>| {
            let is_needed = |index: &usize| {
                let held = parameters[*index].in_set(set);
                held.is_some_and(|s| s.mandatory)
            };
            (0..parameters.len())
                .filter(open)
                .filter(is_needed)
                .collect()
        };
        let takers = (0..parameters.len()).filter(open).filter_map(taker);
        (bound.takers, bound.needs) = (takers.collect(), bound.sets.iter().map(needs).collect());
    }

    /// Binds one object. The error is one that does not end the command: the next object may fit.
    pub(in crate::runtime) fn bind_input(
        &mut self,
        bound: &Bound,
        input: &Value,
    ) -> Run<Result<Filled, ErrorRecord>> {
        let mut filling = Filling {
            values: Vec::new(),
            sets: (0..bound.sets.len()).collect(),
        };
        for (by_value, convert) in [(true, false), (false, false), (true, true), (false, true)] {
            self.bind_stage(bound, input, by_value, convert, &mut filling)?;
        }
        if filling.values.is_empty() {
            return Ok(Err(binding_record(
                "InputObjectNotBound",
                "The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.",
            )
            .with_target(input.clone())));
        }
        for (index, value) in &filling.values {
            if let Err(flow) = self.check(*index, value) {
                return match flow {
                    Flow::Error { record, .. } => Ok(Err(copy(&record))),
                    other => Err(other),
                };
            }
        }
        Ok(self.choose_set(bound, filling, input))
    }

    /// One of the four attempts.
    fn bind_stage(
        &mut self,
        bound: &Bound,
        input: &Value,
        by_value: bool,
        convert: bool,
        filling: &mut Filling,
    ) -> Run<()> {
        for taker in &bound.takers {
            let index = taker.index;
            let is_taken = filling.values.iter().any(|(other, _)| *other == index);
            let takes = |set: &usize| taker.takes(*set, by_value);
            if is_taken || !filling.sets.iter().any(takes) {
                continue;
            }
            let parameter = &self.signature.parameters[index];
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
            filling.sets.retain(takes);
            filling.values.push((index, value));
        }
        Ok(())
    }

    /// The set an object leaves: one whose mandatory values are all there.
    fn choose_set(
        &self,
        bound: &Bound,
        filling: Filling,
        input: &Value,
    ) -> Result<Filled, ErrorRecord> {
        let Filling { values, sets } = filling;
        let has = |index: &usize| values.iter().any(|(other, _)| other == index);
        let is_whole = |set: &usize| bound.needs[*set].iter().all(has);
        if !sets.iter().any(is_whole) {
            let first = sets.first().map_or(&[][..], |set| &bound.needs[*set]);
            let missing = first.iter().filter(|index| !has(index));
            let names: Vec<&str> = missing
                .map(|index| &*self.signature.parameters[*index].name)
                .collect();
            return Err(binding_record(
                "InputObjectMissingMandatory",
                format!(
                    "The input object cannot be bound because it did not contain the information required to bind all mandatory parameters:  {}",
                    names.join(" ")
                ),
            )
            .with_target(input.clone()));
        }
        let whole = sets.iter().filter(|set| is_whole(set));
        let sets = whole.map(|set| Rc::clone(&bound.sets[*set])).collect();
        Ok(Filled { values, sets })
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

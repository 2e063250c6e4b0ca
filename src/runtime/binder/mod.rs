//! Arguments to parameters: by name, by position, the rest; then sets and what is still missing.

pub(super) mod arguments;
mod by_name;
pub mod common;
mod complete;
mod fit;
mod input;
pub mod param;
pub mod param_fields;
mod refuse;
pub(super) mod rule;
pub(super) mod script_signature;
pub mod signature;

use std::rc::Rc;

use crate::language::Source;
use crate::runtime::convert;
use crate::runtime::enumerate::elements;
use crate::runtime::flow::{Flow, Run};
use crate::runtime::names::same_name;
use crate::runtime::shell::Shell;
use crate::runtime::value::Value;
use arguments::{Argument, Given};
use by_name::Found;
use common::Common;
use signature::Signature;

pub(super) use fit::is_collection;
use input::Taker;
pub(super) use refuse::{binding_record, cannot_bind};

/// What a command got.
pub(super) struct Bound {
    /// A value a parameter, converted; in the order of the signature.
    pub(super) slots: Vec<Option<Value>>,
    /// Which were given on the command line.
    pub(super) given: Vec<bool>,
    /// What fits nowhere; `$args`.
    pub(super) extra: Vec<Value>,
    /// Common and risk parameters.
    pub(super) common: Common,
    /// The sets that are still possible, the default first.
    pub(super) sets: Vec<Rc<str>>,
    /// What the objects of the pipeline may fill. The same for all of them, so it is found out once.
    takers: Vec<Taker>,
    /// For each of `sets` the mandatory parameters that have no value yet.
    needs: Vec<Vec<usize>>,
}

/// Binds the arguments of one call.
pub(super) struct Binder<'a> {
    pub(super) shell: &'a mut Shell,
    pub(super) signature: &'a Signature,
    /// The text the spans of arguments point into.
    pub(super) source: &'a Rc<Source>,
    /// Objects will be piped in.
    pub(super) expects_input: bool,
}

impl Binder<'_> {
    /// Binds everything that stands on the command line. Errors are placed at the argument.
    pub(super) fn bind(&mut self, arguments: Vec<Argument>) -> Run<Bound> {
        let count = self.signature.parameters.len();
        let mut bound = Bound {
            slots: vec![None; count],
            given: vec![false; count],
            extra: Vec::new(),
            common: Common::default(),
            sets: self.all_sets(),
            takers: Vec::new(),
            needs: Vec::new(),
        };
        let rest = self.bind_named(arguments, &mut bound)?;
        self.bind_defaults(&mut bound)?;
        let rest = self.bind_positions(rest, &mut bound)?;
        self.bind_rest(rest, &mut bound)?;
        self.complete(&mut bound)?;
        if self.expects_input {
            self.plan_input(&mut bound);
        }
        Ok(bound)
    }

    fn all_sets(&self) -> Vec<Rc<str>> {
        let mut sets = self.signature.set_names();
        if let Some(index) = sets
            .iter()
            .position(|set| same_name(set, &self.signature.default_set))
        {
            let default = sets.remove(index);
            sets.insert(0, default);
        }
        sets
    }

    /// `$PSDefaultParameterValues`, for parameters that were not named.
    fn bind_defaults(&mut self, bound: &mut Bound) -> Run<()> {
        let Some(Value::Hashtable(table)) = self.shell.scope.value("PSDefaultParameterValues")
        else {
            return Ok(());
        };
        if table.is_empty() || !self.signature.advanced {
            return Ok(());
        }
        let command = self.shell.context.activity.to_string();
        for (key, value) in table.pairs() {
            let key = convert::to_text(&key);
            let Some((pattern, name)) = key.split_once(':') else {
                continue;
            };
            if !crate::runtime::wildcard::Wildcard::new(pattern).matches(&command) {
                continue;
            }
            let value = match &value {
                Value::ScriptBlock(block) => {
                    let out = self.shell.run_block_apart(block, None, None, Vec::new())?;
                    crate::runtime::sink::Collect { items: out }.into_value()
                }
                other => other.clone(),
            };
            let given = Given {
                value,
                text: None,
                span: self.shell.at,
            };
            match self.find(name) {
                Found::Own(index) if !bound.given[index] => {
                    self.put(index, &given, bound)?;
                    bound.given[index] = true;
                }
                Found::Common(parameter) => {
                    let _ = bound.common.set(parameter, &given.value);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Values to positions, in order; gives what is left.
    fn bind_positions(&mut self, rest: Vec<Given>, bound: &mut Bound) -> Run<Vec<Given>> {
        let mut rest = std::collections::VecDeque::from(rest);
        while let Some(given) = rest.front().cloned() {
            let candidates = self.at_next_position(bound);
            let Some(&first) = candidates.first() else {
                break;
            };
            if self.is_remaining(first, bound) {
                break;
            }
            let fitting = candidates.iter().copied().find(|&index| {
                let parameter = &self.signature.parameters[index];
                self.fits_as_is(parameter, &given.value)
            });
            let chosen = fitting.or_else(|| {
                candidates
                    .iter()
                    .copied()
                    .find(|&index| self.converts(index, &given))
            });
            rest.pop_front();
            self.put(chosen.unwrap_or(first), &given, bound)?;
        }
        Ok(rest.into())
    }

    /// The unbound parameters of the lowest position, those of the default set first.
    fn at_next_position(&self, bound: &Bound) -> Vec<usize> {
        let position = |index: usize, set: &str| {
            self.signature.parameters[index]
                .in_set(set)
                .and_then(|s| s.position)
        };
        let free = |index: &usize| {
            !bound.given[*index] && self.signature.parameters[*index].refused.is_empty()
        };
        let all: Vec<usize> = (0..self.signature.parameters.len()).filter(free).collect();
        let lowest = bound
            .sets
            .iter()
            .flat_map(|set| all.iter().filter_map(move |&index| position(index, set)))
            .min();
        let Some(lowest) = lowest else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for set in &bound.sets {
            for &index in &all {
                if position(index, set) == Some(lowest) && !found.contains(&index) {
                    found.push(index);
                }
            }
        }
        found
    }

    fn is_remaining(&self, index: usize, bound: &Bound) -> bool {
        let parameter = &self.signature.parameters[index];
        bound
            .sets
            .iter()
            .any(|set| parameter.in_set(set).is_some_and(|s| s.remaining))
    }

    /// The rest goes to the parameter that takes it, or to `$args`.
    fn bind_rest(&mut self, rest: Vec<Given>, bound: &mut Bound) -> Run<()> {
        let Some(first) = rest.first() else {
            return Ok(());
        };
        let taker = (0..self.signature.parameters.len())
            .find(|&index| !bound.given[index] && self.is_remaining(index, bound));
        if let Some(index) = taker {
            let span = first.span;
            let value = match rest.as_slice() {
                [only] if elements(&only.value).is_some() => only.value.clone(),
                all => Value::array(
                    all.iter()
                        .map(|given| self.as_spelled(index, given))
                        .collect(),
                ),
            };
            return self.put(
                index,
                &Given {
                    value,
                    text: None,
                    span,
                },
                bound,
            );
        }
        if self.signature.advanced {
            let text = match &first.text {
                Some(text) => text.to_string(),
                None => convert::to_text(&first.value),
            };
            let record = binding_record(
                "PositionalParameterNotFound",
                format!("A positional parameter cannot be found that accepts argument '{text}'."),
            );
            return Err(self.shell.command_error(record));
        }
        bound.extra = rest.into_iter().map(|given| given.value).collect();
        Ok(())
    }

    /// Converts, checks and stores the value of a parameter; sets without it are out.
    fn put(&mut self, index: usize, given: &Given, bound: &mut Bound) -> Run<()> {
        let value = self.as_spelled(index, given);
        let value = self
            .converted(index, value)
            .map_err(|record| self.placed(record, given.span))?;
        if let Err(flow) = self.check(index, &value) {
            return Err(match flow {
                Flow::Error { record, .. } => self.placed_rc(record, given.span),
                other => other,
            });
        }
        self.narrow(index, bound)?;
        bound.slots[index] = Some(value);
        bound.given[index] = true;
        Ok(())
    }

    /// Keeps the sets a parameter is in.
    pub(super) fn narrow(&mut self, index: usize, bound: &mut Bound) -> Run<()> {
        let parameter = &self.signature.parameters[index];
        let kept: Vec<Rc<str>> = bound
            .sets
            .iter()
            .filter(|set| parameter.in_set(set).is_some())
            .cloned()
            .collect();
        if kept.is_empty() {
            return Err(self.no_set());
        }
        bound.sets = kept;
        Ok(())
    }
}

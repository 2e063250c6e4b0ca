//! A cmdlet as a stage.

use std::rc::Rc;

use super::Runner;
use super::sink::Sink;
use crate::language::Source;
use crate::runtime::binder::{Binder, Bound, cannot_bind};
use crate::runtime::cmdlet::{CmdletMeta, Stage};
use crate::runtime::cx::{Call, Cx};
use crate::runtime::error::ErrorRecord;
use crate::runtime::flow::Run;
use crate::runtime::shell::Shell;
use crate::runtime::signature::Signature;
use crate::runtime::value::Value;

/// A cmdlet at work.
pub(in crate::runtime) struct CmdletStage {
    stage: Box<dyn Stage>,
    signature: Rc<Signature>,
    bound: Bound,
    source: Rc<Source>,
    call: Call,
    /// What the last object filled, to be emptied before the next.
    filled: Vec<usize>,
}

impl CmdletStage {
    pub(in crate::runtime) fn new(
        meta: &'static CmdletMeta,
        signature: Rc<Signature>,
        bound: Bound,
        source: Rc<Source>,
        stop: u64,
    ) -> CmdletStage {
        let set = bound
            .sets
            .first()
            .cloned()
            .unwrap_or_else(|| Rc::from(crate::runtime::signature::ALL_SETS));
        let call = Call {
            meta,
            input: None,
            bound: bound.given.clone(),
            set,
            stop,
        };
        CmdletStage {
            stage: (meta.start)(),
            signature,
            bound,
            source,
            call,
            filled: Vec::new(),
        }
    }

    /// Whether every mandatory parameter of the set has its value without an object.
    fn is_whole(&self) -> bool {
        let has = |index: usize| self.bound.given[index];
        self.signature
            .parameters
            .iter()
            .enumerate()
            .all(|(index, p)| has(index) || !p.in_set(&self.call.set).is_some_and(|s| s.mandatory))
    }

    /// The error of an argument that the cmdlet's own types refuse.
    fn refusal(&self, index: usize, message: Option<String>) -> ErrorRecord {
        let name = self
            .signature
            .parameters
            .get(index)
            .map(|p| p.name.clone())
            .unwrap_or_else(|| Rc::from(""));
        match message {
            Some(message) => cannot_bind(&name, &message),
            None => crate::runtime::binder::binding_record(
                "MissingMandatoryParameter",
                format!(
                    "Cannot process command because of one or more missing mandatory parameters: {name}."
                ),
            ),
        }
    }

    fn hand_over(&mut self, changed: &[usize]) -> Result<(), ErrorRecord> {
        self.stage
            .bind(&self.bound.slots, changed)
            .map_err(|(index, error)| self.refusal(index, error.map(|error| error.message)))
    }

    /// Binds an object; `Ok(false)` when it does not fit, which is reported and the next is tried.
    fn take(&mut self, shell: &mut Shell, input: Value) -> Run<bool> {
        let mut changed = std::mem::take(&mut self.filled);
        for &index in &changed {
            self.bound.slots[index] = None;
            self.call.bound[index] = false;
        }
        let source = self.source.clone();
        let signature = self.signature.clone();
        let mut binder = Binder {
            shell,
            signature: &signature,
            source: &source,
            expects_input: true,
        };
        let filled = match binder.bind_input(&self.bound, &input)? {
            Ok(filled) => filled,
            Err(record) => {
                shell.write_error(Rc::new(record))?;
                return Ok(false);
            }
        };
        if let Some(set) = filled.sets.first() {
            self.call.set = set.clone();
        }
        for (index, value) in filled.values {
            self.bound.slots[index] = Some(value);
            self.call.bound[index] = true;
            self.filled.push(index);
            if !changed.contains(&index) {
                changed.push(index);
            }
        }
        self.call.input = Some(input);
        if let Err(record) = self.hand_over(&changed) {
            shell.write_error(Rc::new(record))?;
            return Ok(false);
        }
        Ok(true)
    }
}

impl Runner for CmdletStage {
    fn begin(&mut self, shell: &mut Shell, out: &mut dyn Sink) -> Run<()> {
        if self.is_whole() {
            self.hand_over(&[])?;
        }
        self.stage.begin(&mut Cx::new(shell, out, &self.call))
    }

    fn process(&mut self, shell: &mut Shell, input: Option<Value>, out: &mut dyn Sink) -> Run<()> {
        if let Some(input) = input
            && !self.take(shell, input)?
        {
            return Ok(());
        }
        self.stage.process(&mut Cx::new(shell, out, &self.call))
    }

    fn end(&mut self, shell: &mut Shell, out: &mut dyn Sink) -> Run<()> {
        self.stage.end(&mut Cx::new(shell, out, &self.call))
    }
}

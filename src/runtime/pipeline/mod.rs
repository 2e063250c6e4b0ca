//! Pipelines: stages that push one object at a time into the next.

mod absent;
mod cmdlet_stage;
mod command;
pub mod context;
pub mod enumerate;
mod function_stage;
mod program_stage;
pub(super) mod redirect;
pub mod sink;
pub mod streams;

use std::rc::Rc;

use crate::language::ast::{ExpressionElement, Pipeline, PipelineElement};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::scope::Scope;
use crate::runtime::shell::Shell;
use crate::runtime::types::list::List;
use crate::runtime::value::Value;
use context::Context;
use enumerate::push_each;
use redirect::Outlet;
use sink::Sink;
use streams::Shared;

/// What runs in a stage.
pub(super) trait Runner {
    /// Before the first object.
    fn begin(&mut self, shell: &mut Shell, out: &mut dyn Sink) -> Run<()>;
    /// For each object; with `None` once, when nothing is piped in.
    fn process(&mut self, shell: &mut Shell, input: Option<Value>, out: &mut dyn Sink) -> Run<()>;
    /// After the last object.
    fn end(&mut self, shell: &mut Shell, out: &mut dyn Sink) -> Run<()>;
}

/// One stage and what surrounds it.
pub(super) struct Slot {
    pub(super) runner: Box<dyn Runner>,
    pub(super) context: Context,
    pub(super) scope: Rc<Scope>,
    pub(super) guarded: usize,
    pub(super) begun: bool,
    pub(super) side: Side,
}

/// What happens to a stage's output on its way.
#[derive(Default)]
pub(super) struct Side {
    /// `> file`, `> $null`
    pub(super) outlet: Option<Outlet>,
    /// `2>&1`: records that wait to be written with the output.
    pub(super) merged: Option<Shared>,
    /// `-OutVariable`: name and list.
    pub(super) out_variable: Option<Tap>,
    /// `-ErrorVariable`, `-WarningVariable`, `-InformationVariable`: set when the pipeline ends.
    pub(super) stream_variables: Vec<Tap>,
    /// `-PipelineVariable`
    pub(super) pipeline_variable: Option<Rc<str>>,
}

/// A variable that collects what passes.
pub(super) struct Tap {
    pub(super) name: Rc<str>,
    pub(super) list: Shared,
    /// It takes errors: those that end the command as well.
    pub(super) errors: bool,
}

enum Step {
    Begin,
    Process(Option<Value>),
    End,
}

/// The sink of a stage: the next stage, or what the whole pipeline writes to.
struct Downstream<'a> {
    side: &'a mut Side,
    scope: &'a Rc<Scope>,
    rest: &'a mut [Slot],
    last: &'a mut dyn Sink,
}

impl Downstream<'_> {
    fn pass(&mut self, shell: &mut Shell, value: Value) -> Run<()> {
        if let Some(tap) = &self.side.out_variable {
            tap.list.borrow_mut().push(value.clone());
        }
        if let Some(name) = &self.side.pipeline_variable {
            self.scope.set_own(name, value.clone());
        }
        if let Some(outlet) = &mut self.side.outlet {
            return outlet.push(shell, value);
        }
        if self.rest.is_empty() {
            return self.last.push(shell, value);
        }
        if !self.rest[0].begun {
            run_stage(shell, self.rest, self.last, Step::Begin)?;
        }
        run_stage(shell, self.rest, self.last, Step::Process(Some(value)))
    }

    /// Writes the records of merged streams that came before.
    fn drain(&mut self, shell: &mut Shell) -> Run<()> {
        let waiting = match &self.side.merged {
            Some(list) if !list.borrow().is_empty() => std::mem::take(&mut *list.borrow_mut()),
            _ => return Ok(()),
        };
        waiting
            .into_iter()
            .try_for_each(|value| self.pass(shell, value))
    }
}

impl Sink for Downstream<'_> {
    fn push(&mut self, shell: &mut Shell, value: Value) -> Run<()> {
        self.drain(shell)?;
        self.pass(shell, value)
    }

    fn keeps(&self) -> bool {
        self.side.outlet.is_none() && self.rest.is_empty() && self.last.keeps()
    }

    fn is_screen(&self) -> bool {
        self.side.outlet.is_none() && self.rest.is_empty() && self.last.is_screen()
    }

    fn is_null(&self) -> bool {
        match &self.side.outlet {
            Some(outlet) => outlet.is_null(),
            None => self.rest.is_empty() && self.last.is_null(),
        }
    }
}

/// Lets the first of the stages do a step, in its own context and in the scope the pipeline stands in.
fn run_stage(shell: &mut Shell, slots: &mut [Slot], last: &mut dyn Sink, step: Step) -> Run<()> {
    let Some((first, rest)) = slots.split_first_mut() else {
        return Ok(());
    };
    let Slot {
        runner,
        context,
        scope,
        guarded,
        begun,
        side,
    } = first;
    let outer_context = std::mem::replace(&mut shell.context, std::mem::take(context));
    let outer_scope = std::mem::replace(&mut shell.scope, scope.clone());
    let outer_guarded = std::mem::replace(&mut shell.guarded, *guarded);
    let mut out = Downstream {
        side,
        scope,
        rest,
        last,
    };
    let result = match step {
        Step::Begin => {
            *begun = true;
            runner.begin(shell, &mut out)
        }
        Step::Process(input) => runner.process(shell, input, &mut out),
        Step::End => runner.end(shell, &mut out),
    };
    if let Err(Flow::Error { record, .. }) = &result {
        shell.locate(record);
        for tap in out.side.stream_variables.iter().filter(|tap| tap.errors) {
            let known = matches!(tap.list.borrow().last(), Some(Value::Error(last)) if Rc::ptr_eq(last, record));
            if !known {
                tap.list.borrow_mut().push(Value::Error(record.clone()));
            }
        }
    }
    let drained = out.drain(shell);
    *context = std::mem::replace(&mut shell.context, outer_context);
    shell.scope = outer_scope;
    shell.guarded = outer_guarded;
    result.and(drained)
}

impl Shell {
    /// Runs a pipeline with its output to a sink.
    pub(super) fn pipeline(&mut self, pipeline: &Pipeline, out: &mut dyn Sink) -> Run<()> {
        let (head, commands) = match pipeline.elements.split_first() {
            Some((PipelineElement::Expression(head), rest)) => (Some(head), rest),
            _ => (None, pipeline.elements.as_slice()),
        };
        if let (Some(head), []) = (head, commands) {
            return self.expression_stage(head, out);
        }
        self.check_interrupt()?;
        self.pipelines += 1;
        let id = self.pipelines << 8;
        let length = commands.len() + usize::from(head.is_some());
        let mut slots = Vec::with_capacity(commands.len());
        for (index, element) in commands.iter().enumerate() {
            let PipelineElement::Command(command) = element else {
                continue;
            };
            let number = index + usize::from(head.is_some());
            let place = command::StagePlace {
                number,
                length,
                stop: id | index as u64,
            };
            let slot = self.stage(command, place)?;
            slots.push(slot);
        }
        let at = self.at;
        let result = self.drive(id, head, &mut slots, out);
        self.at = at;
        let failed = slots.iter().any(|slot| slot.context.failed);
        let finished = self.finish(&mut slots);
        if let Err(Flow::Error { .. }) = &result {
            self.success = false;
        } else {
            self.success = !failed;
        }
        result.and(finished)
    }

    /// An expression that is the whole pipeline.
    fn expression_stage(&mut self, head: &ExpressionElement, out: &mut dyn Sink) -> Run<()> {
        if !head.redirections.is_empty() {
            return self.redirected_expression(head, out);
        }
        if out.keeps() {
            let value = self.worth(&head.expression)?;
            self.success = true;
            return value.map_or(Ok(()), |value| push_each(self, value, out));
        }
        let walk = self.walk(&head.expression)?;
        self.success = true;
        for item in walk.into_iter().flatten() {
            self.check_interrupt()?;
            out.push(self, item)?;
        }
        Ok(())
    }

    /// Begins, feeds and ends the stages.
    fn drive(
        &mut self,
        id: u64,
        head: Option<&ExpressionElement>,
        slots: &mut [Slot],
        out: &mut dyn Sink,
    ) -> Run<()> {
        let fed = self.feed(head, slots, out);
        let first = match fed {
            Ok(()) => 0,
            // A stage has enough: it and those after it end as usual, those before it do not.
            Err(Flow::StopUpstream(stop)) if stop & !0xff == id => (stop & 0xff) as usize,
            Err(other) => return Err(other),
        };
        for index in first..slots.len() {
            match run_stage(self, &mut slots[index..], out, Step::End) {
                Err(Flow::StopUpstream(stop)) if stop & !0xff == id => {}
                other => other?,
            }
        }
        Ok(())
    }

    fn feed(
        &mut self,
        head: Option<&ExpressionElement>,
        slots: &mut [Slot],
        out: &mut dyn Sink,
    ) -> Run<()> {
        for index in 0..slots.len() {
            if !slots[index].begun {
                run_stage(self, &mut slots[index..], out, Step::Begin)?;
            }
        }
        let Some(head) = head else {
            return run_stage(self, slots, out, Step::Process(None));
        };
        let walk = self.walk(&head.expression)?;
        for item in walk.into_iter().flatten() {
            self.check_interrupt()?;
            run_stage(self, slots, out, Step::Process(Some(item)))?;
        }
        Ok(())
    }

    /// Closes files and sets the variables of common parameters.
    fn finish(&mut self, slots: &mut [Slot]) -> Run<()> {
        let mut result = Ok(());
        for slot in slots {
            if let Some(mut outlet) = slot.side.outlet.take()
                && let Err(error) = outlet.finish(self)
            {
                result = Err(error);
            }
            let taps = slot
                .side
                .stream_variables
                .drain(..)
                .chain(slot.side.out_variable.take());
            for tap in taps {
                let items = std::mem::take(&mut *tap.list.borrow_mut());
                slot.scope.set_own(&tap.name, List::array_list(items));
            }
            if let Some(name) = &slot.side.pipeline_variable {
                slot.scope.remove(name);
            }
        }
        result
    }
}

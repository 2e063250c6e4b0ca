//! Loops, their labels, and `switch`.

use std::rc::Rc;

use super::flow::{Flow, Run};
use super::walk::Walk;
use crate::language::ast::{
    Block, ExprKind, ForEachStatement, ForStatement, LoopStatement, SwitchClause, SwitchMode,
    SwitchStatement,
};
use crate::runtime::convert;
use crate::runtime::enumerate;
use crate::runtime::shell::Shell;
use crate::runtime::sink::Sink;
use crate::runtime::value::Value;
use crate::runtime::wildcard::Wildcard;

/// What a turn of a loop came to.
enum Turn {
    Next,
    Leave,
}

impl Shell {
    /// One turn; `break` and `continue` meant for this loop end here.
    fn turn(&mut self, body: &Block, label: Option<&Rc<str>>, out: &mut dyn Sink) -> Run<Turn> {
        self.check_interrupt()?;
        match self.block(body, out) {
            Ok(()) => Ok(Turn::Next),
            Err(Flow::Break(wanted)) if is_meant(wanted.as_ref(), label) => Ok(Turn::Leave),
            Err(Flow::Continue(wanted)) if is_meant(wanted.as_ref(), label) => Ok(Turn::Next),
            Err(other) => Err(other),
        }
    }

    pub(in crate::runtime) fn for_each(
        &mut self,
        each: &ForEachStatement,
        out: &mut dyn Sink,
    ) -> Run<()> {
        self.at = each.values.span;
        let items = match self.walk_statement(&each.values)? {
            None | Some(Walk::Null) => return Ok(()),
            Some(items) => items,
        };
        for item in items {
            self.assign_variable(&each.variable, item)?;
            if let Turn::Leave = self.turn(&each.body, each.label.as_ref(), out)? {
                break;
            }
        }
        Ok(())
    }

    pub(in crate::runtime) fn for_loop(
        &mut self,
        each: &ForStatement,
        out: &mut dyn Sink,
    ) -> Run<()> {
        if let Some(initializer) = &each.initializer {
            self.at = initializer.span;
            self.value_of(initializer)?;
        }
        loop {
            if let Some(condition) = &each.condition
                && !self.condition(condition)?
            {
                return Ok(());
            }
            if let Turn::Leave = self.turn(&each.body, each.label.as_ref(), out)? {
                return Ok(());
            }
            if let Some(iterator) = &each.iterator {
                self.at = iterator.span;
                self.value_of(iterator)?;
            }
        }
    }

    pub(in crate::runtime) fn while_loop(
        &mut self,
        each: &LoopStatement,
        out: &mut dyn Sink,
    ) -> Run<()> {
        while self.condition(&each.condition)? {
            if let Turn::Leave = self.turn(&each.body, each.label.as_ref(), out)? {
                break;
            }
        }
        Ok(())
    }

    /// `do … while` goes on while the condition is `wanted`; `do … until` stops.
    pub(in crate::runtime) fn do_loop(
        &mut self,
        each: &LoopStatement,
        wanted: bool,
        out: &mut dyn Sink,
    ) -> Run<()> {
        loop {
            if let Turn::Leave = self.turn(&each.body, each.label.as_ref(), out)? {
                return Ok(());
            }
            if self.condition(&each.condition)? != wanted {
                return Ok(());
            }
        }
    }

    pub(in crate::runtime) fn switch(
        &mut self,
        switch: &SwitchStatement,
        out: &mut dyn Sink,
    ) -> Run<()> {
        let items = match (&switch.file, &switch.subject) {
            (Some(file), _) => self.lines_of(file)?,
            (None, Some(subject)) => {
                self.at = subject.span;
                match self.value_of(subject)? {
                    None => return Ok(()),
                    Some(value) => enumerate::elements(&value).unwrap_or_else(|| vec![value]),
                }
            }
            (None, None) => return Ok(()),
        };
        let outer = self.scope.own("_").map(|variable| variable.get());
        let result = self.switch_items(switch, items, out);
        self.restore_underscore(outer);
        result
    }

    fn switch_items(
        &mut self,
        switch: &SwitchStatement,
        items: Vec<Value>,
        out: &mut dyn Sink,
    ) -> Run<()> {
        for item in items {
            self.check_interrupt()?;
            match self.switch_item(switch, &item, out) {
                Ok(()) => {}
                Err(Flow::Break(label)) if is_meant(label.as_ref(), switch.label.as_ref()) => {
                    return Ok(());
                }
                Err(Flow::Continue(label)) if is_meant(label.as_ref(), switch.label.as_ref()) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    fn switch_item(
        &mut self,
        switch: &SwitchStatement,
        item: &Value,
        out: &mut dyn Sink,
    ) -> Run<()> {
        let mut matched = false;
        for clause in &switch.clauses {
            self.set_underscore(item.clone());
            if self.clause_matches(switch, clause, item)? {
                matched = true;
                self.set_underscore(item.clone());
                self.block(&clause.body, out)?;
            }
        }
        match &switch.default {
            Some(block) if !matched => {
                self.set_underscore(item.clone());
                self.block(block, out)
            }
            _ => Ok(()),
        }
    }

    fn clause_matches(
        &mut self,
        switch: &SwitchStatement,
        clause: &SwitchClause,
        item: &Value,
    ) -> Run<bool> {
        if let ExprKind::ScriptBlock(ast) = &clause.pattern.kind {
            let block = self.script_block(ast);
            let mut out = crate::runtime::sink::Collect::default();
            self.run_block_here(&block, Some(item.clone()), Vec::new(), &mut out)?;
            return Ok(convert::to_bool(&out.into_value()));
        }
        let pattern = self.expr(&clause.pattern)?;
        if let Value::ScriptBlock(block) = &pattern {
            let mut out = crate::runtime::sink::Collect::default();
            self.run_block_here(block, Some(item.clone()), Vec::new(), &mut out)?;
            return Ok(convert::to_bool(&out.into_value()));
        }
        let sensitive = switch.case_sensitive;
        match switch.mode {
            SwitchMode::Wildcard => {
                let wildcard = Wildcard::with_case(&convert::to_text(&pattern), sensitive);
                Ok(wildcard.matches(&convert::to_text(item)))
            }
            SwitchMode::Regex => self.matches(item, &pattern, sensitive),
            SwitchMode::Exact => self.switch_equals(item, &pattern, sensitive),
        }
    }

    /// The lines of a file, for `switch -File`.
    fn lines_of(&mut self, file: &crate::language::ast::Expr) -> Run<Vec<Value>> {
        let name = convert::to_text(&self.expr(file)?);
        let path = self.resolve_path(&name);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes)
                .lines()
                .map(Value::str)
                .collect()),
            Err(error) => Err(Flow::error(crate::runtime::error::ErrorRecord::new(
                "System.IO.FileNotFoundException",
                "FileOpenFailure",
                crate::runtime::error::ErrorCategory::OpenError,
                format!("Cannot read \"{}\": {error}.", path.display()),
            ))),
        }
    }

    /// Sets `$_` of the scope at work.
    pub(in crate::runtime) fn set_underscore(&mut self, value: Value) {
        self.scope.set_own("_", value);
    }

    /// Puts `$_` back.
    pub(in crate::runtime) fn restore_underscore(&mut self, outer: Option<Value>) {
        match outer {
            Some(value) => self.scope.set_own("_", value),
            None => {
                self.scope.remove("_");
            }
        }
    }
}

/// Whether `break` or `continue` with this label means a loop with that one.
fn is_meant(wanted: Option<&Rc<str>>, own: Option<&Rc<str>>) -> bool {
    match (wanted, own) {
        (None, _) => true,
        (Some(wanted), Some(own)) => wanted.eq_ignore_ascii_case(own),
        (Some(_), None) => false,
    }
}

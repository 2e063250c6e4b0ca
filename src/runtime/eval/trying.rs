//! `try`, `catch`, `finally` and `trap`.

use std::rc::Rc;

use super::flow::{Flow, Run};
use crate::language::ast::{Block, CatchClause, TrapStatement, TryStatement, TypeName};
use crate::runtime::context::Action;
use crate::runtime::error::{ErrorRecord, Exception};
use crate::runtime::names::same_name;
use crate::runtime::shell::Shell;
use crate::runtime::sink::Sink;
use crate::runtime::types::{exception, names};
use crate::runtime::value::Value;

impl Shell {
    pub(in crate::runtime) fn try_statement(
        &mut self,
        statement: &TryStatement,
        out: &mut dyn Sink,
    ) -> Run<()> {
        self.guarded += 1;
        let result = self.block(&statement.body, out);
        self.guarded -= 1;
        let result = match result {
            Err(Flow::Error { record, fatal }) => self.catch(statement, record, fatal, out),
            other => other,
        };
        let Some(finally) = &statement.finally else {
            return result;
        };
        let success = self.success;
        let finished = self.block(finally, out);
        self.success = success;
        finished.and(result)
    }

    /// Runs the first clause that takes the error.
    fn catch(
        &mut self,
        statement: &TryStatement,
        record: Rc<ErrorRecord>,
        fatal: bool,
        out: &mut dyn Sink,
    ) -> Run<()> {
        self.locate_statement(&record);
        let Some((clause, seen)) = self.catching_clause(&statement.catches, &record)? else {
            return Err(Flow::Error { record, fatal });
        };
        self.remember(&record);
        let outer = self.scope.own("_").map(|variable| variable.get());
        self.set_underscore(Value::Error(seen));
        self.catching += 1;
        let result = self.block(&clause.body, out);
        self.catching -= 1;
        self.restore_underscore(outer);
        result
    }

    /// The clause for an error, and the error as the clause sees it. A clause with types looks at the cause of the shell's own
    /// exceptions (those around .NET's) before it looks at them; an exact type goes before one above it.
    fn catching_clause<'a>(
        &mut self,
        clauses: &'a [CatchClause],
        record: &Rc<ErrorRecord>,
    ) -> Run<Option<(&'a CatchClause, Rc<ErrorRecord>)>> {
        for exception in sides(&record.exception) {
            for exact in [true, false] {
                for clause in clauses {
                    if self.names_exception(&clause.types, &exception, exact)? {
                        return Ok(Some((clause, seen_as(record, &exception))));
                    }
                }
            }
        }
        let any = clauses.iter().find(|clause| clause.types.is_empty());
        Ok(any.map(|clause| (clause, record.clone())))
    }

    fn names_exception(
        &mut self,
        types: &[TypeName],
        exception: &Exception,
        exact: bool,
    ) -> Run<bool> {
        for name in types {
            // A type nobody knows catches only errors of this very name: scripts name types of modules that are not here.
            let wanted = names::resolve(name)
                .map_or_else(|_| name.to_string(), |ty| ty.full_name().to_owned());
            let same = same_name(&exception.type_name, &wanted)
                || same_name(&exception.type_name, &format!("System.{wanted}"));
            if same || (!exact && exception::is_a(&exception.type_name, &wanted)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A block with `trap` statements.
    pub(in crate::runtime) fn trapped(&mut self, block: &Block, out: &mut dyn Sink) -> Run<()> {
        for statement in &block.statements {
            self.guarded += 1;
            let result = self.execute(statement, out);
            self.guarded -= 1;
            match result {
                Err(Flow::Error { record, fatal }) => {
                    self.trap(&block.traps, record, fatal, out)?
                }
                other => other?,
            }
        }
        Ok(())
    }

    /// Runs the trap of an error; `Ok` goes on with the next statement.
    fn trap(
        &mut self,
        traps: &[TrapStatement],
        record: Rc<ErrorRecord>,
        fatal: bool,
        out: &mut dyn Sink,
    ) -> Run<()> {
        self.locate_statement(&record);
        self.success = false;
        let mut found = None;
        for trap in traps {
            match &trap.kind {
                None if found.is_none() => found = Some((trap, record.clone())),
                None => {}
                Some(name) => {
                    if let Some(seen) = self.trap_names(name, &record)? {
                        found = Some((trap, seen));
                    }
                }
            }
        }
        let Some((trap, seen)) = found else {
            return self.settle(record, fatal);
        };
        let scope = self.scope.child(crate::runtime::scope::ScopeKind::Local);
        scope.set_own("_", Value::Error(seen));
        let outer = std::mem::replace(&mut self.scope, scope);
        self.catching += 1;
        let result = self.block(&trap.body, out);
        self.catching -= 1;
        self.scope = outer;
        match result {
            Err(Flow::Continue(None)) => {
                self.remember(&record);
                Ok(())
            }
            Err(Flow::Break(None)) => Err(Flow::Error {
                record,
                fatal: true,
            }),
            Ok(()) if self.guarded > 0 => Err(Flow::Error { record, fatal }),
            Ok(()) => match self.preference("ErrorActionPreference", Action::Continue) {
                Action::Stop => Err(Flow::Error {
                    record,
                    fatal: true,
                }),
                Action::SilentlyContinue | Action::Ignore => {
                    self.remember(&record);
                    Ok(())
                }
                _ => {
                    self.report(&record);
                    Ok(())
                }
            },
            Err(other) => Err(other),
        }
    }

    fn trap_names(
        &mut self,
        name: &TypeName,
        record: &Rc<ErrorRecord>,
    ) -> Run<Option<Rc<ErrorRecord>>> {
        for exception in sides(&record.exception) {
            if self.names_exception(std::slice::from_ref(name), &exception, false)? {
                return Ok(Some(seen_as(record, &exception)));
            }
        }
        Ok(None)
    }
}

const RUNTIME_EXCEPTION: &str = "System.Management.Automation.RuntimeException";

/// What a type may name, in the order it is asked: the cause of an exception of the shell, then the exception; for others the
/// exception, the shell's exception that carries it through the script, then its cause.
fn sides(exception: &Exception) -> Vec<Exception> {
    let cause = exception.inner.as_deref().cloned();
    if exception::is_a(&exception.type_name, RUNTIME_EXCEPTION) {
        return cause.into_iter().chain([exception.clone()]).collect();
    }
    let carrier = Exception {
        type_name: Rc::from(RUNTIME_EXCEPTION),
        ..exception.clone()
    };
    [exception.clone(), carrier]
        .into_iter()
        .chain(cause)
        .collect()
}

/// The record that `$_` is: of the cause when a type named the cause.
fn seen_as(record: &Rc<ErrorRecord>, exception: &Exception) -> Rc<ErrorRecord> {
    let outer = &record.exception;
    let is_cause = outer.inner.as_deref().is_some_and(|inner| {
        inner.type_name == exception.type_name && inner.message == exception.message
    });
    if !is_cause || !exception::is_a(&outer.type_name, RUNTIME_EXCEPTION) {
        return record.clone();
    }
    Rc::new(record.with_exception(exception.clone()))
}

//! Statements: blocks, choices, assignments of control; loops and `switch`, `try` are in files of their own.

use std::rc::Rc;

use super::flow::{Flow, Run};
use crate::language::ast::{
    Block, ChainOperator, Expr, IfStatement, PipelineChain, PipelineElement, Statement,
    StatementKind,
};
use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord, Exception};
use crate::runtime::shell::Shell;
use crate::runtime::sink::{Collect, Sink};
use crate::runtime::value::Value;

impl Shell {
    /// Runs the statements of a block.
    pub(in crate::runtime) fn block(&mut self, block: &Block, out: &mut dyn Sink) -> Run<()> {
        if !block.traps.is_empty() {
            return self.trapped(block, out);
        }
        for statement in &block.statements {
            self.statement(statement, out)?;
        }
        Ok(())
    }

    /// Runs one statement; an error that ends it is settled here.
    pub(in crate::runtime) fn statement(
        &mut self,
        statement: &Statement,
        out: &mut dyn Sink,
    ) -> Run<()> {
        match self.execute(statement, out) {
            Err(Flow::Error { record, fatal }) => self.settle(record, fatal),
            other => other,
        }
    }

    /// Runs one statement; errors go to the caller.
    pub(in crate::runtime) fn execute(
        &mut self,
        statement: &Statement,
        out: &mut dyn Sink,
    ) -> Run<()> {
        match &statement.kind {
            StatementKind::Chain(chain) => {
                self.at = statement.span;
                self.chain(chain, out)
            }
            StatementKind::Assign(assignment) => {
                self.at = statement.span;
                self.assign(assignment)?;
                self.success = true;
                Ok(())
            }
            StatementKind::If(clauses) => self.choose_branch(clauses, out),
            StatementKind::ForEach(each) => self.for_each(each, out),
            StatementKind::For(each) => self.for_loop(each, out),
            StatementKind::While(each) => self.while_loop(each, out),
            StatementKind::DoWhile(each) => self.do_loop(each, true, out),
            StatementKind::DoUntil(each) => self.do_loop(each, false, out),
            StatementKind::Switch(switch) => self.switch(switch, out),
            StatementKind::Try(statement) => self.try_statement(statement, out),
            StatementKind::Function(definition) => {
                self.define_function(definition);
                Ok(())
            }
            StatementKind::Break(label) => {
                let label = self.label(label.as_deref())?;
                Err(Flow::Break(label))
            }
            StatementKind::Continue(label) => {
                let label = self.label(label.as_deref())?;
                Err(Flow::Continue(label))
            }
            StatementKind::Return(value) => {
                if let Some(value) = value {
                    self.execute(value, out)?;
                }
                Err(Flow::Return)
            }
            StatementKind::Throw(value) => {
                let span = statement.span;
                let value = match value {
                    Some(value) => Some(self.value_of(value)?.unwrap_or_default()),
                    None => None,
                };
                self.at = span;
                Err(self.thrown(value))
            }
            StatementKind::Exit(value) => {
                let code = match value {
                    Some(value) => exit_code(&self.value_of(value)?.unwrap_or_default()),
                    None => 0,
                };
                Err(Flow::Exit(code))
            }
            StatementKind::Error => Err(Flow::error(ErrorRecord::runtime(
                "ParserError",
                "This text could not be read.",
            ))),
        }
    }

    /// `a && b || c`.
    fn chain(&mut self, chain: &PipelineChain, out: &mut dyn Sink) -> Run<()> {
        if chain.rest.is_empty() {
            return self.pipeline(&chain.first, out);
        }
        self.link(&chain.first, out)?;
        for (operator, pipeline) in &chain.rest {
            if self.success == (*operator == ChainOperator::And) {
                self.link(pipeline, out)?;
            }
        }
        Ok(())
    }

    /// One pipeline of a chain: its errors end it and not the chain.
    fn link(&mut self, pipeline: &crate::language::ast::Pipeline, out: &mut dyn Sink) -> Run<()> {
        match self.pipeline(pipeline, out) {
            Err(Flow::Error {
                record,
                fatal: false,
            }) => self.settle(record, false),
            other => other,
        }
    }

    fn choose_branch(&mut self, statement: &IfStatement, out: &mut dyn Sink) -> Run<()> {
        for clause in &statement.clauses {
            if self.condition(&clause.condition)? {
                return self.block(&clause.body, out);
            }
        }
        match &statement.otherwise {
            Some(block) => self.block(block, out),
            None => Ok(()),
        }
    }

    /// Whether a condition holds.
    pub(in crate::runtime) fn condition(&mut self, statement: &Statement) -> Run<bool> {
        self.at = statement.span;
        Ok(match self.value_of(statement)? {
            Some(value) => convert::to_bool(&value),
            None => false,
        })
    }

    /// What a statement is worth; `None` when it writes nothing at all, which is not the same as `$null`.
    pub(in crate::runtime) fn value_of(&mut self, statement: &Statement) -> Run<Option<Value>> {
        match &statement.kind {
            StatementKind::Chain(chain) => {
                if let Some(expression) = lone_expression(chain) {
                    let value = self.worth(expression)?;
                    self.success = true;
                    return Ok(value);
                }
            }
            StatementKind::Assign(assignment) => return self.assign(assignment).map(Some),
            _ => {}
        }
        let mut out = Collect::default();
        self.execute(statement, &mut out)?;
        Ok(if out.items.is_empty() {
            None
        } else {
            Some(out.into_value())
        })
    }

    /// The value of a label: a word, or an expression that gives one.
    fn label(&mut self, label: Option<&Expr>) -> Run<Option<Rc<str>>> {
        match label {
            Some(expression) => Ok(Some(convert::to_rc_text(&self.expr(expression)?))),
            None => Ok(None),
        }
    }

    /// `throw`: an error of whatever is thrown; nothing thrown in a `catch` means its error again.
    fn thrown(&mut self, value: Option<Value>) -> Flow {
        let again = || match self.scope.value("_") {
            Some(Value::Error(record)) if self.catching > 0 => Some(record),
            _ => None,
        };
        let record = match value {
            None => match again() {
                Some(record) => {
                    return Flow::Error {
                        record,
                        fatal: true,
                    };
                }
                None => thrown_record(&Value::str("ScriptHalted")),
            },
            Some(Value::Error(record)) => {
                return Flow::Error {
                    record,
                    fatal: true,
                };
            }
            Some(value) => thrown_record(&value),
        };
        self.locate_statement(&record);
        Flow::fatal(record)
    }
}

/// The error of a thrown value: an exception as itself, anything else as a `RuntimeException` with its text.
fn thrown_record(value: &Value) -> ErrorRecord {
    let category = ErrorCategory::OperationStopped;
    if let Some(exception) = crate::runtime::members::as_exception(value) {
        let message = exception.message.clone();
        let mut record = ErrorRecord::new(&exception.type_name, &message, category, &message);
        record.exception = exception;
        return record;
    }
    let text = convert::to_text(value);
    let mut record = ErrorRecord::new(
        "System.Management.Automation.RuntimeException",
        &text,
        category,
        &text,
    );
    record.exception = Exception {
        inner: None,
        ..record.exception
    };
    record.with_target(value.clone())
}

/// The expression a chain is when it is nothing but one, without redirections.
pub(in crate::runtime) fn lone_expression(chain: &PipelineChain) -> Option<&Expr> {
    match (chain.first.elements.as_slice(), chain.rest.is_empty()) {
        ([PipelineElement::Expression(element)], true) if element.redirections.is_empty() => {
            Some(&element.expression)
        }
        _ => None,
    }
}

/// The code of `exit`; what is no number counts as 0.
fn exit_code(value: &Value) -> i32 {
    convert::to_i32(value).unwrap_or(0)
}

//! Pipelines, chains of them, and assignments.

use super::super::ast::{
    Access, Assignment, AssignmentOperator, ChainOperator, Expr, ExprKind, ExpressionElement,
    Pipeline, PipelineChain, PipelineElement, Span, Statement, StatementKind,
};
use super::super::{TokenKind, lexical, problem};
use super::{Parser, after};

impl Parser<'_> {
    /// `pipeline_statement = assignment | pipeline_chain ;`
    ///
    /// `None` when neither starts here.
    pub(super) fn pipeline_statement(&mut self) -> Option<Statement> {
        self.blanks();
        let start = self.offset();
        if self.statement_ends_here() {
            return None;
        }
        let first = if self.expression_start() {
            let target = self.expression()?;
            self.blanks();
            if let Some((operator, span)) = self.assignment_ahead() {
                return self.nested(|parser| parser.assignment(target, operator, span));
            }
            PipelineElement::Expression(self.expression_element(target))
        } else {
            PipelineElement::Command(self.command()?)
        };
        let chain = self.pipeline_chain(first);
        self.end_of_statement();
        let end = chain
            .rest
            .last()
            .map_or(chain.first.span, |(_, last)| last.span)
            .end;
        Some(Statement {
            span: Span::new(start, end),
            kind: StatementKind::Chain(Box::new(chain)),
        })
    }

    /// The operator of an assignment, if one comes next; `==` is none.
    fn assignment_ahead(&mut self) -> Option<(AssignmentOperator, Span)> {
        self.lex_token(TokenKind::Operator, lexical::assignment_operator)
    }

    /// `assignment = assignable { "," newlines assignable } assignment_operator newlines statement ;`
    fn assignment(
        &mut self,
        target: Expr,
        operator: AssignmentOperator,
        operator_span: Span,
    ) -> Statement {
        if let Err(culprit) = assignable(&target) {
            self.report(problem::INVALID_LEFT_HAND_SIDE, culprit, "");
        }
        self.newlines();
        let value = self.statement();
        let value = value.unwrap_or_else(|| {
            let about = self.slice(operator_span);
            let end = operator_span.end;
            self.report_incomplete(problem::EXPECTED_VALUE_EXPRESSION, after(end), about, end);
            self.error_statement(end)
        });
        let span = target.span.to(operator_span).to(value.span);
        let assignment = Assignment {
            target,
            operator,
            operator_span,
            value,
        };
        Statement {
            span,
            kind: StatementKind::Assign(Box::new(assignment)),
        }
    }

    /// `pipeline_chain = pipeline { ( "&&" | "||" ) newlines pipeline } ;`
    fn pipeline_chain(&mut self, first: PipelineElement) -> PipelineChain {
        let first = self.pipeline(first);
        let mut rest = Vec::new();
        loop {
            self.join_next_line();
            let operator = match () {
                _ if self.looking_at("&&") => ChainOperator::And,
                _ if self.looking_at("||") => ChainOperator::Or,
                _ => break,
            };
            let span = self.take(2, TokenKind::Operator);
            self.newlines();
            match self.pipeline_element() {
                Some(element) => rest.push((operator, self.pipeline(element))),
                None => {
                    self.report_incomplete(
                        problem::EMPTY_PIPE_ELEMENT,
                        after(span.end),
                        "",
                        span.end,
                    );
                    break;
                }
            }
        }
        if let Some(span) = self.eat("&", TokenKind::Operator) {
            self.report(problem::AMPERSAND_NOT_ALLOWED, span, "");
        }
        PipelineChain { first, rest }
    }

    /// `pipeline = pipeline_element { "|" newlines command } ;`
    fn pipeline(&mut self, first: PipelineElement) -> Pipeline {
        let mut span = first.span();
        let mut elements = vec![first];
        loop {
            self.join_next_line();
            if !self.looking_at("|") || self.looking_at("||") {
                return Pipeline { span, elements };
            }
            let pipe = self.take(1, TokenKind::Operator);
            self.newlines();
            if self.statement_ends_here() || self.looking_at("|") {
                self.report_incomplete(problem::EMPTY_PIPE_ELEMENT, after(pipe.end), "", pipe.end);
                continue;
            }
            let start = self.offset();
            let expression = self.expression_start();
            let Some(element) = self.pipeline_element() else {
                self.report_incomplete(problem::EMPTY_PIPE_ELEMENT, after(pipe.end), "", pipe.end);
                return Pipeline { span, elements };
            };
            if expression {
                let at = Span::new(start, element.span().end);
                self.report(problem::EXPRESSIONS_MUST_BE_FIRST_IN_PIPELINE, at, "");
            }
            span = span.to(element.span());
            elements.push(element);
        }
    }

    /// A `|`, `&&` or `||` at the beginning of the next line goes on with this one.
    fn join_next_line(&mut self) {
        self.blanks();
        if matches!(self.peek(), Some('\n' | '\r')) {
            let next = self.text.get(self.past_newlines()..).unwrap_or_default();
            if next.starts_with('|') || next.starts_with("&&") {
                self.newlines();
            }
        }
    }

    /// `pipeline_element = expression { redirection } | command ;`
    fn pipeline_element(&mut self) -> Option<PipelineElement> {
        if self.expression_start() {
            let expression = self.expression()?;
            return Some(PipelineElement::Expression(
                self.expression_element(expression),
            ));
        }
        self.command().map(PipelineElement::Command)
    }

    fn expression_element(&mut self, expression: Expr) -> ExpressionElement {
        let mut span = expression.span;
        let mut redirections = Vec::new();
        self.blanks();
        while self.redirection(&mut redirections) {
            self.blanks();
        }
        if let Some(last) = redirections.last() {
            span = span.to(last.span);
        }
        ExpressionElement {
            span,
            expression,
            redirections,
        }
    }
}

/// `assignable = { type_literal } variable [ { ~ access_step } ~ ( index | member ) ] | bracketed {
///   bracketed } variable ;`
///
/// Several in parentheses or with commas will do too. The error is the part that nothing can be assigned to.
fn assignable(target: &Expr) -> Result<(), Span> {
    match &target.kind {
        ExprKind::Variable(_) | ExprKind::Error => Ok(()),
        ExprKind::Access(access) if !call_at_end(access) => Ok(()),
        ExprKind::Array(targets) => targets.iter().try_for_each(assignable),
        ExprKind::Cast { operand, .. } | ExprKind::Attributed { operand, .. } => {
            assignable(operand)
        }
        ExprKind::Paren(inner) => match &inner.kind {
            StatementKind::Chain(chain) if chain.rest.is_empty() => {
                match chain.first.elements.as_slice() {
                    [PipelineElement::Expression(element)] => assignable(&element.expression),
                    _ => Err(target.span),
                }
            }
            _ => Err(target.span),
        },
        _ => Err(target.span),
    }
}

fn call_at_end(access: &Access) -> bool {
    matches!(
        access.steps.last(),
        Some(super::super::ast::AccessStep::Call { .. })
    )
}

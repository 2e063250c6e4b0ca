//! `if`.

use super::super::ast::{IfClause, IfStatement, Statement, StatementKind};
use super::super::{Span, TokenKind, problem};
use super::{Parser, after};

impl Parser<'_> {
    /// `if_statement = "if" if_clause { newlines "elseif" if_clause } [ newlines "else" newlines block ] ;`
    pub(super) fn if_statement(&mut self) -> Statement {
        let start = self.offset();
        let mut clauses = Vec::new();
        let mut otherwise = None;
        let mut keyword = "if";
        loop {
            let word = self.take(keyword.len(), TokenKind::Keyword);
            let Some(clause) = self.if_clause(keyword, word) else {
                return self.error_statement(start);
            };
            clauses.push(clause);
            if self.keyword_follows("elseif") {
                keyword = "elseif";
                continue;
            }
            if self.keyword_follows("else") {
                let word = self.take("else".len(), TokenKind::Keyword);
                self.newlines();
                otherwise = self.block();
                if otherwise.is_none() {
                    let problem = problem::MISSING_STATEMENT_BLOCK_AFTER_ELSE;
                    self.report_incomplete(problem, after(word.end), "", word.end);
                    return self.error_statement(start);
                }
            }
            let statement = IfStatement { clauses, otherwise };
            return Statement {
                span: self.since(start),
                kind: StatementKind::If(Box::new(statement)),
            };
        }
    }

    /// `if_clause = newlines "(" newlines pipeline_statement newlines ")" newlines block ;`
    fn if_clause(&mut self, keyword: &str, word: Span) -> Option<IfClause> {
        self.newlines();
        let Some(open) = self.eat("(", TokenKind::Bracket) else {
            let problem = problem::MISSING_OPEN_PARENTHESIS_IN_IF_STATEMENT;
            self.report_incomplete(problem, after(word.end), keyword, word.end);
            return None;
        };
        self.newlines();
        let condition = self.with_commas(Self::pipeline_statement);
        let condition = condition.unwrap_or_else(|| {
            self.report_incomplete(
                problem::IF_STATEMENT_MISSING_CONDITION,
                after(open.end),
                keyword,
                open.end,
            );
            self.error_statement(open.end)
        });
        self.newlines();
        let end = condition.span.end.max(open.end);
        let Some(close) = self.eat(")", TokenKind::Bracket) else {
            if !matches!(condition.kind, StatementKind::Error) {
                let problem = problem::MISSING_END_PARENTHESIS_AFTER_STATEMENT;
                self.report_incomplete(problem, after(end), keyword, self.offset());
            }
            return None;
        };
        self.newlines();
        let Some(body) = self.block() else {
            self.report_incomplete(problem::MISSING_STATEMENT_BLOCK, close, keyword, close.end);
            return None;
        };
        Some(IfClause { condition, body })
    }

    /// Whether a keyword comes next, perhaps on a later line; if so the parser stands on it.
    pub(super) fn keyword_follows(&mut self, keyword: &str) -> bool {
        let at = self.past_newlines();
        let rest = self.text.get(at..).unwrap_or_default();
        let found = super::super::lexical::identifier(rest)
            .is_ok_and(|(_, word)| word.eq_ignore_ascii_case(keyword));
        if found {
            self.newlines();
        }
        found
    }
}

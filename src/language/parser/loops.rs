//! Loops.

use std::rc::Rc;

use super::super::ast::{ForEachStatement, ForStatement, LoopStatement, Statement, StatementKind};
use super::super::{TokenKind, lexical, problem};
use super::{Parser, after};

type Label = Option<Rc<str>>;

impl Parser<'_> {
    /// `foreach_statement = "foreach" newlines "(" newlines variable newlines "in" newlines
    ///   pipeline_statement newlines ")" newlines block ;`
    pub(super) fn foreach_statement(&mut self, start: u32, label: Label) -> Statement {
        let keyword = self.take("foreach".len(), TokenKind::Keyword);
        self.newlines();
        self.refuse_parallel();
        let Some(open) = self.eat("(", TokenKind::Bracket) else {
            return self.missing_parenthesis(start, "foreach", keyword.end);
        };
        self.newlines();
        let Some((variable, variable_span)) = self.variable() else {
            self.report_incomplete(
                problem::MISSING_VARIABLE_NAME_AFTER_FOREACH,
                after(open.end),
                "",
                open.end,
            );
            return self.error_statement(start);
        };
        self.newlines();
        let in_start = self.offset();
        if !self.eat_keyword("in") {
            let end = variable_span.end;
            self.report_incomplete(problem::MISSING_IN_IN_FOREACH, after(end), "", end);
            return self.error_statement(start);
        }
        let in_end = in_start + 2;
        self.newlines();
        let Some(values) = self.with_commas(Self::pipeline_statement) else {
            self.report_incomplete(
                problem::MISSING_FOREACH_EXPRESSION,
                after(in_end),
                "",
                in_end,
            );
            if self.peek() == Some(')') {
                self.unexpected_token();
                self.skip_token();
            }
            return self.error_statement(start);
        };
        self.newlines();
        let Some(close) = self.eat(")", TokenKind::Bracket) else {
            let problem = problem::MISSING_END_PARENTHESIS_AFTER_FOREACH;
            self.report_incomplete(problem, after(values.span.end), "", self.offset());
            return self.error_statement(start);
        };
        self.newlines();
        let Some(body) = self.block() else {
            self.report_incomplete(
                problem::MISSING_FOREACH_STATEMENT,
                after(close.end),
                "",
                close.end,
            );
            return self.error_statement(start);
        };
        let statement = ForEachStatement {
            label,
            variable,
            variable_span,
            values,
            body,
        };
        Statement {
            span: self.since(start),
            kind: StatementKind::ForEach(Box::new(statement)),
        }
    }

    /// `for_statement = "for" newlines "(" newlines [ pipeline_statement ] [ ( ";" | newline ) newlines [
    ///   pipeline_statement ] [ ( ";" | newline ) newlines [ pipeline_statement ] ] ] newlines ")" newlines
    ///   block ;`
    ///
    /// The end of a line separates the parts too.
    pub(super) fn for_statement(&mut self, start: u32, label: Label) -> Statement {
        let keyword = self.take("for".len(), TokenKind::Keyword);
        self.newlines();
        let Some(open) = self.eat("(", TokenKind::Bracket) else {
            return self.missing_parenthesis(start, "for", keyword.end);
        };
        let mut end = open.end;
        let mut parts = [None, None, None];
        for (i, part) in parts.iter_mut().enumerate() {
            self.blanks();
            if i == 0 {
                self.newlines();
            }
            *part = self.with_commas(Self::pipeline_statement);
            end = part.as_ref().map_or(end, |part| part.span.end);
            self.blanks();
            if i == 2
                || (self.eat(";", TokenKind::Separator).is_none() && !self.newline_separates())
            {
                break;
            }
            end = self.offset();
            self.newlines();
        }
        self.newlines();
        let Some(close) = self.eat(")", TokenKind::Bracket) else {
            let problem = problem::MISSING_END_PARENTHESIS_AFTER_STATEMENT;
            self.report_incomplete(problem, after(end), "for", self.offset());
            return self.error_statement(start);
        };
        self.newlines();
        let Some(body) = self.block() else {
            return self.missing_body(start, "for", close.end);
        };
        let [initializer, condition, iterator] = parts;
        let statement = ForStatement {
            label,
            initializer,
            condition,
            iterator,
            body,
        };
        Statement {
            span: self.since(start),
            kind: StatementKind::For(Box::new(statement)),
        }
    }

    /// A line end between two parts of a `for`, unless the parenthesis closes after it.
    fn newline_separates(&mut self) -> bool {
        let closes = self
            .text
            .get(self.past_newlines()..)
            .is_some_and(|rest| rest.starts_with(')'));
        !closes
            && self
                .lex_token(TokenKind::NewLine, lexical::newline)
                .is_some()
    }

    /// `while_statement = "while" loop_condition newlines block ;`
    pub(super) fn while_statement(&mut self, start: u32, label: Label) -> Statement {
        let keyword = self.take("while".len(), TokenKind::Keyword);
        let Some((condition, close)) = self.loop_condition("while", keyword.end) else {
            return self.error_statement(start);
        };
        self.newlines();
        let Some(body) = self.block() else {
            return self.missing_body(start, "while", close);
        };
        let statement = LoopStatement {
            label,
            condition,
            body,
        };
        Statement {
            span: self.since(start),
            kind: StatementKind::While(Box::new(statement)),
        }
    }

    /// `do_statement = "do" newlines block newlines ( "while" | "until" ) loop_condition ;`
    pub(super) fn do_statement(&mut self, start: u32, label: Label) -> Statement {
        let keyword = self.take("do".len(), TokenKind::Keyword);
        self.newlines();
        let Some(body) = self.block() else {
            return self.missing_body(start, "do", keyword.end);
        };
        let until = match (self.keyword_follows("while"), self.keyword_follows("until")) {
            (true, _) => false,
            (_, true) => true,
            _ => {
                let detected = if self.past_newlines() == self.text.len() {
                    self.text.len() as u32
                } else {
                    body.span.end
                };
                self.report_incomplete(
                    problem::MISSING_WHILE_OR_UNTIL_IN_DO_WHILE,
                    after(body.span.end),
                    "",
                    detected,
                );
                return self.error_statement(start);
            }
        };
        let word = if until { "until" } else { "while" };
        let keyword = self.take(word.len(), TokenKind::Keyword);
        let Some((condition, _)) = self.loop_condition(word, keyword.end) else {
            return self.error_statement(start);
        };
        let statement = Box::new(LoopStatement {
            label,
            condition,
            body,
        });
        let kind = if until {
            StatementKind::DoUntil(statement)
        } else {
            StatementKind::DoWhile(statement)
        };
        Statement {
            span: self.since(start),
            kind,
        }
    }

    /// `loop_condition = newlines "(" newlines pipeline_statement newlines ")" ;`
    ///
    /// Gives the end of the parenthesis too.
    fn loop_condition(&mut self, keyword: &str, keyword_end: u32) -> Option<(Statement, u32)> {
        self.newlines();
        let Some(open) = self.eat("(", TokenKind::Bracket) else {
            let problem = problem::MISSING_OPEN_PARENTHESIS_AFTER_KEYWORD;
            self.report_incomplete(problem, after(keyword_end), keyword, keyword_end);
            return None;
        };
        self.newlines();
        let Some(condition) = self.with_commas(Self::pipeline_statement) else {
            self.report_incomplete(
                problem::MISSING_LOOP_CONDITION,
                after(open.end),
                &format!("{keyword} ("),
                open.end,
            );
            if self.eat(")", TokenKind::Bracket).is_some() {
                return Some((self.error_statement(open.end), self.offset()));
            }
            return None;
        };
        self.newlines();
        let Some(close) = self.eat(")", TokenKind::Bracket) else {
            let problem = problem::MISSING_END_PARENTHESIS_AFTER_STATEMENT;
            self.report_incomplete(problem, after(condition.span.end), keyword, self.offset());
            return None;
        };
        Some((condition, close.end))
    }

    pub(super) fn missing_parenthesis(&mut self, start: u32, keyword: &str, end: u32) -> Statement {
        self.report_incomplete(
            problem::MISSING_OPEN_PARENTHESIS_AFTER_KEYWORD,
            after(end),
            keyword,
            end,
        );
        self.error_statement(start)
    }

    fn missing_body(&mut self, start: u32, keyword: &str, end: u32) -> Statement {
        self.report_incomplete(problem::MISSING_LOOP_STATEMENT, after(end), keyword, end);
        self.error_statement(start)
    }

    /// `-parallel` after `foreach` is refused by name.
    fn refuse_parallel(&mut self) {
        let flag = "-parallel";
        if self
            .rest()
            .get(..flag.len())
            .is_some_and(|text| text.eq_ignore_ascii_case(flag))
        {
            let span = self.take(flag.len(), TokenKind::Parameter);
            self.report(problem::UNSUPPORTED_PARALLEL, span, flag);
            self.newlines();
        }
    }
}

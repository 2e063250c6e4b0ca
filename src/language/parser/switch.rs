//! `switch`.

use std::rc::Rc;

use super::super::ast::{Statement, StatementKind, SwitchClause, SwitchMode, SwitchStatement};
use super::super::{Span, TokenKind, lexical, problem};
use super::{Parser, after};

impl Parser<'_> {
    /// `switch_statement = "switch" newlines { switch_flag newlines } ( switch_subject | dash ~ "file"
    ///   argument ) newlines "{" switch_body "}" ;`
    pub(super) fn switch_statement(&mut self, start: u32, label: Option<Rc<str>>) -> Statement {
        let keyword = self.take("switch".len(), TokenKind::Keyword);
        let mode = SwitchMode::Exact;
        let mut statement = SwitchStatement {
            label,
            mode,
            case_sensitive: false,
            file: None,
            subject: None,
            clauses: Vec::new(),
            default: None,
        };
        self.newlines();
        while self.switch_flag(&mut statement) {
            self.newlines();
        }
        let mut end = self.switch_subject(&mut statement, keyword);
        self.newlines();
        let Some(open) = self.eat("{", TokenKind::Bracket) else {
            end = end.max(keyword.end);
            self.report_incomplete(
                problem::MISSING_CURLY_BRACE_IN_SWITCH_STATEMENT,
                after(end),
                "",
                end,
            );
            return self.error_statement(start);
        };
        self.with_commas(|parser| parser.switch_body(&mut statement));
        self.newlines();
        if self.eat("}", TokenKind::Bracket).is_none() {
            let detected = self.next_token_end();
            self.report_incomplete(problem::MISSING_END_CURLY_BRACE, open, "", detected);
        }
        Statement {
            span: self.since(start),
            kind: StatementKind::Switch(Box::new(statement)),
        }
    }

    /// `switch_flag = dash ~ ( "regex" | "wildcard" | "exact" | "casesensitive" ) ;`
    ///
    /// Any unambiguous beginning will do.
    fn switch_flag(&mut self, statement: &mut SwitchStatement) -> bool {
        if !self.peek().is_some_and(lexical::dash_char) {
            return false;
        }
        let start = self.offset();
        self.lex(lexical::dash);
        let name = self
            .lex(lexical::identifier)
            .unwrap_or_default()
            .to_ascii_lowercase();
        let span = self.note(TokenKind::Parameter, start);
        let is = |full: &str| !name.is_empty() && full.starts_with(&name);
        if is("regex") {
            statement.mode = SwitchMode::Regex;
        } else if is("wildcard") {
            statement.mode = SwitchMode::Wildcard;
        } else if is("exact") {
            statement.mode = SwitchMode::Exact;
        } else if is("casesensitive") {
            statement.case_sensitive = true;
        } else if is("file") {
            self.blanks();
            statement.file = self.argument();
            if statement.file.is_none() {
                self.report_incomplete(
                    problem::MISSING_FILE_SPECIFICATION,
                    after(span.end),
                    "",
                    span.end,
                );
            }
        } else if is("parallel") {
            self.report(problem::UNSUPPORTED_PARALLEL, span, "-parallel");
        } else {
            self.report(problem::INVALID_SWITCH_FLAG, span, self.slice(span));
        }
        true
    }

    /// `switch_subject = "(" newlines pipeline_statement newlines ")" ;`
    ///
    /// Reads the parenthesis; gives its end.
    fn switch_subject(&mut self, statement: &mut SwitchStatement, keyword: Span) -> u32 {
        let Some(open) = self.eat("(", TokenKind::Bracket) else {
            if statement.file.is_none() {
                self.report_incomplete(
                    problem::PIPELINE_VALUE_REQUIRED,
                    after(keyword.end),
                    "switch",
                    keyword.end,
                );
            }
            return self.offset();
        };
        self.newlines();
        statement.subject = self.with_commas(Self::pipeline_statement);
        let end = statement
            .subject
            .as_ref()
            .map_or(open.end, |subject| subject.span.end);
        if statement.subject.is_none() {
            self.report_incomplete(
                problem::PIPELINE_VALUE_REQUIRED,
                after(open.end),
                "switch (",
                open.end,
            );
        }
        self.newlines();
        if self.eat(")", TokenKind::Bracket).is_none() && statement.subject.is_some() {
            let problem = problem::MISSING_END_PARENTHESIS_AFTER_STATEMENT;
            self.report_incomplete(problem, after(end), "switch", self.offset());
        }
        self.offset()
    }

    /// `switch_body = { separators ( "default" | switch_pattern ) newlines block } separators ;`
    fn switch_body(&mut self, statement: &mut SwitchStatement) {
        loop {
            self.separators();
            if self.at_end() || matches!(self.peek(), Some('}' | ')')) {
                return;
            }
            let start = self.offset();
            let pattern = if self.eat_keyword("default") {
                Ok(self.since(start))
            } else {
                Err(self.switch_pattern())
            };
            let end = match &pattern {
                Ok(span) => span.end,
                Err(Some(pattern)) => pattern.span.end,
                Err(None) => {
                    self.unexpected_token();
                    self.skip_token();
                    continue;
                }
            };
            self.newlines();
            let Some(body) = self.block() else {
                self.report_incomplete(
                    problem::MISSING_SWITCH_STATEMENT_CLAUSE,
                    after(end),
                    "",
                    end,
                );
                continue;
            };
            match pattern {
                Ok(_) if statement.default.is_none() => statement.default = Some(body),
                Ok(span) => self.report(problem::MULTIPLE_SWITCH_DEFAULT_CLAUSES, span, ""),
                Err(Some(pattern)) => statement.clauses.push(SwitchClause { pattern, body }),
                Err(None) => {}
            }
        }
    }

    /// `switch_pattern = argument ;`
    fn switch_pattern(&mut self) -> Option<super::super::ast::Expr> {
        self.argument()
    }
}

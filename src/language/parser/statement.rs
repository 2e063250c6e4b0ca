//! What a statement can be.

use std::rc::Rc;

use super::super::ast::{Expr, ExprKind, FunctionKind, Quote, Statement, StatementKind};
use super::super::{TokenKind, lexical};
use super::Parser;

impl<'a> Parser<'a> {
    /// `statement = if_statement | [ label ] ( foreach_statement | for_statement | while_statement |
    ///   do_statement | switch_statement ) | try_statement | function_statement | jump_to_label |
    ///   jump_with_value | pipeline_statement ;`
    ///
    /// `None` when nothing that starts a statement comes next. Keywords count only here: elsewhere they are words.
    pub(super) fn statement(&mut self) -> Option<Statement> {
        self.nested(Self::statement_inside).flatten()
    }

    fn statement_inside(&mut self) -> Option<Statement> {
        let start = self.offset();
        let label = self.label();
        let Some(word) = self.keyword() else {
            return self.pipeline_statement();
        };
        if !lexical::reserved_word(word) {
            return self.pipeline_statement();
        }
        match word.to_ascii_lowercase().as_str() {
            "if" => Some(self.if_statement()),
            "foreach" => Some(self.foreach_statement(start, label)),
            "for" => Some(self.for_statement(start, label)),
            "while" => Some(self.while_statement(start, label)),
            "do" => Some(self.do_statement(start, label)),
            "switch" => Some(self.switch_statement(start, label)),
            "try" => Some(self.try_statement()),
            "function" => Some(self.function_statement(FunctionKind::Function)),
            "filter" => Some(self.function_statement(FunctionKind::Filter)),
            jump @ ("break" | "continue") => Some(self.jump_to_label(jump)),
            jump @ ("return" | "throw" | "exit") => Some(self.jump_with_value(jump)),
            word => match self.refused(word) {
                Some(statement) => Some(statement),
                None => self.pipeline_statement(),
            },
        }
    }

    /// The word that comes next, if nothing is glued to it that would make it part of a longer one.
    pub(super) fn keyword(&self) -> Option<&'a str> {
        let (rest, word) = lexical::identifier(self.rest()).ok()?;
        rest.chars()
            .next()
            .is_none_or(lexical::word_end)
            .then_some(word)
    }

    /// Moves past a keyword if it comes next.
    pub(super) fn eat_keyword(&mut self, keyword: &str) -> bool {
        let found = self
            .keyword()
            .is_some_and(|word| word.eq_ignore_ascii_case(keyword));
        if found {
            self.take(keyword.len(), TokenKind::Keyword);
        }
        found
    }

    /// `label = ":" ~ identifier newlines ;`
    ///
    /// Only in front of a loop or a switch; anything else that starts with a colon is a command.
    fn label(&mut self) -> Option<Rc<str>> {
        let (rest, name) = lexical::identifier(self.rest().strip_prefix(':')?).ok()?;
        let (_, keyword) = lexical::identifier(super::trivia::skip_trivia(rest, true)).ok()?;
        let labelled = ["foreach", "for", "while", "do", "switch"]
            .iter()
            .any(|k| keyword.eq_ignore_ascii_case(k));
        if !labelled {
            return None;
        }
        self.take(1 + name.len(), TokenKind::Label);
        self.newlines();
        Some(name.into())
    }

    /// `jump_to_label = ( "break" | "continue" ) [ identifier | expression ] ;`
    fn jump_to_label(&mut self, keyword: &str) -> Statement {
        let start = self.offset();
        self.take(keyword.len(), TokenKind::Keyword);
        let mut span = self.since(start);
        self.blanks();
        let label = match self.keyword() {
            Some(word) => {
                let at = self.take(word.len(), TokenKind::Label);
                Some(Expr {
                    span: at,
                    kind: ExprKind::String {
                        value: word.into(),
                        quote: Quote::Bare,
                    },
                })
            }
            None if self.expression_start() => self.expression(),
            None => None,
        };
        let label = label.map(|label| {
            span = span.to(label.span);
            Box::new(label)
        });
        self.end_of_statement();
        let kind = if keyword == "break" {
            StatementKind::Break(label)
        } else {
            StatementKind::Continue(label)
        };
        Statement { span, kind }
    }

    /// `jump_with_value = ( "return" | "throw" | "exit" ) [ pipeline_statement ] ;`
    fn jump_with_value(&mut self, keyword: &str) -> Statement {
        let start = self.offset();
        self.take(keyword.len(), TokenKind::Keyword);
        let mut span = self.since(start);
        self.blanks();
        let value = if self.statement_ends_here() {
            None
        } else {
            self.pipeline_statement()
        };
        let value = value.map(|value| {
            span = span.to(value.span);
            Box::new(value)
        });
        let kind = match keyword {
            "return" => StatementKind::Return(value),
            "throw" => StatementKind::Throw(value),
            _ => StatementKind::Exit(value),
        };
        Statement { span, kind }
    }

    /// Whether a statement can end here.
    pub(super) fn statement_ends_here(&self) -> bool {
        matches!(self.peek(), None | Some('\n' | '\r' | ';' | ')' | '}'))
    }

    /// Reports what stands between a statement and its end.
    pub(super) fn end_of_statement(&mut self) {
        self.blanks();
        if self.statement_ends_here() {
            return;
        }
        self.unexpected_token();
        let dashed = self.peek().is_some_and(lexical::dash_char)
            && self.peek_second().is_some_and(lexical::name_start);
        if dashed {
            self.skip_token();
            self.blanks();
            if !self.statement_ends_here() {
                self.unexpected_token();
            }
        }
    }
}

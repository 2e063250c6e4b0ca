//! Script blocks and their parts.

use std::rc::Rc;

use super::super::ast::{Block, Expr, ParamBlock, ScriptBlockAst, Span, Statement};
use super::super::{TokenKind, problem};
use super::{Parser, after};

/// The parts of a script block while they are read.
#[derive(Default)]
struct Parts {
    params: Option<ParamBlock>,
    dynamic_param: Option<Block>,
    begin: Option<Block>,
    process: Option<Block>,
    end: Option<Block>,
}

impl Parser<'_> {
    /// `script = script_body ;`
    ///
    /// Reads to the end of the text: a bracket too many is reported and skipped.
    pub(super) fn script(&mut self) -> ScriptBlockAst {
        let help = self.script_help();
        let mut parts = self.script_body();
        while !self.at_end() {
            self.unexpected_token();
            self.skip_token();
            let more = self.statement_list();
            let end = parts.end.get_or_insert_default();
            end.statements.extend(more.statements);
            end.traps.extend(more.traps);
        }
        self.assemble(self.since(0), parts, help)
    }

    /// `script_block = "{" script_body "}" ;`
    ///
    /// `filter`: statements outside named blocks are the process block.
    pub(super) fn script_block(&mut self, filter: bool) -> ScriptBlockAst {
        let start = self.offset();
        let open = self.take(1, TokenKind::Bracket);
        let first_token = self.tokens.len();
        let mut parts = self
            .with_commas(|parser| parser.nested(Self::script_body))
            .unwrap_or_default();
        let help = self.body_help(first_token);
        self.close_block(open);
        if filter && parts.process.is_none() && parts.begin.is_none() {
            parts.process = parts.end.take();
        }
        self.assemble(self.since(start), parts, help)
    }

    fn assemble(&self, span: Span, parts: Parts, help: Option<Rc<str>>) -> ScriptBlockAst {
        let Parts {
            params,
            dynamic_param,
            begin,
            process,
            end,
        } = parts;
        ScriptBlockAst {
            span,
            source: Rc::clone(&self.source),
            params,
            dynamic_param,
            begin,
            process,
            end,
            help,
        }
    }

    /// `script_body = [ param_block ] separators ( named_block { separators named_block } separators |
    ///   statement_list ) ;`
    fn script_body(&mut self) -> Parts {
        let mut parts = Parts {
            params: self.param_block(),
            ..Parts::default()
        };
        self.separators();
        if self.block_name_ahead().is_none() {
            parts.end = Some(self.statement_list());
            return parts;
        }
        while self.named_block(&mut parts) || self.clean_block() {
            self.separators();
        }
        if !self.at_end() && !matches!(self.peek(), Some(')' | '}')) {
            self.unexpected_token();
            let more = self.statement_list();
            parts
                .end
                .get_or_insert_default()
                .statements
                .extend(more.statements);
        }
        parts
    }

    /// `named_block = ( "begin" | "process" | "end" | "dynamicparam" ) newlines block ;`
    fn named_block(&mut self, parts: &mut Parts) -> bool {
        let Some(name) = self.block_name_ahead() else {
            return false;
        };
        let keyword = self.take(name.len(), TokenKind::Keyword);
        self.newlines();
        let Some(block) = self.block() else {
            self.report_incomplete(
                problem::MISSING_NAMED_STATEMENT_BLOCK,
                after(keyword.end),
                name,
                keyword.end,
            );
            return true;
        };
        let place = match name {
            "begin" => &mut parts.begin,
            "process" => &mut parts.process,
            "end" => &mut parts.end,
            _ => &mut parts.dynamic_param,
        };
        if place.replace(block).is_some() {
            self.report(problem::DUPLICATE_SCRIPT_COMMAND_CLAUSE, keyword, name);
        }
        true
    }

    /// `clean { }` after other named blocks is refused by name.
    fn clean_block(&mut self) -> bool {
        let start = self.offset();
        let found = self.eat_keyword("clean");
        if found {
            self.report(problem::UNSUPPORTED_CLEAN, self.since(start), "");
            self.newlines();
            self.block();
        }
        found
    }

    fn block_name_ahead(&self) -> Option<&'static str> {
        let word = self.keyword()?;
        ["begin", "process", "end", "dynamicparam"]
            .into_iter()
            .find(|name| word.eq_ignore_ascii_case(name))
    }

    /// `block = "{" statement_list "}" ;`
    ///
    /// `None` when no brace comes next.
    pub(super) fn block(&mut self) -> Option<Block> {
        let start = self.offset();
        let open = self.eat("{", TokenKind::Bracket)?;
        let mut block = self
            .with_commas(|parser| parser.nested(Self::statement_list))
            .unwrap_or_default();
        self.close_block(open);
        block.span = self.since(start);
        Some(block)
    }

    /// Reads the brace that closes what `open` opened.
    fn close_block(&mut self, open: Span) {
        self.separators();
        if self.eat("}", TokenKind::Bracket).is_none() {
            let detected = self.next_token_end();
            self.report_incomplete(problem::MISSING_END_CURLY_BRACE, open, "", detected);
        }
    }

    /// `statement_list = separators [ ( statement | trap_statement ) { ( newline | ";" ) separators (
    ///   statement | trap_statement ) } separators ] ;`
    ///
    /// Ends before `)`, `}` or the end of the text.
    pub(super) fn statement_list(&mut self) -> Block {
        self.separators();
        let start = self.offset();
        let mut list = Block::default();
        loop {
            self.separators();
            if self.at_end() || matches!(self.peek(), Some(')' | '}')) {
                break;
            }
            let before = self.pos;
            if let Some(trap) = self.trap_statement() {
                list.traps.push(trap);
            } else if let Some(statement) = self.statement() {
                list.statements.push(statement);
            }
            if self.pos == before && self.looking_at("|") {
                let pipe = self.take(1, TokenKind::Operator);
                self.report(problem::EMPTY_PIPE_ELEMENT, pipe, "");
            } else if self.pos == before {
                self.unexpected_token();
                self.skip_token();
            }
        }
        let end = list
            .statements
            .last()
            .map_or(start, |last: &Statement| last.span.end);
        list.span = Span::new(
            start,
            end.max(list.traps.last().map_or(start, |trap| trap.span.end)),
        );
        list
    }

    /// Runs a rule in which a comma makes an array again.
    pub(super) fn with_commas<T>(&mut self, rule: impl FnOnce(&mut Self) -> T) -> T {
        self.with_context(false, rule)
    }

    /// `separate_expression = expression ;`
    ///
    /// A comma ends it, where an array would go on.
    pub(super) fn separate_expression(&mut self) -> Option<Expr> {
        self.with_context(true, Self::expression)
    }

    /// What the brackets around decided does not count inside new ones.
    fn with_context<T>(&mut self, commas_separate: bool, rule: impl FnOnce(&mut Self) -> T) -> T {
        let outer = (self.commas_separate, self.in_ternary, self.in_argument);
        (self.commas_separate, self.in_ternary, self.in_argument) = (commas_separate, false, false);
        let value = rule(self);
        (self.commas_separate, self.in_ternary, self.in_argument) = outer;
        value
    }
}

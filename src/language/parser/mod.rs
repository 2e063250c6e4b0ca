//! Recursive descent over the text: a function per rule of `grammar/shell.ebnf`.
//!
//! There is no separate pass for tokens, since what a character means depends on the rule that reads it (a `-5` is a
//! number in an expression and a word among arguments). A rule looks at the next character, reads words with
//! [`super::lexical`], and notes tokens as it consumes them. Nothing is read twice except blanks, so the time is linear.
//!
//! After an error a rule returns what it has; the list of statements goes on where it stopped.

mod access;
mod argument;
mod bracket;
mod command;
mod conditional;
mod expression;
mod function;
mod guarded;
mod hashtable;
mod help;
mod loops;
mod numeral;
mod operand;
mod pipeline;
mod recovery;
mod redirection;
mod refused;
mod script;
mod statement;
mod string;
mod switch;
mod trivia;
mod unary;
mod variable;

use std::rc::Rc;

use super::ast::{Expr, ExprKind, Span, Statement, StatementKind};
use super::lexical::Lexed;
use super::problem::{self, Problem};
use super::{Parsed, Source, SyntaxError, Token, TokenKind};

/// Levels of brackets, blocks and prefix operators: what a small stack holds in a debug build.
const MAX_DEPTH: u32 = 256;

/// Errors past this many are not kept; a text this broken is not a script.
const MAX_ERRORS: usize = 1000;

/// The state of one parse.
pub(super) struct Parser<'a> {
    text: &'a str,
    source: Rc<Source>,
    pos: usize,
    tokens: Vec<Token>,
    errors: Vec<SyntaxError>,
    depth: u32,
    /// A comma ends the expression: among the arguments of a method or an attribute.
    commas_separate: bool,
    /// A colon after a variable ends it: between `?` and `:` of a ternary.
    in_ternary: bool,
    /// Among the arguments of a command a blank ends a word.
    in_argument: bool,
    /// Set once the depth is exceeded: the rest of the text only becomes tokens.
    abandoned: bool,
}

/// Reads a whole text.
pub(super) fn parse(source: Rc<Source>) -> Parsed {
    let shared = Rc::clone(&source);
    let mut parser = Parser {
        text: shared.text(),
        source,
        pos: 0,
        tokens: Vec::new(),
        errors: Vec::new(),
        depth: 0,
        commas_separate: false,
        in_ternary: false,
        in_argument: false,
        abandoned: false,
    };
    if u32::try_from(parser.text.len()).is_err() {
        parser.text = "";
        parser.report(problem::SCRIPT_TOO_LONG, Span::default(), "");
    }
    if parser.text.starts_with('\u{feff}') {
        parser.pos = '\u{feff}'.len_utf8();
    }
    let script = parser.script();
    if parser.abandoned {
        parser.tokens_of_the_rest();
    }
    Parsed {
        script: Rc::new(script),
        tokens: parser.tokens,
        errors: parser.errors,
    }
}

impl<'a> Parser<'a> {
    /// What has not been read.
    fn rest(&self) -> &'a str {
        self.text.get(self.pos..).unwrap_or_default()
    }

    /// The next character.
    fn peek(&self) -> Option<char> {
        let byte = *self.text.as_bytes().get(self.pos)?;
        if byte.is_ascii() {
            Some(byte as char)
        } else {
            self.rest().chars().next()
        }
    }

    /// The character after the next.
    fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn looking_at(&self, text: &str) -> bool {
        self.text
            .as_bytes()
            .get(self.pos..)
            .is_some_and(|rest| rest.starts_with(text.as_bytes()))
    }

    fn at_end(&self) -> bool {
        self.pos >= self.text.len()
    }

    fn offset(&self) -> u32 {
        self.pos as u32
    }

    /// From an offset to where the parser stands.
    fn since(&self, start: u32) -> Span {
        Span::new(start, self.offset())
    }

    fn slice(&self, span: Span) -> &'a str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// Applies a lexical rule and moves past what it read.
    fn lex<T>(&mut self, rule: impl Fn(&'a str) -> Lexed<'a, T>) -> Option<T> {
        let (rest, value) = rule(self.rest()).ok()?;
        self.pos = self.text.len() - rest.len();
        Some(value)
    }

    /// Like [`Self::lex`], with a token and its span.
    fn lex_token<T>(
        &mut self,
        kind: TokenKind,
        rule: impl Fn(&'a str) -> Lexed<'a, T>,
    ) -> Option<(T, Span)> {
        let start = self.offset();
        let value = self.lex(rule)?;
        Some((value, self.note(kind, start)))
    }

    /// Moves past `text` when it comes next, with a token.
    fn eat(&mut self, text: &str, kind: TokenKind) -> Option<Span> {
        self.looking_at(text).then(|| self.take(text.len(), kind))
    }

    /// Moves past so many bytes, with a token.
    fn take(&mut self, length: usize, kind: TokenKind) -> Span {
        let start = self.offset();
        self.pos += length;
        self.note(kind, start)
    }

    /// Notes a token from `start` to here.
    fn note(&mut self, kind: TokenKind, start: u32) -> Span {
        let span = self.since(start);
        if span.start < span.end {
            self.tokens.push(Token { kind, span });
        }
        span
    }

    /// Runs a rule one level deeper; `None` without running it when that is too deep.
    fn nested<T>(&mut self, rule: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= MAX_DEPTH {
            self.abandon();
            return None;
        }
        self.depth += 1;
        let value = rule(self);
        self.depth -= 1;
        Some(value)
    }

    /// Gives up: one error, and the parser stands at the end so that every rule returns.
    fn abandon(&mut self) {
        if !self.abandoned {
            let span = Span::new(self.offset(), self.offset() + 1);
            self.errors.clear();
            self.report(problem::SCRIPT_TOO_COMPLICATED, span, "");
            self.abandoned = true;
            self.pos = self.text.len();
        }
    }

    /// Reports an error that more text would not mend.
    fn report(&mut self, problem: Problem, span: Span, about: &str) {
        self.push_error(problem, span, about, false);
    }

    /// Reports an error that more text mends when nothing but blanks follows `detected`.
    fn report_incomplete(&mut self, problem: Problem, span: Span, about: &str, detected: u32) {
        let incomplete = self.only_trivia_after(detected);
        self.push_error(problem, span, about, incomplete);
    }

    fn push_error(&mut self, problem: Problem, span: Span, about: &str, incomplete: bool) {
        let known = self
            .errors
            .iter()
            .rev()
            .take(8)
            .any(|e| e.id == problem.id && e.span.start == span.start);
        if self.abandoned || known || self.errors.len() >= MAX_ERRORS {
            return;
        }
        let message = problem.text.replace("{0}", about);
        self.errors.push(SyntaxError {
            id: problem.id,
            message,
            span,
            incomplete,
        });
    }

    /// An expression in place of one that could not be read.
    fn error_expression(&self, start: u32) -> Expr {
        Expr {
            span: self.since(start),
            kind: ExprKind::Error,
        }
    }

    /// A statement in place of one that could not be read.
    fn error_statement(&self, start: u32) -> Statement {
        Statement {
            span: self.since(start),
            kind: StatementKind::Error,
        }
    }
}

/// One character after an offset, which may stand past the end: where something is missing.
fn after(offset: u32) -> Span {
    Span::new(offset, offset + 1)
}

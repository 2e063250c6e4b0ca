//! Constructs that are refused by name, at the place.

use super::super::ast::Statement;
use super::super::{TokenKind, problem};
use super::Parser;

impl Parser<'_> {
    /// `refused = "class" | "enum" | "configuration" | "workflow" | "data" | "using" | "from" | "define" |
    ///   "var" | "parallel" | "sequence" ;`
    ///
    /// `None` when the word is none of them; otherwise what it introduces is skipped, so that it gives one error.
    pub(super) fn refused(&mut self, word: &str) -> Option<Statement> {
        let problem = match word {
            "class" => problem::UNSUPPORTED_CLASS,
            "enum" => problem::UNSUPPORTED_ENUM,
            "configuration" => problem::UNSUPPORTED_CONFIGURATION,
            "workflow" => problem::UNSUPPORTED_WORKFLOW,
            "data" => problem::UNSUPPORTED_DATA,
            "using" => problem::UNSUPPORTED_USING,
            "from" | "define" | "var" => problem::RESERVED_KEYWORD_NOT_ALLOWED,
            "parallel" | "sequence" => problem::UNEXPECTED_KEYWORD,
            _ => return None,
        };
        let start = self.offset();
        let keyword = self.take(word.len(), TokenKind::Keyword);
        self.report(problem, keyword, word);
        while !self.statement_ends_here() && self.peek() != Some('{') {
            self.skip_token();
            self.blanks();
        }
        let body = self.past_newlines();
        let has_body = self
            .text
            .get(body..)
            .is_some_and(|rest| rest.starts_with('{'));
        if has_body && word != "using" {
            self.newlines();
            self.skip_braces();
        }
        Some(self.error_statement(start))
    }
}

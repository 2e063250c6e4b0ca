//! `try` and `trap`.

use super::super::ast::{
    CatchClause, Statement, StatementKind, TrapStatement, TryStatement, TypeName,
};
use super::super::{Span, TokenKind, problem};
use super::bracket::Bracketed;
use super::{Parser, after};

impl Parser<'_> {
    /// `try_statement = "try" newlines block ( newlines catch_clause { newlines catch_clause } [ newlines
    ///   "finally" newlines block ] | newlines "finally" newlines block ) ;`
    pub(super) fn try_statement(&mut self) -> Statement {
        let start = self.offset();
        let keyword = self.take("try".len(), TokenKind::Keyword);
        self.newlines();
        let Some(body) = self.block() else {
            self.report_incomplete(
                problem::MISSING_TRY_STATEMENT_BLOCK,
                after(keyword.end),
                "",
                keyword.end,
            );
            return self.error_statement(start);
        };
        let mut catches: Vec<CatchClause> = Vec::new();
        while self.keyword_follows("catch") {
            match self.catch_clause(&catches) {
                Some(clause) => catches.push(clause),
                None => return self.error_statement(start),
            }
        }
        let mut finally = None;
        if self.keyword_follows("finally") {
            let keyword = self.take("finally".len(), TokenKind::Keyword);
            self.newlines();
            finally = self.block();
            if finally.is_none() {
                let problem = problem::MISSING_FINALLY_STATEMENT_BLOCK;
                self.report_incomplete(problem, after(keyword.end), "", keyword.end);
                return self.error_statement(start);
            }
        }
        if catches.is_empty() && finally.is_none() {
            let detected = if self.past_newlines() == self.text.len() {
                self.text.len() as u32
            } else {
                body.span.end
            };
            self.report_incomplete(
                problem::MISSING_CATCH_OR_FINALLY,
                after(body.span.end),
                "",
                detected,
            );
        }
        let statement = TryStatement {
            body,
            catches,
            finally,
        };
        Statement {
            span: self.since(start),
            kind: StatementKind::Try(Box::new(statement)),
        }
    }

    /// `catch_clause = "catch" newlines [ type_literal newlines { "," newlines type_literal newlines } ]
    ///   block ;`
    fn catch_clause(&mut self, earlier: &[CatchClause]) -> Option<CatchClause> {
        let start = self.offset();
        let mut end = self.take("catch".len(), TokenKind::Keyword).end;
        self.newlines();
        let mut types = Vec::new();
        while self.looking_at("[") {
            let at = self.offset();
            if let Some(name) = self.type_literal() {
                self.check_reachable(&name, self.since(at), earlier);
                types.push(name);
            }
            end = self.offset();
            self.newlines();
            let Some(comma) = self.eat(",", TokenKind::Operator) else {
                break;
            };
            self.newlines();
            if !self.looking_at("[") {
                self.report_incomplete(problem::MISSING_TYPENAME, after(comma.end), ",", comma.end);
            }
        }
        if earlier.last().is_some_and(|last| last.types.is_empty()) {
            self.report(
                problem::EMPTY_CATCH_NOT_LAST,
                earlier.last().map_or(self.since(start), |last| last.span),
                "",
            );
        }
        let Some(body) = self.block() else {
            self.report_incomplete(problem::MISSING_CATCH_HANDLER_BLOCK, after(end), "", end);
            return None;
        };
        Some(CatchClause {
            span: self.since(start),
            types,
            body,
        })
    }

    /// Reports a type that an earlier clause has already caught.
    fn check_reachable(&mut self, name: &TypeName, span: Span, earlier: &[CatchClause]) {
        let short = short_name(name);
        let mut caught = earlier
            .iter()
            .flat_map(|clause| &clause.types)
            .map(short_name);
        if caught.any(|known| known == short || ancestors(&short).contains(&known.as_str())) {
            self.report(
                problem::EXCEPTION_TYPE_ALREADY_CAUGHT,
                span,
                &name.to_string(),
            );
        }
    }

    /// `trap_statement = "trap" newlines [ type_literal newlines ] block ;`
    pub(super) fn trap_statement(&mut self) -> Option<TrapStatement> {
        let start = self.offset();
        if !self.eat_keyword("trap") {
            return None;
        }
        let mut end = self.offset();
        self.newlines();
        let mut kind = None;
        if self.looking_at("[") {
            kind = self.type_literal();
            end = self.offset();
            self.newlines();
        }
        let body = self.block().unwrap_or_else(|| {
            self.report_incomplete(problem::MISSING_TRAP_STATEMENT, after(end), "", end);
            Default::default()
        });
        Some(TrapStatement {
            span: self.since(start),
            kind,
            body,
        })
    }

    /// `type_literal = "[" newlines type_name newlines "]" ;`
    pub(super) fn type_literal(&mut self) -> Option<TypeName> {
        match self.bracketed() {
            Bracketed::Type(name) => Some(name),
            Bracketed::Attribute(attribute) => {
                let name = attribute.name.to_string();
                self.report(problem::UNEXPECTED_ATTRIBUTE, attribute.span, &name);
                None
            }
            Bracketed::Broken => None,
        }
    }
}

/// The name in lower case without `System.`.
fn short_name(name: &TypeName) -> String {
    let name = name.to_string().to_ascii_lowercase();
    name.strip_prefix("system.")
        .map_or(name.clone(), str::to_owned)
}

/// What an exception derives from, as far as a parser can know: all from Exception, the usual ones more.
fn ancestors(name: &str) -> &'static [&'static str] {
    match name {
        "exception" => &[],
        "argumentnullexception" | "argumentoutofrangeexception" => {
            &["argumentexception", "systemexception", "exception"]
        }
        "dividebyzeroexception" | "overflowexception" => {
            &["arithmeticexception", "systemexception", "exception"]
        }
        "io.filenotfoundexception"
        | "io.directorynotfoundexception"
        | "io.pathtoolongexception" => &["io.ioexception", "systemexception", "exception"],
        "argumentexception"
        | "arithmeticexception"
        | "io.ioexception"
        | "invalidoperationexception"
        | "invalidcastexception"
        | "formatexception"
        | "nullreferenceexception"
        | "unauthorizedaccessexception"
        | "notsupportedexception" => &["systemexception", "exception"],
        _ => &["exception"],
    }
}

//! Hashtables.

use std::collections::HashSet;

use super::super::ast::{Expr, ExprKind, HashEntry, NumberValue, Quote};
use super::super::{TokenKind, lexical, problem};
use super::{Parser, after};

impl Parser<'_> {
    /// `hashtable = "@{" separators [ hash_entry { ( newline | ";" ) separators hash_entry } separators ]
    ///   "}" ;`
    pub(super) fn hashtable(&mut self) -> Expr {
        let start = self.offset();
        let open = self.take(2, TokenKind::Bracket);
        let mut entries: Vec<HashEntry> = Vec::new();
        let mut keys = HashSet::new();
        loop {
            self.separators();
            if matches!(self.peek(), None | Some('}' | ')')) {
                break;
            }
            let Some(entry) = self.with_commas(Self::hash_entry) else {
                break;
            };
            if let Some(text) = constant_text(&entry.key)
                && !keys.insert(text.to_lowercase())
            {
                self.report(
                    problem::DUPLICATE_KEY_IN_HASH_LITERAL,
                    entry.key.span,
                    &text,
                );
            }
            entries.push(entry);
        }
        self.separators();
        if self.eat("}", TokenKind::Bracket).is_none() {
            let detected = self.next_token_end();
            self.report_incomplete(
                problem::MISSING_END_CURLY_BRACE_IN_HASH,
                after(open.end),
                "",
                detected,
            );
            self.eat(")", TokenKind::Bracket);
        }
        Expr {
            span: self.since(start),
            kind: ExprKind::Hashtable(entries),
        }
    }

    /// `hash_entry = hash_key newlines "=" newlines statement ;`
    fn hash_entry(&mut self) -> Option<HashEntry> {
        let start = self.offset();
        let Some(key) = self.hash_key() else {
            self.unexpected_token();
            self.skip_token();
            return None;
        };
        self.newlines();
        let Some(equals) = self.eat("=", TokenKind::Operator) else {
            let end = key.span.end;
            self.report_incomplete(problem::MISSING_EQUALS_IN_HASH_LITERAL, after(end), "", end);
            return None;
        };
        self.newlines();
        let value = self.statement().unwrap_or_else(|| {
            self.report_incomplete(
                problem::MISSING_STATEMENT_IN_HASH_LITERAL,
                after(equals.end),
                "",
                equals.end,
            );
            self.error_statement(start)
        });
        Some(HashEntry { key, value })
    }

    /// `hash_key = identifier | unary_expression ;`
    fn hash_key(&mut self) -> Option<Expr> {
        if let Some((name, span)) = self.lex_token(TokenKind::Name, lexical::identifier) {
            return Some(Expr {
                span,
                kind: ExprKind::String {
                    value: name.into(),
                    quote: Quote::Bare,
                },
            });
        }
        self.unary_expression()
    }
}

/// The text of a key that is known now.
fn constant_text(key: &Expr) -> Option<String> {
    match &key.kind {
        ExprKind::String { value, .. } => Some(value.to_string()),
        ExprKind::Number(number) => Some(match number.value {
            NumberValue::Int(n) => n.to_string(),
            NumberValue::Long(n) => n.to_string(),
            NumberValue::Decimal(n) => n.to_string(),
            NumberValue::Double(n) => n.to_string(),
        }),
        _ => None,
    }
}

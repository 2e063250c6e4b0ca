//! Variables.

use super::super::ast::{Scope, Span, Variable};
use super::super::{TokenKind, lexical, problem};
use super::Parser;

impl Parser<'_> {
    /// `variable = "$" ~ ( variable_name | "{" ~ braced_name ~ "}" ) ;`
    ///
    /// `None` when no `$` with a name comes next; a braced name that is wrong is reported and `None` too.
    pub(super) fn variable(&mut self) -> Option<(Variable, Span)> {
        let start = self.offset();
        let rest = self.rest().strip_prefix('$')?;
        if rest.starts_with('{') {
            return self.braced_variable();
        }
        let (rest, name) = lexical::variable_name(rest).ok()?;
        let mut after = rest.chars();
        let colon = after.next() == Some(':') && name.chars().all(lexical::name_char);
        let dangling = colon && after.next() != Some(':') && !self.in_ternary;
        self.pos += 1 + name.len();
        if dangling {
            let at = self.offset();
            self.report(
                problem::INVALID_VARIABLE_REFERENCE_WITH_DRIVE,
                Span::new(start, at + 1),
                "",
            );
            self.pos += 1;
        }
        let span = self.note(TokenKind::Variable, start);
        Some((split_scope(name), span))
    }

    fn braced_variable(&mut self) -> Option<(Variable, Span)> {
        let start = self.offset();
        self.pos += 2;
        let from = self.offset() - 1;
        let name = self.lex(lexical::braced_name).unwrap_or_default();
        if !self.looking_at("}") {
            self.pos = self.text.len();
            self.note(TokenKind::Variable, start);
            let span = Span::new(from, self.offset());
            self.push_error(
                problem::INCOMPLETE_DOLLAR_VARIABLE_REFERENCE,
                span,
                "",
                true,
            );
            return None;
        }
        let close = self.offset();
        self.pos += 1;
        let span = self.note(TokenKind::Variable, start);
        if name.is_empty() {
            self.report(
                problem::EMPTY_VARIABLE_REFERENCE,
                Span::new(close, close + 1),
                "",
            );
            return None;
        }
        Some((split_scope(&unescape(name)), span))
    }
}

/// Reads the escapes of a braced name.
fn unescape(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        match lexical::escape(rest) {
            Ok((after, escaped)) => {
                out.push(escaped);
                rest = after;
            }
            Err(_) => {
                out.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// Takes `scope:` or `drive:` off a name.
pub(super) fn split_scope(text: &str) -> Variable {
    let Some((scope, name)) = text
        .split_once(':')
        .filter(|(scope, name)| !scope.is_empty() && !name.is_empty())
    else {
        return Variable {
            scope: None,
            name: text.into(),
        };
    };
    let known = [
        ("global", Scope::Global),
        ("script", Scope::Script),
        ("local", Scope::Local),
        ("private", Scope::Private),
        ("using", Scope::Using),
        ("variable", Scope::Variable),
    ];
    let known = known
        .into_iter()
        .find(|(word, _)| scope.eq_ignore_ascii_case(word));
    let scope = known.map_or_else(|| Scope::Drive(scope.into()), |(_, scope)| scope);
    Variable {
        scope: Some(scope),
        name: name.into(),
    }
}

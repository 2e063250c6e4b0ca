//! Members, indexes and calls.

use super::super::ast::{Access, AccessStep, Expr, ExprKind, MemberName, NumberLiteral};
use super::super::{Span, TokenKind, lexical, problem};
use super::{Parser, after};

impl Parser<'_> {
    /// Reads the steps that are glued to an operand.
    pub(super) fn access(&mut self, target: Expr) -> Expr {
        let mut steps = Vec::new();
        while let Some(step) = self.access_step() {
            steps.push(step);
        }
        match steps.last() {
            None => target,
            Some(last) => {
                let span = target.span.to(last.span());
                Expr {
                    span,
                    kind: ExprKind::Access(Box::new(Access { target, steps })),
                }
            }
        }
    }

    /// `access_step = index | member [ ~ ( method_arguments | script_block ) ] ;`
    fn access_step(&mut self) -> Option<AccessStep> {
        let start = self.offset();
        if self.looking_at("[") || self.looking_at("?[") {
            return self.nested(Self::index).flatten();
        }
        let (mark, name) = self.member()?;
        let (is_static, null_conditional) = (mark == "::", mark == "?.");
        if self.looking_at("{") {
            let block = self.script_block(false);
            let block = Expr {
                span: block.span,
                kind: ExprKind::ScriptBlock(block.into()),
            };
            let span = self.since(start);
            return Some(AccessStep::Call {
                span,
                name,
                arguments: vec![block],
                is_static,
                null_conditional,
            });
        }
        if !self.looking_at("(") {
            let span = self.since(start);
            return Some(AccessStep::Member {
                span,
                name,
                is_static,
                null_conditional,
            });
        }
        let arguments = self.nested(Self::method_arguments)?;
        let span = self.since(start);
        Some(AccessStep::Call {
            span,
            name,
            arguments,
            is_static,
            null_conditional,
        })
    }

    /// `member = ( "." | "::" | "?." ) ~ member_name ;`
    ///
    /// In an expression blanks and line ends may stand before the name.
    fn member(&mut self) -> Option<(&'static str, MemberName)> {
        let mark = ["..", "?..", ".", "::", "?."]
            .into_iter()
            .find(|mark| self.looking_at(mark))?;
        if mark.ends_with("..") {
            return None;
        }
        let dot = self.take(mark.len(), TokenKind::Operator);
        let name = self.member_name();
        if name.is_none() {
            self.report_incomplete(problem::MISSING_PROPERTY_NAME, after(dot.end), "", dot.end);
        }
        name.map(|name| (mark, name))
    }

    /// `member_name = identifier | digits | variable | single_quoted | double_quoted | paren |
    ///   sub_expression ;`
    ///
    /// May stand on a later line than its dot.
    fn member_name(&mut self) -> Option<MemberName> {
        let at = if self.in_argument {
            self.pos
        } else {
            self.past_newlines()
        };
        let first = self.text.get(at..)?.chars().next()?;
        let quote = lexical::single_quote_char(first) || lexical::double_quote_char(first);
        if !(quote || lexical::name_char(first) || matches!(first, '$' | '(')) {
            return None;
        }
        self.newlines();
        if let Some((digits, span)) = self.lex_token(TokenKind::Member, lexical::digits) {
            let (_, (text, value)) = lexical::number(digits).ok()?;
            let kind = ExprKind::Number(NumberLiteral {
                value: value?,
                text: text.into(),
            });
            return Some(MemberName::Computed(Box::new(Expr { span, kind })));
        }
        if let Some((name, span)) = self.lex_token(TokenKind::Member, lexical::identifier) {
            return Some(MemberName::Word {
                span,
                name: name.into(),
            });
        }
        Some(MemberName::Computed(Box::new(self.operand()?)))
    }

    /// `method_arguments = "(" newlines [ separate_expression newlines { "," newlines separate_expression
    ///   newlines } ] ")" ;`
    fn method_arguments(&mut self) -> Vec<Expr> {
        let mut end = self.take(1, TokenKind::Bracket).end;
        let mut arguments = Vec::new();
        loop {
            self.newlines();
            let Some(argument) = self.separate_expression() else {
                if !arguments.is_empty() {
                    self.report_incomplete(
                        problem::MISSING_EXPRESSION_AFTER_TOKEN,
                        after(end),
                        ",",
                        end,
                    );
                }
                break;
            };
            end = argument.span.end;
            arguments.push(argument);
            self.newlines();
            match self.eat(",", TokenKind::Operator) {
                Some(comma) => end = comma.end,
                None => break,
            }
        }
        self.newlines();
        if self.eat(")", TokenKind::Bracket).is_none() {
            let problem = problem::MISSING_END_PARENTHESIS_IN_METHOD_CALL;
            self.report_incomplete(problem, after(end), "", self.offset());
        }
        arguments
    }

    /// `index = ( "?[" | "[" ) newlines expression newlines "]" ;`
    fn index(&mut self) -> Option<AccessStep> {
        let start = self.offset();
        let null_conditional = self.looking_at("?");
        if null_conditional {
            self.take(1, TokenKind::Operator);
        }
        let open = self.take(1, TokenKind::Bracket);
        self.newlines();
        let index = self.with_commas(Self::expression);
        let index = index.unwrap_or_else(|| {
            self.report_incomplete(
                problem::MISSING_ARRAY_INDEX_EXPRESSION,
                after(open.end),
                "",
                open.end,
            );
            Expr {
                span: Span::new(open.end, open.end),
                kind: ExprKind::Error,
            }
        });
        self.newlines();
        if self.eat("]", TokenKind::Bracket).is_none() && index.kind != ExprKind::Error {
            let problem = problem::MISSING_END_SQUARE_BRACKET;
            self.report_incomplete(problem, after(index.span.end), "", self.offset());
        }
        Some(AccessStep::Index {
            span: self.since(start),
            index,
            null_conditional,
        })
    }
}

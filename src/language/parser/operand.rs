//! Operands: what stands alone.

use super::super::ast::{Block, Expr, ExprKind, Span};
use super::super::{TokenKind, lexical, problem};
use super::{Parser, after};

impl Parser<'_> {
    /// `operand = quoted | variable | paren | sub_expression | array_expression | hashtable | script_block ;`
    ///
    /// `None` when none of them starts here.
    pub(super) fn operand(&mut self) -> Option<Expr> {
        let start = self.offset();
        match self.peek()? {
            '$' if self.looking_at("$(") => self.sub_expression(),
            '$' => match self.variable() {
                Some((variable, span)) => Some(Expr {
                    span,
                    kind: ExprKind::Variable(variable),
                }),
                None => (self.offset() > start).then(|| self.error_expression(start)),
            },
            '(' => Some(
                self.nested(Self::paren)
                    .unwrap_or_else(|| self.error_expression(start)),
            ),
            '{' => {
                let block = self.script_block(false);
                Some(Expr {
                    span: block.span,
                    kind: ExprKind::ScriptBlock(block.into()),
                })
            }
            '@' => match self.peek_second()? {
                '(' => self.array_expression(),
                '{' => Some(
                    self.nested(Self::hashtable)
                        .unwrap_or_else(|| self.error_expression(start)),
                ),
                c if lexical::name_char(c) => self.splat_in_expression(),
                _ => self.quoted(),
            },

            _ => self.quoted(),
        }
    }

    /// `paren = "(" newlines pipeline_statement newlines ")" ;`
    fn paren(&mut self) -> Expr {
        let start = self.offset();
        let open = self.take(1, TokenKind::Bracket);
        self.newlines();
        let inner = self.with_commas(Self::pipeline_statement);
        let empty = inner.is_none();
        let inner = inner.unwrap_or_else(|| {
            let detected = if self.at_end() {
                self.offset()
            } else {
                open.end
            };
            self.report_incomplete(
                problem::EXPECTED_EXPRESSION,
                self.next_character(open),
                "(",
                detected,
            );
            self.error_statement(open.end)
        });
        self.newlines();
        if self.eat(")", TokenKind::Bracket).is_none() && !empty {
            let end = inner.span.end.max(self.last_token_end());
            let problem = problem::MISSING_END_PARENTHESIS_IN_EXPRESSION;
            self.report_incomplete(problem, after(end), "", self.offset());
        }
        Expr {
            span: self.since(start),
            kind: ExprKind::Paren(Box::new(inner)),
        }
    }

    /// What stands after an opening parenthesis, or the place after it.
    fn next_character(&self, open: Span) -> Span {
        if self.at_end() {
            after(open.end)
        } else {
            after(self.offset())
        }
    }

    /// Where the last token that is not a line end or a comment ends.
    fn last_token_end(&self) -> u32 {
        let solid = |kind| {
            !matches!(
                kind,
                TokenKind::NewLine | TokenKind::Comment | TokenKind::LineContinuation
            )
        };
        self.tokens
            .iter()
            .rev()
            .find(|t| solid(t.kind))
            .map_or(0, |t| t.span.end)
    }

    /// `sub_expression = "$(" statement_list ")" ;`
    pub(super) fn sub_expression(&mut self) -> Option<Expr> {
        let (span, block) = self.statements_in_parentheses()?;
        Some(Expr {
            span,
            kind: ExprKind::SubExpression(block),
        })
    }

    /// `array_expression = "@(" statement_list ")" ;`
    fn array_expression(&mut self) -> Option<Expr> {
        let (span, block) = self.statements_in_parentheses()?;
        Some(Expr {
            span,
            kind: ExprKind::ArrayExpression(block),
        })
    }

    /// Reads `$( … )` and `@( … )`.
    fn statements_in_parentheses(&mut self) -> Option<(Span, Block)> {
        let start = self.offset();
        self.take(2, TokenKind::Bracket);
        let block = self.with_commas(|parser| parser.nested(Self::statement_list))?;
        self.separators();
        if self.eat(")", TokenKind::Bracket).is_none() {
            let at = if self.at_end() {
                self.offset() + 1
            } else {
                self.offset()
            };
            let problem = problem::MISSING_END_PARENTHESIS_IN_SUBEXPRESSION;
            self.report_incomplete(problem, Span::new(at, at + 1), "", self.offset());
        }
        Some((self.since(start), block))
    }

    /// `@name` where no command takes it.
    fn splat_in_expression(&mut self) -> Option<Expr> {
        let start = self.offset();
        self.pos += 1;
        let name = self.lex(lexical::variable_name)?;
        let span = self.note(TokenKind::Variable, start);
        self.report(problem::SPLATTING_NOT_PERMITTED, span, name);
        Some(self.error_expression(start))
    }
}

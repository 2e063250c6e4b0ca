//! Arguments: the values a command gets.

use super::super::ast::{Expr, ExprKind, NumberLiteral, Quote};
use super::super::{TokenKind, lexical, problem};
use super::string::Pieces;
use super::{Parser, after};

impl Parser<'_> {
    /// `argument_list = argument { "," newlines argument } ;`
    ///
    /// A comma makes an array, also with blanks around it.
    pub(super) fn argument_list(&mut self) -> Option<Expr> {
        let first = self.argument()?;
        let mut values = vec![first];
        loop {
            let end = self.pos;
            let known = self.tokens.len();
            self.blanks();
            let Some(comma) = self.eat(",", TokenKind::Operator) else {
                if values.len() > 1 {
                    self.pos = end;
                    self.tokens.truncate(known);
                }
                break;
            };
            self.newlines();
            let next = if self.redirection_ahead() {
                None
            } else {
                self.argument()
            };
            let Some(next) = next else {
                self.report_incomplete(
                    problem::MISSING_EXPRESSION,
                    after(comma.end),
                    ",",
                    comma.end,
                );
                break;
            };
            values.push(next);
        }
        if values.len() < 2 {
            return values.pop();
        }
        let span = values
            .iter()
            .skip(1)
            .fold(values.first()?.span, |span, value| span.to(value.span));
        Some(Expr {
            span,
            kind: ExprKind::Array(values),
        })
    }

    /// `argument = number | variable { ~ access_step } | operand { ~ access_step } | bareword - ( dash | "@"
    ///   | "#" | "<" | file_redirection | "$" | single_quote | double_quote ) { any } ;`
    pub(super) fn argument(&mut self) -> Option<Expr> {
        self.nested(Self::argument_inside).flatten()
    }

    fn argument_inside(&mut self) -> Option<Expr> {
        match self.peek()? {
            '(' | '{' => self.operand_with_access(),
            '$' => self.variable_argument(),
            '@' => match self.peek_second() {
                Some('(' | '{') => self.operand_with_access(),
                Some(c)
                    if lexical::name_char(c)
                        || lexical::single_quote_char(c)
                        || lexical::double_quote_char(c) =>
                {
                    self.operand_with_access()
                }
                _ => {
                    let span = self.take(1, TokenKind::Unknown);
                    self.report(problem::UNRECOGNIZED_TOKEN, span, "");
                    Some(self.error_expression(span.start))
                }
            },
            c if lexical::single_quote_char(c) || lexical::double_quote_char(c) => {
                self.operand_with_access()
            }
            '0'..='9' | '.' => match self.number_argument() {
                Some(number) => Some(number),
                None => self.bareword(TokenKind::Argument),
            },
            _ => self.bareword(TokenKind::Argument),
        }
    }

    fn operand_with_access(&mut self) -> Option<Expr> {
        let operand = self.operand()?;
        Some(self.glued_access(operand))
    }

    /// A number, if it is the whole word. It keeps its spelling.
    fn number_argument(&mut self) -> Option<Expr> {
        let (rest, (text, value)) = lexical::number(self.rest()).ok()?;
        if !rest.chars().next().is_none_or(lexical::word_end) {
            return None;
        }
        let value = value?;
        let span = self.take(text.len(), TokenKind::Number);
        Some(Expr {
            span,
            kind: ExprKind::Number(NumberLiteral {
                value,
                text: text.into(),
            }),
        })
    }

    /// A variable with members; with text glued to it, a string that expands.
    fn variable_argument(&mut self) -> Option<Expr> {
        if self.looking_at("$(") {
            return self.operand_with_access();
        }
        let (start, known) = (self.pos, self.tokens.len());
        let Some((variable, span)) = self.variable() else {
            return self.bareword(TokenKind::Argument);
        };
        let glued = match self.peek() {
            None | Some('[') => false,
            Some('.') => self.peek_second() == Some('.'),
            Some(':') => !self.looking_at("::"),
            Some('?') => !self.looking_at("?.") && !self.looking_at("?["),
            Some(c) => !lexical::word_end(c),
        };
        if glued {
            self.pos = start;
            self.tokens.truncate(known);
            return self.bareword(TokenKind::Argument);
        }
        Some(self.glued_access(Expr {
            span,
            kind: ExprKind::Variable(variable),
        }))
    }

    /// Members and indexes without blanks between.
    fn glued_access(&mut self, target: Expr) -> Expr {
        let outer = std::mem::replace(&mut self.in_argument, true);
        let value = self.access(target);
        self.in_argument = outer;
        value
    }

    /// `bareword = ( word_text | escape | single_quoted | double_quoted | variable | sub_expression ) { ~ (
    ///   word_text | escape | single_quoted | double_quoted | variable | sub_expression ) } ;`
    ///
    /// Everything up to a blank or one of `;|&(){},<>`. What it expands makes it a string with parts.
    pub(super) fn bareword(&mut self, kind: TokenKind) -> Option<Expr> {
        let start = self.offset();
        if matches!(self.peek(), Some('<' | '>')) {
            return None;
        }
        let mut pieces = Pieces::default();
        while let Some(c) = self.peek() {
            match c {
                '`' if lexical::line_continuation(self.rest()).is_ok()
                    || self.pos + 1 == self.text.len() =>
                {
                    break;
                }
                '`' => match self.lex_token(kind, lexical::escape) {
                    Some((c, _)) => pieces.push_char(c),
                    None => break,
                },
                '$' => self.dollar(&mut pieces, kind),
                c if lexical::single_quote_char(c) => self.single_quoted(&mut pieces),
                c if lexical::double_quote_char(c) => self.double_quoted(&mut pieces),
                _ => match self.lex_token(kind, lexical::word_text) {
                    Some((text, _)) => pieces.push(text),
                    None => break,
                },
            }
        }
        let span = self.since(start);
        (span.start < span.end).then(|| Expr {
            span,
            kind: pieces.finish(Quote::Bare),
        })
    }
}

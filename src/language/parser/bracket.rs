//! What stands in square brackets at the head of an expression or a parameter: types and attributes.

use super::super::ast::{Attribute, Expr, ExprKind, NamedArgument, Span, TypeName, TypeNameKind};
use super::super::{TokenKind, lexical, problem};
use super::{Parser, after};

/// What `[ … ]` turned out to be.
pub(super) enum Bracketed {
    /// Without parentheses.
    Type(TypeName),
    /// With parentheses.
    Attribute(Attribute),
    /// Reported already.
    Broken,
}

impl<'a> Parser<'a> {
    /// `cast = type_literal [ unary_expression ] | type_literal ~ member [ ~ ( method_arguments |
    ///   script_block ) ] { ~ access_step } | bracketed { bracketed } variable ;`
    ///
    /// A type with a member is an access, with an operand a cast, alone a value. An attribute needs a variable.
    pub(super) fn cast(&mut self) -> Option<Expr> {
        let start = self.offset();
        let known = self.errors.len();
        let bracketed = self.bracketed();
        let span = self.since(start);
        match bracketed {
            Bracketed::Broken => Some(self.broken_bracket(span)),
            Bracketed::Type(kind) => {
                if self.looking_at("::")
                    || self.looking_at("?.")
                    || (self.looking_at(".") && !self.looking_at(".."))
                {
                    return Some(self.postfix(Expr {
                        span,
                        kind: ExprKind::Type(kind),
                    }));
                }
                // A comma goes on with a list of types; it does not begin an operand here.
                let listed = self.rest().trim_start_matches([' ', '\t']).starts_with(',');
                let operand = if listed {
                    None
                } else {
                    self.unary_expression()
                };
                Some(match operand {
                    Some(operand) => {
                        let span = span.to(operand.span);
                        Expr {
                            span,
                            kind: ExprKind::Cast {
                                kind,
                                operand: Box::new(operand),
                            },
                        }
                    }
                    None => Expr {
                        span,
                        kind: ExprKind::Type(kind),
                    },
                })
            }
            Bracketed::Attribute(attribute) => {
                let operand = self.unary_expression();
                match operand.filter(takes_attributes) {
                    Some(operand) => {
                        let span = span.to(operand.span);
                        Some(Expr {
                            span,
                            kind: ExprKind::Attributed {
                                attribute,
                                operand: Box::new(operand),
                            },
                        })
                    }
                    None => {
                        let name = attribute.name.to_string();
                        let incomplete = self.errors.get(known).is_some_and(|e| e.incomplete);
                        self.push_error(problem::UNEXPECTED_ATTRIBUTE, span, &name, incomplete);
                        Some(self.error_expression(start))
                    }
                }
            }
        }
    }

    /// Goes on after `[]` as after a type; after a missing bracket nothing more belongs to the expression.
    fn broken_bracket(&mut self, span: Span) -> Expr {
        if self.slice(span).ends_with(']')
            && self
                .errors
                .last()
                .is_some_and(|e| e.id == problem::MISSING_TYPENAME.id)
        {
            self.unary_expression();
        }
        Expr {
            span: self.since(span.start),
            kind: ExprKind::Error,
        }
    }

    /// `bracketed = "[" newlines type_name newlines [ attribute_arguments newlines ] "]" ;`
    pub(super) fn bracketed(&mut self) -> Bracketed {
        let start = self.offset();
        let open = self.take(1, TokenKind::Bracket);
        self.newlines();
        let token = self.tokens.len();
        let Some(name) = self.nested(Self::type_name).flatten() else {
            self.report_incomplete(problem::MISSING_TYPENAME, after(open.end), "[", open.end);
            self.blanks();
            self.eat("]", TokenKind::Bracket);
            return Bracketed::Broken;
        };
        self.assembly_name();
        if !self.follows('(') {
            return if self.closing_bracket() {
                Bracketed::Type(name)
            } else {
                Bracketed::Broken
            };
        }
        self.newlines();
        if let Some(token) = self.tokens.get_mut(token) {
            token.kind = TokenKind::Attribute;
        }
        let mut attribute = Attribute {
            span: Span::default(),
            name,
            positional: Vec::new(),
            named: Vec::new(),
        };
        if self.nested(|parser| parser.attribute_arguments(&mut attribute)) == Some(true) {
            self.closing_bracket();
        }
        attribute.span = self.since(start);
        Bracketed::Attribute(attribute)
    }

    /// Reads `]`, or reports that it is missing in front of what comes next.
    fn closing_bracket(&mut self) -> bool {
        if self.follows(']') {
            self.newlines();
            self.take(1, TokenKind::Bracket);
            return true;
        }
        self.blanks();
        let at = self.offset().saturating_sub(1);
        let problem = problem::END_SQUARE_BRACKET_EXPECTED_AT_END_OF_ATTRIBUTE;
        self.report_incomplete(problem, Span::new(at, at + 1), "", self.offset());
        false
    }

    /// Skips `, Assembly, Version=…` after a type name: there is one assembly.
    fn assembly_name(&mut self) {
        self.blanks();
        if self.looking_at(",") {
            let length = self
                .rest()
                .find([']', '\n', '\r'])
                .unwrap_or(self.rest().len());
            self.take(length, TokenKind::Type);
        }
    }

    /// `type_name = type_word [ "[" newlines type_argument { newlines "," newlines type_argument } newlines
    ///   "]" ] { "[" newlines { "," } "]" } ;`
    fn type_name(&mut self) -> Option<TypeName> {
        let (word, mut span) = self.lex_token(TokenKind::Type, lexical::type_word)?;
        let mut kind = TypeNameKind::Named(word.into());
        let mut height = 0;
        loop {
            let after_blanks = super::trivia::skip_trivia(self.rest(), false);
            if !after_blanks.starts_with('[') {
                break;
            }
            self.blanks();
            let open = self.take(1, TokenKind::Bracket);
            self.newlines();
            if matches!(self.peek(), Some(']' | ',')) {
                let mut rank = 1;
                while self.eat(",", TokenKind::Operator).is_some() {
                    rank += 1;
                    self.blanks();
                }
                height += 1;
                if height > super::MAX_DEPTH {
                    self.abandon();
                    break;
                }
                kind = TypeNameKind::Array {
                    element: Box::new(TypeName { span, kind }),
                    rank,
                };
            } else {
                let arguments = self.type_arguments(open)?;
                kind = TypeNameKind::Generic {
                    name: word.into(),
                    arguments,
                };
            }
            if !self.closing_bracket() {
                break;
            }
            span = self.since(span.start);
        }
        Some(TypeName { span, kind })
    }

    fn type_arguments(&mut self, open: Span) -> Option<Vec<TypeName>> {
        let mut arguments = Vec::new();
        loop {
            self.newlines();
            let Some(argument) = self.nested(Self::type_argument).flatten() else {
                self.report_incomplete(
                    problem::MISSING_TYPENAME,
                    after(self.offset().max(open.end)),
                    ",",
                    self.offset(),
                );
                return None;
            };
            arguments.push(argument);
            self.newlines();
            if self.eat(",", TokenKind::Operator).is_none() {
                return Some(arguments);
            }
        }
    }

    /// `type_argument = type_name | "[" type_name "]" ;`
    fn type_argument(&mut self) -> Option<TypeName> {
        if self.eat("[", TokenKind::Bracket).is_none() {
            return self.type_name();
        }
        self.newlines();
        let name = self.type_name()?;
        self.assembly_name();
        self.closing_bracket();
        Some(name)
    }

    /// `attribute_arguments = "(" newlines [ attribute_argument newlines { "," newlines attribute_argument
    ///   newlines } ] ")" ;`
    fn attribute_arguments(&mut self, attribute: &mut Attribute) -> bool {
        let mut end = self.take(1, TokenKind::Bracket).end;
        let mut after_comma = false;
        loop {
            self.newlines();
            if matches!(self.peek(), None | Some(')')) || !self.attribute_argument(attribute) {
                if after_comma && !self.at_end() {
                    self.report(problem::MISSING_EXPRESSION_AFTER_TOKEN, after(end), ",");
                }
                break;
            }
            end = self.tokens.last().map_or(end, |token| token.span.end);
            self.newlines();
            match self.eat(",", TokenKind::Operator) {
                Some(comma) => end = comma.end,
                None => break,
            }
            after_comma = true;
        }
        self.newlines();
        let closed = self.eat(")", TokenKind::Bracket).is_some();
        if !closed {
            let problem = problem::MISSING_END_PARENTHESIS_IN_EXPRESSION;
            self.report_incomplete(problem, after(end), "", self.offset());
        }
        closed
    }

    /// `attribute_argument = identifier newlines [ "=" newlines separate_expression ] | separate_expression
    ///   ;`
    fn attribute_argument(&mut self, attribute: &mut Attribute) -> bool {
        let start = self.offset();
        let Some(name) = self.argument_name_ahead() else {
            let value = self.separate_expression();
            let found = value.is_some();
            attribute.positional.extend(value);
            return found;
        };
        self.take(name.len(), TokenKind::Member);
        self.newlines();
        let mut value = None;
        if let Some(equals) = self.eat("=", TokenKind::Operator) {
            self.newlines();
            value = self.separate_expression();
            if value.is_none() {
                self.report_incomplete(
                    problem::MISSING_EXPRESSION_AFTER_TOKEN,
                    after(equals.end),
                    "=",
                    equals.end,
                );
            }
        }
        attribute.named.push(NamedArgument {
            span: self.since(start),
            name: name.into(),
            value,
        });
        true
    }

    /// A word, which in an attribute names an argument.
    fn argument_name_ahead(&self) -> Option<&'a str> {
        lexical::identifier(self.rest()).ok().map(|(_, name)| name)
    }
}

/// Attributes stand before a variable, perhaps with types and more attributes between.
fn takes_attributes(operand: &Expr) -> bool {
    match &operand.kind {
        ExprKind::Variable(_) | ExprKind::Attributed { .. } | ExprKind::Error => true,
        ExprKind::Cast { operand, .. } => takes_attributes(operand),
        _ => false,
    }
}

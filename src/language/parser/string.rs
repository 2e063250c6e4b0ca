//! Strings.

use super::super::ast::{Expr, ExprKind, Quote, Span, StringPart};
use super::super::{SyntaxError, TokenKind, lexical, problem};
use super::Parser;

/// A string while it is read.
#[derive(Default)]
pub(super) struct Pieces {
    parts: Vec<StringPart>,
    text: String,
}

impl Pieces {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn push_char(&mut self, c: char) {
        self.text.push(c);
    }

    fn push_expr(&mut self, expr: Expr) {
        self.flush();
        self.parts.push(StringPart::Expr(expr));
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.parts
                .push(StringPart::Text(std::mem::take(&mut self.text).into()));
        }
    }

    /// A plain string when nothing expands.
    pub(super) fn finish(mut self, quote: Quote) -> ExprKind {
        if self.parts.is_empty() {
            return ExprKind::String {
                value: self.text.into(),
                quote,
            };
        }
        self.flush();
        ExprKind::Expandable {
            parts: self.parts,
            quote,
        }
    }
}

impl Parser<'_> {
    /// `quoted = single_quoted | double_quoted | here_string ;`
    pub(super) fn quoted(&mut self) -> Option<Expr> {
        let start = self.offset();
        let mut pieces = Pieces::default();
        let quote = match (self.peek()?, self.peek_second()) {
            ('@', Some(c)) if lexical::single_quote_char(c) => self.here_string(&mut pieces, false),
            ('@', Some(c)) if lexical::double_quote_char(c) => self.here_string(&mut pieces, true),
            (c, _) if lexical::single_quote_char(c) => {
                self.single_quoted(&mut pieces);
                Quote::Single
            }
            (c, _) if lexical::double_quote_char(c) => {
                self.double_quoted(&mut pieces);
                Quote::Double
            }
            _ => return None,
        };
        Some(Expr {
            span: self.since(start),
            kind: pieces.finish(quote),
        })
    }

    /// `single_quoted = single_quote { ~ ( verbatim_text | single_quote ~ single_quote ) } ~ single_quote ;`
    pub(super) fn single_quoted(&mut self, pieces: &mut Pieces) {
        let start = self.offset();
        self.lex(lexical::single_quote);
        loop {
            if let Some(text) = self.lex(lexical::verbatim_text) {
                pieces.push(text);
            }
            if self.lex(lexical::single_quote).is_none() {
                self.note(TokenKind::StringLiteral, start);
                return self.unterminated(start, "'");
            }
            match self.lex(lexical::single_quote) {
                Some(quote) => pieces.push_char(quote),
                None => break,
            }
        }
        self.note(TokenKind::StringLiteral, start);
    }

    /// `double_quoted = double_quote { ~ ( string_text | newline | escape | double_quote ~ double_quote |
    ///   variable | sub_expression ) } ~ double_quote ;`
    pub(super) fn double_quoted(&mut self, pieces: &mut Pieces) {
        let start = self.offset();
        let mut piece = start;
        self.lex(lexical::double_quote);
        while let Some(c) = self.peek() {
            match c {
                '`' => match self.lex(lexical::escape) {
                    Some(c) => pieces.push_char(c),
                    None => self.pos += 1,
                },
                '$' if self.expands_here() => {
                    self.note(TokenKind::StringLiteral, piece);
                    self.expansion(pieces, start, "\"");
                    piece = self.offset();
                }
                c if lexical::double_quote_char(c) => {
                    self.pos += c.len_utf8();
                    match self.lex(lexical::double_quote) {
                        Some(quote) => pieces.push_char(quote),
                        None => {
                            self.note(TokenKind::StringLiteral, piece);
                            return;
                        }
                    }
                }
                c => self.literal(c, pieces),
            }
        }
        self.note(TokenKind::StringLiteral, piece);
        self.unterminated(start, "\"");
    }

    /// Reads a run of plain text, or the one character that cannot start a run.
    fn literal(&mut self, c: char, pieces: &mut Pieces) {
        match self.lex(lexical::string_text) {
            Some(text) => pieces.push(text),
            None => {
                self.pos += c.len_utf8();
                pieces.push_char(c);
            }
        }
    }

    /// `here_string = "@" ~ ( single_quote ~ newline ~ { verbatim_text ~ newline } ~ single_quote |
    ///   double_quote ~ newline ~ { string_text ~ newline } ~ double_quote ) ~ "@" ;`
    ///
    /// The line ends after the header and before the footer are not part of it.
    fn here_string(&mut self, pieces: &mut Pieces, expands: bool) -> Quote {
        let start = self.offset();
        let quote = if expands {
            Quote::HereDouble
        } else {
            Quote::HereSingle
        };
        let mark = self.rest().chars().nth(1).map_or(2, |c| 1 + c.len_utf8());
        self.pos += mark;
        let header = self.offset();
        self.lex(lexical::blank);
        if !self.at_end() && self.lex(lexical::newline).is_none() {
            self.report(
                problem::UNEXPECTED_CHARACTERS_AFTER_HERE_STRING_HEADER,
                Span::new(header, header + 1),
                "",
            );
            self.pos += self.rest().find(['\n', '\r']).unwrap_or(self.rest().len());
            self.note(TokenKind::StringLiteral, start);
            return quote;
        }
        let mut piece = start;
        let mut indented = None;
        if !self.here_string_footer(expands, &mut indented) {
            self.here_string_body(pieces, expands, &mut piece, &mut indented, start);
        }
        self.note(TokenKind::StringLiteral, piece);
        quote
    }

    /// Reads up to and over the footer.
    fn here_string_body(
        &mut self,
        pieces: &mut Pieces,
        expands: bool,
        piece: &mut u32,
        indented: &mut Option<Span>,
        start: u32,
    ) {
        while let Some(c) = self.peek() {
            match c {
                '\n' | '\r' => {
                    let end = self.lex(lexical::newline).unwrap_or_default();
                    if self.here_string_footer(expands, indented) {
                        return;
                    }
                    pieces.push(end);
                }
                '`' if expands => match self.lex(lexical::escape) {
                    Some(c) => pieces.push_char(c),
                    None => self.pos += 1,
                },
                '$' if expands && self.expands_here() => {
                    self.note(TokenKind::StringLiteral, *piece);
                    self.expansion(pieces, start, "\"@");
                    *piece = self.offset();
                }
                c => self.literal(c, pieces),
            }
        }
        match *indented {
            Some(span) => self.push_error(
                problem::WHITESPACE_BEFORE_HERE_STRING_FOOTER,
                span,
                "",
                true,
            ),
            None => self.unterminated(start, if expands { "\"@" } else { "'@" }),
        }
    }

    /// Moves over a footer at the beginning of a line; notes one that is indented.
    fn here_string_footer(&mut self, expands: bool, indented: &mut Option<Span>) -> bool {
        let is_quote = if expands {
            lexical::double_quote_char
        } else {
            lexical::single_quote_char
        };
        let footer = |text: &str| {
            text.strip_prefix(is_quote)
                .is_some_and(|rest| rest.starts_with('@'))
        };
        if footer(self.rest()) {
            self.pos += self.peek().map_or(0, char::len_utf8) + 1;
            return true;
        }
        let trimmed = self.rest().trim_start_matches([' ', '\t']);
        if indented.is_none() && footer(trimmed) {
            let at = (self.text.len() - trimmed.len()) as u32;
            *indented = Some(Span::new(self.offset(), at));
        }
        false
    }

    /// Whether a `$` here starts a variable or a sub-expression.
    fn expands_here(&self) -> bool {
        let rest = self.rest().get(1..).unwrap_or_default();
        rest.starts_with(['(', '{']) || lexical::variable_name(rest).is_ok()
    }

    /// Reads a `$` in a bareword: what it expands, or the character.
    pub(super) fn dollar(&mut self, pieces: &mut Pieces, kind: TokenKind) {
        let start = self.offset();
        if self.expands_here() {
            self.expansion(pieces, start, "");
        } else {
            self.take(1, kind);
            pieces.push_char('$');
        }
    }

    /// Reads `$name`, `${name}` or `$( … )` in a string that starts at `string`.
    fn expansion(&mut self, pieces: &mut Pieces, string: u32, terminator: &str) {
        let start = self.offset();
        if !self.looking_at("$(") {
            if let Some((variable, span)) = self.variable() {
                pieces.push_expr(Expr {
                    span,
                    kind: ExprKind::Variable(variable),
                });
            } else if self.at_end() && !terminator.is_empty() {
                self.unterminated(string, terminator);
            }
            return;
        }
        let known = self.errors.len();
        if let Some(expr) = self.sub_expression() {
            pieces.push_expr(expr);
        }
        let closed = self
            .tokens
            .last()
            .is_some_and(|t| t.span.end == self.offset() && self.slice(t.span) == ")");
        if self.at_end() && !closed && !terminator.is_empty() {
            self.unterminated_inside(known, start, string, terminator);
        }
    }

    /// A sub-expression swallowed the rest of the text: the string around it is what is unterminated.
    fn unterminated_inside(&mut self, known: usize, start: u32, string: u32, terminator: &str) {
        if self.abandoned {
            return;
        }
        for error in self
            .errors
            .iter_mut()
            .skip(known)
            .filter(|e| e.id != problem::UNEXPECTED_TOKEN.id)
        {
            error.incomplete = true;
        }
        let outer = [
            (
                problem::INCOMPLETE_DOLLAR_SUBEXPRESSION_REFERENCE,
                Span::new(start, start + 2),
            ),
            (
                problem::TERMINATOR_EXPECTED_AT_END_OF_STRING,
                self.since(string),
            ),
        ];
        let outer = outer.map(|(problem, span)| {
            let message = problem.text.replace("{0}", terminator);
            SyntaxError {
                id: problem.id,
                message,
                span,
                incomplete: true,
            }
        });
        self.errors.splice(known..known, outer);
    }

    fn unterminated(&mut self, start: u32, terminator: &str) {
        let known = self.errors.iter().any(|e| {
            e.id == problem::TERMINATOR_EXPECTED_AT_END_OF_STRING.id && e.span.start == start
        });
        if !known {
            let span = self.since(start);
            self.push_error(
                problem::TERMINATOR_EXPECTED_AT_END_OF_STRING,
                span,
                terminator,
                true,
            );
        }
    }
}

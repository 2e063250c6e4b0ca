//! Commands and what follows their name.

use super::super::ast::{
    Command, CommandElement, CommandParameter, Expr, Invocation, Redirection, Span,
};
use super::super::{TokenKind, lexical, problem};
use super::{Parser, after};

impl Parser<'_> {
    /// `command = ( command_name | ( "&" | "." ) called_value ) { command_element } [ verbatim_arguments ] ;`
    ///
    /// `None` when nothing that can be a name comes next.
    pub(super) fn command(&mut self) -> Option<Command> {
        self.nested(Self::command_inside).flatten()
    }

    fn command_inside(&mut self) -> Option<Command> {
        let start = self.offset();
        let mut redirections = Vec::new();
        while self.redirection(&mut redirections) {
            self.blanks();
        }
        let (invocation, name) = self.command_head(start, !redirections.is_empty())?;
        let mut span = Span::new(start, name.span.end);
        let mut elements = Vec::new();
        let mut only_values = false;
        loop {
            self.blanks();
            let at = self.offset();
            if !self.command_element(&mut elements, &mut redirections, &mut only_values) {
                break;
            }
            span = Span::new(
                start,
                self.tokens
                    .last()
                    .map_or(at, |token| token.span.end)
                    .max(span.end),
            );
        }
        Some(Command {
            span,
            invocation,
            name,
            elements,
            redirections,
        })
    }

    fn command_head(&mut self, start: u32, redirected: bool) -> Option<(Invocation, Expr)> {
        let invocation = match self.invocation_ahead() {
            Some(invocation) => {
                self.take(1, TokenKind::Operator);
                self.blanks();
                invocation
            }
            None => Invocation::Name,
        };
        let name = match invocation {
            Invocation::Name => self.command_name(),
            _ => self.called_value(),
        };
        match name {
            Some(name) => Some((invocation, name)),
            None if invocation != Invocation::Name => {
                let span = Span::new(start, start + 1);
                self.report(problem::MISSING_EXPRESSION, span, self.slice(span));
                Some((invocation, self.error_expression(start)))
            }
            None if redirected => {
                let span = self.since(start);
                if self.errors.last().is_none_or(|e| e.span.start < start) {
                    self.report(problem::MISSING_EXPRESSION, span, self.slice(span));
                }
                Some((invocation, self.error_expression(start)))
            }
            None => None,
        }
    }

    /// `&`, or `.` in front of something that is not part of a name.
    fn invocation_ahead(&self) -> Option<Invocation> {
        match (self.peek()?, self.peek_second()) {
            ('&', Some('&')) => None,
            ('&', _) => Some(Invocation::Call),
            ('.', None) => Some(Invocation::Dot),
            ('.', Some(next)) => {
                let dot = lexical::word_end(next)
                    || next == '$'
                    || lexical::single_quote_char(next)
                    || lexical::double_quote_char(next);
                dot.then_some(Invocation::Dot)
            }
            _ => None,
        }
    }

    /// `command_name = bareword - ( reserved_word | "." | ( expression_start | "#" | "<" | file_redirection
    ///   ) { any } ) ;`
    fn command_name(&mut self) -> Option<Expr> {
        self.bareword(TokenKind::Command)
    }

    /// `called_value = argument ;`
    ///
    /// What `&` and `.` call: a name, a path or any value.
    fn called_value(&mut self) -> Option<Expr> {
        match self.peek()? {
            '$' | '(' | '{' | '@' => self.argument(),
            c if lexical::single_quote_char(c) || lexical::double_quote_char(c) => self.argument(),
            _ => self.command_name(),
        }
    }

    /// `command_element = splat | "--" | command_parameter | argument_list | redirection ;`
    ///
    /// False at the end of the command.
    fn command_element(
        &mut self,
        elements: &mut Vec<CommandElement>,
        redirections: &mut Vec<Redirection>,
        only_values: &mut bool,
    ) -> bool {
        if self.redirection(redirections) {
            return true;
        }
        let Some(next) = self.peek() else {
            return false;
        };
        match next {
            '\n' | '\r' | ';' | ')' | '}' | '|' | '&' => return false,
            ',' => {
                let comma = self.take(1, TokenKind::Operator);
                self.report(problem::MISSING_ARGUMENT, comma, "");
                return true;
            }
            '@' if self.peek_second().is_some_and(lexical::name_char) => {
                elements.extend(self.splat());
                return true;
            }
            c if lexical::dash_char(c) && !*only_values => {
                if let Some(element) = self.dashed_element() {
                    *only_values = matches!(element, CommandElement::EndOfParameters(_));
                    elements.push(element);
                    return true;
                }
            }
            _ => {}
        }
        match self.argument_list() {
            Some(argument) => {
                elements.push(CommandElement::Argument(argument));
                true
            }
            None => false,
        }
    }

    /// `splat = "@" ~ identifier ;`
    fn splat(&mut self) -> Option<CommandElement> {
        let start = self.offset();
        self.pos += 1;
        let name = self.lex(lexical::variable_name)?;
        let span = self.note(TokenKind::Variable, start);
        let accessed = match self.peek() {
            Some('[') => true,
            Some('.') => self.peek_second().is_some_and(lexical::name_char),
            _ => false,
        };
        if accessed {
            self.report(problem::SPLATTING_NOT_PERMITTED, span, name);
            let broken = self.error_expression(start);
            self.access(broken);
            return None;
        }
        Some(CommandElement::Splat {
            span,
            variable: super::variable::split_scope(name),
        })
    }

    /// Reads what starts with a dash, unless it is a plain word such as `-5` or `-`.
    fn dashed_element(&mut self) -> Option<CommandElement> {
        let start = self.offset();
        let (rest, _) = lexical::dash(self.rest()).ok()?;
        let ends = |text: &str| text.chars().next().is_none_or(lexical::word_end);
        if let Some(after_dashes) = rest.strip_prefix('-') {
            if ends(after_dashes) {
                self.pos += 2;
                return Some(CommandElement::EndOfParameters(
                    self.note(TokenKind::Operator, start),
                ));
            }
            if after_dashes.strip_prefix('%').is_some_and(ends) {
                return Some(self.verbatim_arguments());
            }
            return None;
        }
        let (rest, _) = lexical::parameter_name(rest).ok()?;
        let ends = rest
            .chars()
            .next()
            .is_none_or(|c| lexical::word_end(c) || matches!(c, ':' | '.' | '['));
        if ends {
            Some(self.command_parameter())
        } else {
            None
        }
    }

    /// `verbatim_arguments = "--%" { any - ( "\n" | "\r" | "|" ) } ;`
    fn verbatim_arguments(&mut self) -> CommandElement {
        let start = self.take(3, TokenKind::Operator).start;
        let from = self.offset();
        let mut quoted = false;
        let ends = |c: char| {
            quoted ^= c == '"';
            matches!(c, '\n' | '\r') || (!quoted && matches!(c, '|'))
        };
        self.pos += self.rest().find(ends).unwrap_or(self.rest().len());
        self.note(TokenKind::Argument, from);
        let text = self.slice(self.since(from)).trim().into();
        CommandElement::Verbatim {
            span: self.since(start),
            text,
        }
    }

    /// `command_parameter = dash ~ parameter_name [ ~ ":" argument_list ] ;`
    fn command_parameter(&mut self) -> CommandElement {
        let start = self.offset();
        self.lex(lexical::dash);
        let name = self.lex(lexical::parameter_name).unwrap_or_default();
        let colon = self.looking_at(":");
        self.pos += usize::from(colon);
        let name_span = self.note(TokenKind::Parameter, start);
        let mut argument = None;
        if colon {
            self.blanks();
            argument = if self.redirection_ahead() {
                None
            } else {
                self.argument_list()
            };
            if argument.is_none() {
                let about = self.slice(name_span);
                self.report_incomplete(
                    problem::PARAMETER_REQUIRES_ARGUMENT,
                    after(name_span.end),
                    about,
                    name_span.end,
                );
            }
        }
        let span = argument
            .as_ref()
            .map_or(name_span, |argument| name_span.to(argument.span));
        let text = self.slice(name_span).into();
        CommandElement::Parameter(CommandParameter {
            span,
            name_span,
            name: name.into(),
            text,
            argument,
        })
    }
}

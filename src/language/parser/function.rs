//! Functions, parameter lists and parameters.

use std::rc::Rc;

use super::super::ast::{
    Attribute, FunctionDefinition, FunctionKind, ParamBlock, Parameter, Span, Statement,
    StatementKind, TypeName,
};
use super::super::{TokenKind, lexical, problem};
use super::bracket::Bracketed;
use super::{Parser, after};

impl<'a> Parser<'a> {
    /// `function_statement = ( "function" | "filter" ) function_name newlines [ parameter_list newlines ]
    ///   script_block ;`
    pub(super) fn function_statement(&mut self, kind: FunctionKind) -> Statement {
        let start = self.offset();
        let outer_help = self.preceding_help();
        let word = if kind == FunctionKind::Function {
            "function"
        } else {
            "filter"
        };
        let keyword = self.take(word.len(), TokenKind::Keyword);
        self.blanks();
        let Some((name, name_span)) = self.function_name() else {
            self.report_incomplete(
                problem::MISSING_NAME_AFTER_KEYWORD,
                after(keyword.end),
                word,
                keyword.end,
            );
            return self.error_statement(start);
        };
        self.newlines();
        let params = if self.looking_at("(") {
            Some(self.parameter_list(Vec::new()))
        } else {
            None
        };
        let broken = matches!(params, Some(None));
        if params.is_some() {
            self.newlines();
        }
        if broken {
            self.eat("{", TokenKind::Bracket);
            return self.error_statement(start);
        }
        if !self.looking_at("{") {
            let end = self
                .tokens
                .iter()
                .rev()
                .find(|t| t.kind != TokenKind::NewLine)
                .map_or(name_span.end, |t| t.span.end);
            self.report_incomplete(problem::MISSING_FUNCTION_BODY, after(end), "", end);
            return self.error_statement(start);
        }
        let mut body = self.script_block(kind == FunctionKind::Filter);
        if let Some(list) = params.flatten()
            && body.params.replace(list).is_some()
        {
            self.report(problem::ONLY_ONE_PARAMETER_LIST_ALLOWED, name_span, "");
        }
        body.help = body.help.or(outer_help);
        let span = self.since(start);
        let definition = FunctionDefinition {
            span,
            name: name.into(),
            name_span,
            kind,
            body: Rc::new(body),
        };
        Statement {
            span,
            kind: StatementKind::Function(Rc::new(definition)),
        }
    }

    /// `function_name = word_text - ( "#" | "<#" ) { any } ;`
    fn function_name(&mut self) -> Option<(&'a str, Span)> {
        self.lex_token(TokenKind::Name, lexical::word_text)
    }

    /// `param_block = newlines { bracketed newlines } "param" newlines parameter_list ;`
    ///
    /// Looks ahead past the attributes, since without `param` they belong to the first statement.
    pub(super) fn param_block(&mut self) -> Option<ParamBlock> {
        self.newlines();
        if !self.param_follows() {
            return None;
        }
        let start = self.offset();
        let (mut attributes, mut types) = (Vec::new(), Vec::new());
        self.attributes(&mut attributes, &mut types);
        self.take("param".len(), TokenKind::Keyword);
        self.newlines();
        let mut block = self.parameter_list(attributes)?;
        block.span = self.since(start);
        Some(block)
    }

    /// Reads bracketed attributes and types, each on the same or the next line.
    fn attributes(
        &mut self,
        attributes: &mut Vec<Attribute>,
        types: &mut Vec<TypeName>,
    ) -> Option<Span> {
        let mut last = None;
        while self.looking_at("[") {
            let start = self.offset();
            match self.bracketed() {
                Bracketed::Attribute(attribute) => attributes.push(attribute),
                Bracketed::Type(name) => types.push(name),
                Bracketed::Broken => {}
            }
            last = Some(self.since(start));
            self.newlines();
        }
        last
    }

    /// `parameter_list = "(" newlines [ parameter newlines { "," newlines parameter newlines } ] ")" ;`
    ///
    /// `None` after an error from which the rest of the function cannot be read.
    fn parameter_list(&mut self, attributes: Vec<Attribute>) -> Option<ParamBlock> {
        let start = self.offset();
        let open = self.take(1, TokenKind::Bracket);
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut end = open.end;
        loop {
            self.newlines();
            let Some(parameter) = self.nested(Self::parameter).flatten() else {
                break;
            };
            let name = &parameter.name.name;
            if parameters
                .iter()
                .any(|known| known.name.name.eq_ignore_ascii_case(name))
            {
                self.report(
                    problem::DUPLICATE_FORMAL_PARAMETER,
                    parameter.name_span,
                    name,
                );
            }
            end = parameter.span.end;
            parameters.push(parameter);
            self.newlines();
            let Some(comma) = self.eat(",", TokenKind::Operator) else {
                break;
            };
            end = comma.end;
            self.newlines();
            if !matches!(self.peek(), Some('[' | '$')) {
                self.report_incomplete(
                    problem::MISSING_EXPRESSION_AFTER_TOKEN,
                    after(comma.end),
                    ",",
                    comma.end,
                );
                break;
            }
        }
        self.newlines();
        let span = self.since(start);
        if self.eat(")", TokenKind::Bracket).is_none() {
            let problem = problem::MISSING_END_PARENTHESIS_IN_FUNCTION_PARAMETER_LIST;
            self.report_incomplete(problem, after(end), "", self.offset());
            return None;
        }
        Some(ParamBlock {
            span: span.to(self.since(start)),
            attributes,
            parameters,
        })
    }

    /// `parameter = { bracketed newlines } variable [ newlines "=" newlines separate_expression ] ;`
    fn parameter(&mut self) -> Option<Parameter> {
        let start = self.offset();
        let (mut attributes, mut types) = (Vec::new(), Vec::new());
        let last = self.attributes(&mut attributes, &mut types);
        let name_start = self.offset();
        let Some((name, name_span)) = self.variable() else {
            if let Some(last) = last {
                self.report_incomplete(
                    problem::INVALID_FUNCTION_PARAMETER,
                    after(last.end),
                    "",
                    last.end,
                );
                let problem = problem::MISSING_END_PARENTHESIS_IN_FUNCTION_PARAMETER_LIST;
                self.report_incomplete(problem, after(last.end), "", last.end);
            }
            self.pos = name_start as usize;
            return None;
        };
        let mut span = self.since(start);
        let mut default = None;
        if self.follows('=') {
            self.newlines();
            let equals = self.take(1, TokenKind::Operator);
            self.newlines();
            default = self.separate_expression();
            if default.is_none() {
                self.report_incomplete(
                    problem::MISSING_EXPRESSION_AFTER_TOKEN,
                    after(equals.end),
                    "=",
                    equals.end,
                );
            }
            span = self.since(start);
        }
        Some(Parameter {
            span,
            attributes,
            types,
            name,
            name_span,
            default,
        })
    }
}

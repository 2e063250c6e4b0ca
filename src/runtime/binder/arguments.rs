//! The words after a command's name, evaluated: values, names, splatted tables.

use std::rc::Rc;

use crate::language::Span;
use crate::language::ast::{CommandElement, CommandParameter, Expr, ExprKind, Quote, Variable};
use crate::runtime::convert;
use crate::runtime::flow::Run;
use crate::runtime::object::{Property, PropertyKind, PsObject};
use crate::runtime::shell::Shell;
use crate::runtime::value::Value;

/// The note that marks a text in `$args` as a parameter's name, so that `@args` passes it on as one.
const MARK: &str = "<CommandParameterName>";

/// What takes the rest of the line as it is.
pub(in crate::runtime) const VERBATIM: &str = "--%";

/// A value that was given.
#[derive(Clone)]
pub(in crate::runtime) struct Given {
    /// The value.
    pub(in crate::runtime) value: Value,
    /// The spelling of a bare number, for parameters that want text.
    pub(in crate::runtime) text: Option<Rc<str>>,
    /// Where it stands.
    pub(in crate::runtime) span: Span,
}

/// One argument.
pub(in crate::runtime) enum Argument {
    /// A value without a name.
    Value(Given),
    /// `-Name`, perhaps with a value after a colon.
    Named {
        /// Without dash and colon.
        name: Rc<str>,
        /// As written, with dash and colon.
        text: Rc<str>,
        /// After a colon, or from a splatted table.
        value: Option<Given>,
        /// Where the name stands.
        span: Span,
        /// It comes from a splatted table: one written out wins over it.
        splatted: bool,
    },
}

impl Shell {
    /// Evaluates the elements after a command's name.
    pub(in crate::runtime) fn evaluate_arguments(
        &mut self,
        elements: &[CommandElement],
    ) -> Run<Vec<Argument>> {
        let mut all = Vec::with_capacity(elements.len());
        for element in elements {
            match element {
                CommandElement::Argument(expr) => all.push(Argument::Value(self.given(expr)?)),
                CommandElement::Parameter(parameter) => all.push(self.named(parameter)?),
                CommandElement::Splat { span, variable } => {
                    self.splat(variable, *span, &mut all)?
                }
                CommandElement::EndOfParameters(_) => {}
                CommandElement::Verbatim { span, text } => {
                    // A program gets the words after it; anything else gets both as texts.
                    for piece in [VERBATIM, text] {
                        all.push(Argument::Value(Given {
                            value: Value::str(piece),
                            text: None,
                            span: *span,
                        }));
                    }
                }
            }
        }
        Ok(all)
    }

    fn given(&mut self, expr: &Expr) -> Run<Given> {
        let text = match &expr.kind {
            ExprKind::Number(literal) => Some(literal.text.clone()),
            _ => None,
        };
        Ok(Given {
            value: self.argument_value(expr)?,
            text,
            span: expr.span,
        })
    }

    /// The value of an argument: `~` alone or before a slash in a bare word is left to the command's path handling.
    fn argument_value(&mut self, expr: &Expr) -> Run<Value> {
        match &expr.kind {
            ExprKind::Expandable {
                parts,
                quote: Quote::Bare,
            } => self.expand(parts).map(Value::from),
            _ => self.expr(expr),
        }
    }

    fn named(&mut self, parameter: &CommandParameter) -> Run<Argument> {
        let value = match &parameter.argument {
            Some(expr) => Some(self.given(expr)?),
            None => None,
        };
        Ok(Argument::Named {
            name: parameter.name.clone(),
            text: parameter.text.clone(),
            value,
            span: parameter.name_span,
            splatted: false,
        })
    }

    /// `@name`: names from a table, positions from an array.
    fn splat(&mut self, variable: &Variable, span: Span, all: &mut Vec<Argument>) -> Run<()> {
        let value = self.read_variable(variable)?;
        match &value {
            Value::Null => all.push(Argument::Value(Given {
                value: Value::Null,
                text: None,
                span,
            })),
            Value::Hashtable(table) => {
                for (key, value) in table.pairs() {
                    let name = convert::to_rc_text(&key);
                    all.push(Argument::Named {
                        text: Rc::from(format!("-{name}:")),
                        name,
                        value: Some(Given {
                            value,
                            text: None,
                            span,
                        }),
                        span,
                        splatted: true,
                    });
                }
            }
            other => match crate::runtime::enumerate::elements(other) {
                Some(items) => items
                    .into_iter()
                    .for_each(|item| all.push(splatted_item(item, span))),
                None => all.push(Argument::Value(Given {
                    value: value.clone(),
                    text: None,
                    span,
                })),
            },
        }
        Ok(())
    }
}

/// An element of a splatted array: a marked text is a name again.
fn splatted_item(item: Value, span: Span) -> Argument {
    if let Value::Object(object) = &item
        && object.find(MARK).is_some()
        && let Some(Value::Str(text)) = &object.base
    {
        let name = text.trim_start_matches('-').trim_end_matches(':');
        return Argument::Named {
            name: Rc::from(name),
            text: text.clone(),
            value: None,
            span,
            splatted: false,
        };
    }
    Argument::Value(Given {
        value: item,
        text: None,
        span,
    })
}

/// A parameter's name as an element of `$args`.
pub(in crate::runtime) fn marked_name(text: &Rc<str>, name: &Rc<str>) -> Value {
    Value::Object(Rc::new(PsObject {
        base: Some(Value::Str(text.clone())),
        type_names: std::cell::RefCell::default(),
        properties: std::cell::RefCell::new(vec![Property {
            name: Rc::from(MARK),
            kind: PropertyKind::Note(Value::Str(name.clone())),
        }]),
        text: None,
    }))
}

/// Arguments of a call from outside a script. A text that begins with a dash and a letter is a name, as on a command line.
pub(in crate::runtime) fn from_values(values: Vec<Value>, span: Span) -> Vec<Argument> {
    values
        .into_iter()
        .map(|value| match &value {
            Value::Str(text) => match parameter_name(text) {
                Some((name, rest)) => Argument::Named {
                    name: Rc::from(name),
                    text: text.clone(),
                    value: rest.map(|rest| Given {
                        value: truth(rest).unwrap_or_else(|| Value::str(rest)),
                        text: None,
                        span,
                    }),
                    span,
                    splatted: false,
                },
                None => Argument::Value(Given {
                    value,
                    text: None,
                    span,
                }),
            },
            _ => Argument::Value(Given {
                value,
                text: None,
                span,
            }),
        })
        .collect()
}

/// `$true` and `$false` of a command line, for switches.
fn truth(text: &str) -> Option<Value> {
    match text.to_ascii_lowercase().as_str() {
        "$true" => Some(Value::Bool(true)),
        "$false" => Some(Value::Bool(false)),
        _ => None,
    }
}

/// `-Name` or `-Name:value`.
fn parameter_name(text: &str) -> Option<(&str, Option<&str>)> {
    let name = text.strip_prefix('-')?;
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    match name.split_once(':') {
        Some((name, value)) => Some((name, Some(value))),
        None => Some((name, None)),
    }
}

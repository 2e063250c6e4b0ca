//! Arguments with names: which parameter a name means.

use std::iter::Peekable;
use std::rc::Rc;

use super::arguments::{Argument, Given, marked_name};
use super::common::{self, COMMON, CommonParameter};
use super::signature::Signature;
use super::{Binder, Bound};
use crate::language::Span;
use crate::runtime::flow::Run;
use crate::runtime::names::same_name;
use crate::runtime::value::Value;

/// A parameter's name, found.
pub(super) enum Found {
    Own(usize),
    Common(CommonParameter),
    Several(Vec<String>),
    None,
}

impl Binder<'_> {
    /// Named arguments; gives the values without names.
    pub(super) fn bind_named(
        &mut self,
        arguments: Vec<Argument>,
        bound: &mut Bound,
    ) -> Run<Vec<Given>> {
        let mut rest = Vec::new();
        let mut queue = arguments.into_iter().peekable();
        let mut splatted_later = Vec::new();
        while let Some(argument) = queue.next() {
            let (name, text, value, span, splatted) = match argument {
                Argument::Value(given) => {
                    rest.push(given);
                    continue;
                }
                Argument::Named {
                    name,
                    text,
                    value,
                    span,
                    splatted,
                } => (name, text, value, span, splatted),
            };
            if splatted {
                splatted_later.push((name, value, span));
                continue;
            }
            let found = self.find(&name);
            let is_switch = match &found {
                Found::Own(index) => self.signature.parameters[*index].is_switch(),
                Found::Common(parameter) => parameter.is_switch(),
                Found::Several(names) => return Err(self.ambiguous(&name, names, span)),
                Found::None if self.signature.advanced => return Err(self.unknown(&name, span)),
                Found::None => {
                    rest.push(Given {
                        value: marked_name(&text, &name),
                        text: None,
                        span,
                    });
                    rest.extend(value);
                    continue;
                }
            };
            let value = match value {
                Some(value) => value,
                None if is_switch => Given {
                    value: Value::Bool(true),
                    text: None,
                    span,
                },
                None => match queue.next_if(|next| matches!(next, Argument::Value(_))) {
                    Some(Argument::Value(given)) => given,
                    _ => match self.next_unknown(&mut queue) {
                        Some(given) => given,
                        None => return Err(self.missing_argument(&found, span)),
                    },
                },
            };
            self.bind_found(found, &value, span, bound)?;
        }
        for (name, value, span) in splatted_later {
            let found = self.find(&name);
            match &found {
                // What is written out wins over the table.
                Found::Own(index) if bound.given[*index] => continue,
                Found::Several(names) => return Err(self.ambiguous(&name, names, span)),
                Found::None if self.signature.advanced => return Err(self.unknown(&name, span)),
                Found::None => {
                    let text = Rc::from(format!("-{name}:"));
                    rest.push(Given {
                        value: marked_name(&text, &name),
                        text: None,
                        span,
                    });
                    rest.extend(value);
                    continue;
                }
                _ => {}
            }
            if let Some(value) = value {
                self.bind_found(found, &value, span, bound)?;
            }
        }
        Ok(rest)
    }

    /// A name that no parameter has is the value of the parameter before it.
    pub(super) fn next_unknown(
        &self,
        queue: &mut Peekable<std::vec::IntoIter<Argument>>,
    ) -> Option<Given> {
        let unknown = |argument: &Argument| match argument {
            Argument::Named {
                name,
                value: None,
                splatted: false,
                ..
            } => matches!(self.find(name), Found::None),
            _ => false,
        };
        match queue.next_if(unknown) {
            Some(Argument::Named { text, span, .. }) => Some(Given {
                value: Value::Str(text),
                text: None,
                span,
            }),
            _ => None,
        }
    }

    pub(super) fn bind_found(
        &mut self,
        found: Found,
        value: &Given,
        span: Span,
        bound: &mut Bound,
    ) -> Run<()> {
        match found {
            Found::Own(index) => {
                let parameter = &self.signature.parameters[index];
                if !parameter.refused.is_empty() {
                    return Err(self.refused(parameter, span));
                }
                if bound.given[index] {
                    return Err(self.twice(&parameter.name, span));
                }
                self.put(index, value, bound)
            }
            Found::Common(parameter) => match bound.common.set(parameter, &value.value) {
                Ok(()) => Ok(()),
                Err(message) => {
                    Err(self.placed(common::refused_value(parameter, &message), value.span))
                }
            },
            Found::Several(_) | Found::None => Ok(()),
        }
    }

    /// The parameter a name means: whole or as a unique beginning, common ones included.
    pub(super) fn find(&self, name: &str) -> Found {
        let offered = |parameter: &CommonParameter| {
            self.signature.advanced && (self.signature.should_process || !parameter.is_risk())
        };
        if let Some(index) = self.signature.find(name) {
            return Found::Own(index);
        }
        let exact = COMMON.iter().find(|(parameter, own, alias)| {
            offered(parameter) && (same_name(own, name) || same_name(alias, name))
        });
        if let Some((parameter, _, _)) = exact {
            return Found::Common(*parameter);
        }
        let begins = |own: &str| {
            own.get(..name.len())
                .is_some_and(|start| same_name(start, name))
        };
        let mut own: Vec<usize> = Vec::new();
        for (index, parameter) in self.signature.parameters.iter().enumerate() {
            if begins(&parameter.name) || parameter.aliases.iter().any(|alias| begins(alias)) {
                own.push(index);
            }
        }
        if own.len() > 1 {
            own.retain(|&index| {
                self.signature.parameters[index].refused.is_empty()
                    || own_all_refused(self.signature, name)
            });
        }
        let common: Vec<CommonParameter> = COMMON
            .iter()
            .filter(|(p, own, _)| offered(p) && begins(own))
            .map(|(p, _, _)| *p)
            .collect();
        match (own.as_slice(), common.as_slice()) {
            ([], []) => Found::None,
            ([index], []) => Found::Own(*index),
            ([], [parameter]) => Found::Common(*parameter),
            _ => {
                let own = own
                    .iter()
                    .map(|&index| self.signature.parameters[index].name.to_string());
                Found::Several(
                    own.chain(common.iter().map(|p| p.name().to_owned()))
                        .collect(),
                )
            }
        }
    }
}

pub(in crate::runtime) fn own_all_refused(signature: &Signature, name: &str) -> bool {
    let begins = |own: &str| {
        own.get(..name.len())
            .is_some_and(|start| same_name(start, name))
    };
    signature
        .parameters
        .iter()
        .filter(|p| begins(&p.name))
        .all(|p| !p.refused.is_empty())
}

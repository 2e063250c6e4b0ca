//! Arguments to parameters: by name, by position, the rest; then sets and what is still missing.

pub(super) mod arguments;
pub mod common;
mod complete;
mod input;
pub mod param;
pub mod param_fields;
pub(super) mod rule;
pub(super) mod script_signature;
pub mod signature;

use std::iter::Peekable;
use std::rc::Rc;

use crate::language::{Source, Span};
use crate::runtime::convert;
use crate::runtime::enumerate::elements;
use crate::runtime::error::{ErrorCategory, ErrorRecord, Position};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::names::same_name;
use crate::runtime::shell::Shell;
use crate::runtime::types::TypeRef;
use crate::runtime::value::Value;
use arguments::{Argument, Given, marked_name};
use common::{COMMON, Common, CommonParameter};
use signature::{Parameter, ParameterKind, Signature};

/// What a command got.
pub(super) struct Bound {
    /// A value a parameter, converted; in the order of the signature.
    pub(super) slots: Vec<Option<Value>>,
    /// Which were given on the command line.
    pub(super) given: Vec<bool>,
    /// What fits nowhere; `$args`.
    pub(super) extra: Vec<Value>,
    /// Common and risk parameters.
    pub(super) common: Common,
    /// The sets that are still possible, the default first.
    pub(super) sets: Vec<Rc<str>>,
}

/// A parameter's name, found.
enum Found {
    Own(usize),
    Common(CommonParameter),
    Several(Vec<String>),
    None,
}

/// Binds the arguments of one call.
pub(super) struct Binder<'a> {
    pub(super) shell: &'a mut Shell,
    pub(super) signature: &'a Signature,
    /// The text the spans of arguments point into.
    pub(super) source: &'a Rc<Source>,
    /// Objects will be piped in.
    pub(super) expects_input: bool,
}

impl Binder<'_> {
    /// Binds everything that stands on the command line. Errors are placed at the argument.
    pub(super) fn bind(&mut self, arguments: Vec<Argument>) -> Run<Bound> {
        let count = self.signature.parameters.len();
        let mut bound = Bound {
            slots: vec![None; count],
            given: vec![false; count],
            extra: Vec::new(),
            common: Common::default(),
            sets: self.all_sets(),
        };
        let rest = self.bind_named(arguments, &mut bound)?;
        self.bind_defaults(&mut bound)?;
        let rest = self.bind_positions(rest, &mut bound)?;
        self.bind_rest(rest, &mut bound)?;
        self.complete(&mut bound)?;
        Ok(bound)
    }

    fn all_sets(&self) -> Vec<Rc<str>> {
        let mut sets = self.signature.set_names();
        if let Some(index) = sets
            .iter()
            .position(|set| same_name(set, &self.signature.default_set))
        {
            let default = sets.remove(index);
            sets.insert(0, default);
        }
        sets
    }

    /// Named arguments; gives the values without names.
    fn bind_named(&mut self, arguments: Vec<Argument>, bound: &mut Bound) -> Run<Vec<Given>> {
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
    fn next_unknown(&self, queue: &mut Peekable<std::vec::IntoIter<Argument>>) -> Option<Given> {
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

    fn bind_found(
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

    /// `$PSDefaultParameterValues`, for parameters that were not named.
    fn bind_defaults(&mut self, bound: &mut Bound) -> Run<()> {
        let Some(Value::Hashtable(table)) = self.shell.scope.value("PSDefaultParameterValues")
        else {
            return Ok(());
        };
        if table.is_empty() || !self.signature.advanced {
            return Ok(());
        }
        let command = self.shell.context.activity.to_string();
        for (key, value) in table.pairs() {
            let key = convert::to_text(&key);
            let Some((pattern, name)) = key.split_once(':') else {
                continue;
            };
            if !crate::runtime::wildcard::Wildcard::new(pattern).matches(&command) {
                continue;
            }
            let value = match &value {
                Value::ScriptBlock(block) => {
                    let out = self.shell.run_block_apart(block, None, None, Vec::new())?;
                    crate::runtime::sink::Collect { items: out }.into_value()
                }
                other => other.clone(),
            };
            let given = Given {
                value,
                text: None,
                span: self.shell.at,
            };
            match self.find(name) {
                Found::Own(index) if !bound.given[index] => {
                    self.put(index, &given, bound)?;
                    bound.given[index] = true;
                }
                Found::Common(parameter) => {
                    let _ = bound.common.set(parameter, &given.value);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Values to positions, in order; gives what is left.
    fn bind_positions(&mut self, rest: Vec<Given>, bound: &mut Bound) -> Run<Vec<Given>> {
        let mut rest = std::collections::VecDeque::from(rest);
        while let Some(given) = rest.front().cloned() {
            let candidates = self.at_next_position(bound);
            let Some(&first) = candidates.first() else {
                break;
            };
            if self.is_remaining(first, bound) {
                break;
            }
            let fitting = candidates.iter().copied().find(|&index| {
                let parameter = &self.signature.parameters[index];
                self.fits_as_is(parameter, &given.value)
            });
            let chosen = fitting.or_else(|| {
                candidates
                    .iter()
                    .copied()
                    .find(|&index| self.converts(index, &given))
            });
            rest.pop_front();
            self.put(chosen.unwrap_or(first), &given, bound)?;
        }
        Ok(rest.into())
    }

    /// The unbound parameters of the lowest position, those of the default set first.
    fn at_next_position(&self, bound: &Bound) -> Vec<usize> {
        let position = |index: usize, set: &str| {
            self.signature.parameters[index]
                .in_set(set)
                .and_then(|s| s.position)
        };
        let free = |index: &usize| {
            !bound.given[*index] && self.signature.parameters[*index].refused.is_empty()
        };
        let all: Vec<usize> = (0..self.signature.parameters.len()).filter(free).collect();
        let lowest = bound
            .sets
            .iter()
            .flat_map(|set| all.iter().filter_map(move |&index| position(index, set)))
            .min();
        let Some(lowest) = lowest else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for set in &bound.sets {
            for &index in &all {
                if position(index, set) == Some(lowest) && !found.contains(&index) {
                    found.push(index);
                }
            }
        }
        found
    }

    fn is_remaining(&self, index: usize, bound: &Bound) -> bool {
        let parameter = &self.signature.parameters[index];
        bound
            .sets
            .iter()
            .any(|set| parameter.in_set(set).is_some_and(|s| s.remaining))
    }

    /// The rest goes to the parameter that takes it, or to `$args`.
    fn bind_rest(&mut self, rest: Vec<Given>, bound: &mut Bound) -> Run<()> {
        let Some(first) = rest.first() else {
            return Ok(());
        };
        let taker = (0..self.signature.parameters.len())
            .find(|&index| !bound.given[index] && self.is_remaining(index, bound));
        if let Some(index) = taker {
            let span = first.span;
            let value = match rest.as_slice() {
                [only] if elements(&only.value).is_some() => only.value.clone(),
                all => Value::array(
                    all.iter()
                        .map(|given| self.as_spelled(index, given))
                        .collect(),
                ),
            };
            return self.put(
                index,
                &Given {
                    value,
                    text: None,
                    span,
                },
                bound,
            );
        }
        if self.signature.advanced {
            let text = match &first.text {
                Some(text) => text.to_string(),
                None => convert::to_text(&first.value),
            };
            let record = binding_record(
                "PositionalParameterNotFound",
                format!("A positional parameter cannot be found that accepts argument '{text}'."),
            );
            return Err(self.shell.command_error(record));
        }
        bound.extra = rest.into_iter().map(|given| given.value).collect();
        Ok(())
    }

    /// Converts, checks and stores the value of a parameter; sets without it are out.
    fn put(&mut self, index: usize, given: &Given, bound: &mut Bound) -> Run<()> {
        let value = self.as_spelled(index, given);
        let value = self
            .converted(index, value)
            .map_err(|record| self.placed(record, given.span))?;
        if let Err(flow) = self.check(index, &value) {
            return Err(match flow {
                Flow::Error { record, .. } => self.placed_rc(record, given.span),
                other => other,
            });
        }
        self.narrow(index, bound)?;
        bound.slots[index] = Some(value);
        bound.given[index] = true;
        Ok(())
    }

    /// Keeps the sets a parameter is in.
    pub(super) fn narrow(&mut self, index: usize, bound: &mut Bound) -> Run<()> {
        let parameter = &self.signature.parameters[index];
        let kept: Vec<Rc<str>> = bound
            .sets
            .iter()
            .filter(|set| parameter.in_set(set).is_some())
            .cloned()
            .collect();
        if kept.is_empty() {
            return Err(self.no_set());
        }
        bound.sets = kept;
        Ok(())
    }

    /// A bare number as its spelling, when the parameter wants text.
    fn as_spelled(&self, index: usize, given: &Given) -> Value {
        match &given.text {
            Some(text) if wants_text(&self.signature.parameters[index]) => Value::Str(text.clone()),
            _ => given.value.clone(),
        }
    }

    /// Whether a value needs no conversion.
    pub(super) fn fits_as_is(&self, parameter: &Parameter, value: &Value) -> bool {
        let wanted = match &parameter.kind {
            ParameterKind::Field(spec, _) => {
                if spec.name == "System.Object" {
                    return true;
                }
                TypeRef::named(spec.name)
            }
            ParameterKind::Script(types) => match types.last() {
                None => return true,
                Some(ty) => *ty,
            },
        };
        let wanted = wanted.element().unwrap_or(wanted);
        let is =
            |value: &Value| value.type_ref().is_some_and(|own| own.is_a(wanted)) || value.is_null();
        match elements(value) {
            Some(items) if is_collection(parameter) => items.iter().all(is),
            _ => is(value),
        }
    }

    fn converts(&mut self, index: usize, given: &Given) -> bool {
        let value = self.as_spelled(index, given);
        self.converted(index, value).is_ok()
    }

    /// The value as the parameter's type. A cmdlet's field converts when the cmdlet is made; here it is only asked.
    pub(super) fn converted(&mut self, index: usize, value: Value) -> Result<Value, ErrorRecord> {
        let parameter = &self.signature.parameters[index];
        match &parameter.kind {
            ParameterKind::Field(_, check) => match check(value.clone()) {
                Ok(()) => Ok(value),
                Err(error) => Err(cannot_bind(&parameter.name, &error.message)),
            },
            ParameterKind::Script(types) => {
                let mut value = value;
                for wanted in types.iter().rev() {
                    value = self
                        .as_type(&value, *wanted)
                        .map_err(|message| transformation(&parameter.name, &message))?;
                }
                Ok(value)
            }
        }
    }

    fn as_type(&mut self, value: &Value, wanted: TypeRef) -> Result<Value, String> {
        let on_or_off = matches!(
            wanted.full_name(),
            "System.Boolean" | "System.Management.Automation.SwitchParameter"
        );
        let is_switch = wanted.full_name() == "System.Management.Automation.SwitchParameter";
        if is_switch && crate::runtime::members::switch_value(value).is_none() && !value.is_null() {
            let own = value.type_ref().map_or("", TypeRef::full_name);
            return Err(format!(
                "Cannot convert the \"{}\" value of type \"{own}\" to type \"{}\".",
                convert::to_text(value),
                wanted.full_name()
            ));
        }
        if on_or_off {
            // A switch of a script takes no numbers.
            if let (Value::Number(_), "System.Management.Automation.SwitchParameter") =
                (value, wanted.full_name())
            {
                return Err(convert::ConvertError::no_rule(value, wanted).message);
            }
            return param_fields::to_switch(value, wanted.full_name())
                .map(Value::Bool)
                .map_err(|error| error.message);
        }
        match self.shell.convert(value, wanted) {
            Ok(value) => Ok(value),
            Err(Flow::Error { record, .. }) => {
                let message = record.exception.message.to_string();
                if wanted.element().is_none() || elements(value).is_some() {
                    return Err(message);
                }
                // A single value for an array: the element's error within the array's.
                let text = crate::runtime::convert::to_text(value);
                let wanted = wanted.full_name();
                Err(format!(
                    "Cannot convert value \"{text}\" to type \"{wanted}\". Error: \"{message}\""
                ))
            }
            Err(_) => Err("The conversion was interrupted.".to_owned()),
        }
    }

    /// Rules of the declaration: null and emptiness of a mandatory parameter, validation attributes.
    pub(super) fn check(&mut self, index: usize, value: &Value) -> Run<()> {
        let parameter = &self.signature.parameters[index];
        let empty = emptiness(parameter, value)
            .filter(|_| parameter.sets.iter().any(|set| set.mandatory))
            .map(|(id, what)| {
                let name = &parameter.name;
                let message =
                    format!("Cannot bind argument to parameter '{name}' because it is {what}.");
                Flow::error(validation_error(id, message))
            });
        // A validation attribute speaks first, but not about null.
        let rules = parameter.validations.clone();
        let empty = match empty {
            Some(empty) if value.is_null() => return Err(empty),
            other => other,
        };
        for rule in &rules {
            let violation = match self.shell.violation(rule, value) {
                Err(Flow::Error { record, .. }) => Some(record.exception.message.to_string()),
                other => other?,
            };
            if let Some(message) = violation {
                let name = &self.signature.parameters[index].name;
                let message = format!("Cannot validate argument on parameter '{name}'. {message}");
                return Err(Flow::error(validation_error(
                    "ParameterArgumentValidationError",
                    message,
                )));
            }
        }
        empty.map_or(Ok(()), Err)
    }

    /// The parameter a name means: whole or as a unique beginning, common ones included.
    fn find(&self, name: &str) -> Found {
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

    fn ambiguous(&self, name: &str, names: &[String], span: Span) -> Flow {
        let names: Vec<String> = names.iter().map(|name| format!("-{name}")).collect();
        self.binding(
            "AmbiguousParameter",
            format!(
                "Parameter cannot be processed because the parameter name '{name}' is ambiguous. Possible matches include: {}.",
                names.join(" ")
            ),
            span,
        )
    }

    fn unknown(&self, name: &str, span: Span) -> Flow {
        let own = self
            .signature
            .parameters
            .iter()
            .filter(|p| !p.hidden)
            .map(|p| &*p.name);
        let near = crate::runtime::registry::nearest(
            name,
            own.chain(COMMON.iter().map(|(_, name, _)| *name)),
            3,
        );
        let mut record = binding_record(
            "NamedParameterNotFound",
            format!("A parameter cannot be found that matches parameter name '{name}'."),
        );
        if !near.is_empty() {
            let names: Vec<String> = near.iter().map(|name| format!("-{name}")).collect();
            record = record.with_recommendation(format!("Did you mean {}?", names.join(" or ")));
        }
        self.placed(record, span)
    }

    fn missing_argument(&self, found: &Found, span: Span) -> Flow {
        let (name, ty) = match found {
            Found::Own(index) => {
                let parameter = &self.signature.parameters[*index];
                (parameter.name.to_string(), parameter.type_name())
            }
            Found::Common(parameter) => (
                parameter.name().to_owned(),
                parameter.type_name().to_owned(),
            ),
            Found::Several(_) | Found::None => return Flow::Return,
        };
        self.binding(
            "MissingArgument",
            format!("Missing an argument for parameter '{name}'. Specify a parameter of type '{ty}' and try again."),
            span,
        )
    }

    fn twice(&self, name: &str, span: Span) -> Flow {
        self.binding(
            "ParameterAlreadyBound",
            format!(
                "Cannot bind parameter because parameter '{name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, \"-parameter value1,value2,value3\"."
            ),
            span,
        )
    }

    fn refused(&self, parameter: &Parameter, span: Span) -> Flow {
        self.binding(
            "ParameterNotSupported",
            format!(
                "The parameter '{}' is not supported here: {}.",
                parameter.name,
                parameter.refused.trim_end_matches('.')
            ),
            span,
        )
    }

    /// No set holds all that was given.
    pub(super) fn no_set(&self) -> Flow {
        let record = binding_record(
            "AmbiguousParameterSet",
            "Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.",
        );
        self.shell.command_error(record)
    }

    fn binding(&self, id: &str, message: String, span: Span) -> Flow {
        self.placed(binding_record(id, message), span)
    }

    /// An error at an argument.
    fn placed(&self, record: ErrorRecord, span: Span) -> Flow {
        self.placed_rc(Rc::new(record), span)
    }

    fn placed_rc(&self, record: Rc<ErrorRecord>, span: Span) -> Flow {
        if record.place.borrow().stack.is_empty() {
            record.place.borrow_mut().position = Some(Position {
                source: self.source.clone(),
                span,
            });
            self.shell.locate(&record);
        }
        Flow::Error {
            record,
            fatal: false,
        }
    }
}

fn own_all_refused(signature: &Signature, name: &str) -> bool {
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

/// Whether a parameter takes several values.
pub(super) fn is_collection(parameter: &Parameter) -> bool {
    match &parameter.kind {
        ParameterKind::Field(spec, _) => spec.array || spec.name == "System.Object",
        ParameterKind::Script(types) => types
            .last()
            .is_none_or(|ty| ty.element().is_some() || *ty == TypeRef::object()),
    }
}

/// Whether a parameter takes text, one or several.
fn wants_text(parameter: &Parameter) -> bool {
    match &parameter.kind {
        ParameterKind::Field(spec, _) => {
            !matches!(
                spec.name,
                "System.Object"
                    | "System.Int32"
                    | "System.Int64"
                    | "System.UInt16"
                    | "System.UInt32"
                    | "System.UInt64"
                    | "System.Double"
                    | "System.Byte"
                    | "System.Boolean"
                    | "System.Management.Automation.SwitchParameter"
            ) && spec.values.is_empty()
        }
        ParameterKind::Script(types) => types
            .last()
            .is_some_and(|ty| ty.element().unwrap_or(*ty) == TypeRef::string()),
    }
}

/// How a mandatory parameter's value is empty: the error id and the words.
fn emptiness(parameter: &Parameter, value: &Value) -> Option<(&'static str, &'static str)> {
    const NULL: (&str, &str) = ("ParameterArgumentValidationErrorNullNotAllowed", "null");
    const TEXT: (&str, &str) = (
        "ParameterArgumentValidationErrorEmptyStringNotAllowed",
        "an empty string",
    );
    const ARRAY: (&str, &str) = (
        "ParameterArgumentValidationErrorEmptyArrayNotAllowed",
        "an empty array",
    );
    match value {
        Value::Null if parameter.allow_null => None,
        Value::Null if wants_text(parameter) && !is_collection(parameter) => {
            (!parameter.allow_empty_string).then_some(TEXT)
        }
        Value::Null => Some(NULL),
        Value::Str(text) if text.is_empty() && !parameter.allow_empty_string => Some(TEXT),
        Value::Bytes(bytes) => {
            let empty = bytes.borrow().is_empty() && !parameter.allow_empty_collection;
            empty.then_some(ARRAY)
        }
        Value::Array(array) => {
            let items = array.items.borrow();
            if items.is_empty() {
                return (!parameter.allow_empty_collection).then_some(ARRAY);
            }
            let untyped = matches!(&parameter.kind, ParameterKind::Script(types) if types.is_empty())
                || matches!(&parameter.kind, ParameterKind::Field(spec, _) if spec.name == "System.Object");
            if untyped {
                return None;
            }
            let empty = |item: &Value| matches!(item, Value::Str(text) if text.is_empty());
            if items.iter().any(empty) && !parameter.allow_empty_string {
                return Some(TEXT);
            }
            (items.iter().any(Value::is_null) && !parameter.allow_null).then_some(NULL)
        }
        _ => None,
    }
}

pub(super) fn binding_record(id: &str, message: impl AsRef<str>) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.ParameterBindingException",
        id,
        ErrorCategory::InvalidArgument,
        message,
    )
}

fn validation_error(id: &str, message: String) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.ParameterBindingValidationException",
        id,
        ErrorCategory::InvalidData,
        message,
    )
}

/// A cmdlet's parameter that does not take a value.
pub(super) fn cannot_bind(name: &str, message: &str) -> ErrorRecord {
    binding_record(
        "CannotConvertArgumentNoMessage",
        format!("Cannot bind parameter '{name}'. {message}"),
    )
}

/// A function's parameter that does not take a value.
fn transformation(name: &str, message: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.ParameterBindingArgumentTransformationException",
        "ParameterArgumentTransformationError",
        ErrorCategory::InvalidData,
        format!("Cannot process argument transformation on parameter '{name}'. {message}"),
    )
}

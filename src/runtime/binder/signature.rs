//! What a command takes: one form for cmdlets and functions, read by the binder, by help and by completion.

use std::rc::Rc;

use super::param::{ParamMeta, TypeSpec, Validate};
use crate::runtime::cmdlet::{CmdletMeta, Impact};
use crate::runtime::convert::ConvertError;
use crate::runtime::names::same_name;
use crate::runtime::types::TypeRef;
use crate::runtime::value::Value;

/// Name of the set that stands for "all sets".
pub const ALL_SETS: &str = "__AllParameterSets";

/// The parameters of a command.
pub struct Signature {
    /// In order of declaration, without the common ones.
    pub parameters: Vec<Parameter>,
    /// The set used when several fit; empty when none is named.
    pub default_set: Rc<str>,
    /// Takes common parameters; arguments that fit nowhere are errors.
    pub advanced: bool,
    /// Takes -WhatIf and -Confirm.
    pub should_process: bool,
    /// Asks by itself from this impact on.
    pub impact: Impact,
}

/// One parameter.
pub struct Parameter {
    /// Without the dash.
    pub name: Rc<str>,
    /// Other names.
    pub aliases: Vec<Rc<str>>,
    /// Its type.
    pub kind: ParameterKind,
    /// What holds in which set; at least one entry.
    pub sets: Vec<InSet>,
    /// `HelpMessage`; what `!?` shows when a value is asked for.
    pub help_message: Rc<str>,
    /// Rules beside the type.
    pub validations: Vec<Validation>,
    /// A mandatory parameter takes `$null` all the same.
    pub allow_null: bool,
    /// A mandatory parameter takes an empty text all the same.
    pub allow_empty_string: bool,
    /// A mandatory parameter takes an empty array all the same.
    pub allow_empty_collection: bool,
    /// Not offered by completion and help.
    pub hidden: bool,
    /// Why it is refused; empty when it works.
    pub refused: &'static str,
}

/// What a parameter is within one set.
#[derive(Clone, Default)]
pub struct InSet {
    /// The set; `None` for all.
    pub set: Option<Rc<str>>,
    /// Must be given.
    pub mandatory: bool,
    /// Can be given without name.
    pub position: Option<i32>,
    /// Takes whole pipeline objects.
    pub by_value: bool,
    /// Takes a property of pipeline objects.
    pub by_property_name: bool,
    /// Takes the rest of the positional values.
    pub remaining: bool,
}

/// The type of a parameter.
#[derive(Clone)]
pub enum ParameterKind {
    /// A field of a cmdlet, with the check of its conversion.
    Field(TypeSpec, fn(Value) -> Result<(), ConvertError>),
    /// Types written in a script, applied from the last to the first; empty for any value.
    Script(Vec<TypeRef>),
}

/// A rule for a value.
#[derive(Clone)]
pub enum Validation {
    /// Not null, not empty, nor an element of it.
    NotNullOrEmpty,
    /// Not null, nor an element of it.
    NotNull,
    /// From the first to the second, both included.
    Range(Value, Value),
    /// A text of so many characters.
    Length(usize, usize),
    /// So many elements.
    Count(usize, usize),
    /// One of these words; whether letter case does not count.
    Set(Vec<Rc<str>>, bool),
    /// A regular expression; whether letter case does not count.
    Pattern(Rc<str>, bool),
    /// A block that must give true for `$_`.
    Script(Rc<crate::runtime::scriptblock::ScriptBlock>),
}

impl Signature {
    /// The parameters of a cmdlet.
    pub fn of_cmdlet(meta: &'static CmdletMeta) -> Signature {
        Signature {
            parameters: meta.params.iter().map(Parameter::of_field).collect(),
            default_set: Rc::from(meta.default_set),
            advanced: true,
            should_process: meta.should_process,
            impact: meta.confirm_impact,
        }
    }

    /// Names of the sets in order of appearance; one unnamed set when none is named.
    pub fn set_names(&self) -> Vec<Rc<str>> {
        let mut names: Vec<Rc<str>> = Vec::new();
        for set in self
            .parameters
            .iter()
            .flat_map(|p| &p.sets)
            .filter_map(|s| s.set.as_ref())
        {
            if !names.iter().any(|name| same_name(name, set)) {
                names.push(set.clone());
            }
        }
        if !self.default_set.is_empty()
            && !names.iter().any(|name| same_name(name, &self.default_set))
        {
            names.insert(0, self.default_set.clone());
        }
        if names.is_empty() {
            names.push(Rc::from(ALL_SETS));
        }
        names
    }

    /// The parameter of this very name or alias.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.parameters.iter().position(|p| p.is_called(name))
    }
}

impl Parameter {
    fn of_field(meta: &'static ParamMeta) -> Parameter {
        let in_set = |set: Option<&str>| InSet {
            set: set.map(Rc::from),
            mandatory: set.map_or(meta.mandatory && meta.mandatory_in.is_empty(), |set| {
                meta.is_mandatory_in(set)
            }),
            position: meta.position.map(i32::from),
            by_value: meta.by_value,
            by_property_name: meta.by_property_name,
            remaining: meta.remaining,
        };
        let mut sets: Vec<InSet> = meta.sets.iter().map(|set| in_set(Some(set))).collect();
        if sets.is_empty() {
            sets.push(in_set(None));
            sets.extend(meta.mandatory_in.iter().map(|set| in_set(Some(set))));
        }
        Parameter {
            name: Rc::from(meta.name),
            aliases: meta.aliases.iter().map(|alias| Rc::from(*alias)).collect(),
            kind: ParameterKind::Field(meta.spec, meta.check),
            sets,
            help_message: Rc::from(""),
            validations: Validation::of_field(meta.validate).into_iter().collect(),
            allow_null: meta.spec.name == "System.Object",
            allow_empty_string: meta.allow_empty,
            allow_empty_collection: meta.allow_empty,
            hidden: false,
            refused: meta.refused,
        }
    }

    /// Whether this is its name or alias.
    pub fn is_called(&self, name: &str) -> bool {
        same_name(&self.name, name) || self.aliases.iter().any(|alias| same_name(alias, name))
    }

    /// What holds in a set; `None` when the parameter is not in it.
    pub fn in_set(&self, set: &str) -> Option<&InSet> {
        let named = self
            .sets
            .iter()
            .find(|s| s.set.as_ref().is_some_and(|name| same_name(name, set)));
        named.or_else(|| self.sets.iter().find(|s| s.set.is_none()))
    }

    /// Whether it is a switch: present or not.
    pub fn is_switch(&self) -> bool {
        match &self.kind {
            ParameterKind::Field(spec, _) => spec.switch,
            ParameterKind::Script(types) => types.iter().any(|t| {
                same_name(
                    t.full_name(),
                    "System.Management.Automation.SwitchParameter",
                )
            }),
        }
    }

    /// Full name of its type, with `[]` for several.
    pub fn type_name(&self) -> String {
        match &self.kind {
            ParameterKind::Field(spec, _) if spec.array => format!("{}[]", spec.name),
            ParameterKind::Field(spec, _) => spec.name.to_owned(),
            ParameterKind::Script(types) => types
                .last()
                .map_or_else(|| "System.Object".to_owned(), |t| t.full_name().to_string()),
        }
    }
}

impl Validation {
    fn of_field(rule: Validate) -> Option<Validation> {
        match rule {
            Validate::Any => None,
            Validate::NotNullOrEmpty => Some(Validation::NotNullOrEmpty),
            Validate::Range(from, to) => {
                Some(Validation::Range(Value::long(from), Value::long(to)))
            }
            Validate::Length(from, to) => Some(Validation::Length(from, to)),
            Validate::Count(from, to) => Some(Validation::Count(from, to)),
            Validate::Set(words) => Some(Validation::Set(
                words.iter().map(|word| Rc::from(*word)).collect(),
                true,
            )),
            Validate::Pattern(pattern) => Some(Validation::Pattern(Rc::from(pattern), true)),
        }
    }
}

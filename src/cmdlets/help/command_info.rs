//! Commands as objects: what `Get-Command` writes.

use std::any::Any;
use std::rc::Rc;

use super::common;
use super::syntax::{self, Spelling};
use crate::runtime::names::same_name;
use crate::runtime::signature::{Parameter, Signature};
use crate::runtime::types::hashtable::Hashtable;
use crate::runtime::value::{Native, Value};
use crate::runtime::{PsObject, TypeRef};

/// A command and what is known of it.
pub struct CommandInfo {
    /// `Alias`, `Application`, `Cmdlet`, `ExternalScript`, `Function`.
    pub kind: &'static str,
    /// As declared.
    pub name: String,
    /// What an alias stands for, the text of a function, the path of a program; the syntax of a cmdlet.
    pub definition: String,
    /// Its module; the path of a program.
    pub source: String,
    /// The module's version; empty without module.
    pub version: String,
    /// What it takes; of an alias, what its command takes.
    pub signature: Option<Rc<Signature>>,
    /// Type names of what it writes.
    pub outputs: Vec<String>,
    /// Code of a function.
    pub block: Option<Rc<crate::runtime::ScriptBlock>>,
}

impl CommandInfo {
    /// The parts of `Verb-Noun`; empty ones when the name has no dash.
    pub fn verb_and_noun(&self) -> (&str, &str) {
        match self.kind {
            "Cmdlet" | "Function" => self.name.split_once('-').unwrap_or(("", "")),
            _ => ("", ""),
        }
    }

    /// `alias -> Command` for an alias, else the name.
    pub fn display_name(&self) -> String {
        match self.kind {
            "Alias" => format!("{} -> {}", self.name, self.definition),
            _ => self.name.clone(),
        }
    }

    /// The lines of `Get-Command -Syntax`.
    pub fn syntax(&self) -> String {
        match (&self.signature, self.kind) {
            (_, "Alias") => self.definition.clone(),
            (Some(signature), _) => {
                let lines = syntax::lines(&self.name, signature, Spelling::Command);
                format!("\n{}\n", lines.join("\n\n"))
            }
            (None, _) => self.definition.clone(),
        }
    }

    fn parameters(&self) -> Value {
        let table = Hashtable::ordered();
        if let Some(signature) = &self.signature {
            for parameter in &signature.parameters {
                let aliases: Vec<Value> = parameter.aliases.iter().map(Value::str).collect();
                let sets = parameter.sets.iter().map(|s| {
                    Value::str(
                        s.set
                            .as_deref()
                            .unwrap_or(crate::runtime::signature::ALL_SETS),
                    )
                });
                table.insert_name(
                    &parameter.name,
                    metadata(
                        &parameter.name,
                        &type_of(parameter),
                        parameter.is_switch(),
                        aliases,
                        sets.collect(),
                    ),
                );
            }
            let risk = common::RISK.iter().filter(|_| signature.should_process);
            for common in common::COMMON
                .iter()
                .filter(|_| signature.advanced)
                .chain(risk)
            {
                let all = vec![Value::str(crate::runtime::signature::ALL_SETS)];
                let kind = if common.type_name.is_empty() {
                    SWITCH
                } else {
                    common.type_name
                };
                table.insert_name(
                    common.name,
                    metadata(
                        common.name,
                        kind,
                        common.type_name.is_empty(),
                        vec![Value::str(common.alias)],
                        all,
                    ),
                );
            }
        }
        Value::Hashtable(Rc::new(table))
    }

    fn parameter_sets(&self) -> Value {
        let Some(signature) = &self.signature else {
            return Value::array(Vec::new());
        };
        let sets = signature.set_names().into_iter().map(|name| {
            let is_default = same_name(&name, &signature.default_set);
            Value::native(ParameterSetInfo {
                name,
                is_default,
                signature: signature.clone(),
            })
        });
        Value::array(sets.collect())
    }
}

const SWITCH: &str = "System.Management.Automation.SwitchParameter";

fn type_of(parameter: &Parameter) -> String {
    parameter.type_name()
}

fn metadata(name: &str, kind: &str, switch: bool, aliases: Vec<Value>, sets: Vec<Value>) -> Value {
    PsObject::view(
        "System.Management.Automation.ParameterMetadata",
        vec![
            ("Name", Value::str(name)),
            ("ParameterType", Value::Type(TypeRef::named(kind))),
            ("ParameterSets", Value::array(sets)),
            ("Aliases", Value::array(aliases)),
            ("SwitchParameter", Value::Bool(switch)),
        ],
    )
}

const PROPERTIES: [&str; 17] = [
    "CommandType",
    "Name",
    "DisplayName",
    "Version",
    "Source",
    "Definition",
    "Verb",
    "Noun",
    "ModuleName",
    "Module",
    "Parameters",
    "ParameterSets",
    "OutputType",
    "ScriptBlock",
    "ReferencedCommand",
    "ResolvedCommandName",
    "Options",
];

impl Native for CommandInfo {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named("System.Management.Automation.CommandInfo")
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        PROPERTIES.map(Rc::from).to_vec()
    }

    fn property(&self, name: &str) -> Option<Value> {
        let lower = name.to_ascii_lowercase();
        let (verb, noun) = self.verb_and_noun();
        Some(match lower.as_str() {
            "commandtype" => Value::str(self.kind),
            "name" => Value::str(&self.name),
            "displayname" => Value::from(self.display_name()),
            "version" => Value::str(&self.version),
            "source" => Value::str(&self.source),
            "definition" => Value::str(&self.definition),
            "verb" => Value::str(verb),
            "noun" => Value::str(noun),
            "modulename" | "module" => Value::str(if self.version.is_empty() {
                ""
            } else {
                &self.source
            }),
            "parameters" => self.parameters(),
            "parametersets" => self.parameter_sets(),
            "outputtype" => Value::array(self.outputs.iter().map(Value::str).collect()),
            "scriptblock" => self.block.clone().map_or(Value::Null, Value::ScriptBlock),
            "referencedcommand" | "resolvedcommandname" if self.kind == "Alias" => {
                Value::str(&self.definition)
            }
            "referencedcommand" | "resolvedcommandname" => Value::Null,
            "options" => Value::str("None"),
            _ => return None,
        })
    }

    fn text(&self) -> String {
        self.name.clone()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// One parameter set of a command; its text is the syntax without the name.
struct ParameterSetInfo {
    name: Rc<str>,
    is_default: bool,
    signature: Rc<Signature>,
}

impl Native for ParameterSetInfo {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named("System.Management.Automation.CommandParameterSetInfo")
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        ["Name", "IsDefault", "Parameters"].map(Rc::from).to_vec()
    }

    fn property(&self, name: &str) -> Option<Value> {
        let lower = name.to_ascii_lowercase();
        Some(match lower.as_str() {
            "name" => Value::Str(self.name.clone()),
            "isdefault" => Value::Bool(self.is_default),
            "parameters" => {
                let parameters = syntax::in_order(&self.signature, &self.name);
                Value::array(
                    parameters
                        .into_iter()
                        .map(|(parameter, in_set)| {
                            PsObject::view(
                                "System.Management.Automation.CommandParameterInfo",
                                vec![
                                    ("Name", Value::str(&parameter.name)),
                                    (
                                        "ParameterType",
                                        Value::Type(TypeRef::named(&type_of(parameter))),
                                    ),
                                    ("IsMandatory", Value::Bool(in_set.mandatory)),
                                    ("Position", Value::int(in_set.position.unwrap_or(i32::MIN))),
                                    ("ValueFromPipeline", Value::Bool(in_set.by_value)),
                                    (
                                        "ValueFromPipelineByPropertyName",
                                        Value::Bool(in_set.by_property_name),
                                    ),
                                    (
                                        "Aliases",
                                        Value::array(
                                            parameter.aliases.iter().map(Value::str).collect(),
                                        ),
                                    ),
                                ],
                            )
                        })
                        .collect(),
                )
            }
            _ => return None,
        })
    }

    fn text(&self) -> String {
        syntax::line("", &self.signature, &self.name, Spelling::Command)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

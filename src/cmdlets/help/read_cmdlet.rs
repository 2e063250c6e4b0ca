//! The topic of a cmdlet, out of its declaration.

use super::syntax::{self, Spelling};
use super::topic::{ExampleHelp, ParameterHelp, Topic};
use super::types;
use crate::runtime::cmdlet::{CmdletMeta, paragraphs};
use crate::runtime::param::{ParamMeta, Validate};
use crate::runtime::signature::Signature;

/// Everything help says about a cmdlet. `siblings` are other commands of its noun, for the links.
pub fn topic(meta: &'static CmdletMeta, signature: &Signature, siblings: Vec<String>) -> Topic {
    let name = meta.name();
    Topic {
        category: "Cmdlet",
        module: meta.module.to_owned(),
        synopsis: meta.synopsis(),
        description: meta.description(),
        syntax: syntax::lines(&name, signature, Spelling::Help),
        parameters: parameters(meta),
        common: true,
        inputs: inputs(meta),
        outputs: meta
            .outputs
            .iter()
            .map(|output| (*output).to_owned())
            .collect(),
        notes: refused(meta),
        examples: meta
            .examples
            .iter()
            .map(|e| ExampleHelp {
                code: e.code.to_owned(),
                remarks: e.remark.to_owned(),
            })
            .collect(),
        links: siblings,
        aliases: meta
            .aliases
            .iter()
            .map(|alias| (*alias).to_owned())
            .collect(),
        name,
        ..Topic::default()
    }
}

fn parameters(meta: &CmdletMeta) -> Vec<ParameterHelp> {
    let declared = meta
        .params
        .iter()
        .filter(|p| p.refused.is_empty())
        .map(parameter);
    let risk = [
        ("WhatIf", "Says what would happen and changes nothing."),
        (
            "Confirm",
            "Asks before it changes anything; -Confirm:$false does not ask.",
        ),
    ];
    let risk = risk
        .into_iter()
        .filter(|_| meta.should_process)
        .map(|(name, text)| ParameterHelp {
            name: name.to_owned(),
            switch: true,
            description: vec![text.to_owned()],
            aliases: Some(if name == "WhatIf" {
                "wi".to_owned()
            } else {
                "cf".to_owned()
            }),
            ..ParameterHelp::default()
        });
    declared.chain(risk).collect()
}

fn parameter(meta: &ParamMeta) -> ParameterHelp {
    let words = match meta.validate {
        Validate::Set(words) if meta.spec.values.is_empty() => words,
        _ => meta.spec.values,
    };
    let full = if meta.spec.array {
        format!("{}[]", meta.spec.name)
    } else {
        meta.spec.name.to_owned()
    };
    ParameterHelp {
        name: meta.name.to_owned(),
        type_name: types::short(&full),
        switch: meta.spec.switch,
        description: paragraphs(meta.doc),
        required: meta.mandatory,
        position: meta.position.map(|p| i32::from(p) + 1),
        default: if meta.spec.switch && meta.default_text.is_empty() {
            "False".to_owned()
        } else {
            meta.default_text.to_owned()
        },
        by_value: meta.by_value,
        by_property_name: meta.by_property_name,
        aliases: Some(if meta.aliases.is_empty() {
            "None".to_owned()
        } else {
            meta.aliases.join(", ")
        }),
        wildcards: meta.wildcards,
        values: words.iter().map(|word| (*word).to_owned()).collect(),
    }
}

fn inputs(meta: &CmdletMeta) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for parameter in meta
        .params
        .iter()
        .filter(|p| p.by_value || p.by_property_name)
    {
        let name = parameter.spec.name.to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Parameters of Exchange that are refused here, with the reason of each.
fn refused(meta: &CmdletMeta) -> String {
    let lines: Vec<String> = meta
        .params
        .iter()
        .filter(|p| !p.refused.is_empty())
        .map(|p| format!("-{}: {}", p.name, p.refused))
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!(
        "Parameters of Exchange that are refused here:\n{}",
        lines.join("\n")
    )
}

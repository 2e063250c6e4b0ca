//! Syntax lines: `Name [-Optional <Type>] [[-Position] <Type>] -Mandatory <Type> [<CommonParameters>]`.

use super::types;
use crate::runtime::signature::{InSet, Parameter, Signature};

/// How types and the end of the line are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Written help: .NET's short names, words of an enumeration in braces.
    Help,
    /// Help nobody wrote: C#'s names, words in braces, two blanks before the end.
    Generated,
    /// `Get-Command -Syntax`: C#'s names, an enumeration by its name.
    Command,
}

/// One line for each parameter set; `name` is left out when empty.
pub fn lines(name: &str, signature: &Signature, spelling: Spelling) -> Vec<String> {
    signature
        .set_names()
        .iter()
        .map(|set| line(name, signature, set, spelling))
        .collect()
}

/// The line of one parameter set.
pub fn line(name: &str, signature: &Signature, set: &str, spelling: Spelling) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !name.is_empty() {
        parts.push(name.to_owned());
    }
    parts.extend(
        in_order(signature, set)
            .into_iter()
            .map(|(parameter, in_set)| one(parameter, in_set, spelling)),
    );
    if signature.should_process {
        parts.extend(["[-WhatIf]".to_owned(), "[-Confirm]".to_owned()]);
    }
    if signature.advanced {
        let end = if spelling == Spelling::Generated {
            " [<CommonParameters>]"
        } else {
            "[<CommonParameters>]"
        };
        parts.push(end.to_owned());
    }
    parts.join(" ")
}

/// The parameters of a set: by position, then the mandatory, then the others as declared. Refused ones are left out.
pub fn in_order<'a>(signature: &'a Signature, set: &str) -> Vec<(&'a Parameter, &'a InSet)> {
    let working = signature.parameters.iter().filter(|p| p.refused.is_empty());
    let mut all: Vec<_> = working
        .filter_map(|p| p.in_set(set).map(|s| (p, s)))
        .collect();
    all.sort_by_key(|(_, s)| match s.position {
        Some(position) => (0, position),
        None if s.mandatory => (1, 0),
        None => (2, 0),
    });
    all
}

fn one(parameter: &Parameter, in_set: &InSet, spelling: Spelling) -> String {
    let name = &parameter.name;
    if parameter.is_switch() {
        return if in_set.mandatory {
            format!("-{name}")
        } else {
            format!("[-{name}]")
        };
    }
    let kind = kind(parameter, spelling);
    match (in_set.mandatory, in_set.position.is_some()) {
        (true, true) => format!("[-{name}] {kind}"),
        (true, false) => format!("-{name} {kind}"),
        (false, true) => format!("[[-{name}] {kind}]"),
        (false, false) => format!("[-{name} {kind}]"),
    }
}

fn kind(parameter: &Parameter, spelling: Spelling) -> String {
    let full = parameter.type_name();
    let words = types::enum_words(parameter);
    if spelling != Spelling::Command && !words.is_empty() {
        return format!("{{{}}}", words.join(" | "));
    }
    let short = if spelling == Spelling::Help {
        types::short(&full)
    } else {
        types::accelerator(&full)
    };
    format!("<{short}>")
}

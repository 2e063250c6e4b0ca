//! Values of parameters: words of an enumeration, live objects, properties, paths.

use super::parameters::{find, given, positional};
use super::place::{CommandLine, Element};
use super::{World, begins, command_names, keep_prefix, paths, quote};
use crate::cmdlets::help::{COMMON, TOPICS};
use crate::runtime::names::same_name;
use crate::runtime::signature::{Parameter, ParameterKind, Signature, Validation};

/// What could be the value at the cursor.
pub fn candidates(command: &CommandLine, word: &str, world: &dyn World) -> Vec<String> {
    let Some(signature) = world.signature(&command.name) else {
        return paths::candidates(word, world);
    };
    let (mark, typed) = quote::open(word);
    if let Some(words) = common_words(command, &signature) {
        return spell(keep_prefix(words, &typed), mark);
    }
    let Some(parameter) = parameter_at_end(command, &signature) else {
        return paths::candidates(word, world);
    };
    let words = words_of(parameter);
    if !words.is_empty() {
        return spell(keep_prefix(words, &typed), mark);
    }
    if parameter.is_switch() || same_name(&parameter.type_name(), "System.Boolean") {
        return keep_prefix(vec!["$true".into(), "$false".into()], &typed);
    }
    match kind_of(parameter) {
        "Command" => command_names::candidates(&typed, world),
        "HelpTopic" => {
            let mut found = keep_prefix(
                TOPICS.iter().map(|topic| topic.name.to_owned()).collect(),
                &typed,
            );
            found.extend(command_names::candidates(&typed, world));
            found
        }
        "Variable" => keep_prefix(world.variables(), &typed),
        "Property" => spell(keep_prefix(properties(command, world), &typed), mark),
        "Path" => paths::candidates(word, world),
        "" if same_name(&parameter.name, "Property") => {
            spell(keep_prefix(properties(command, world), &typed), mark)
        }
        "" => paths::candidates(word, world),
        kind => {
            let names = world
                .names(kind, &typed)
                .into_iter()
                .filter(|name| begins(name, &typed))
                .collect();
            spell(names, mark)
        }
    }
}

fn spell(values: Vec<String>, mark: Option<char>) -> Vec<String> {
    values
        .into_iter()
        .map(|value| quote::close(&value, mark))
        .collect()
}

/// The parameter whose value is being written.
fn parameter_at_end<'a>(command: &CommandLine, signature: &'a Signature) -> Option<&'a Parameter> {
    let elements = match command.elements.as_slice() {
        [rest @ .., Element::Value(_), Element::Comma] => rest,
        all => all,
    };
    if let Some(Element::Parameter(name, colon)) = elements.last()
        && let Some(parameter) = find(signature, name)
        && (*colon || !parameter.is_switch())
    {
        return Some(parameter);
    }
    let before = CommandLine {
        elements: elements.to_vec(),
        ..command.clone()
    };
    positional(signature, &given(&before, signature))
}

/// The words of a common parameter such as -ErrorAction, when the cursor is at its value.
fn common_words(command: &CommandLine, signature: &Signature) -> Option<Vec<String>> {
    let Some(Element::Parameter(name, _)) = command.elements.last() else {
        return None;
    };
    if find(signature, name).is_some() {
        return None;
    }
    let common = COMMON
        .iter()
        .find(|c| same_name(c.name, name) || same_name(c.alias, name) || begins(c.name, name))?;
    (!common.values.is_empty()).then(|| {
        common
            .values
            .iter()
            .map(|word| (*word).to_owned())
            .collect()
    })
}

fn words_of(parameter: &Parameter) -> Vec<String> {
    for validation in &parameter.validations {
        if let Validation::Set(words, _) = validation {
            return words.iter().map(|word| word.to_string()).collect();
        }
    }
    match &parameter.kind {
        ParameterKind::Field(spec, _) => {
            spec.values.iter().map(|word| (*word).to_owned()).collect()
        }
        ParameterKind::Script(types) => {
            let words = types
                .last()
                .map(|ty| ty.table().members)
                .unwrap_or_default();
            words.iter().map(|(word, _)| (*word).to_owned()).collect()
        }
    }
}

fn kind_of(parameter: &Parameter) -> &'static str {
    match &parameter.kind {
        ParameterKind::Field(spec, _) => spec.completes,
        ParameterKind::Script(_) => "",
    }
}

fn properties(command: &CommandLine, world: &dyn World) -> Vec<String> {
    let mut names = match (&command.upstream, &command.upstream_expression) {
        (Some(upstream), _) => world.properties(upstream),
        (None, Some(expression)) => world.members(expression),
        (None, None) => Vec::new(),
    };
    names.retain(|name| !name.ends_with('('));
    names
}

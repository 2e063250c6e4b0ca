//! Parameters of a command that were not given yet.

use std::rc::Rc;

use super::place::{CommandLine, Element};
use super::{World, begins};
use crate::cmdlets::help::{COMMON, RISK};
use crate::runtime::names::same_name;
use crate::runtime::signature::{Parameter, Signature};

/// `-Name` for each parameter that could follow: those of the fitting sets first, common ones last.
pub fn candidates(command: &CommandLine, word: &str, world: &dyn World) -> Vec<String> {
    let Some(signature) = world.signature(&command.name) else {
        return Vec::new();
    };
    let wanted = word.trim_start_matches('-');
    let given = given(command, &signature);
    let is_free = |p: &&Parameter| {
        !p.hidden && p.refused.is_empty() && !given.iter().any(|g| same_name(g, &p.name))
    };
    let mut names: Vec<Rc<str>> = Vec::new();
    for set in fitting_sets(&signature, &given) {
        let mut of_set: Vec<&Parameter> = signature
            .parameters
            .iter()
            .filter(is_free)
            .filter(|p| p.in_set(&set).is_some())
            .collect();
        of_set.sort_by_key(|p| !p.in_set(&set).is_some_and(|s| s.mandatory));
        for parameter in of_set {
            if !names.iter().any(|n| same_name(n, &parameter.name)) {
                names.push(parameter.name.clone());
            }
        }
    }
    let fitting = names.clone();
    let written: Vec<&str> = command.elements.iter().filter_map(as_parameter).collect();
    let risk = RISK.iter().filter(|_| signature.should_process);
    let common = risk
        .chain(COMMON.iter().filter(|_| signature.advanced))
        .map(|common| common.name);
    let free_common = common.filter(|name| !written.iter().any(|w| same_name(w, name)));
    names.extend(free_common.map(Rc::from));
    let mut found: Vec<String> = names
        .iter()
        .filter(|name| begins(name, wanted))
        .map(|name| format!("-{name}"))
        .collect();
    if found.is_empty() {
        let by_alias = |p: &&Parameter| {
            p.aliases.iter().any(|alias| begins(alias, wanted))
                && fitting.iter().any(|name| same_name(name, &p.name))
        };
        let named = signature.parameters.iter().filter(by_alias);
        found.extend(named.map(|p| format!("-{}", p.name)));
    }
    found
}

fn as_parameter(element: &Element) -> Option<&str> {
    match element {
        Element::Parameter(name, _) => Some(name),
        _ => None,
    }
}

/// Names of the parameters that were given by name or position.
pub fn given(command: &CommandLine, signature: &Signature) -> Vec<Rc<str>> {
    let named = command
        .elements
        .iter()
        .filter_map(as_parameter)
        .filter_map(|name| find(signature, name));
    let mut given: Vec<Rc<str>> = named.map(|p| p.name.clone()).collect();
    for _ in 0..positional_values(command, signature) {
        match positional(signature, &given) {
            Some(parameter) => given.push(parameter.name.clone()),
            None => break,
        }
    }
    given
}

/// How many values were given without a name.
fn positional_values(command: &CommandLine, signature: &Signature) -> usize {
    let mut count = 0;
    let mut expects = false;
    for element in &command.elements {
        match element {
            Element::Parameter(name, colon) => expects = *colon || takes_value(signature, name),
            Element::Value(_) if expects => expects = false,
            Element::Value(_) => count += 1,
            Element::Comma => {}
        }
    }
    // A comma at the end: the last value is still being written.
    count - usize::from(count > 0 && command.elements.last() == Some(&Element::Comma) && !expects)
}

fn takes_value(signature: &Signature, name: &str) -> bool {
    match find(signature, name) {
        Some(parameter) => !parameter.is_switch(),
        None => COMMON
            .iter()
            .find(|c| begins(c.name, name) || same_name(c.alias, name))
            .is_some_and(|c| !c.type_name.is_empty()),
    }
}

/// The parameter of a name, an alias or an unambiguous beginning.
pub fn find<'a>(signature: &'a Signature, name: &str) -> Option<&'a Parameter> {
    if let Some(index) = signature.find(name) {
        return signature.parameters.get(index);
    }
    let mut fitting = signature
        .parameters
        .iter()
        .filter(|p| begins(&p.name, name));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// The parameter that takes the next value without a name.
pub fn positional<'a>(signature: &'a Signature, given: &[Rc<str>]) -> Option<&'a Parameter> {
    let sets = fitting_sets(signature, given);
    let free = |p: &&Parameter| !given.iter().any(|g| same_name(g, &p.name));
    for set in &sets {
        let placed = signature
            .parameters
            .iter()
            .filter(free)
            .filter_map(|p| p.in_set(set)?.position.map(|at| (at, p)));
        if let Some((_, parameter)) = placed.min_by_key(|(at, _)| *at) {
            return Some(parameter);
        }
    }
    None
}

/// The sets that hold everything given, the default one first.
fn fitting_sets(signature: &Signature, given: &[Rc<str>]) -> Vec<Rc<str>> {
    let holds = |set: &Rc<str>| {
        given.iter().all(|name| {
            signature
                .find(name)
                .and_then(|i| signature.parameters.get(i))
                .is_none_or(|p| p.in_set(set).is_some())
        })
    };
    let mut sets: Vec<Rc<str>> = signature.set_names().into_iter().filter(holds).collect();
    sets.sort_by_key(|set| !same_name(set, &signature.default_set));
    sets
}

//! Names of types, as scripts write them, to types and back.

use std::rc::Rc;

use super::registry;
use super::type_ref::{Shape, TypeRef};
use crate::language::ast::{TypeName, TypeNameKind};
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::flow::Run;
use crate::runtime::object::PsObject;
use crate::runtime::value::Value;

/// The type of a name in brackets.
///
/// # Errors
/// `TypeNotFound`, with the nearest names as recommendation.
pub fn resolve(name: &TypeName) -> Run<TypeRef> {
    resolve_in(name, &[])
}

/// As [`resolve`], with the namespaces of `using namespace`.
///
/// # Errors
/// As [`resolve`].
pub fn resolve_in(name: &TypeName, namespaces: &[Rc<str>]) -> Run<TypeRef> {
    of_ast(name, namespaces).ok_or_else(|| not_found(&name.to_string()).into())
}

fn of_ast(name: &TypeName, namespaces: &[Rc<str>]) -> Option<TypeRef> {
    match &name.kind {
        TypeNameKind::Named(word) => plain(word, namespaces),
        TypeNameKind::Generic { name, arguments } => {
            let arguments = arguments
                .iter()
                .map(|a| of_ast(a, namespaces))
                .collect::<Option<Vec<_>>>()?;
            generic(name, arguments, namespaces)
        }
        TypeNameKind::Array { element, rank } => Some(of_ast(element, namespaces)?.array_of(*rank)),
    }
}

/// The type of a name as text: `int`, `System.Collections.Generic.List[string]`, `string[]`; with or without outer brackets.
pub fn find(text: &str) -> Option<TypeRef> {
    let text = text.trim();
    let inner = text
        .strip_prefix('[')
        .and_then(|t| t.strip_suffix(']'))
        .unwrap_or(text);
    let (found, rest) = parse(inner, 0)?;
    rest.trim().is_empty().then_some(found)
}

/// The error for a name that no type has.
pub fn not_found(name: &str) -> ErrorRecord {
    let exception = "System.Management.Automation.RuntimeException";
    let message = format!("Unable to find type [{name}].");
    let target = PsObject::view(
        "System.Management.Automation.Language.TypeName",
        vec![("Name", Value::str(name))],
    );
    let record = ErrorRecord::new(
        exception,
        "TypeNotFound",
        ErrorCategory::InvalidOperation,
        message,
    );
    let record = record.with_target(target);
    let near = super::nearest::nearest(
        name,
        registry::tables().flat_map(|t| t.aliases.iter().copied().chain([t.name])),
    );
    if near.is_empty() {
        record
    } else {
        record.with_recommendation(format!("Similar types: {}.", near.join(", ")))
    }
}

/// As scripts write it: the accelerator where there is one.
pub fn display(ty: TypeRef) -> String {
    match ty.shape() {
        Shape::Array(element, rank) => format!(
            "{}[{}]",
            display(*element),
            ",".repeat(rank.saturating_sub(1) as usize)
        ),
        Shape::Generic(arguments) => {
            let open = ty.table().name.split('`').next().unwrap_or_default();
            let names: Vec<String> = arguments.iter().map(|a| display(*a)).collect();
            format!("{open}[{}]", names.join(","))
        }
        Shape::Plain => ty
            .table()
            .aliases
            .first()
            .map_or(ty.full_name(), |alias| alias)
            .to_owned(),
    }
}

/// Generic arguments inside generic arguments go no deeper than this.
const MAX_DEPTH: usize = 32;

fn parse(text: &str, depth: usize) -> Option<(TypeRef, &str)> {
    if depth > MAX_DEPTH {
        return None;
    }
    let end = text.find(['[', ']', ',']).unwrap_or(text.len());
    let (word, mut rest) = text.split_at(end);
    let word = word.trim();
    let mut found = None;
    if let Some(inner) = rest.strip_prefix('[')
        && !inner.trim_start().starts_with([']', ','])
    {
        let (arguments, after) = parse_arguments(inner, depth + 1)?;
        found = Some(generic(word.split('`').next()?, arguments, &[])?);
        rest = after;
    }
    let mut found = match found {
        Some(found) => found,
        None => plain(word, &[])?,
    };
    while let Some(inner) = rest.strip_prefix('[') {
        let close = inner.find(']')?;
        let commas = inner[..close].trim();
        if !commas.bytes().all(|b| b == b',') {
            return None;
        }
        found = found.array_of(commas.len() as u32 + 1);
        rest = &inner[close + 1..];
    }
    Some((found, rest))
}

fn parse_arguments(mut text: &str, depth: usize) -> Option<(Vec<TypeRef>, &str)> {
    let mut arguments = Vec::new();
    loop {
        let text_in = text.trim_start();
        let (argument, rest) = match text_in.strip_prefix('[') {
            Some(inner) => {
                let (argument, rest) = parse(inner, depth)?;
                (argument, rest.get(rest.find(']')? + 1..)?)
            }
            None => parse(text_in, depth)?,
        };
        arguments.push(argument);
        let rest = rest.trim_start();
        match rest.strip_prefix(',') {
            Some(more) => text = more,
            None => return Some((arguments, rest.strip_prefix(']')?)),
        }
    }
}

fn plain(word: &str, namespaces: &[Rc<str>]) -> Option<TypeRef> {
    let table = lookup(word, namespaces)?;
    (!table.name.contains('`')).then(|| TypeRef::named(table.name))
}

fn generic(word: &str, arguments: Vec<TypeRef>, namespaces: &[Rc<str>]) -> Option<TypeRef> {
    let word = word.split('`').next().unwrap_or(word);
    let table = lookup(&format!("{word}`{}", arguments.len()), namespaces)?;
    Some(TypeRef::generic(table, arguments))
}

fn lookup(word: &str, namespaces: &[Rc<str>]) -> Option<&'static super::TypeTable> {
    registry::table(word)
        .or_else(|| registry::table(&format!("System.{word}")))
        .or_else(|| {
            namespaces
                .iter()
                .find_map(|space| registry::table(&format!("{space}.{word}")))
        })
}

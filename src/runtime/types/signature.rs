//! Signatures as text, read once a type.

use std::collections::HashMap;

use super::table::{Method, Property, TypeTable};
use super::type_ref::TypeRef;
use super::{names, registry};

/// A method with its signature read.
pub struct Overload {
    /// Whether it gives nothing.
    pub void: bool,
    /// In order.
    pub params: Vec<Param>,
    /// The last parameter takes all arguments from its place on.
    pub rest: bool,
    /// The row it comes from.
    pub method: &'static Method,
}

/// One parameter.
pub struct Param {
    /// The type its argument is converted to.
    pub ty: TypeRef,
    /// Its name.
    pub name: &'static str,
    /// Takes a `[ref]`.
    pub by_ref: bool,
}

/// All members of a type without those of its bases, by lower-case name.
pub struct Members {
    /// Of an object.
    pub methods: HashMap<String, Vec<Overload>>,
    /// Of the type.
    pub static_methods: HashMap<String, Vec<Overload>>,
    /// `new`.
    pub constructors: Vec<Overload>,
    /// Of an object.
    pub properties: HashMap<String, &'static Property>,
    /// Of the type.
    pub static_properties: HashMap<String, &'static Property>,
}

impl Members {
    /// Reads the table of a type; `arguments` stand for `T`, `TKey` and `TValue`.
    pub fn read(table: &'static TypeTable, arguments: &[TypeRef]) -> Members {
        let by_name = |methods: &'static [Method]| {
            let mut map: HashMap<String, Vec<Overload>> = HashMap::new();
            for method in methods {
                let name = method_name(method.signature).to_ascii_lowercase();
                map.entry(name)
                    .or_default()
                    .push(overload(method, arguments));
            }
            map
        };
        let properties = |all: &'static [Property]| {
            all.iter()
                .map(|p| (property_name(p.signature).to_ascii_lowercase(), p))
                .collect()
        };
        Members {
            methods: by_name(table.methods),
            static_methods: by_name(table.static_methods),
            constructors: table
                .constructors
                .iter()
                .map(|m| overload(m, arguments))
                .collect(),
            properties: properties(table.properties),
            static_properties: properties(table.static_properties),
        }
    }
}

/// `Substring` of `string Substring(int startIndex)`.
pub fn method_name(signature: &'static str) -> &'static str {
    let head = signature.split('(').next().unwrap_or(signature);
    head.rsplit(' ').next().unwrap_or(head)
}

/// `Length` of `int Length {get;}`.
pub fn property_name(signature: &'static str) -> &'static str {
    let head = signature.split(" {").next().unwrap_or(signature);
    head.rsplit(' ').next().unwrap_or(head)
}

fn overload(method: &'static Method, arguments: &[TypeRef]) -> Overload {
    let signature = method.signature;
    let (head, tail) = signature.split_once('(').unwrap_or((signature, ")"));
    let list = tail.strip_suffix(')').unwrap_or(tail);
    let mut rest = false;
    let mut params = Vec::new();
    for text in split_list(list) {
        let text = text.trim();
        let (text, is_rest) = text
            .strip_prefix("Params ")
            .map_or((text, false), |t| (t, true));
        let (text, by_ref) = text
            .strip_prefix("[ref] ")
            .map_or((text, false), |t| (t, true));
        let (ty, name) = text.rsplit_once(' ').unwrap_or((text, ""));
        rest |= is_rest;
        params.push(Param {
            ty: type_of(ty, arguments),
            name,
            by_ref,
        });
    }
    Overload {
        void: head.starts_with("void "),
        params,
        rest,
        method,
    }
}

/// Splits at commas outside brackets.
fn split_list(list: &'static str) -> Vec<&'static str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (i, c) in list.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    if !list.trim().is_empty() {
        parts.push(&list[start..]);
    }
    parts
}

fn type_of(text: &str, arguments: &[TypeRef]) -> TypeRef {
    if let Some(element) = text.strip_suffix("[]") {
        return type_of(element, arguments).array_of(1);
    }
    let argument = match text {
        "T" | "TKey" => arguments.first(),
        "TValue" => arguments.get(1),
        _ => None,
    };
    if let Some(argument) = argument {
        return *argument;
    }
    if text.starts_with("IEnumerable[") {
        return TypeRef::named("System.Collections.IEnumerable");
    }
    let found = registry::table(text)
        .filter(|t| !t.name.contains('`'))
        .map(|t| TypeRef::named(t.name));
    found
        .or_else(|| names::find(text))
        .unwrap_or_else(TypeRef::object)
}

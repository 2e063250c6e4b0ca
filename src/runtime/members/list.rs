//! All members of a value, for `Get-Member`, completion and formatting.

use std::rc::Rc;

use super::read::base_of;
use crate::runtime::convert;
use crate::runtime::flow::Run;
use crate::runtime::object::PropertyKind;
use crate::runtime::types::signature::{method_name, property_name};
use crate::runtime::types::{Invoker, TypeRef, names};
use crate::runtime::value::Value;

/// What sort of member it is: the words of `PSMemberTypes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum MemberKind {
    AliasProperty,
    Property,
    NoteProperty,
    ScriptProperty,
    Method,
    ScriptMethod,
}

/// A member as `Get-Member` shows it.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name.
    pub name: Rc<str>,
    /// What it is.
    pub kind: MemberKind,
    /// How it is used, for example `int Length {get;}`.
    pub definition: String,
}

/// Names of all properties in order, those added to the value last.
pub fn property_names(value: &Value) -> Vec<Rc<str>> {
    let mut all: Vec<Rc<str>> = Vec::new();
    let base = base_of(value);
    if let Value::Native(native) = base {
        all.extend(native.property_names());
    }
    if let Some(ty) = base.type_ref() {
        for ty in ty.lineage() {
            all.extend(
                ty.table()
                    .properties
                    .iter()
                    .map(|p| Rc::from(property_name(p.signature))),
            );
        }
    }
    collect_added(value, &mut all);
    all
}

fn collect_added(value: &Value, all: &mut Vec<Rc<str>>) {
    if let Value::Object(object) = value {
        if let Some(base) = &object.base {
            collect_added(base, all);
        }
        for property in object.properties.borrow().iter() {
            if !matches!(property.kind, PropertyKind::Method(_))
                && !all.iter().any(|n| n.eq_ignore_ascii_case(&property.name))
            {
                all.push(property.name.clone());
            }
        }
    }
}

/// All properties with their values; one whose value fails is left out.
///
/// # Errors
/// A script property that breaks out, or Ctrl-C.
pub fn property_list(value: &Value, host: &mut dyn Invoker) -> Run<Vec<(Rc<str>, Value)>> {
    let mut all = Vec::new();
    for name in property_names(value) {
        match super::get_own(value, &name, host) {
            Ok(found) => all.push((name, found.unwrap_or_default())),
            Err(crate::runtime::flow::Flow::Error { fatal: false, .. }) => {}
            Err(flow) => return Err(flow),
        }
    }
    Ok(all)
}

/// Every member as `Get-Member` lists it: methods first by name, then properties by name.
pub fn member_list(value: &Value) -> Vec<Member> {
    let mut all: Vec<Member> = Vec::new();
    let base = base_of(value);
    if let Some(ty) = base.type_ref() {
        all.extend(of_type(ty));
    }
    if let Value::Native(native) = base {
        for name in native.property_names() {
            let shown = native.property(&name).unwrap_or_default();
            let definition = format!("{} {name} {{get;}}", type_text(&shown));
            all.push(Member {
                name,
                kind: MemberKind::Property,
                definition,
            });
        }
    }
    for name in ["Equals", "GetHashCode", "GetType", "ToString"] {
        if !all.iter().any(|member| &*member.name == name) && !value.is_null() {
            let definition = match name {
                "Equals" => "bool Equals(System.Object obj)",
                "GetHashCode" => "int GetHashCode()",
                "GetType" => "type GetType()",
                _ => "string ToString()",
            };
            all.push(Member {
                name: Rc::from(name),
                kind: MemberKind::Method,
                definition: definition.to_owned(),
            });
        }
    }
    add_own(value, &mut all);
    all.sort_by(|a, b| {
        (order(a.kind), a.name.to_lowercase()).cmp(&(order(b.kind), b.name.to_lowercase()))
    });
    all
}

fn order(kind: MemberKind) -> u8 {
    match kind {
        MemberKind::AliasProperty => 0,
        MemberKind::Method => 1,
        MemberKind::NoteProperty => 2,
        MemberKind::Property => 3,
        MemberKind::ScriptMethod => 4,
        MemberKind::ScriptProperty => 5,
    }
}

fn of_type(ty: TypeRef) -> Vec<Member> {
    let mut all: Vec<Member> = Vec::new();
    for ty in ty.lineage() {
        for method in ty.table().methods {
            let name = method_name(method.signature);
            match all
                .iter_mut()
                .find(|m| &*m.name == name && m.kind == MemberKind::Method)
            {
                Some(member) => {
                    member.definition.push_str(", ");
                    member.definition.push_str(method.signature);
                }
                None => all.push(Member {
                    name: Rc::from(name),
                    kind: MemberKind::Method,
                    definition: method.signature.to_owned(),
                }),
            }
        }
        for property in ty.table().properties {
            all.push(Member {
                name: Rc::from(property_name(property.signature)),
                kind: MemberKind::Property,
                definition: property.signature.to_owned(),
            });
        }
    }
    all
}

fn type_text(value: &Value) -> String {
    value
        .type_ref()
        .map_or_else(|| "System.Object".to_owned(), names::display)
}

fn add_own(value: &Value, all: &mut Vec<Member>) {
    let Value::Object(object) = value else { return };
    if let Some(base) = &object.base {
        add_own(base, all);
    }
    let is_view = object.base.is_none() && value.type_ref() != Some(TypeRef::ps_custom_object());
    for property in object.properties.borrow().iter() {
        let name = &property.name;
        let (kind, definition) = match &property.kind {
            PropertyKind::Note(shown) if is_view => (
                MemberKind::Property,
                format!("{} {name} {{get;}}", type_text(shown)),
            ),
            PropertyKind::Note(shown) => (
                MemberKind::NoteProperty,
                format!("{} {name}={}", note_type(shown), note_text(shown)),
            ),
            PropertyKind::Script(get, set) => {
                let set = set
                    .as_ref()
                    .map_or_else(|| ";".to_owned(), |set| format!(";set={};", set.text()));
                (
                    MemberKind::ScriptProperty,
                    format!("System.Object {name} {{get={}{set}}}", get.text()),
                )
            }
            PropertyKind::Method(_) => {
                (MemberKind::ScriptMethod, format!("System.Object {name}();"))
            }
            PropertyKind::Alias(other) => (MemberKind::AliasProperty, format!("{name} = {other}")),
        };
        all.retain(|member| !member.name.eq_ignore_ascii_case(name));
        all.push(Member {
            name: name.clone(),
            kind,
            definition,
        });
    }
}

/// The type of a stored value; long ones by their full name.
fn note_type(value: &Value) -> String {
    match value {
        Value::Null => "object".to_owned(),
        other => type_text(other),
    }
}

fn note_text(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Array(_) => value
            .type_ref()
            .map_or_else(String::new, |ty| ty.full_name().to_owned()),
        other => convert::to_text(other),
    }
}

/// Names of a type's static members and, with `()`, methods, for completion.
pub fn static_names(ty: TypeRef) -> Vec<String> {
    let table = ty.table();
    let mut all: Vec<String> = table
        .members
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    all.extend(
        table
            .static_properties
            .iter()
            .map(|p| property_name(p.signature).to_owned()),
    );
    let mut methods: Vec<String> = table
        .static_methods
        .iter()
        .map(|m| format!("{}(", method_name(m.signature)))
        .collect();
    if !table.constructors.is_empty() {
        methods.push("new(".to_owned());
    }
    methods.dedup();
    all.extend(methods);
    all
}

//! A method without parentheses as a value.

use std::rc::Rc;

use super::list::MemberKind;
use super::read::base_of;
use crate::runtime::object::PropertyKind;
use crate::runtime::types::ps_method::PsMethod;
use crate::runtime::types::signature::method_name;
use crate::runtime::types::{Method, TypeRef};
use crate::runtime::value::Value;

/// Methods every object has beside those of its table.
const EVERYBODYS: &[&str] = &[
    "type GetType()",
    "string ToString()",
    "bool Equals(System.Object obj)",
    "int GetHashCode()",
];

/// The method of this name; `None` when the value has none.
pub fn method(value: &Value, name: &str) -> Option<Value> {
    if let Value::Object(object) = value
        && let Some(property) = object.find(name)
        && matches!(property.kind, PropertyKind::Method(_))
    {
        let definition = format!("System.Object {}();", property.name);
        return Some(Value::native(PsMethod {
            target: value.clone(),
            name: property.name,
            definitions: vec![definition],
            kind: MemberKind::ScriptMethod,
            is_static: false,
        }));
    }
    let base = base_of(value);
    let own = base.type_ref()?.lineage().flat_map(|ty| ty.table().methods);
    let own = own.map(|method| method.signature);
    let everybodys = EVERYBODYS.iter().copied();
    let (name, definitions) = named(own, name).or_else(|| named(everybodys, name))?;
    Some(Value::native(PsMethod {
        target: value.clone(),
        name,
        definitions,
        kind: MemberKind::Method,
        is_static: false,
    }))
}

/// The static method of this name; `None` when the type has none.
pub fn static_method(ty: TypeRef, name: &str) -> Option<Value> {
    let signature = |method: &'static Method| method.signature;
    let of_types = ty.lineage().flat_map(|ty| ty.table().static_methods);
    let constructors = ty.table().constructors.iter().map(signature);
    let (name, definitions) = named(of_types.map(signature), name)
        .map(|(name, all)| {
            (
                name,
                all.iter().map(|one| format!("static {one}")).collect(),
            )
        })
        .or_else(|| named(constructors, name))?;
    Some(Value::native(PsMethod {
        target: Value::Type(ty),
        name,
        definitions,
        kind: MemberKind::Method,
        is_static: true,
    }))
}

/// The signatures of a name, and the name as they spell it.
fn named(
    signatures: impl Iterator<Item = &'static str>,
    name: &str,
) -> Option<(Rc<str>, Vec<String>)> {
    let found: Vec<&str> = signatures
        .filter(|signature| method_name(signature).eq_ignore_ascii_case(name))
        .collect();
    let first = found.first()?;
    let spelled = Rc::from(method_name(first));
    Some((spelled, found.into_iter().map(str::to_owned).collect()))
}

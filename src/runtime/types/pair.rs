//! `System.Collections.DictionaryEntry` and `System.Collections.Generic.KeyValuePair`.

use std::any::Any;
use std::rc::Rc;

use super::TypeRef;
use super::args::Args;
use super::table::{Kind, Method, Property, TypeTable};
use crate::runtime::convert;
use crate::runtime::value::{Native, Value};

/// A key and its value.
struct Pair {
    key: Value,
    value: Value,
    ty: TypeRef,
}

impl Native for Pair {
    fn type_ref(&self) -> TypeRef {
        self.ty
    }

    fn text(&self) -> String {
        if self.ty.full_name() == ENTRY.name {
            return ENTRY.name.to_owned();
        }
        format!(
            "[{}, {}]",
            convert::to_text(&self.key),
            convert::to_text(&self.value)
        )
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        if self.ty.full_name() == ENTRY.name {
            vec![Rc::from("Name")]
        } else {
            Vec::new()
        }
    }

    fn property(&self, name: &str) -> Option<Value> {
        (name.eq_ignore_ascii_case("Name") && self.ty.full_name() == ENTRY.name)
            .then(|| self.key.clone())
    }

    fn equals(&self, other: &dyn Native) -> bool {
        let other = other.as_any().downcast_ref::<Pair>();
        other.is_some_and(|o| {
            super::key::same(&self.key, &o.key, true)
                && super::key::same(&self.value, &o.value, true)
        })
    }
}

/// A `DictionaryEntry`.
pub fn entry(key: Value, value: Value) -> Value {
    Value::native(Pair {
        key,
        value,
        ty: TypeRef::named(ENTRY.name),
    })
}

/// A `KeyValuePair` of a dictionary's types.
pub fn generic(key: Value, value: Value, arguments: &[TypeRef]) -> Value {
    Value::native(Pair {
        key,
        value,
        ty: TypeRef::generic(&KEY_VALUE, arguments.to_vec()),
    })
}

/// `Key` or `Value` of a pair; `None` for other values.
pub fn part(value: &Value, name: &str) -> Option<Value> {
    let pair = value.downcast::<Pair>()?;
    Some(if name == "Key" {
        pair.key.clone()
    } else {
        pair.value.clone()
    })
}

const PROPERTIES: &[Property] = &[
    Property::read("System.Object Key {get;}", |v| {
        Ok(part(v, "Key").unwrap_or_default())
    }),
    Property::read("System.Object Value {get;}", |v| {
        Ok(part(v, "Value").unwrap_or_default())
    }),
];

/// `System.Collections.DictionaryEntry`
pub static ENTRY: TypeTable = TypeTable {
    name: "System.Collections.DictionaryEntry",
    base: "System.ValueType",
    kind: Kind::Struct,
    constructors: &[Method::new(
        "System.Collections.DictionaryEntry new(System.Object key, System.Object value)",
        |c| Ok(entry(c.arg(0).clone(), c.arg(1).clone())),
    )],
    properties: PROPERTIES,
    ..TypeTable::EMPTY
};

/// `System.Collections.Generic.KeyValuePair`
pub static KEY_VALUE: TypeTable = TypeTable {
    name: "System.Collections.Generic.KeyValuePair`2",
    base: "System.ValueType",
    kind: Kind::Struct,
    constructors: &[Method::new(
        "System.Object new(TKey key, TValue value)",
        |c| {
            Ok(generic(
                c.arg(0).clone(),
                c.arg(1).clone(),
                c.owner.arguments(),
            ))
        },
    )],
    properties: PROPERTIES,
    ..TypeTable::EMPTY
};

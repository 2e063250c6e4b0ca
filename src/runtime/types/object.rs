//! `System.Object` and the interfaces that scripts test for.

use super::args::Args;
use super::table::{Kind, Method, TypeTable};
use super::{TypeRef, key};
use crate::runtime::value::Value;

/// More elements than this an array may not be made with.
pub const MAX_ARRAY: usize = 100_000_000;

/// What a place of this type holds before anything was put there.
pub fn default_of(ty: TypeRef) -> Value {
    if !ty.is_value() {
        Value::Null
    } else {
        crate::runtime::convert::blank(ty)
    }
}

const fn interface(name: &'static str) -> TypeTable {
    TypeTable {
        name,
        base: "",
        kind: Kind::Interface,
        ..TypeTable::EMPTY
    }
}

/// `System.Object`. `ToString`, `Equals`, `GetHashCode` and `GetType` of every object are answered in `members`.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Object",
    aliases: &["object"],
    base: "",
    constructors: &[Method::new("System.Object new()", |_| {
        Ok(crate::runtime::object::PsObject::view(
            "System.Object",
            vec![],
        ))
    })],
    static_methods: &[
        Method::new("bool Equals(System.Object objA, System.Object objB)", |c| {
            Ok(Value::Bool(key::same(c.arg(0), c.arg(1), true)))
        }),
        Method::new(
            "bool ReferenceEquals(System.Object objA, System.Object objB)",
            |c| {
                let same = match (key::address(c.arg(0)), key::address(c.arg(1))) {
                    (Some(a), Some(b)) => a == b,
                    _ => c.arg(0).is_null() && c.arg(1).is_null(),
                };
                Ok(Value::Bool(same))
            },
        ),
    ],
    ..TypeTable::EMPTY
};

/// Types without members of their own.
pub static PLAIN: &[&TypeTable] = &[
    &TypeTable {
        name: "System.ValueType",
        ..TypeTable::EMPTY
    },
    &TypeTable {
        name: "System.Enum",
        base: "System.ValueType",
        ..TypeTable::EMPTY
    },
    &TypeTable {
        name: "System.Void",
        aliases: &["void"],
        base: "System.ValueType",
        kind: Kind::Struct,
        ..TypeTable::EMPTY
    },
    &TypeTable {
        name: "System.Management.Automation.PSObject",
        aliases: &["psobject"],
        constructors: &[Method::new("psobject new()", |_| {
            Ok(crate::runtime::object::PsObject::custom(vec![]))
        })],
        ..TypeTable::EMPTY
    },
    &TypeTable {
        name: "System.Management.Automation.PSCustomObject",
        aliases: &["pscustomobject"],
        ..TypeTable::EMPTY
    },
    &TypeTable {
        name: "System.Management.Automation.SwitchParameter",
        aliases: &["switch"],
        base: "System.ValueType",
        kind: Kind::Struct,
        ..TypeTable::EMPTY
    },
    &TypeTable {
        name: "System.Nullable`1",
        base: "System.ValueType",
        ..TypeTable::EMPTY
    },
    &TypeTable {
        name: "System.Reflection.TypeInfo",
        ..TypeTable::EMPTY
    },
    &interface("System.IComparable"),
    &interface("System.IFormattable"),
    &interface("System.IConvertible"),
    &interface("System.ICloneable"),
    &interface("System.IDisposable"),
    &interface("System.Collections.IEnumerable"),
    &interface("System.Collections.IEnumerator"),
    &interface("System.Collections.ICollection"),
    &interface("System.Collections.IList"),
    &interface("System.Collections.IDictionary"),
    &interface("System.Collections.Generic.IEnumerable`1"),
    &interface("System.Collections.Generic.ICollection`1"),
    &interface("System.Collections.Generic.IList`1"),
    &interface("System.Collections.Generic.IDictionary`2"),
];

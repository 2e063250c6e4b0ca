//! What `GetEnumerator()` gives.

use std::any::Any;
use std::cell::Cell;

use super::TypeRef;
use super::table::{Fault, Method, Property, TypeTable};
use crate::runtime::value::{Native, Value};

/// Elements and a place among them.
struct Enumerator {
    ty: &'static str,
    items: Vec<Value>,
    /// 0 before the first `MoveNext`.
    next: Cell<usize>,
}

impl Native for Enumerator {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(self.ty)
    }

    fn text(&self) -> String {
        self.ty.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    /// What is left of it.
    fn elements(&self) -> Option<Vec<Value>> {
        let rest = self
            .items
            .get(self.next.get()..)
            .unwrap_or_default()
            .to_vec();
        Some(rest)
    }
}

/// An enumerator before its first element.
pub fn of(items: Vec<Value>) -> Value {
    of_type(TABLE.name, items)
}

/// `$input`: what was piped in.
pub fn input(items: Vec<Value>) -> Value {
    of_type(SIMPLE.name, items)
}

fn of_type(ty: &'static str, items: Vec<Value>) -> Value {
    Value::native(Enumerator {
        ty,
        items,
        next: Cell::new(0),
    })
}

fn current(this: &Value) -> Result<Value, Fault> {
    let enumerator = this.downcast::<Enumerator>();
    let found = enumerator.and_then(|e| e.next.get().checked_sub(1).and_then(|at| e.items.get(at)));
    found.cloned().ok_or_else(|| {
        Fault::invalid_operation("Enumeration has either not started or has already finished.")
    })
}

fn part(this: &Value, name: &str) -> Result<Value, Fault> {
    let entry = current(this)?;
    Ok(super::pair::part(&entry, name).unwrap_or_default())
}

const METHODS: &[Method] = &[
    Method::new("bool MoveNext()", |c| {
        let Some(enumerator) = c.this.downcast::<Enumerator>() else {
            return Ok(Value::Bool(false));
        };
        let next = (enumerator.next.get() + 1).min(enumerator.items.len() + 1);
        enumerator.next.set(next);
        Ok(Value::Bool(next <= enumerator.items.len()))
    }),
    Method::new("void Reset()", |c| {
        if let Some(enumerator) = c.this.downcast::<Enumerator>() {
            enumerator.next.set(0);
        }
        Ok(Value::Null)
    }),
    Method::new("void Dispose()", |_| Ok(Value::Null)),
];

/// Its members.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Collections.IDictionaryEnumerator",
    interfaces: &[
        "System.Collections.IEnumerator",
        "System.Collections.IEnumerable",
    ],
    properties: &[
        Property::read("System.Object Current {get;}", current),
        Property::read("System.Object Key {get;}", |v| part(v, "Key")),
        Property::read("System.Object Value {get;}", |v| part(v, "Value")),
        Property::read("System.Collections.DictionaryEntry Entry {get;}", current),
    ],
    methods: METHODS,
    ..TypeTable::EMPTY
};

/// The enumerator of `$input`.
pub static SIMPLE: TypeTable = TypeTable {
    name: "System.Collections.ArrayList+ArrayListEnumeratorSimple",
    interfaces: &[
        "System.Collections.IEnumerator",
        "System.Collections.IEnumerable",
    ],
    properties: &[Property::read("System.Object Current {get;}", current)],
    methods: METHODS,
    ..TypeTable::EMPTY
};

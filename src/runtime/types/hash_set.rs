//! `System.Collections.Generic.HashSet` and `SortedSet`.

use std::any::Any;
use std::cell::RefCell;

use indexmap::IndexSet;

use super::args::Args;
use super::key::{Key, Probe};
use super::string::comparer_ignores_case;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::{TypeRef, enumerator};
use crate::runtime::compare;
use crate::runtime::convert;
use crate::runtime::value::{Native, Value};

/// Elements without repetition. Letter case counts unless a comparer says otherwise.
struct Set {
    ty: TypeRef,
    sensitive: bool,
    items: RefCell<IndexSet<Key>>,
}

impl Set {
    fn is_sorted(&self) -> bool {
        self.ty.full_name().contains("SortedSet")
    }

    fn values(&self) -> Vec<Value> {
        let mut all: Vec<Value> = self
            .items
            .borrow()
            .iter()
            .map(|key| key.value.clone())
            .collect();
        if self.is_sorted() {
            compare::sort_by(&mut all, |a, b| compare::sort_order(a, b, true));
        }
        all
    }

    fn contains(&self, value: &Value) -> bool {
        self.items.borrow().contains(&Probe {
            value,
            sensitive: self.sensitive,
        })
    }

    fn insert(&self, value: Value) -> bool {
        self.items.borrow_mut().insert(Key {
            value,
            sensitive: self.sensitive,
        })
    }

    fn remove(&self, value: &Value) -> bool {
        self.items.borrow_mut().shift_remove(&Probe {
            value,
            sensitive: self.sensitive,
        })
    }
}

impl Native for Set {
    fn type_ref(&self) -> TypeRef {
        self.ty
    }

    fn text(&self) -> String {
        self.ty.full_name().to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn elements(&self) -> Option<Vec<Value>> {
        Some(self.values())
    }

    fn count(&self) -> Option<usize> {
        Some(self.items.borrow().len())
    }
}

fn set<'a>(call: &'a Call<'_>) -> Result<&'a Set, Fault> {
    call.this
        .downcast::<Set>()
        .ok_or_else(|| Fault::invalid_operation("This is no set."))
}

fn new(call: &mut Call<'_>) -> Answer {
    let ignore = call
        .args
        .iter()
        .find_map(comparer_ignores_case)
        .unwrap_or(false);
    let made = Set {
        ty: call.owner,
        sensitive: !ignore,
        items: RefCell::default(),
    };
    let first = call.arg(0);
    if comparer_ignores_case(first).is_none() && !matches!(first, Value::Number(_)) {
        for item in other(call)? {
            made.insert(item);
        }
    }
    Ok(Value::native(made))
}

/// The elements of the argument, in the set's element type.
fn other(call: &Call<'_>) -> Result<Vec<Value>, Fault> {
    let element = call
        .owner
        .arguments()
        .first()
        .copied()
        .unwrap_or_else(TypeRef::object);
    let convert =
        |item: &Value| convert::to_type(item, element).map_err(|e| Fault::argument(e.message));
    call.list(0).iter().map(convert).collect()
}

/// The argument as a set that compares as this one does.
fn other_set(call: &Call<'_>) -> Result<Set, Fault> {
    let made = Set {
        ty: call.owner,
        sensitive: set(call)?.sensitive,
        items: RefCell::default(),
    };
    for item in other(call)? {
        made.insert(item);
    }
    Ok(made)
}

fn keep(call: &Call<'_>, test: impl Fn(&Value) -> bool) -> Answer {
    set(call)?.items.borrow_mut().retain(|key| test(&key.value));
    Ok(Value::Null)
}

const METHODS: &[Method] = &[
    Method::new("bool Add(T item)", |c| {
        Ok(Value::Bool(set(c)?.insert(c.arg(0).clone())))
    }),
    Method::new("void Clear()", |c| {
        set(c)?.items.borrow_mut().clear();
        Ok(Value::Null)
    }),
    Method::new("bool Contains(T item)", |c| {
        Ok(Value::Bool(set(c)?.contains(c.arg(0))))
    }),
    Method::new("bool Remove(T item)", |c| {
        Ok(Value::Bool(set(c)?.remove(c.arg(0))))
    }),
    Method::new("void UnionWith(IEnumerable[T] other)", |c| {
        for item in other(c)? {
            set(c)?.insert(item);
        }
        Ok(Value::Null)
    }),
    Method::new("void IntersectWith(IEnumerable[T] other)", |c| {
        let other = other_set(c)?;
        keep(c, |item| other.contains(item))
    }),
    Method::new("void ExceptWith(IEnumerable[T] other)", |c| {
        let other = other_set(c)?;
        keep(c, |item| !other.contains(item))
    }),
    Method::new("void SymmetricExceptWith(IEnumerable[T] other)", |c| {
        let other = other_set(c)?;
        for item in other.values() {
            if !set(c)?.remove(&item) {
                set(c)?.insert(item);
            }
        }
        Ok(Value::Null)
    }),
    Method::new("bool IsSubsetOf(IEnumerable[T] other)", |c| {
        let other = other_set(c)?;
        Ok(Value::Bool(
            set(c)?.values().iter().all(|item| other.contains(item)),
        ))
    }),
    Method::new("bool IsSupersetOf(IEnumerable[T] other)", |c| {
        let own = set(c)?;
        Ok(Value::Bool(other(c)?.iter().all(|item| own.contains(item))))
    }),
    Method::new("bool Overlaps(IEnumerable[T] other)", |c| {
        let own = set(c)?;
        Ok(Value::Bool(other(c)?.iter().any(|item| own.contains(item))))
    }),
    Method::new("bool SetEquals(IEnumerable[T] other)", |c| {
        let (own, other) = (set(c)?, other_set(c)?);
        let same = own.values().len() == other.values().len();
        Ok(Value::Bool(
            same && other.values().iter().all(|item| own.contains(item)),
        ))
    }),
    Method::new("System.Object GetEnumerator()", |c| {
        Ok(enumerator::of(set(c)?.values()))
    }),
    Method::new("void CopyTo(array array)", |c| {
        if let Value::Array(target) = c.arg(0) {
            let values = set(c)?.values();
            target
                .items
                .borrow_mut()
                .iter_mut()
                .zip(values)
                .for_each(|(slot, value)| *slot = value);
        }
        Ok(Value::Null)
    }),
];

const CONSTRUCTORS: &[Method] = &[
    Method::new("System.Object new()", new),
    Method::new("System.Object new(System.StringComparer comparer)", new),
    Method::new(
        "System.Object new(System.Collections.IEnumerable collection)",
        new,
    ),
    Method::new(
        "System.Object new(System.Collections.IEnumerable collection, System.StringComparer comparer)",
        new,
    ),
];

const COUNT: &[Property] = &[Property::read("int Count {get;}", |v| {
    Ok(Value::int(
        v.downcast::<Set>().map_or(0, |s| s.items.borrow().len()) as i32,
    ))
})];

const INTERFACES: &[&str] = &[
    "System.Collections.IEnumerable",
    "System.Collections.Generic.ICollection`1",
];

/// `System.Collections.Generic.HashSet`
pub static HASH_SET: TypeTable = TypeTable {
    name: "System.Collections.Generic.HashSet`1",
    interfaces: INTERFACES,
    constructors: CONSTRUCTORS,
    properties: COUNT,
    methods: METHODS,
    ..TypeTable::EMPTY
};

/// `System.Collections.Generic.SortedSet`
pub static SORTED_SET: TypeTable = TypeTable {
    name: "System.Collections.Generic.SortedSet`1",
    interfaces: INTERFACES,
    constructors: CONSTRUCTORS,
    properties: COUNT,
    methods: METHODS,
    ..TypeTable::EMPTY
};

//! `System.Collections.Generic.Dictionary` and `SortedDictionary`.

use std::any::Any;

use super::args::Args;
use super::hashtable::Hashtable;
use super::string::comparer_ignores_case;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::{TypeRef, enumerator, pair};
use crate::runtime::compare;
use crate::runtime::convert;
use crate::runtime::value::{Native, Value};

/// Keys and values of two types.
pub struct Dictionary {
    ty: TypeRef,
    table: Hashtable,
}

impl Dictionary {
    /// Its pairs, sorted by key when its type is.
    pub fn pairs(&self) -> Vec<(Value, Value)> {
        let mut all = self.table.pairs();
        if self.ty.full_name().contains(".Sorted") {
            compare::sort_by(&mut all, |a, b| compare::sort_order(&a.0, &b.0, true));
        }
        all
    }

    fn entries(&self) -> Vec<Value> {
        self.pairs()
            .into_iter()
            .map(|(key, value)| pair::generic(key, value, self.ty.arguments()))
            .collect()
    }
}

impl Native for Dictionary {
    fn type_ref(&self) -> TypeRef {
        self.ty
    }

    fn text(&self) -> String {
        self.ty.full_name().to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn count(&self) -> Option<usize> {
        Some(self.table.len())
    }

    /// `$d.key`
    fn property(&self, name: &str) -> Option<Value> {
        self.table.get_name(name)
    }

    fn set_property(&self, name: &str, value: Value) -> Option<Result<(), String>> {
        let key = convert::to_type(&Value::str(name), self.argument(0));
        let value = convert::to_type(&value, self.argument(1));
        Some(match (key, value) {
            (Ok(key), Ok(value)) => {
                self.table.insert(key, value);
                Ok(())
            }
            (Err(error), _) | (_, Err(error)) => Err(error.message),
        })
    }
}

impl Dictionary {
    fn argument(&self, index: usize) -> TypeRef {
        self.ty
            .arguments()
            .get(index)
            .copied()
            .unwrap_or_else(TypeRef::object)
    }
}

fn dictionary<'a>(call: &'a Call<'_>) -> Result<&'a Dictionary, Fault> {
    call.this
        .downcast::<Dictionary>()
        .ok_or_else(|| Fault::invalid_operation("This is no dictionary."))
}

fn new(call: &mut Call<'_>) -> Answer {
    let ignore = call
        .args
        .iter()
        .find_map(comparer_ignores_case)
        .unwrap_or(false);
    let table = if ignore {
        Hashtable::new()
    } else {
        Hashtable::case_sensitive()
    };
    let pairs = match call.arg(0) {
        Value::Hashtable(source) => source.pairs(),
        other => other
            .downcast::<Dictionary>()
            .map(Dictionary::pairs)
            .unwrap_or_default(),
    };
    let made = Dictionary {
        ty: call.owner,
        table,
    };
    for (key, value) in pairs {
        let key =
            convert::to_type(&key, made.argument(0)).map_err(|e| Fault::argument(e.message))?;
        let value =
            convert::to_type(&value, made.argument(1)).map_err(|e| Fault::argument(e.message))?;
        made.table.insert(key, value);
    }
    Ok(Value::native(made))
}

fn no_null(call: &Call<'_>) -> Result<(), Fault> {
    if call.arg(0).is_null() {
        return Err(Fault::Exception(
            "System.ArgumentNullException",
            "Value cannot be null. (Parameter 'key')".into(),
        ));
    }
    Ok(())
}

fn get(call: &mut Call<'_>) -> Answer {
    no_null(call)?;
    let missing = || {
        let name = convert::to_text(call.arg(0));
        Fault::Exception(
            "System.Collections.Generic.KeyNotFoundException",
            format!("The given key '{name}' was not present in the dictionary."),
        )
    };
    dictionary(call)?.table.get(call.arg(0)).ok_or_else(missing)
}

fn set(call: &mut Call<'_>) -> Answer {
    no_null(call)?;
    dictionary(call)?
        .table
        .insert(call.arg(0).clone(), call.arg(1).clone());
    Ok(Value::Null)
}

fn add(call: &mut Call<'_>) -> Answer {
    no_null(call)?;
    let own = dictionary(call)?;
    if own.table.contains(call.arg(0)) {
        let name = convert::to_text(call.arg(0));
        return Err(Fault::argument(format!(
            "An item with the same key has already been added. Key: {name}"
        )));
    }
    own.table.insert(call.arg(0).clone(), call.arg(1).clone());
    Ok(Value::Null)
}

const METHODS: &[Method] = &[
    Method {
        signature: "void Add(TKey key, TValue value)",
        call: add,
    },
    Method {
        signature: "bool TryAdd(TKey key, TValue value)",
        call: |c| {
            let own = dictionary(c)?;
            let is_new = !own.table.contains(c.arg(0));
            if is_new {
                own.table.insert(c.arg(0).clone(), c.arg(1).clone());
            }
            Ok(Value::Bool(is_new))
        },
    },
    Method {
        signature: "void Clear()",
        call: |c| {
            dictionary(c)?.table.clear();
            Ok(Value::Null)
        },
    },
    Method {
        signature: "bool ContainsKey(TKey key)",
        call: |c| Ok(Value::Bool(dictionary(c)?.table.contains(c.arg(0)))),
    },
    Method {
        signature: "bool ContainsValue(TValue value)",
        call: |c| {
            Ok(Value::Bool(
                dictionary(c)?
                    .table
                    .values()
                    .iter()
                    .any(|v| super::key::same(v, c.arg(0), true)),
            ))
        },
    },
    Method {
        signature: "System.Object GetEnumerator()",
        call: |c| Ok(enumerator::of(dictionary(c)?.entries())),
    },
    Method {
        signature: "TValue get_Item(TKey key)",
        call: get,
    },
    Method {
        signature: "TValue Item(TKey key)",
        call: get,
    },
    Method {
        signature: "void set_Item(TKey key, TValue value)",
        call: set,
    },
    Method {
        signature: "bool Remove(TKey key)",
        call: |c| Ok(Value::Bool(dictionary(c)?.table.remove(c.arg(0)).is_some())),
    },
    Method {
        signature: "bool TryGetValue(TKey key, [ref] TValue value)",
        call: |c| {
            let own = dictionary(c)?;
            let found = own.table.get(c.arg(0));
            let ok = found.is_some();
            c.give(
                1,
                found.unwrap_or_else(|| super::object::default_of(own.argument(1))),
            );
            Ok(Value::Bool(ok))
        },
    },
];

const PROPERTIES: &[Property] = &[
    Property {
        signature: "int Count {get;}",
        get: |v| {
            Ok(Value::int(
                v.downcast::<Dictionary>().map_or(0, |d| d.table.len()) as i32,
            ))
        },
        set: None,
    },
    Property {
        signature: "System.Object Keys {get;}",
        get: |v| {
            Ok(Value::array(
                v.downcast::<Dictionary>()
                    .map(|d| d.pairs().into_iter().map(|p| p.0).collect())
                    .unwrap_or_default(),
            ))
        },
        set: None,
    },
    Property {
        signature: "System.Object Values {get;}",
        get: |v| {
            Ok(Value::array(
                v.downcast::<Dictionary>()
                    .map(|d| d.pairs().into_iter().map(|p| p.1).collect())
                    .unwrap_or_default(),
            ))
        },
        set: None,
    },
];

const CONSTRUCTORS: &[Method] = &[
    Method {
        signature: "System.Object new()",
        call: new,
    },
    Method {
        signature: "System.Object new(int capacity)",
        call: new,
    },
    Method {
        signature: "System.Object new(System.StringComparer comparer)",
        call: new,
    },
    Method {
        signature: "System.Object new(System.Collections.IDictionary dictionary)",
        call: new,
    },
    Method {
        signature: "System.Object new(System.Collections.IDictionary dictionary, System.StringComparer comparer)",
        call: new,
    },
];

const INTERFACES: &[&str] = &[
    "System.Collections.IDictionary",
    "System.Collections.ICollection",
    "System.Collections.IEnumerable",
    "System.Collections.Generic.IDictionary`2",
];

macro_rules! dictionary_type {
    ($static:ident, $name:literal) => {
        #[doc = $name]
        pub static $static: TypeTable = TypeTable {
            name: $name,
            interfaces: INTERFACES,
            constructors: CONSTRUCTORS,
            properties: PROPERTIES,
            methods: METHODS,
            ..TypeTable::EMPTY
        };
    };
}

dictionary_type!(DICTIONARY, "System.Collections.Generic.Dictionary`2");
dictionary_type!(
    SORTED_DICTIONARY,
    "System.Collections.Generic.SortedDictionary`2"
);
dictionary_type!(SORTED_LIST, "System.Collections.Generic.SortedList`2");
dictionary_type!(
    CONCURRENT,
    "System.Collections.Concurrent.ConcurrentDictionary`2"
);

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
    Method::new("void Add(TKey key, TValue value)", add),
    Method::new("bool TryAdd(TKey key, TValue value)", |c| {
        let own = dictionary(c)?;
        let is_new = !own.table.contains(c.arg(0));
        if is_new {
            own.table.insert(c.arg(0).clone(), c.arg(1).clone());
        }
        Ok(Value::Bool(is_new))
    }),
    Method::new("void Clear()", |c| {
        dictionary(c)?.table.clear();
        Ok(Value::Null)
    }),
    Method::new("bool ContainsKey(TKey key)", |c| {
        Ok(Value::Bool(dictionary(c)?.table.contains(c.arg(0))))
    }),
    Method::new("bool ContainsValue(TValue value)", |c| {
        Ok(Value::Bool(
            dictionary(c)?
                .table
                .values()
                .iter()
                .any(|v| super::key::same(v, c.arg(0), true)),
        ))
    }),
    Method::new("System.Object GetEnumerator()", |c| {
        Ok(enumerator::of(dictionary(c)?.entries()))
    }),
    Method::new("TValue get_Item(TKey key)", get),
    Method::new("TValue Item(TKey key)", get),
    Method::new("void set_Item(TKey key, TValue value)", set),
    Method::new("bool Remove(TKey key)", |c| {
        Ok(Value::Bool(dictionary(c)?.table.remove(c.arg(0)).is_some()))
    }),
    Method::new("bool TryGetValue(TKey key, [ref] TValue value)", |c| {
        let own = dictionary(c)?;
        let found = own.table.get(c.arg(0));
        let ok = found.is_some();
        c.give(
            1,
            found.unwrap_or_else(|| super::object::default_of(own.argument(1))),
        );
        Ok(Value::Bool(ok))
    }),
];

const PROPERTIES: &[Property] = &[
    Property::read("int Count {get;}", |v| {
        Ok(Value::int(
            v.downcast::<Dictionary>().map_or(0, |d| d.table.len()) as i32,
        ))
    }),
    Property::read("System.Object Keys {get;}", |v| {
        Ok(Value::array(
            v.downcast::<Dictionary>()
                .map(|d| d.pairs().into_iter().map(|p| p.0).collect())
                .unwrap_or_default(),
        ))
    }),
    Property::read("System.Object Values {get;}", |v| {
        Ok(Value::array(
            v.downcast::<Dictionary>()
                .map(|d| d.pairs().into_iter().map(|p| p.1).collect())
                .unwrap_or_default(),
        ))
    }),
];

const CONSTRUCTORS: &[Method] = &[
    Method::new("System.Object new()", new),
    Method::new("System.Object new(int capacity)", new),
    Method::new("System.Object new(System.StringComparer comparer)", new),
    Method::new(
        "System.Object new(System.Collections.IDictionary dictionary)",
        new,
    ),
    Method::new(
        "System.Object new(System.Collections.IDictionary dictionary, System.StringComparer comparer)",
        new,
    ),
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

//! Members of `Hashtable` and `OrderedDictionary`.

use std::rc::Rc;

use super::args::Args;
use super::hashtable::Hashtable;
use super::string::comparer_ignores_case;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::{enumerator, key, pair};
use crate::runtime::convert;
use crate::runtime::value::Value;

fn table(value: &Value) -> Result<&Rc<Hashtable>, Fault> {
    match value {
        Value::Hashtable(table) => Ok(table),
        _ => Err(Fault::invalid_operation("This is no hashtable.")),
    }
}

fn made(call: &Call<'_>, ordered: bool) -> Answer {
    let ignore = call
        .args
        .iter()
        .find_map(comparer_ignores_case)
        .unwrap_or(ordered);
    let source = call.args.iter().find_map(|arg| {
        if let Value::Hashtable(table) = arg {
            Some(table.clone())
        } else {
            None
        }
    });
    let new = match (ordered, ignore) {
        (true, _) => Hashtable::ordered(),
        (false, true) => Hashtable::new(),
        (false, false) => Hashtable::case_sensitive(),
    };
    for (key, value) in source.map(|source| source.pairs()).unwrap_or_default() {
        new.insert(key, value);
    }
    Ok(Value::Hashtable(Rc::new(new)))
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

fn add(call: &mut Call<'_>) -> Answer {
    no_null(call)?;
    let own = table(call.this)?;
    if own.contains(call.arg(0)) {
        let name = convert::to_text(call.arg(0));
        return Err(Fault::argument(if own.is_ordered() {
            format!("An item with the same key has already been added. Key: {name}")
        } else {
            format!(
                "Item has already been added. Key in dictionary: '{name}'  Key being added: '{name}'"
            )
        }));
    }
    own.insert(call.arg(0).clone(), call.arg(1).clone());
    Ok(Value::Null)
}

/// A key's value; of an ordered table, an Int32 that is no key is a place.
fn get(call: &mut Call<'_>) -> Answer {
    let own = table(call.this)?;
    if let Some(found) = own.get(call.arg(0)) {
        return Ok(found);
    }
    if own.is_ordered()
        && let Value::Number(_) = call.arg(0)
    {
        let at = usize::try_from(call.long(0)).ok();
        return Ok(at
            .and_then(|at| own.at(at))
            .map(|(_, value)| value)
            .unwrap_or_default());
    }
    Ok(Value::Null)
}

fn set(call: &mut Call<'_>) -> Answer {
    no_null(call)?;
    table(call.this)?.insert(call.arg(0).clone(), call.arg(1).clone());
    Ok(Value::Null)
}

fn entries(value: &Value) -> Result<Vec<Value>, Fault> {
    Ok(table(value)?
        .pairs()
        .into_iter()
        .map(|(key, value)| pair::entry(key, value))
        .collect())
}

const PROPERTIES: &[Property] = &[
    Property::read("int Count {get;}", |v| {
        Ok(Value::int(table(v)?.len() as i32))
    }),
    Property::read("bool IsFixedSize {get;}", |_| Ok(Value::Bool(false))),
    Property::read("bool IsReadOnly {get;}", |_| Ok(Value::Bool(false))),
    Property::read("bool IsSynchronized {get;}", |_| Ok(Value::Bool(false))),
    Property::read("System.Collections.ICollection Keys {get;}", |v| {
        Ok(Value::array(table(v)?.keys()))
    }),
    Property::read("System.Object SyncRoot {get;}", |v| Ok(v.clone())),
    Property::read("System.Collections.ICollection Values {get;}", |v| {
        Ok(Value::array(table(v)?.values()))
    }),
];

macro_rules! shared_methods {
    ($($extra:expr),* $(,)?) => {
        &[
            Method::new("void Add(System.Object key, System.Object value)", add),
            Method::new("void Clear()", |c| {
                    table(c.this)?.clear();
                    Ok(Value::Null)
                }),
            Method::new("System.Object Clone()", |c| Ok(Value::Hashtable(Rc::new(table(c.this)?.copy())))),
            Method::new("bool Contains(System.Object key)", |c| Ok(Value::Bool(table(c.this)?.contains(c.arg(0))))),
            Method::new("bool ContainsKey(System.Object key)", |c| Ok(Value::Bool(table(c.this)?.contains(c.arg(0))))),
            Method::new("bool ContainsValue(System.Object value)", |c| Ok(Value::Bool(table(c.this)?.values().iter().any(|v| key::same(v, c.arg(0), true))))),
            Method::new("void CopyTo(array array, int arrayIndex)", |c| {
                    let start = usize::try_from(c.long(1)).unwrap_or(0);
                    if let Value::Array(target) = c.arg(0) {
                        let all = entries(c.this)?;
                        target.items.borrow_mut().iter_mut().skip(start).zip(all).for_each(|(slot, value)| *slot = value);
                    }
                    Ok(Value::Null)
                }),
            Method::new("System.Collections.IDictionaryEnumerator GetEnumerator()", |c| Ok(enumerator::of(entries(c.this)?))),
            Method::new("System.Object get_Item(System.Object key)", get),
            Method::new("System.Object Item(System.Object key)", get),
            Method::new("void set_Item(System.Object key, System.Object value)", set),
            Method::new("void Remove(System.Object key)", |c| {
                    table(c.this)?.remove(c.arg(0));
                    Ok(Value::Null)
                }),
            $($extra,)*
        ]
    };
}

/// `System.Collections.Hashtable`
pub static HASHTABLE: TypeTable = TypeTable {
    name: "System.Collections.Hashtable",
    aliases: &["hashtable"],
    interfaces: &[
        "System.ICloneable",
        "System.Collections.IDictionary",
        "System.Collections.ICollection",
        "System.Collections.IEnumerable",
    ],
    constructors: &[
        Method::new("hashtable new()", |c| made(c, false)),
        Method::new("hashtable new(int capacity)", |c| made(c, false)),
        Method::new(
            "hashtable new(System.StringComparer equalityComparer)",
            |c| made(c, false),
        ),
        Method::new("hashtable new(System.Collections.IDictionary d)", |c| {
            made(c, false)
        }),
        Method::new(
            "hashtable new(System.Collections.IDictionary d, System.StringComparer equalityComparer)",
            |c| made(c, false),
        ),
    ],
    properties: PROPERTIES,
    methods: shared_methods!(),
    static_methods: &[Method::new(
        "hashtable Synchronized(hashtable table)",
        |c| Ok(c.arg(0).clone()),
    )],
    ..TypeTable::EMPTY
};

/// `System.Collections.Specialized.OrderedDictionary`
pub static ORDERED: TypeTable = TypeTable {
    name: "System.Collections.Specialized.OrderedDictionary",
    interfaces: &[
        "System.Collections.IDictionary",
        "System.Collections.ICollection",
        "System.Collections.IEnumerable",
    ],
    constructors: &[
        Method::new(
            "System.Collections.Specialized.OrderedDictionary new()",
            |c| made(c, true),
        ),
        Method::new(
            "System.Collections.Specialized.OrderedDictionary new(int capacity)",
            |c| made(c, true),
        ),
        Method::new(
            "System.Collections.Specialized.OrderedDictionary new(System.StringComparer comparer)",
            |c| made(c, true),
        ),
    ],
    properties: PROPERTIES,
    methods: shared_methods!(
        Method::new(
            "void Insert(int index, System.Object key, System.Object value)",
            |c| {
                let own = table(c.this)?;
                let at = usize::try_from(c.long(0))
                    .ok()
                    .filter(|at| *at <= own.len());
                let at =
                    at.ok_or_else(|| Fault::out_of_range("Index was out of range.", "index"))?;
                if own.contains(c.arg(1)) {
                    let name = convert::to_text(c.arg(1));
                    return Err(Fault::argument(format!(
                        "An item with the same key has already been added. Key: {name}"
                    )));
                }
                own.insert_at(at, c.arg(1).clone(), c.arg(2).clone());
                Ok(Value::Null)
            }
        ),
        Method::new("void RemoveAt(int index)", |c| {
            let removed = usize::try_from(c.long(0))
                .ok()
                .and_then(|at| table(c.this).ok()?.remove_at(at));
            removed
                .map(|_| Value::Null)
                .ok_or_else(|| Fault::out_of_range("Index was out of range.", "index"))
        }),
    ),
    ..TypeTable::EMPTY
};

//! `System.Array`: members of every array.

use super::args::Args;
use super::table::{Call, Fault, Method, Property, TypeTable};
use super::{TypeRef, enumerator, key};
use crate::runtime::compare;
use crate::runtime::convert;
use crate::runtime::value::{Number, Value};

fn items(value: &Value) -> Vec<Value> {
    convert::to_list(value).unwrap_or_default()
}

fn count(value: &Value) -> usize {
    match value {
        Value::Array(array) => array.items.borrow().len(),
        Value::Bytes(bytes) => bytes.borrow().len(),
        other => items(other).len(),
    }
}

fn element(value: &Value) -> TypeRef {
    value
        .type_ref()
        .and_then(TypeRef::element)
        .unwrap_or_else(TypeRef::object)
}

fn outside() -> Fault {
    Fault::Exception(
        "System.IndexOutOfRangeException",
        "Index was outside the bounds of the array.".into(),
    )
}

fn place(value: &Value, index: i64) -> Result<usize, Fault> {
    usize::try_from(index)
        .ok()
        .filter(|at| *at < count(value))
        .ok_or_else(outside)
}

/// Writes an element that has the array's type already.
fn put(value: &Value, at: usize, new: Value) {
    match (value, new) {
        (Value::Array(array), new) => {
            if let Some(slot) = array.items.borrow_mut().get_mut(at) {
                *slot = new;
            }
        }
        (Value::Bytes(bytes), Value::Number(Number::Byte(new))) => {
            if let Some(slot) = bytes.borrow_mut().get_mut(at) {
                *slot = new;
            }
        }
        _ => {}
    }
}

fn set(value: &Value, at: usize, new: &Value) -> Result<Value, Fault> {
    let new = convert::to_type(new, element(value))
        .map_err(|e| Fault::Exception("System.InvalidCastException", e.message))?;
    put(value, at, new);
    Ok(Value::Null)
}

/// Replaces all elements.
fn refill(value: &Value, new: Vec<Value>) {
    for (at, item) in new.into_iter().enumerate() {
        put(value, at, item);
    }
}

/// The place of the first equal element from a place on; -1 when there is none.
fn index_of(all: &Value, wanted: &Value, start: i64) -> Value {
    let start = usize::try_from(start).unwrap_or(0);
    let at = items(all)
        .iter()
        .skip(start)
        .position(|item| key::same(item, wanted, true));
    Value::int(at.map_or(-1, |at| (at + start) as i32))
}

fn sort(call: &mut Call<'_>) -> Result<Value, Fault> {
    let keys = items(call.arg(0));
    let mut order: Vec<usize> = (0..keys.len()).collect();
    compare::sort_by(&mut order, |a, b| {
        compare::sort_order(&keys[*a], &keys[*b], true)
    });
    for at in 0..call.args.len().min(2) {
        if let Some(list) = call
            .args
            .get(at)
            .filter(|list| matches!(list, Value::Array(_) | Value::Bytes(_)))
        {
            let old = items(list);
            refill(
                list,
                order.iter().filter_map(|i| old.get(*i).cloned()).collect(),
            );
        }
    }
    Ok(Value::Null)
}

const COUNT: fn(&Value) -> Result<Value, Fault> = |v| Ok(Value::int(count(v) as i32));

/// `System.Array`
pub static TABLE: TypeTable = TypeTable {
    name: "System.Array",
    aliases: &["array"],
    interfaces: &[
        "System.ICloneable",
        "System.Collections.IList",
        "System.Collections.ICollection",
        "System.Collections.IEnumerable",
    ],
    properties: &[
        Property::read("int Count {get;}", COUNT),
        Property::read("bool IsFixedSize {get;}", |_| Ok(Value::Bool(true))),
        Property::read("bool IsReadOnly {get;}", |_| Ok(Value::Bool(false))),
        Property::read("bool IsSynchronized {get;}", |_| Ok(Value::Bool(false))),
        Property::read("int Length {get;}", COUNT),
        Property::read("long LongLength {get;}", |v| {
            Ok(Value::long(count(v) as i64))
        }),
        Property::read("int Rank {get;}", |_| Ok(Value::int(1))),
        Property::read("System.Object SyncRoot {get;}", |v| Ok(v.clone())),
    ],
    methods: &[
        Method::new("int Add(System.Object value)", |_| {
            Err(Fault::Exception(
                "System.NotSupportedException",
                "Collection was of a fixed size.".into(),
            ))
        }),
        Method::new("void Remove(System.Object value)", |_| {
            Err(Fault::Exception(
                "System.NotSupportedException",
                "Collection was of a fixed size.".into(),
            ))
        }),
        Method::new("void RemoveAt(int index)", |_| {
            Err(Fault::Exception(
                "System.NotSupportedException",
                "Collection was of a fixed size.".into(),
            ))
        }),
        Method::new("void Insert(int index, System.Object value)", |_| {
            Err(Fault::Exception(
                "System.NotSupportedException",
                "Collection was of a fixed size.".into(),
            ))
        }),
        Method::new("void Clear()", |c| {
            let blank = convert::blank(element(c.this));
            refill(c.this, vec![blank; count(c.this)]);
            Ok(Value::Null)
        }),
        Method::new("System.Object Clone()", |c| {
            Ok(convert::array_of(element(c.this), items(c.this)))
        }),
        Method::new("bool Contains(System.Object value)", |c| {
            Ok(Value::Bool(
                items(c.this)
                    .iter()
                    .any(|item| key::same(item, c.arg(0), true)),
            ))
        }),
        Method::new("void CopyTo(array array, int index)", |c| {
            let start = c.long(1);
            for (i, item) in items(c.this).iter().enumerate() {
                let at = place(c.arg(0), start + i as i64)?;
                set(c.arg(0), at, item)?;
            }
            Ok(Value::Null)
        }),
        Method::new("System.Object Get(int index)", |c| {
            let at = place(c.this, c.long(0))?;
            Ok(items(c.this).get(at).cloned().unwrap_or_default())
        }),
        Method::new("System.Collections.IEnumerator GetEnumerator()", |c| {
            Ok(enumerator::of(items(c.this)))
        }),
        Method::new("int GetLength(int dimension)", |c| {
            Ok(Value::int(count(c.this) as i32))
        }),
        Method::new("int GetLowerBound(int dimension)", |_| Ok(Value::int(0))),
        Method::new("int GetUpperBound(int dimension)", |c| {
            Ok(Value::int(count(c.this) as i32 - 1))
        }),
        Method::new("System.Object GetValue(int index)", |c| {
            let at = place(c.this, c.long(0))?;
            Ok(items(c.this).get(at).cloned().unwrap_or_default())
        }),
        Method::new("int IndexOf(System.Object value)", |c| {
            Ok(index_of(c.this, c.arg(0), 0))
        }),
        Method::new("void Set(int index, System.Object value)", |c| {
            let at = place(c.this, c.long(0))?;
            set(c.this, at, c.arg(1))
        }),
        Method::new("void SetValue(System.Object value, int index)", |c| {
            let at = place(c.this, c.long(1))?;
            set(c.this, at, c.arg(0))
        }),
    ],
    static_methods: &[
        Method::new("int IndexOf(array array, System.Object value)", |c| {
            Ok(index_of(c.arg(0), c.arg(1), 0))
        }),
        Method::new(
            "int IndexOf(array array, System.Object value, int startIndex)",
            |c| Ok(index_of(c.arg(0), c.arg(1), c.long(2))),
        ),
        Method::new("int LastIndexOf(array array, System.Object value)", |c| {
            let at = items(c.arg(0))
                .iter()
                .rposition(|item| key::same(item, c.arg(1), true));
            Ok(Value::int(at.map_or(-1, |at| at as i32)))
        }),
        Method::new("void Reverse(array array)", |c| {
            let mut all = items(c.arg(0));
            all.reverse();
            refill(c.arg(0), all);
            Ok(Value::Null)
        }),
        Method::new("void Sort(array array)", sort),
        Method::new("void Sort(array keys, array items)", sort),
        Method::new("void Clear(array array)", |c| {
            let blank = convert::blank(element(c.arg(0)));
            refill(c.arg(0), vec![blank; count(c.arg(0))]);
            Ok(Value::Null)
        }),
        Method::new(
            "void Copy(array sourceArray, array destinationArray, int length)",
            |c| {
                let length = usize::try_from(c.long(2)).map_err(|_| outside())?;
                for (i, item) in items(c.arg(0)).iter().take(length).enumerate() {
                    set(c.arg(1), place(c.arg(1), i as i64)?, item)?;
                }
                Ok(Value::Null)
            },
        ),
        Method::new(
            "void Copy(array sourceArray, int sourceIndex, array destinationArray, int destinationIndex, int length)",
            |c| {
                let from = usize::try_from(c.long(1)).map_err(|_| outside())?;
                let length = usize::try_from(c.long(4)).map_err(|_| outside())?;
                let start = c.long(3);
                for (i, item) in items(c.arg(0)).iter().skip(from).take(length).enumerate() {
                    set(c.arg(2), place(c.arg(2), start + i as i64)?, item)?;
                }
                Ok(Value::Null)
            },
        ),
        Method::new("array CreateInstance(type elementType, int length)", |c| {
            let Value::Type(ty) = c.arg(0) else {
                return Err(Fault::argument("The first argument must be a type."));
            };
            let length = usize::try_from(c.long(1))
                .ok()
                .filter(|n| *n <= super::object::MAX_ARRAY)
                .ok_or_else(outside)?;
            Ok(convert::array_of(*ty, vec![convert::blank(*ty); length]))
        }),
        Method::new("System.Object Empty()", |_| Ok(Value::array(Vec::new()))),
    ],
    ..TypeTable::EMPTY
};

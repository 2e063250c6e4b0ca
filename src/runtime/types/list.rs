//! `System.Collections.ArrayList` and `System.Collections.Generic.List`.

use std::any::Any;
use std::cell::RefCell;
use std::cmp::Ordering;

use super::args::Args;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::{TypeRef, enumerator, key};
use crate::runtime::compare;
use crate::runtime::convert;
use crate::runtime::scriptblock::ScriptBlock;
use crate::runtime::value::{Native, Value};

use std::rc::Rc;

/// Elements that grow.
pub struct List {
    ty: TypeRef,
    items: RefCell<Vec<Value>>,
}

impl List {
    /// Its elements, shared by everybody who holds the list.
    pub fn items(&self) -> &RefCell<Vec<Value>> {
        &self.items
    }

    /// An `ArrayList`.
    pub fn array_list(items: Vec<Value>) -> Value {
        Value::native(List {
            ty: TypeRef::named(ARRAY_LIST.name),
            items: RefCell::new(items),
        })
    }

    /// What `Invoke()` of a script block gives.
    pub fn collection(items: Vec<Value>) -> Value {
        let element = TypeRef::named("System.Management.Automation.PSObject");
        Value::native(List {
            ty: TypeRef::generic(&COLLECTION, vec![element]),
            items: RefCell::new(items),
        })
    }

    /// A `List` of an element type.
    pub fn generic(element: TypeRef, items: Vec<Value>) -> Value {
        Value::native(List {
            ty: TypeRef::generic(&LIST, vec![element]),
            items: RefCell::new(items),
        })
    }
}

impl Native for List {
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
        Some(self.items.borrow().clone())
    }

    fn at(&self, index: usize) -> Option<Value> {
        self.items.borrow().get(index).cloned()
    }

    fn count(&self) -> Option<usize> {
        Some(self.items.borrow().len())
    }
}

fn list<'a>(call: &'a Call<'_>) -> Result<&'a List, Fault> {
    call.this
        .downcast::<List>()
        .ok_or_else(|| Fault::invalid_operation("This is no list."))
}

fn with<T>(call: &Call<'_>, act: impl FnOnce(&mut Vec<Value>) -> T) -> Result<T, Fault> {
    Ok(act(&mut list(call)?.items.borrow_mut()))
}

fn outside() -> Fault {
    Fault::out_of_range(
        "Index was out of range. Must be non-negative and less than the size of the collection.",
        "index",
    )
}

fn place(call: &Call<'_>, index: usize, most: usize) -> Result<usize, Fault> {
    usize::try_from(call.long(index))
        .ok()
        .filter(|at| *at < most)
        .ok_or_else(outside)
}

fn add(call: &mut Call<'_>) -> Answer {
    let item = call.arg(0).clone();
    with(call, |items| {
        items.push(item);
        Value::int(items.len() as i32 - 1)
    })
}

/// Appends a collection, its elements converted to the list's element type.
fn add_range(call: &mut Call<'_>) -> Answer {
    let more = converted(call.owner, call.list(0))?;
    with(call, |items| items.extend(more))?;
    Ok(Value::Null)
}

fn converted(owner: TypeRef, items: Vec<Value>) -> Result<Vec<Value>, Fault> {
    match owner.arguments().first() {
        None => Ok(items),
        Some(element) => items
            .iter()
            .map(|item| convert::to_type(item, *element))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| Fault::argument(error.message)),
    }
}

fn new(call: &mut Call<'_>) -> Answer {
    let items = match call.args.first() {
        None | Some(Value::Number(_)) => Vec::new(),
        Some(_) => converted(call.owner, call.list(0))?,
    };
    Ok(Value::native(List {
        ty: call.owner,
        items: RefCell::new(items),
    }))
}

fn remove(call: &mut Call<'_>) -> Answer {
    let wanted = call.arg(0).clone();
    with(call, |items| {
        let at = items.iter().position(|item| key::same(item, &wanted, true));
        if let Some(at) = at {
            items.remove(at);
        }
        Value::Bool(at.is_some())
    })
}

fn remove_at(call: &mut Call<'_>) -> Answer {
    let at = place(call, 0, list(call)?.items.borrow().len())?;
    with(call, |items| items.remove(at))?;
    Ok(Value::Null)
}

/// The piece that starts at one argument and is as long as the next.
fn piece(call: &Call<'_>, at: usize) -> Result<std::ops::Range<usize>, Fault> {
    let count = list(call)?.items.borrow().len();
    let (start, length) = (
        usize::try_from(call.long(at)),
        usize::try_from(call.long(at + 1)),
    );
    let range = start
        .ok()
        .zip(length.ok())
        .and_then(|(s, l)| Some(s..s.checked_add(l)?));
    range.filter(|range| range.end <= count).ok_or_else(|| {
        Fault::argument("Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.")
    })
}

fn insert(call: &mut Call<'_>) -> Answer {
    let at = place(call, 0, list(call)?.items.borrow().len() + 1)?;
    let item = call.arg(1).clone();
    with(call, |items| items.insert(at, item))?;
    Ok(Value::Null)
}

fn insert_range(call: &mut Call<'_>) -> Answer {
    let at = place(call, 0, list(call)?.items.borrow().len() + 1)?;
    let more = converted(call.owner, call.list(1))?;
    with(call, |items| drop(items.splice(at..at, more)))?;
    Ok(Value::Null)
}

fn get_item(call: &mut Call<'_>) -> Answer {
    let list = list(call)?;
    let items = list.items.borrow();
    let index = call.long(0);
    let at = if index < 0 {
        index + items.len() as i64
    } else {
        index
    };
    usize::try_from(at)
        .ok()
        .and_then(|at| items.get(at).cloned())
        .ok_or_else(outside)
}

fn set_item(call: &mut Call<'_>) -> Answer {
    let at = place(call, 0, list(call)?.items.borrow().len())?;
    let item = call.arg(1).clone();
    with(call, |items| items[at] = item)?;
    Ok(Value::Null)
}

fn sort(call: &mut Call<'_>) -> Answer {
    let Some(Value::ScriptBlock(block)) = call.args.first().cloned() else {
        // The list may stand among its own elements: it is not held while they are compared.
        let mut items = list(call)?.items.borrow().clone();
        compare::sort_by(&mut items, |a, b| compare::sort_order(a, b, true));
        with(call, |own| *own = items)?;
        return Ok(Value::Null);
    };
    let mut items = list(call)?.items.borrow().clone();
    let mut failed = None;
    compare::sort_by(&mut items, |a, b| {
        if failed.is_some() {
            return Ordering::Equal;
        }
        match call
            .host
            .invoke(&block, None, None, vec![a.clone(), b.clone()])
        {
            Ok(results) => results
                .first()
                .and_then(|n| convert::to_i32(n).ok())
                .unwrap_or(0)
                .cmp(&0),
            Err(flow) => {
                failed = Some(flow);
                Ordering::Equal
            }
        }
    });
    if let Some(flow) = failed {
        return Err(flow.into());
    }
    with(call, |own| *own = items)?;
    Ok(Value::Null)
}

/// The elements a block holds for, with their places.
fn chosen(call: &mut Call<'_>) -> Result<Vec<(usize, Value)>, Fault> {
    let Value::ScriptBlock(block) = call.arg(0).clone() else {
        return Err(Fault::argument("A script block was expected."));
    };
    let block: Rc<ScriptBlock> = block;
    let items = list(call)?.items.borrow().clone();
    let mut chosen = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        let results = call
            .host
            .invoke(&block, None, Some(item.clone()), vec![item.clone()])?;
        if convert::to_bool(&Value::array(results)) {
            chosen.push((at, item));
        }
    }
    Ok(chosen)
}

fn of_same(call: &Call<'_>, items: Vec<Value>) -> Value {
    Value::native(List {
        ty: call.owner,
        items: RefCell::new(items),
    })
}

const PROPERTIES: &[Property] = &[
    Property {
        signature: "int Capacity {get;set;}",
        get: |v| {
            Ok(Value::int(
                v.downcast::<List>()
                    .map_or(0, |l| l.items.borrow().len().next_power_of_two().max(4))
                    as i32,
            ))
        },
        set: Some(|_, _| Ok(())),
    },
    Property::read("int Count {get;}", |v| {
        Ok(Value::int(
            v.downcast::<List>().map_or(0, |l| l.items.borrow().len()) as i32,
        ))
    }),
    Property::read("bool IsFixedSize {get;}", |_| Ok(Value::Bool(false))),
    Property::read("bool IsReadOnly {get;}", |_| Ok(Value::Bool(false))),
];

fn clear(call: &mut Call<'_>) -> Answer {
    with(call, Vec::clear)?;
    Ok(Value::Null)
}

fn contains(call: &mut Call<'_>) -> Answer {
    let wanted = call.arg(0).clone();
    with(call, |items| {
        Value::Bool(items.iter().any(|item| key::same(item, &wanted, true)))
    })
}

fn index_of(call: &mut Call<'_>) -> Answer {
    let wanted = call.arg(0).clone();
    with(call, |items| {
        Value::int(
            items
                .iter()
                .position(|item| key::same(item, &wanted, true))
                .map_or(-1, |at| at as i32),
        )
    })
}

fn last_index_of(call: &mut Call<'_>) -> Answer {
    let wanted = call.arg(0).clone();
    with(call, |items| {
        Value::int(
            items
                .iter()
                .rposition(|item| key::same(item, &wanted, true))
                .map_or(-1, |at| at as i32),
        )
    })
}

fn reverse(call: &mut Call<'_>) -> Answer {
    with(call, |items| items.reverse())?;
    Ok(Value::Null)
}

fn remove_range(call: &mut Call<'_>) -> Answer {
    let range = piece(call, 0)?;
    with(call, |items| drop(items.drain(range)))?;
    Ok(Value::Null)
}

fn get_range(call: &mut Call<'_>) -> Answer {
    let range = piece(call, 0)?;
    let items = list(call)?.items.borrow()[range].to_vec();
    Ok(of_same(call, items))
}

fn to_array(call: &mut Call<'_>) -> Answer {
    let element = call
        .owner
        .arguments()
        .first()
        .copied()
        .unwrap_or_else(TypeRef::object);
    let items = list(call)?.items.borrow().clone();
    Ok(convert::array_of(element, items))
}

fn get_enumerator(call: &mut Call<'_>) -> Answer {
    Ok(enumerator::of(list(call)?.items.borrow().clone()))
}

fn copy_to(call: &mut Call<'_>) -> Answer {
    let start = usize::try_from(call.long(1)).map_err(|_| outside())?;
    let items = list(call)?.items.borrow().clone();
    if let Value::Array(target) = call.arg(0) {
        let mut target = target.items.borrow_mut();
        for (i, item) in items.into_iter().enumerate() {
            *target.get_mut(start + i).ok_or_else(outside)? = item;
        }
    }
    Ok(Value::Null)
}

/// `System.Collections.ArrayList`
pub static ARRAY_LIST: TypeTable = TypeTable {
    name: "System.Collections.ArrayList",
    interfaces: &[
        "System.ICloneable",
        "System.Collections.IList",
        "System.Collections.ICollection",
        "System.Collections.IEnumerable",
    ],
    constructors: &[
        Method::new("System.Collections.ArrayList new()", new),
        Method::new("System.Collections.ArrayList new(int capacity)", new),
        Method::new(
            "System.Collections.ArrayList new(System.Collections.ICollection c)",
            new,
        ),
    ],
    properties: PROPERTIES,
    methods: &[
        Method::new("int Add(System.Object value)", add),
        Method::new("void AddRange(System.Collections.ICollection c)", add_range),
        Method::new("void Clear()", clear),
        Method::new("System.Object Clone()", |c| {
            Ok(of_same(c, list(c)?.items.borrow().clone()))
        }),
        Method::new("bool Contains(System.Object item)", contains),
        Method::new("void CopyTo(array array, int index)", copy_to),
        Method::new(
            "System.Collections.IEnumerator GetEnumerator()",
            get_enumerator,
        ),
        Method::new(
            "System.Collections.ArrayList GetRange(int index, int count)",
            get_range,
        ),
        Method::new("int IndexOf(System.Object value)", index_of),
        Method::new("void Insert(int index, System.Object value)", insert),
        Method::new(
            "void InsertRange(int index, System.Collections.ICollection c)",
            insert_range,
        ),
        Method::new("System.Object get_Item(int index)", get_item),
        Method::new("System.Object Item(int index)", get_item),
        Method::new("void set_Item(int index, System.Object value)", set_item),
        Method::new("int LastIndexOf(System.Object value)", last_index_of),
        Method::new("void Remove(System.Object obj)", remove),
        Method::new("void RemoveAt(int index)", remove_at),
        Method::new("void RemoveRange(int index, int count)", remove_range),
        Method::new("void Reverse()", reverse),
        Method::new("void Sort()", sort),
        Method::new("System.Object[] ToArray()", to_array),
        Method::new("array ToArray(type type)", |c| {
            let Value::Type(ty) = c.arg(0) else {
                return Err(Fault::argument("A type was expected."));
            };
            convert::to_array(&Value::array(list(c)?.items.borrow().clone()), *ty)
                .map_err(|e| Fault::argument(e.message))
        }),
        Method::new("void TrimToSize()", |_| Ok(Value::Null)),
    ],
    ..TypeTable::EMPTY
};

/// `System.Collections.ObjectModel.Collection`
pub static COLLECTION: TypeTable = TypeTable {
    name: "System.Collections.ObjectModel.Collection`1",
    ..LIST_TABLE
};

/// `System.Collections.Generic.List`
pub static LIST: TypeTable = LIST_TABLE;

const LIST_TABLE: TypeTable = TypeTable {
    name: "System.Collections.Generic.List`1",
    interfaces: &[
        "System.Collections.IList",
        "System.Collections.ICollection",
        "System.Collections.IEnumerable",
        "System.Collections.Generic.IList`1",
        "System.Collections.Generic.ICollection`1",
        "System.Collections.Generic.IEnumerable`1",
    ],
    constructors: &[
        Method::new("System.Object new()", new),
        Method::new("System.Object new(int capacity)", new),
        Method::new(
            "System.Object new(System.Collections.IEnumerable collection)",
            new,
        ),
    ],
    properties: PROPERTIES,
    methods: &[
        Method::new("void Add(T item)", add),
        Method::new("void AddRange(IEnumerable[T] collection)", add_range),
        Method::new("void Clear()", clear),
        Method::new("bool Contains(T item)", contains),
        Method::new("void CopyTo(array array, int arrayIndex)", copy_to),
        Method::new("bool Exists(scriptblock match)", |c| {
            Ok(Value::Bool(!chosen(c)?.is_empty()))
        }),
        Method::new("T Find(scriptblock match)", |c| {
            Ok(chosen(c)?
                .into_iter()
                .next()
                .map(|(_, item)| item)
                .unwrap_or_default())
        }),
        Method::new("System.Object FindAll(scriptblock match)", |c| {
            let items = chosen(c)?.into_iter().map(|(_, item)| item).collect();
            Ok(of_same(c, items))
        }),
        Method::new("int FindIndex(scriptblock match)", |c| {
            Ok(Value::int(
                chosen(c)?.first().map_or(-1, |(at, _)| *at as i32),
            ))
        }),
        Method::new("System.Object GetEnumerator()", get_enumerator),
        Method::new("System.Object GetRange(int index, int count)", get_range),
        Method::new("int IndexOf(T item)", index_of),
        Method::new("void Insert(int index, T item)", insert),
        Method::new(
            "void InsertRange(int index, IEnumerable[T] collection)",
            insert_range,
        ),
        Method::new("T get_Item(int index)", get_item),
        Method::new("T Item(int index)", get_item),
        Method::new("void set_Item(int index, T value)", set_item),
        Method::new("int LastIndexOf(T item)", last_index_of),
        Method::new("bool Remove(T item)", remove),
        Method::new("int RemoveAll(scriptblock match)", |c| {
            let places: Vec<usize> = chosen(c)?.into_iter().map(|(at, _)| at).collect();
            with(c, |items| {
                let mut at = 0;
                items.retain(|_| {
                    at += 1;
                    places.binary_search(&(at - 1)).is_err()
                });
                Value::int(places.len() as i32)
            })
        }),
        Method::new("void RemoveAt(int index)", remove_at),
        Method::new("void RemoveRange(int index, int count)", remove_range),
        Method::new("void Reverse()", reverse),
        Method::new("void Sort()", sort),
        Method::new("void Sort(scriptblock comparison)", sort),
        Method::new("T[] ToArray()", to_array),
        Method::new("bool TrueForAll(scriptblock match)", |c| {
            let all = list(c)?.items.borrow().len();
            Ok(Value::Bool(chosen(c)?.len() == all))
        }),
    ],
    ..TypeTable::EMPTY
};

//! `Queue` and `Stack`, plain and generic.

use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;

use super::args::Args;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::{TypeRef, enumerator, key};
use crate::runtime::convert;
use crate::runtime::value::{Native, Value};

/// Elements in the order they come out.
struct Line {
    ty: TypeRef,
    items: RefCell<VecDeque<Value>>,
}

impl Native for Line {
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
        Some(self.items.borrow().iter().cloned().collect())
    }

    fn count(&self) -> Option<usize> {
        Some(self.items.borrow().len())
    }
}

fn line<'a>(call: &'a Call<'_>) -> Result<&'a Line, Fault> {
    call.this
        .downcast::<Line>()
        .ok_or_else(|| Fault::invalid_operation("This is no queue or stack."))
}

fn is_stack(owner: TypeRef) -> bool {
    owner.full_name().contains("Stack")
}

fn new(call: &mut Call<'_>) -> Answer {
    let mut items = VecDeque::new();
    if !matches!(call.args.first(), None | Some(Value::Number(_))) {
        for item in call.list(0) {
            if is_stack(call.owner) {
                items.push_front(item)
            } else {
                items.push_back(item)
            }
        }
    }
    Ok(Value::native(Line {
        ty: call.owner,
        items: RefCell::new(items),
    }))
}

fn put(call: &mut Call<'_>) -> Answer {
    let item = call.arg(0).clone();
    let mut items = line(call)?.items.borrow_mut();
    if is_stack(call.owner) {
        items.push_front(item)
    } else {
        items.push_back(item)
    }
    Ok(Value::Null)
}

fn empty(call: &Call<'_>) -> Fault {
    Fault::invalid_operation(if is_stack(call.owner) {
        "Stack empty."
    } else {
        "Queue empty."
    })
}

fn take(call: &mut Call<'_>) -> Answer {
    let item = line(call)?.items.borrow_mut().pop_front();
    item.ok_or_else(|| empty(call))
}

fn peek(call: &mut Call<'_>) -> Answer {
    let item = line(call)?.items.borrow().front().cloned();
    item.ok_or_else(|| empty(call))
}

fn try_take(call: &mut Call<'_>) -> Answer {
    let item = line(call)?.items.borrow_mut().pop_front();
    let found = item.is_some();
    call.give(0, item.unwrap_or_default());
    Ok(Value::Bool(found))
}

fn clear(call: &mut Call<'_>) -> Answer {
    line(call)?.items.borrow_mut().clear();
    Ok(Value::Null)
}

fn contains(call: &mut Call<'_>) -> Answer {
    let found = line(call)?
        .items
        .borrow()
        .iter()
        .any(|item| key::same(item, call.arg(0), true));
    Ok(Value::Bool(found))
}

fn to_array(call: &mut Call<'_>) -> Answer {
    let element = call
        .owner
        .arguments()
        .first()
        .copied()
        .unwrap_or_else(TypeRef::object);
    let items = line(call)?.items.borrow().iter().cloned().collect();
    Ok(convert::array_of(element, items))
}

fn get_enumerator(call: &mut Call<'_>) -> Answer {
    let items = line(call)?.items.borrow().iter().cloned().collect();
    Ok(enumerator::of(items))
}

const COUNT: &[Property] = &[Property::read("int Count {get;}", |v| {
    Ok(Value::int(
        v.downcast::<Line>().map_or(0, |l| l.items.borrow().len()) as i32,
    ))
})];

const INTERFACES: &[&str] = &[
    "System.Collections.ICollection",
    "System.Collections.IEnumerable",
];

macro_rules! line_type {
    ($static:ident, $name:literal, $put:literal, $take:literal, $try_take:literal, $peek:literal) => {
        #[doc = $name]
        pub static $static: TypeTable = TypeTable {
            name: $name,
            interfaces: INTERFACES,
            constructors: &[
                Method::new("System.Object new()", new),
                Method::new("System.Object new(int capacity)", new),
                Method::new(
                    "System.Object new(System.Collections.IEnumerable collection)",
                    new,
                ),
            ],
            properties: COUNT,
            methods: &[
                Method::new($put, put),
                Method::new($take, take),
                Method::new($try_take, try_take),
                Method::new($peek, peek),
                Method::new("void Clear()", clear),
                Method::new("bool Contains(System.Object item)", contains),
                Method::new("T[] ToArray()", to_array),
                Method::new(
                    "System.Collections.IEnumerator GetEnumerator()",
                    get_enumerator,
                ),
            ],
            ..TypeTable::EMPTY
        };
    };
}

line_type!(
    QUEUE,
    "System.Collections.Queue",
    "void Enqueue(System.Object obj)",
    "System.Object Dequeue()",
    "bool TryDequeue([ref] System.Object result)",
    "System.Object Peek()"
);
line_type!(
    GENERIC_QUEUE,
    "System.Collections.Generic.Queue`1",
    "void Enqueue(T item)",
    "T Dequeue()",
    "bool TryDequeue([ref] T result)",
    "T Peek()"
);
line_type!(
    STACK,
    "System.Collections.Stack",
    "void Push(System.Object obj)",
    "System.Object Pop()",
    "bool TryPop([ref] System.Object result)",
    "System.Object Peek()"
);
line_type!(
    GENERIC_STACK,
    "System.Collections.Generic.Stack`1",
    "void Push(T item)",
    "T Pop()",
    "bool TryPop([ref] T result)",
    "T Peek()"
);

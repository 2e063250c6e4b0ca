//! `System.Text.StringBuilder`

use std::any::Any;
use std::cell::RefCell;

use super::args::Args;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::{TypeRef, units};
use crate::runtime::value::{Native, Value};
use crate::runtime::{format_string, members};

/// A text that grows.
struct StringBuilder(RefCell<String>);

impl Native for StringBuilder {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        self.0.borrow().clone()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn own(value: &Value) -> Result<&RefCell<String>, Fault> {
    value
        .downcast::<StringBuilder>()
        .map(|b| &b.0)
        .ok_or_else(|| Fault::invalid_operation("This is no StringBuilder."))
}

/// Changes the text and gives the builder back.
fn change(call: &Call<'_>, act: impl FnOnce(&mut String)) -> Answer {
    act(&mut own(call.this)?.borrow_mut());
    Ok(call.this.clone())
}

fn append(call: &mut Call<'_>) -> Answer {
    let text = match call.arg(0) {
        Value::Array(array) if call.args.len() == 1 => {
            array.items.borrow().iter().map(members::text).collect()
        }
        other => members::text(other),
    };
    let times = if call.args.len() == 2 {
        usize::try_from(call.long(1)).unwrap_or(0)
    } else {
        1
    };
    if call.args.len() == 3 {
        let (start, count) = (call.long(1), call.long(2));
        let piece = usize::try_from(start)
            .ok()
            .zip(usize::try_from(count).ok())
            .and_then(|(s, c)| units::slice(&text, s, c));
        let piece = piece
            .ok_or_else(|| Fault::out_of_range("Index was out of range.", "startIndex"))?
            .to_owned();
        return change(call, |own| own.push_str(&piece));
    }
    if text.len().saturating_mul(times) > 1 << 30 {
        return Err(Fault::Exception(
            "System.OutOfMemoryException",
            "Insufficient memory to continue.".into(),
        ));
    }
    change(call, |own| own.push_str(&text.repeat(times)))
}

fn append_line(call: &mut Call<'_>) -> Answer {
    let text = call.text(0);
    change(call, |own| {
        own.push_str(&text);
        own.push('\n');
    })
}

fn append_format(call: &mut Call<'_>) -> Answer {
    let culture = super::culture_info::culture_of(&Value::Null);
    let text =
        format_string::compose(&call.text(0), &call.list(1), culture).map_err(Fault::format)?;
    change(call, |own| own.push_str(&text))
}

fn append_join(call: &mut Call<'_>) -> Answer {
    let text = call
        .list(1)
        .iter()
        .map(members::text)
        .collect::<Vec<_>>()
        .join(&call.text(0));
    change(call, |own| own.push_str(&text))
}

/// The bytes of a piece given by start and length.
fn piece(call: &Call<'_>, at: usize) -> Result<std::ops::Range<usize>, Fault> {
    let text = own(call.this)?.borrow();
    let outside = || {
        Fault::out_of_range(
            "Index was out of range. Must be non-negative and less than or equal to the size of the collection.",
            "length",
        )
    };
    let start = usize::try_from(call.long(at)).ok();
    let end = start
        .zip(usize::try_from(call.long(at + 1)).ok())
        .and_then(|(s, l)| s.checked_add(l));
    let range = start
        .zip(end)
        .and_then(|(s, e)| Some(units::byte_at(&text, s)?..units::byte_at(&text, e)?));
    range.ok_or_else(outside)
}

fn insert(call: &mut Call<'_>) -> Answer {
    let at = {
        let text = own(call.this)?.borrow();
        let at = usize::try_from(call.long(0))
            .ok()
            .and_then(|at| units::byte_at(&text, at));
        at.ok_or_else(|| Fault::out_of_range("Index was out of range.", "index"))?
    };
    let new = members::text(call.arg(1));
    change(call, |own| own.insert_str(at, &new))
}

fn new(call: &mut Call<'_>) -> Answer {
    let text = match call.arg(0) {
        Value::Str(text) => text.to_string(),
        _ => String::new(),
    };
    Ok(Value::native(StringBuilder(RefCell::new(text))))
}

fn letter(call: &mut Call<'_>) -> Answer {
    let text = own(call.this)?.borrow();
    let found = usize::try_from(call.long(0))
        .ok()
        .and_then(|at| units::letter(&text, at));
    let outside = || {
        Fault::Exception(
            "System.IndexOutOfRangeException",
            "Index was outside the bounds of the array.".into(),
        )
    };
    found.map(Value::Char).ok_or_else(outside)
}

/// `System.Text.StringBuilder`
pub static TABLE: TypeTable = TypeTable {
    name: "System.Text.StringBuilder",
    constructors: &[
        Method::new("System.Text.StringBuilder new()", new),
        Method::new("System.Text.StringBuilder new(string value)", new),
        Method::new("System.Text.StringBuilder new(int capacity)", new),
        Method::new(
            "System.Text.StringBuilder new(string value, int capacity)",
            new,
        ),
    ],
    properties: &[
        Property {
            signature: "int Capacity {get;set;}",
            get: |v| {
                Ok(Value::int(
                    own(v)?.borrow().len().next_power_of_two().max(16) as i32,
                ))
            },
            set: Some(|_, _| Ok(())),
        },
        Property {
            signature: "int Length {get;set;}",
            get: |v| Ok(Value::int(units::len(&own(v)?.borrow()) as i32)),
            set: Some(|v, new| {
                let length = crate::runtime::convert::to_usize(&new)
                    .ok()
                    .filter(|n| *n <= 1 << 30);
                let length = length
                    .ok_or_else(|| Fault::out_of_range("Length must be non-negative.", "value"))?;
                let mut text = own(v)?.borrow_mut();
                match units::byte_at(&text, length) {
                    Some(at) => text.truncate(at),
                    None => {
                        let missing = length - units::len(&text);
                        text.push_str(&"\0".repeat(missing));
                    }
                }
                Ok(())
            }),
        },
    ],
    methods: &[
        Method::new("System.Text.StringBuilder Append(string value)", append),
        Method::new("System.Text.StringBuilder Append(char value)", append),
        Method::new(
            "System.Text.StringBuilder Append(System.Object value)",
            append,
        ),
        Method::new(
            "System.Text.StringBuilder Append(char value, int repeatCount)",
            append,
        ),
        Method::new(
            "System.Text.StringBuilder Append(string value, int startIndex, int count)",
            append,
        ),
        Method::new(
            "System.Text.StringBuilder AppendFormat(string format, Params System.Object[] args)",
            append_format,
        ),
        Method::new(
            "System.Text.StringBuilder AppendJoin(string separator, Params System.Object[] values)",
            append_join,
        ),
        Method::new("System.Text.StringBuilder AppendLine()", append_line),
        Method::new(
            "System.Text.StringBuilder AppendLine(string value)",
            append_line,
        ),
        Method::new("System.Text.StringBuilder Clear()", |c| {
            change(c, String::clear)
        }),
        Method::new("char get_Chars(int index)", letter),
        Method::new("char get_Item(int index)", letter),
        Method::new("char Chars(int index)", letter),
        Method::new(
            "System.Text.StringBuilder Insert(int index, string value)",
            insert,
        ),
        Method::new(
            "System.Text.StringBuilder Insert(int index, System.Object value)",
            insert,
        ),
        Method::new(
            "System.Text.StringBuilder Remove(int startIndex, int length)",
            |c| {
                let range = piece(c, 0)?;
                change(c, |own| own.replace_range(range, ""))
            },
        ),
        Method::new(
            "System.Text.StringBuilder Replace(string oldValue, string newValue)",
            |c| {
                let (old, new) = (c.text(0), c.text(1));
                if old.is_empty() {
                    return Err(Fault::argument(
                        "The value cannot be an empty string. (Parameter 'oldValue')",
                    ));
                }
                change(c, |own| *own = own.replace(&*old, &new))
            },
        ),
        Method::new("string ToString()", |c| {
            Ok(own(c.this)?.borrow().as_str().into())
        }),
        Method::new("string ToString(int startIndex, int length)", |c| {
            let range = piece(c, 0)?;
            Ok(own(c.this)?.borrow()[range].into())
        }),
    ],
    ..TypeTable::EMPTY
};

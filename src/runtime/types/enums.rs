//! Members of enumerations.

use std::rc::Rc;

use super::TypeRef;
use super::table::{Kind, TypeTable};
use crate::runtime::value::Value;

/// A member of an enumeration, or a number that has none.
#[derive(Clone, Debug)]
pub struct EnumValue {
    ty: TypeRef,
    /// Its number.
    pub value: i64,
    /// Its name; several joined by `, ` for flags; the number in digits when it has no name.
    pub name: Rc<str>,
}

impl EnumValue {
    /// A member of a type whose table may be unknown, as statuses of cmdlets are.
    pub fn named(type_name: &str, name: &str, value: i64) -> Value {
        Value::Enum(Rc::new(EnumValue {
            ty: TypeRef::named(type_name),
            value,
            name: Rc::from(name),
        }))
    }

    /// The member of a number; for flags, their sum. `None` when the type has no such member.
    pub fn of_number(ty: TypeRef, value: i64) -> Option<Value> {
        let name = name_of(ty.table(), value)?;
        Some(Value::Enum(Rc::new(EnumValue {
            ty,
            value,
            name: Rc::from(name),
        })))
    }

    /// The member of a number, named by its digits when the type has none.
    pub fn any_number(ty: TypeRef, value: i64) -> Value {
        EnumValue::of_number(ty, value).unwrap_or_else(|| {
            Value::Enum(Rc::new(EnumValue {
                ty,
                value,
                name: Rc::from(value.to_string()),
            }))
        })
    }

    /// Its type.
    pub fn type_ref(&self) -> TypeRef {
        self.ty
    }
}

fn name_of(table: &TypeTable, value: i64) -> Option<String> {
    if let Some((name, _)) = table.members.iter().find(|(_, n)| *n == value) {
        return Some((*name).to_owned());
    }
    if !table.flags {
        return None;
    }
    let mut left = value;
    let mut names = Vec::new();
    let mut by_size: Vec<&(&str, i64)> = table.members.iter().filter(|(_, n)| *n != 0).collect();
    by_size.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    for (name, n) in by_size {
        if left & n == *n {
            left &= !n;
            names.insert(0, *name);
        }
    }
    (left == 0 && !names.is_empty()).then(|| names.join(", "))
}

/// The table of an enumeration without members of its own.
pub const fn table(
    name: &'static str,
    members: &'static [(&'static str, i64)],
    flags: bool,
) -> TypeTable {
    TypeTable {
        name,
        base: "System.Enum",
        interfaces: &["System.IComparable", "System.IFormattable"],
        kind: Kind::Enum,
        members,
        flags,
        ..TypeTable::EMPTY
    }
}

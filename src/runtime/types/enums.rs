//! Members of enumerations.

use std::rc::Rc;

use super::TypeRef;
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

    /// Its type.
    pub fn type_ref(&self) -> TypeRef {
        self.ty
    }
}

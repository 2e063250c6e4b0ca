//! The values of the shell: what a variable holds and a pipeline carries.

use std::any::Any;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

use rust_decimal::Decimal;

use super::errors::error::ErrorRecord;
use super::object::PsObject;
use super::scriptblock::ScriptBlock;
use super::types::TypeRef;
use super::types::culture::Culture;
use super::types::datetime::DateTime;
use super::types::enums::EnumValue;
use super::types::hashtable::Hashtable;
use super::types::timespan::TimeSpan;

/// One PowerShell value. Cloning is cheap: everything large is shared, as references are in .NET.
#[derive(Clone, Default)]
pub enum Value {
    /// `$null`.
    #[default]
    Null,
    /// `System.Boolean`.
    Bool(bool),
    /// `System.Char`.
    Char(char),
    /// Every numeric type.
    Number(Number),
    /// `System.String`.
    Str(Rc<str>),
    /// `System.DateTime`.
    DateTime(DateTime),
    /// `System.TimeSpan`, in ticks of 100 ns.
    TimeSpan(TimeSpan),
    /// `System.Object[]` or another array; `byte[]` is [`Value::Bytes`].
    Array(Rc<Array>),
    /// `System.Byte[]`, kept flat because files arrive this way.
    Bytes(Rc<RefCell<Vec<u8>>>),
    /// `System.Collections.Hashtable` or `OrderedDictionary`.
    Hashtable(Rc<Hashtable>),
    /// `System.Management.Automation.ScriptBlock`.
    ScriptBlock(Rc<ScriptBlock>),
    /// `System.Type`.
    Type(TypeRef),
    /// A member of an enumeration, such as `[DayOfWeek]::Monday` or a batch status.
    Enum(Rc<EnumValue>),
    /// An error as an object, as `$_` in `catch`.
    Error(Rc<ErrorRecord>),
    /// A custom object, a cmdlet's view, or another value with members added to it.
    Object(Rc<PsObject>),
    /// Any other .NET type: its members are in its own file under `runtime/types`.
    Native(Rc<dyn Native>),
}

/// A number with its .NET type.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Number {
    SByte(i8),
    Byte(u8),
    Int16(i16),
    UInt16(u16),
    Int32(i32),
    UInt32(u32),
    Int64(i64),
    UInt64(u64),
    Single(f32),
    Double(f64),
    Decimal(Decimal),
}

/// An array and the type of its elements; `Object` when untyped.
pub struct Array {
    /// Element type, to which assigned elements are converted.
    pub element: TypeRef,
    /// The elements.
    pub items: RefCell<Vec<Value>>,
}

/// An object of a .NET type without a variant of its own.
///
/// Types under `runtime/types` declare their members in a [`TypeTable`](super::types::TypeTable); a type elsewhere may
/// instead answer the property methods here, which are asked first.
pub trait Native: Any {
    /// Its type.
    fn type_ref(&self) -> TypeRef;
    /// What `ToString()` and string expansion give.
    fn text(&self) -> String;
    /// What tables show: as [`Native::text`], but dates in the shell's culture.
    fn display_text(&self) -> String {
        self.text()
    }
    /// The text in a format, for types that know some; the error is .NET's sentence about a format that is none.
    fn format(&self, _format: &str, _culture: &Culture) -> Option<Result<String, String>> {
        None
    }
    /// For downcasts.
    fn as_any(&self) -> &dyn Any;
    /// Finished text at a width in columns, for an object that is shown as a page (help) and not as a table or a list.
    fn page(&self, _width: usize) -> Option<String> {
        None
    }
    /// The elements when the pipeline enumerates this type.
    fn elements(&self) -> Option<Vec<Value>> {
        None
    }
    /// The element at a place, from 0, for types that are indexed by number without listing all elements.
    fn at(&self, _index: usize) -> Option<Value> {
        None
    }
    /// The number of elements, for types that know it without listing them.
    fn count(&self) -> Option<usize> {
        None
    }
    /// Names of the properties beside those of the type's table, in the order a list shows them.
    fn property_names(&self) -> Vec<Rc<str>> {
        Vec::new()
    }
    /// The value of a property; `None` when it has none of this name. Names are compared without regard to case.
    fn property(&self, _name: &str) -> Option<Value> {
        None
    }
    /// Sets a property; `None` when there is none, an error text when it cannot be set.
    fn set_property(&self, _name: &str, _value: Value) -> Option<Result<(), String>> {
        None
    }
    /// Whether two objects of this type are equal; by identity unless a type says more.
    fn equals(&self, _other: &dyn Native) -> bool {
        false
    }
    /// Order against an object of the same type; `None` when the type has no order.
    fn order(&self, _other: &dyn Native) -> Option<Ordering> {
        None
    }
}

impl Value {
    /// A string value.
    pub fn str(text: impl AsRef<str>) -> Value {
        Value::Str(Rc::from(text.as_ref()))
    }

    /// An Int32.
    pub fn int(n: i32) -> Value {
        Value::Number(Number::Int32(n))
    }

    /// An Int64.
    pub fn long(n: i64) -> Value {
        Value::Number(Number::Int64(n))
    }

    /// A Double.
    pub fn double(n: f64) -> Value {
        Value::Number(Number::Double(n))
    }

    /// An untyped array (`object[]`).
    pub fn array(items: Vec<Value>) -> Value {
        Value::Array(Rc::new(Array {
            element: TypeRef::object(),
            items: RefCell::new(items),
        }))
    }

    /// A byte array.
    pub fn bytes(bytes: Vec<u8>) -> Value {
        Value::Bytes(Rc::new(RefCell::new(bytes)))
    }

    /// A value of a native type.
    pub fn native(object: impl Native) -> Value {
        Value::Native(Rc::new(object))
    }

    /// Whether this is `$null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The native object of type `T`, when this value is one.
    pub fn downcast<T: Native>(&self) -> Option<&T> {
        match self {
            Value::Native(native) => native.as_any().downcast_ref(),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Value {
        Value::Bool(b)
    }
}
impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::str(text)
    }
}
impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::str(text)
    }
}
impl From<i32> for Value {
    fn from(n: i32) -> Value {
        Value::int(n)
    }
}
impl From<i64> for Value {
    fn from(n: i64) -> Value {
        Value::long(n)
    }
}
impl From<u8> for Value {
    fn from(n: u8) -> Value {
        Value::Number(Number::Byte(n))
    }
}
impl From<char> for Value {
    fn from(c: char) -> Value {
        Value::Char(c)
    }
}
impl From<f64> for Value {
    fn from(n: f64) -> Value {
        Value::double(n)
    }
}
impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Value {
        Value::array(items)
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(option: Option<T>) -> Value {
        option.map_or(Value::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn a_value_is_three_words() {
        assert_eq!(std::mem::size_of::<Value>(), 24);
    }
}

//! A value as the key of a table: strings without regard to case unless the table says so, everything else by type and content.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use indexmap::Equivalent;

use crate::runtime::value::{Number, Value};

/// A key kept in a table.
#[derive(Clone)]
pub struct Key {
    /// As it was given.
    pub value: Value,
    /// Whether letter case counts.
    pub sensitive: bool,
}

/// A key to look up.
pub struct Probe<'a> {
    /// What to look for.
    pub value: &'a Value,
    /// As the table's keys.
    pub sensitive: bool,
}

/// A name to look up.
pub struct NameProbe<'a> {
    /// What to look for.
    pub name: &'a str,
    /// As the table's keys.
    pub sensitive: bool,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_value(&self.value, self.sensitive, state);
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        same(&self.value, &other.value, self.sensitive)
    }
}

impl Eq for Key {}

impl Hash for Probe<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_value(self.value, self.sensitive, state);
    }
}

impl Equivalent<Key> for Probe<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        same(self.value, &key.value, self.sensitive)
    }
}

impl Hash for NameProbe<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_text(self.name, self.sensitive, state);
    }
}

impl Equivalent<Key> for NameProbe<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        matches!(bare(&key.value), Value::Str(text) if same_text(self.name, text, self.sensitive))
    }
}

/// Whether two texts are the same, letter for letter.
pub fn same_text(a: &str, b: &str, sensitive: bool) -> bool {
    if sensitive || a == b {
        return a == b;
    }
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars()
        .flat_map(char::to_lowercase)
        .eq(b.chars().flat_map(char::to_lowercase))
}

fn hash_text<H: Hasher>(text: &str, sensitive: bool, state: &mut H) {
    if sensitive {
        text.hash(state);
    } else if text.is_ascii() {
        text.bytes()
            .for_each(|b| u32::from(b.to_ascii_lowercase()).hash(state));
    } else {
        text.chars()
            .flat_map(char::to_lowercase)
            .for_each(|c| u32::from(c).hash(state));
    }
}

/// The value itself, without members added to it.
fn bare(value: &Value) -> &Value {
    match value {
        Value::Object(object) => object.base.as_ref().map_or(value, bare),
        _ => value,
    }
}

fn hash_value<H: Hasher>(value: &Value, sensitive: bool, state: &mut H) {
    match bare(value) {
        Value::Str(text) => hash_text(text, sensitive, state),
        Value::Bool(b) => b.hash(state),
        Value::Char(c) => c.hash(state),
        Value::Number(number) => hash_number(*number, state),
        Value::DateTime(date) => date.ticks.hash(state),
        Value::TimeSpan(span) => span.ticks.hash(state),
        Value::Enum(member) => member.value.hash(state),
        Value::Type(ty) => ty.full_name().hash(state),
        Value::Native(native) => native.text().hash(state),
        other => address(other).hash(state),
    }
}

fn hash_number<H: Hasher>(number: Number, state: &mut H) {
    match number {
        Number::Double(d) => d.to_bits().hash(state),
        Number::Single(s) => s.to_bits().hash(state),
        Number::Decimal(d) => d.hash(state),
        Number::SByte(n) => n.hash(state),
        Number::Byte(n) => n.hash(state),
        Number::Int16(n) => n.hash(state),
        Number::UInt16(n) => n.hash(state),
        Number::Int32(n) => n.hash(state),
        Number::UInt32(n) => n.hash(state),
        Number::Int64(n) => n.hash(state),
        Number::UInt64(n) => n.hash(state),
    }
}

/// Whether `a.Equals(b)`: same type, same content; objects without content of their own by identity.
pub fn same(a: &Value, b: &Value, sensitive: bool) -> bool {
    match (bare(a), bare(b)) {
        (Value::Null, Value::Null) => true,
        (Value::Str(a), Value::Str(b)) => same_text(a, b, sensitive),
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Char(a), Value::Char(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a == b || is_nan(*a) && is_nan(*b),
        (Value::DateTime(a), Value::DateTime(b)) => a == b,
        (Value::TimeSpan(a), Value::TimeSpan(b)) => a == b,
        (Value::Enum(a), Value::Enum(b)) => a.type_ref() == b.type_ref() && a.value == b.value,
        (Value::Type(a), Value::Type(b)) => a == b,
        (Value::Native(a), Value::Native(b)) => {
            std::ptr::addr_eq(Rc::as_ptr(a), Rc::as_ptr(b)) || a.equals(&**b)
        }
        (a, b) => matches!((address(a), address(b)), (Some(a), Some(b)) if a == b),
    }
}

fn is_nan(number: Number) -> bool {
    matches!(number, Number::Double(d) if d.is_nan())
        || matches!(number, Number::Single(s) if s.is_nan())
}

/// Where a shared value lives; `None` when it is not shared.
pub fn address(value: &Value) -> Option<usize> {
    Some(match value {
        Value::Array(rc) => Rc::as_ptr(rc) as usize,
        Value::Bytes(rc) => Rc::as_ptr(rc) as usize,
        Value::Hashtable(rc) => Rc::as_ptr(rc) as usize,
        Value::ScriptBlock(rc) => Rc::as_ptr(rc) as usize,
        Value::Error(rc) => Rc::as_ptr(rc) as usize,
        Value::Object(rc) => Rc::as_ptr(rc) as usize,
        Value::Native(rc) => Rc::as_ptr(rc).cast::<()>() as usize,
        _ => return None,
    })
}

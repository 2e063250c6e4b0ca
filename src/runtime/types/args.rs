//! The arguments of a call as Rust values.
//!
//! They were converted to the signature's types before, so each reader has a plain answer; a wrong signature reads as empty.

use std::rc::Rc;

use super::reference::PsReference;
use super::table::Call;
use crate::runtime::convert;
use crate::runtime::value::Value;

/// Readers of arguments by place, from 0.
pub trait Args {
    /// The argument itself; `$null` when there is none.
    fn arg(&self, index: usize) -> &Value;
    /// As text.
    fn text(&self, index: usize) -> Rc<str>;
    /// As Int32.
    fn int(&self, index: usize) -> i32;
    /// As Int64.
    fn long(&self, index: usize) -> i64;
    /// As Double.
    fn double(&self, index: usize) -> f64;
    /// As Boolean.
    fn flag(&self, index: usize) -> bool;
    /// As Char.
    fn letter(&self, index: usize) -> char;
    /// As a list of elements.
    fn list(&self, index: usize) -> Vec<Value>;
    /// Writes to a `[ref]`.
    fn give(&self, index: usize, value: Value);
}

impl Args for Call<'_> {
    fn arg(&self, index: usize) -> &Value {
        self.args.get(index).unwrap_or(null())
    }

    fn text(&self, index: usize) -> Rc<str> {
        convert::to_rc_text(self.arg(index))
    }

    fn int(&self, index: usize) -> i32 {
        convert::to_i32(self.arg(index)).unwrap_or_default()
    }

    fn long(&self, index: usize) -> i64 {
        convert::to_i64(self.arg(index)).unwrap_or_default()
    }

    fn double(&self, index: usize) -> f64 {
        convert::to_f64(self.arg(index)).unwrap_or_default()
    }

    fn flag(&self, index: usize) -> bool {
        convert::to_bool(self.arg(index))
    }

    fn letter(&self, index: usize) -> char {
        match self.arg(index) {
            Value::Char(c) => *c,
            other => convert::to_text(other).chars().next().unwrap_or('\0'),
        }
    }

    fn list(&self, index: usize) -> Vec<Value> {
        match self.arg(index) {
            Value::Null => Vec::new(),
            value => convert::to_list(value).unwrap_or_else(|| vec![value.clone()]),
        }
    }

    fn give(&self, index: usize, value: Value) {
        if let Some(reference) = self.arg(index).downcast::<PsReference>() {
            reference.set(value);
        }
    }
}

/// `$null` to borrow.
fn null() -> &'static Value {
    // A `static` of `Value` is not `Sync` because of its `Rc`s; this variant has none.
    const NULL: &Value = &Value::Null;
    NULL
}

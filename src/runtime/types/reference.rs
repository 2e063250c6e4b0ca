//! `[ref]$x`.

use std::any::Any;

use super::TypeRef;
use super::table::{Fault, Property, TypeTable};
use crate::runtime::value::{Native, Value};

/// `System.Management.Automation.PSReference`: a place that a method may fill.
pub struct PsReference {
    read: Box<dyn Fn() -> Value>,
    write: Box<dyn Fn(Value)>,
}

impl PsReference {
    /// A reference to a place, by how to read and write it.
    pub fn new(read: impl Fn() -> Value + 'static, write: impl Fn(Value) + 'static) -> PsReference {
        PsReference {
            read: Box::new(read),
            write: Box::new(write),
        }
    }

    /// What stands there.
    pub fn get(&self) -> Value {
        (self.read)()
    }

    /// Puts something there.
    pub fn set(&self, value: Value) {
        (self.write)(value);
    }
}

impl Native for PsReference {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        TABLE.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Its members.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Management.Automation.PSReference",
    aliases: &["ref"],
    properties: &[Property {
        signature: "System.Object Value {get;set;}",
        get: |this| {
            Ok(this
                .downcast::<PsReference>()
                .map(PsReference::get)
                .unwrap_or_default())
        },
        set: Some(|this, value| {
            let reference = this
                .downcast::<PsReference>()
                .ok_or_else(|| Fault::invalid_operation("No reference."))?;
            reference.set(value);
            Ok(())
        }),
    }],
    ..TypeTable::EMPTY
};

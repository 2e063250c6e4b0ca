//! What `Format-*` writes into the pipeline and `Out-*` turns into text: a document of groups of entries.

use std::any::Any;
use std::rc::Rc;

use crate::runtime::value::Native;
use crate::runtime::{TypeRef, Value};

use super::table::Column;

/// How the entries of a document look.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Rows under headers.
    Table {
        /// The columns.
        columns: Vec<Column>,
        /// No headers, no dashes.
        hide_headers: bool,
        /// Widths follow the whole content instead of what comes first.
        auto_size: bool,
    },
    /// One property a line.
    List,
    /// One value an object, side by side.
    Wide {
        /// How many columns; 0 for as many as fit.
        columns: usize,
    },
    /// Texts that bring their own layout.
    Text,
}

/// One object as text.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Cells of a row, and whether long ones take more lines.
    Row(Vec<String>, bool),
    /// Names and values.
    List(Vec<(String, String)>),
    /// A value of a wide document.
    Wide(String),
    /// Finished lines, the last one without its end.
    Text(String),
    /// An error's finished lines.
    Error(String),
    /// A text that depends on the width and brings its own blank lines, as help does.
    Page(Page),
}

/// An object with a [`Native::page`].
#[derive(Clone)]
pub struct Page(pub Rc<dyn Native>);

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Page")
    }
}

impl Page {
    /// The page, when a value has one.
    pub fn of(value: &Value) -> Option<Page> {
        match value {
            Value::Native(native) if native.page(80).is_some() => Some(Page(native.clone())),
            _ => None,
        }
    }

    /// Its text at a width.
    pub fn text(&self, width: usize) -> String {
        self.0.page(width).unwrap_or_default()
    }
}

/// A piece of a formatted document.
#[derive(Clone, Debug)]
pub enum Packet {
    /// A document begins.
    Start(Rc<Shape>),
    /// A group begins, with its heading when there is one.
    GroupStart(Option<String>),
    /// An object of the document.
    Entry(Entry),
    /// An object that stands outside of the document's shape.
    OutOfBand(Entry),
    /// The group ends.
    GroupEnd,
    /// The document ends.
    End,
}

impl Packet {
    /// The packet as a pipeline object.
    pub fn into_value(self) -> Value {
        Value::native(self)
    }
}

impl Native for Packet {
    fn type_ref(&self) -> TypeRef {
        let name = match self {
            Packet::Start(_) => "FormatStartData",
            Packet::GroupStart(_) => "GroupStartData",
            Packet::Entry(_) | Packet::OutOfBand(_) => "FormatEntryData",
            Packet::GroupEnd => "GroupEndData",
            Packet::End => "FormatEndData",
        };
        let full = format!("Microsoft.PowerShell.Commands.Internal.Format.{name}");
        TypeRef::named(&full)
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        Vec::new()
    }

    fn property(&self, _name: &str) -> Option<Value> {
        None
    }

    fn text(&self) -> String {
        self.type_ref().full_name().to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

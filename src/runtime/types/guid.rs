//! `System.Guid`.

use std::any::Any;
use std::cmp::Ordering;
use std::rc::Rc;

use uuid::Uuid;

use super::TypeRef;
use super::args::Args;
use super::culture::Culture;
use super::reference::PsReference;
use super::table::{Answer, Fault, Kind, Method, Property, TypeTable};
use crate::runtime::value::{Native, Value};

/// A GUID as an object.
#[derive(Clone, Copy)]
pub struct Guid(pub Uuid);

impl Native for Guid {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        self.0.hyphenated().to_string()
    }

    fn format(&self, format: &str, _culture: &Culture) -> Option<Result<String, String>> {
        let text = match format {
            "" | "D" | "d" => self.0.hyphenated().to_string(),
            "N" | "n" => self.0.simple().to_string(),
            "B" | "b" => self.0.braced().to_string(),
            "P" | "p" => format!("({})", self.0.hyphenated()),
            _ => {
                return Some(Err(
                    "Format string can be only \"D\", \"d\", \"N\", \"n\", \"P\", \"p\", \"B\", \"b\", \"X\" or \"x\"."
                        .to_owned(),
                ));
            }
        };
        Some(Ok(text))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    /// PowerShell adds the text as a property.
    fn property_names(&self) -> Vec<Rc<str>> {
        vec![Rc::from("Guid")]
    }

    fn property(&self, name: &str) -> Option<Value> {
        name.eq_ignore_ascii_case("Guid")
            .then(|| Value::str(self.text()))
    }

    fn equals(&self, other: &dyn Native) -> bool {
        self.order(other) == Some(Ordering::Equal)
    }

    fn order(&self, other: &dyn Native) -> Option<Ordering> {
        other
            .as_any()
            .downcast_ref::<Guid>()
            .map(|other| self.0.cmp(&other.0))
    }
}

fn read(text: &str) -> Result<Uuid, Fault> {
    let bare = text.trim().trim_start_matches('(').trim_end_matches(')');
    Uuid::try_parse(bare).map_err(|_| {
        Fault::format(
            "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).",
        )
    })
}

fn parsed(text: &str) -> Answer {
    read(text).map(|id| Value::native(Guid(id)))
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Guid",
    aliases: &["guid"],
    base: "System.ValueType",
    interfaces: &["System.IComparable", "System.IFormattable"],
    kind: Kind::Struct,
    constructors: &[
        Method::new("guid new(string g)", |c| parsed(&c.text(0))),
        Method::new("guid new()", |_| Ok(Value::native(Guid(Uuid::nil())))),
    ],
    methods: &[Method::new("byte[] ToByteArray()", |c| {
        let id = c.this.downcast::<Guid>().map(|g| g.0).unwrap_or_default();
        Ok(Value::bytes(id.to_bytes_le().to_vec()))
    })],
    static_properties: &[Property::read("guid Empty {get;}", |_| {
        Ok(Value::native(Guid(Uuid::nil())))
    })],
    static_methods: &[
        Method::new("guid NewGuid()", |_| {
            Ok(Value::native(Guid(Uuid::new_v4())))
        }),
        Method::new("guid Parse(string input)", |c| parsed(&c.text(0))),
        Method::new("bool TryParse(string input, [ref] guid result)", |c| {
            let found = read(&c.text(0));
            let ok = found.is_ok();
            if let Some(reference) = c.arg(1).downcast::<PsReference>() {
                reference.set(Value::native(Guid(found.unwrap_or_default())));
            }
            Ok(Value::Bool(ok))
        }),
    ],
    ..TypeTable::EMPTY
};

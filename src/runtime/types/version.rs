//! `System.Version`.

use std::any::Any;
use std::cmp::Ordering;

use super::TypeRef;
use super::args::Args;
use super::reference::PsReference;
use super::table::{Answer, Fault, Method, Property, TypeTable};
use crate::runtime::value::{Native, Value};

/// A version of two to four numbers; a number that was not given is -1, as .NET shows it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([i32; 4]);

impl Native for Version {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        let given: Vec<String> = self
            .0
            .iter()
            .take_while(|n| **n >= 0)
            .map(ToString::to_string)
            .collect();
        given.join(".")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Native) -> bool {
        self.order(other) == Some(Ordering::Equal)
    }

    fn order(&self, other: &dyn Native) -> Option<Ordering> {
        other
            .as_any()
            .downcast_ref::<Version>()
            .map(|other| self.cmp(other))
    }
}

/// Reads `1.2`, `1.2.3` or `1.2.3.4`.
///
/// # Errors
/// The text has another shape; in .NET's words.
fn read(text: &str) -> Result<Version, Fault> {
    let parts: Vec<&str> = text.trim().split('.').collect();
    if !(2..=4).contains(&parts.len()) {
        return Err(Fault::argument(
            "Version string portion was too short or too long. (Parameter 'input')",
        ));
    }
    let mut version = [-1; 4];
    for (place, part) in version.iter_mut().zip(parts) {
        *place = part
            .trim()
            .parse::<u32>()
            .ok()
            .and_then(|n| i32::try_from(n).ok())
            .ok_or_else(|| {
                Fault::format(format!(
                    "The input string '{part}' was not in a correct format."
                ))
            })?;
    }
    Ok(Version(version))
}

fn parsed(text: &str) -> Answer {
    read(text).map(Value::native)
}

/// A version of numbers known to fit.
pub fn of(numbers: &[i32]) -> Value {
    let mut version = [-1; 4];
    for (place, n) in version.iter_mut().zip(numbers) {
        *place = *n;
    }
    Value::native(Version(version))
}

fn part(value: &Value, index: usize) -> Answer {
    Ok(Value::int(
        value.downcast::<Version>().map_or(-1, |v| v.0[index]),
    ))
}

/// Half of the revision, from this bit on.
fn half(value: &Value, bit: u32) -> Answer {
    let revision = value.downcast::<Version>().map_or(-1, |v| v.0[3]);
    let half = (revision >> bit) as i16;
    Ok(Value::Number(crate::runtime::value::Number::Int16(half)))
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Version",
    aliases: &["version"],
    interfaces: &["System.IComparable", "System.ICloneable"],
    constructors: &[
        Method::new("version new(string version)", |c| parsed(&c.text(0))),
        Method::new("version new(int major, int minor)", |c| {
            Ok(of(&[c.int(0), c.int(1)]))
        }),
        Method::new("version new(int major, int minor, int build)", |c| {
            Ok(of(&[c.int(0), c.int(1), c.int(2)]))
        }),
        Method::new(
            "version new(int major, int minor, int build, int revision)",
            |c| Ok(of(&[c.int(0), c.int(1), c.int(2), c.int(3)])),
        ),
    ],
    properties: &[
        Property::read("int Major {get;}", |v| part(v, 0)),
        Property::read("int Minor {get;}", |v| part(v, 1)),
        Property::read("int Build {get;}", |v| part(v, 2)),
        Property::read("int Revision {get;}", |v| part(v, 3)),
        Property::read("short MajorRevision {get;}", |v| half(v, 16)),
        Property::read("short MinorRevision {get;}", |v| half(v, 0)),
    ],
    static_methods: &[
        Method::new("version Parse(string input)", |c| parsed(&c.text(0))),
        Method::new("bool TryParse(string input, [ref] version result)", |c| {
            let found = read(&c.text(0));
            let ok = found.is_ok();
            if let Some(reference) = c.arg(1).downcast::<PsReference>() {
                reference.set(found.map_or(Value::Null, Value::native));
            }
            Ok(Value::Bool(ok))
        }),
    ],
    ..TypeTable::EMPTY
};

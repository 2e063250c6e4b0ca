//! How texts are compared: `StringComparison` and `StringComparer`.

use std::cmp::Ordering;

use crate::runtime::collate::{collate, same};
use crate::runtime::types::args::Args;
use crate::runtime::types::table::{Answer, Call, Method, Property, TypeTable};
use crate::runtime::types::{TypeRef, enums, key};
use crate::runtime::value::Value;

const COMPARISON: &str = "System.StringComparison";

/// Whether a `StringComparison` ignores case, and whether it compares letter by letter.
pub(super) fn comparison(value: &Value) -> (bool, bool) {
    match value {
        Value::Enum(member) => (member.value % 2 == 1, member.value >= 4),
        Value::Native(native) => (
            native.text().ends_with("IgnoreCase"),
            native.text().starts_with("Ordinal"),
        ),
        Value::Bool(ignore) => (*ignore, false),
        _ => (false, false),
    }
}

pub(super) fn equal(a: &str, b: &str, how: &Value) -> bool {
    match comparison(how) {
        (ignore, true) => key::same_text(a, b, !ignore),
        (ignore, false) => same(a, b, !ignore),
    }
}

pub(super) fn order(a: &str, b: &str, how: &Value) -> i32 {
    let order = match comparison(how) {
        (false, true) => a.cmp(b),
        (true, true) => a.to_uppercase().cmp(&b.to_uppercase()),
        (ignore, false) => collate(a, b, !ignore),
    };
    order as i32
}

pub(super) fn compare(call: &mut Call<'_>) -> Answer {
    let how = call.args.get(2).cloned().unwrap_or_default();
    Ok(Value::int(order(&call.text(0), &call.text(1), &how)))
}

/// `System.StringComparison`
pub static STRING_COMPARISON: TypeTable = enums::table(
    COMPARISON,
    &[
        ("CurrentCulture", 0),
        ("CurrentCultureIgnoreCase", 1),
        ("InvariantCulture", 2),
        ("InvariantCultureIgnoreCase", 3),
        ("Ordinal", 4),
        ("OrdinalIgnoreCase", 5),
    ],
    false,
);

/// A comparer of texts, for sets and tables.
struct Comparer(&'static str);

impl crate::runtime::value::Native for Comparer {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(COMPARER.name)
    }

    fn text(&self) -> String {
        self.0.to_owned()
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// Whether a comparer ignores case; `None` when the value is none.
pub fn comparer_ignores_case(value: &Value) -> Option<bool> {
    value
        .downcast::<Comparer>()
        .map(|comparer| comparer.0.ends_with("IgnoreCase"))
}

macro_rules! comparer {
    ($name:literal, $signature:literal) => {
        Property::read($signature, |_| Ok(Value::native(Comparer($name))))
    };
}

/// `System.StringComparer`
pub static COMPARER: TypeTable = TypeTable {
    name: "System.StringComparer",
    interfaces: &[
        "System.Collections.IComparer",
        "System.Collections.IEqualityComparer",
    ],
    static_properties: &[
        comparer!(
            "CurrentCulture",
            "System.StringComparer CurrentCulture {get;}"
        ),
        comparer!(
            "CurrentCultureIgnoreCase",
            "System.StringComparer CurrentCultureIgnoreCase {get;}"
        ),
        comparer!(
            "InvariantCulture",
            "System.StringComparer InvariantCulture {get;}"
        ),
        comparer!(
            "InvariantCultureIgnoreCase",
            "System.StringComparer InvariantCultureIgnoreCase {get;}"
        ),
        comparer!("Ordinal", "System.StringComparer Ordinal {get;}"),
        comparer!(
            "OrdinalIgnoreCase",
            "System.StringComparer OrdinalIgnoreCase {get;}"
        ),
    ],
    methods: &[
        Method::new("int Compare(string x, string y)", |c| {
            let how = c.this.clone();
            Ok(Value::int(order(&c.text(0), &c.text(1), &how)))
        }),
        Method::new("bool Equals(string x, string y)", |c| {
            let how = c.this.clone();
            Ok(Value::Bool(
                order(&c.text(0), &c.text(1), &how) == Ordering::Equal as i32,
            ))
        }),
    ],
    ..TypeTable::EMPTY
};

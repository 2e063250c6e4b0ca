//! Any text is converted or refused, and what was converted says the same text when it is converted again.

use mailtern::runtime::convert;
use mailtern::runtime::types::culture::EN_US;
use mailtern::runtime::types::datetime::{exact, parse};
use mailtern::runtime::types::names;
use mailtern::runtime::types::timespan::TimeSpan;
use mailtern::runtime::value::Value;

/// Types whose text is theirs again.
const STEADY: &[&str] = &[
    "byte", "int", "long", "uint64", "double", "float", "decimal", "char", "datetime", "timespan",
    "guid", "version", "string",
];
const OTHERS: &[&str] = &[
    "bool",
    "regex",
    "int[]",
    "char[]",
    "type",
    "uri",
    "mailaddress",
    "datetimeoffset",
    "xml",
    "System.DayOfWeek",
    "hashtable",
    "scriptblock",
    "ipaddress",
    "cultureinfo",
];

pub fn holds(data: &[u8]) {
    let [text, format] = super::texts(data);
    for name in STEADY {
        if let Some(said) = converted(&text, name) {
            assert_eq!(
                converted(&said, name).as_deref(),
                Some(&*said),
                "[{name}]{text:?}"
            );
        }
    }
    for name in OTHERS {
        let _ = converted(&text, name);
    }
    let _ = (
        parse::date(&text),
        TimeSpan::parse(&text),
        names::find(&text),
        convert::scan_number(&text),
    );
    let _ = exact::parse_exact(&text, &format, &EN_US);
}

/// The text of what a text becomes as a type.
fn converted(text: &str, type_name: &str) -> Option<String> {
    let made = convert::to_type(&Value::str(text), names::find(type_name)?).ok()?;
    Some(convert::to_text(&made))
}

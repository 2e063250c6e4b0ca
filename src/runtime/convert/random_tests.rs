//! Nothing a script can write panics a conversion, a format or a regular expression.
#![allow(clippy::unwrap_used)]

use crate::runtime::convert;
use crate::runtime::format_string;
use crate::runtime::regex::{Options, Pattern};
use crate::runtime::types::culture::EN_US;
use crate::runtime::types::datetime::{exact, parse};
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::types::{TypeRef, names};
use crate::runtime::value::{Number, Value};
use crate::runtime::wildcard::Wildcard;

/// Numbers from a seed, the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    /// A text put together of pieces that mean something somewhere.
    fn text(&mut self) -> String {
        const PIECES: &[&str] = &[
            "0",
            "1",
            "9",
            "99999999999999999999",
            "2021",
            "-",
            "+",
            ":",
            "/",
            ".",
            ",",
            " ",
            "T",
            "Z",
            "e",
            "E+",
            "0x",
            "kb",
            "L",
            "d",
            "AM",
            "Mar",
            "Friday",
            "{",
            "}",
            "{0",
            "{0:",
            "N2",
            "#",
            "%",
            "'",
            "\"",
            "\\",
            "(",
            ")",
            "(?<n>",
            "(?i)",
            "[",
            "]",
            "^",
            "$",
            "*",
            "+?",
            "{2,3}",
            "|",
            "é",
            "😀",
            "\n",
            "\0",
            "yyyy",
            "ffff",
            "zzz",
            "[int]",
            "List[",
            "string",
            "`",
            "\u{301}",
            "-[",
            "\\p{L}",
            "\\k<n>",
            "\\1",
            "ß",
        ];
        (0..self.next(8))
            .map(|_| PIECES[self.next(PIECES.len())])
            .collect()
    }
}

#[test]
fn random_texts_are_read_or_refused() {
    let types = [
        "int",
        "byte",
        "long",
        "uint64",
        "double",
        "float",
        "decimal",
        "char",
        "bool",
        "datetime",
        "timespan",
        "guid",
        "version",
        "regex",
        "System.DayOfWeek",
        "int[]",
        "char[]",
        "type",
        "uri",
        "mailaddress",
        "datetimeoffset",
        "xml",
    ];
    let types: Vec<TypeRef> = types.iter().filter_map(|name| names::find(name)).collect();
    let mut random = Random(7);
    for _ in 0..4000 {
        let text = random.text();
        let value = Value::str(&text);
        for ty in &types {
            if let Ok(made) = convert::to_type(&value, *ty) {
                let _ = convert::to_text(&made);
            }
        }
        let _ = (
            parse::date(&text),
            TimeSpan::parse(&text),
            names::find(&text),
            convert::scan_number(&text),
        );
        let _ = exact::parse_exact(&random.text(), &text, &EN_US);
        let _ = Wildcard::new(&text).matches(&random.text());
    }
}

#[test]
fn random_formats_are_filled_or_refused() {
    let mut random = Random(11);
    let values = [
        Value::int(-42),
        Value::double(1234.5678),
        Value::Number(Number::Decimal(rust_decimal::Decimal::new(12345, 3))),
        Value::DateTime(parse::date("2021-03-04 05:06:07").unwrap()),
        Value::TimeSpan(TimeSpan { ticks: i64::MIN }),
        Value::long(i64::MIN),
        Value::double(f64::MAX),
        Value::str("x"),
    ];
    for _ in 0..4000 {
        let format = random.text();
        for value in &values {
            let _ = format_string::format_value(value, &format, &EN_US);
        }
        let _ = format_string::compose(&format, &values, &EN_US);
    }
}

#[test]
fn random_patterns_match_or_are_refused() {
    let mut random = Random(13);
    for _ in 0..1500 {
        if let Ok(pattern) = Pattern::new(
            &random.text(),
            Options {
                ignore_case: true,
                ..Options::default()
            },
        ) {
            let text = random.text();
            let _ = (
                pattern.find_all(&text, 0),
                pattern.replace(&text, &random.text(), -1, 0),
                pattern.split_limited(&text, 3),
            );
        }
    }
}

//! Parse errors as a real PowerShell recorded them: same ids, same places, same "incomplete", in the same order.

use std::fmt::Write;

use mailtern::language::{Parsed, parse};
use serde_json::Value;

fn records() -> Vec<Value> {
    include_str!("../data/probes.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// `id line:column incomplete`, one per error.
fn seen(parsed: &Parsed) -> Vec<String> {
    let place = |error: &mailtern::language::SyntaxError| {
        let at = parsed.script.source.position(error.span.start);
        format!(
            "{} {}:{} {}",
            error.id, at.line, at.column, error.incomplete
        )
    };
    parsed.errors.iter().map(place).collect()
}

fn wanted(parse: &Value) -> Vec<String> {
    let place = |e: &Value| {
        format!(
            "{} {}:{} {}",
            e["id"].as_str().unwrap(),
            e["line"],
            e["col"],
            e["incomplete"]
        )
    };
    parse["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(place)
        .collect()
}

/// Constructs this shell refuses by name, so that the recorded answer cannot be its own.
fn refused(script: &str) -> bool {
    ["class ", "enum ", "using ", "data "]
        .iter()
        .any(|word| script.starts_with(word))
        || script == "Get-Item & "
}

#[test]
fn parse_errors_are_those_of_powershell() {
    let mut wrong = String::new();
    let mut count = 0;
    for record in records() {
        let (script, Some(parse_record)) =
            (record["script"].as_str().unwrap(), record.get("parse"))
        else {
            continue;
        };
        if refused(script) {
            continue;
        }
        if record.get("v6").is_some() {
            assert_eq!(
                seen(&parse(script)),
                Vec::<String>::new(),
                "{script:?} is valid in PowerShell 7"
            );
            continue;
        }
        count += 1;
        let parsed = parse(script);
        let (seen, wanted) = (seen(&parsed), wanted(parse_record));
        if seen != wanted || parsed.incomplete() != parse_record["incomplete"] {
            writeln!(
                wrong,
                "{} {script:?}\n  wanted {wanted:?}\n  seen   {seen:?}",
                record["id"]
            )
            .unwrap();
        }
    }
    assert!(count > 150 && wrong.is_empty(), "of {count}:\n{wrong}");
}

#[test]
fn scripts_that_ran_parse() {
    let mut wrong = String::new();
    for record in records() {
        let script = record["script"].as_str().unwrap();
        let rejected = record["terminated"]["category"] == "ParserError";
        if record.get("parse").is_some() || refused(script) {
            continue;
        }
        let parsed = parse(script);
        if parsed.errors.is_empty() == rejected {
            writeln!(wrong, "{} {script:?}\n  {:?}", record["id"], seen(&parsed)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

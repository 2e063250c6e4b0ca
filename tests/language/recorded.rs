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

/// A printed error: line, column, how many characters are underlined (0 when that is not known), first line of the message.
type Printed = (u32, u32, usize, String);

/// Takes the errors out of what a console printed: `At file:1 char:5`, the line, the underline, the message.
fn printed(text: &str) -> Vec<Printed> {
    let lines: Vec<_> = text.lines().collect();
    let mut out = Vec::new();
    for window in lines.windows(4) {
        let [at, source, underline, message] = window else {
            continue;
        };
        let Some((place, column)) = at
            .strip_prefix("At ")
            .and_then(|at| at.split_once(" char:"))
        else {
            continue;
        };
        let line = place.rsplit(':').next().unwrap().parse().unwrap();
        let whole = source.starts_with("+ ") && !source.contains(" ...") && underline.contains('~');
        let underlined = if whole {
            underline.matches('~').count()
        } else {
            0
        };
        // Past the last line there is nothing to underline.
        let message = if underline.starts_with("+ ") {
            message
        } else {
            underline
        };
        out.push((
            line,
            column.parse().unwrap(),
            underlined,
            (*message).to_owned(),
        ));
    }
    out
}

#[test]
fn places_and_words_are_those_a_console_printed() {
    let transcripts = include_str!("../data/transcripts.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let mut wrong = String::new();
    let mut count = 0;
    for record in records().into_iter().chain(transcripts) {
        let text = record["terminated"]["message"]
            .as_str()
            .or(record["text"].as_str())
            .unwrap_or_default();
        let rejected = record["terminated"]["category"] == "ParserError"
            || text.contains("ParserError: (:) [], ParentContains");
        // A script in a file is printed by its own; one that was read by another script is not the text of the record.
        let Some(script) = record["script"].as_str().filter(|_| rejected) else {
            continue;
        };
        let wanted = printed(text);
        if wanted.is_empty() || refused(script) {
            continue;
        }
        count += 1;
        // The files had a line end after their last line.
        let in_file = record["via"]
            .as_str()
            .is_some_and(|via| via.contains("-File"));
        let parsed = parse(&if in_file {
            format!("{script}\n")
        } else {
            script.to_owned()
        });
        let source = &parsed.script.source;
        let seen: Vec<Printed> = parsed
            .errors
            .iter()
            .map(|error| {
                let at = source.position(error.span.start);
                let length = source
                    .slice(error.span)
                    .lines()
                    .next()
                    .map_or(1, |text| text.chars().count().max(1));
                (
                    at.line,
                    at.column,
                    length,
                    error.message.lines().next().unwrap().to_owned(),
                )
            })
            .collect();
        let same = |(a, b): (&Printed, &Printed)| {
            (a.0, a.1, &a.3) == (b.0, b.1, &b.3) && (b.2 == 0 || a.2 == b.2)
        };
        if seen.len() != wanted.len() || !seen.iter().zip(&wanted).all(same) {
            writeln!(
                wrong,
                "{} {script:?}\n  wanted {wanted:?}\n  seen   {seen:?}",
                record["id"]
            )
            .unwrap();
        }
    }
    assert!(count > 20 && wrong.is_empty(), "of {count}:\n{wrong}");
}

#[test]
fn scripts_whose_output_was_recorded_parse() {
    let mut wrong = String::new();
    for line in include_str!("../data/transcripts.jsonl").lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let Some(script) = record["script"].as_str() else {
            continue;
        };
        let rejected = ["text", "output", "error_text"].iter().any(|key| {
            record[*key]
                .as_str()
                .is_some_and(|text| text.contains("ParserError"))
        });
        let parsed = parse(script);
        if !rejected && !parsed.errors.is_empty() {
            writeln!(wrong, "{} {script:?}\n  {:?}", record["id"], seen(&parsed)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

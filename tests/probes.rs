//! What a real PowerShell answered to small scripts (`tests/data/probes.jsonl`), asked of this shell: the objects that come
//! out as text, their types, the ids and categories of errors. Differences that are known stand in
//! `tests/data/probes.accepted.jsonl`, each with its reason; `open` marks those that are still to be mended.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use mailtern::runtime::convert;
use mailtern::runtime::ui::{ConsoleColor, Progress, Stream};
use mailtern::runtime::{ErrorRecord, Flow, Shell, Ui, Value, members, types};
use serde_json::Value as Json;

/// No probe needs longer.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

thread_local! {
    static ERRORS: RefCell<Vec<Rc<ErrorRecord>>> = const { RefCell::new(Vec::new()) };
}

/// A host without a person, whose patience ends.
struct Silent {
    until: std::time::Instant,
}

impl Ui for Silent {
    fn write(&self, _stream: Stream, _text: &str) {}
    fn write_host(
        &self,
        _text: &str,
        _foreground: Option<ConsoleColor>,
        _background: Option<ConsoleColor>,
    ) {
    }
    fn progress(&self, _progress: &Progress) {}
    fn read_line(&self, _prompt: &str) -> Option<String> {
        None
    }
    fn read_secret(&self, _prompt: &str) -> Option<String> {
        None
    }
    fn can_prompt(&self) -> bool {
        false
    }
    fn width(&self) -> usize {
        120
    }
    fn height(&self) -> usize {
        50
    }
    fn interrupted(&self) -> bool {
        std::time::Instant::now() > self.until
    }
}

/// What a script came to.
#[derive(Debug, PartialEq)]
struct Answer {
    out: Vec<String>,
    types: Vec<String>,
    errors: Vec<String>,
    terminated: Option<String>,
}

fn error_line(record: &ErrorRecord) -> String {
    format!(
        "{} | {}",
        record.fully_qualified_id(),
        members::category_info(record)
    )
}

fn ask(script: &str, folder: &std::path::Path) -> Answer {
    let mut shell = Shell::new(
        Rc::new(Silent {
            until: std::time::Instant::now() + PATIENCE,
        }),
        &mailtern::cmdlets::all(),
    );
    shell.set_stack(60 << 20);
    shell.set_location(folder.to_owned());
    ERRORS.with_borrow_mut(Vec::clear);
    shell.set_error_view(|record, _| {
        ERRORS.with_borrow_mut(|errors| errors.push(record.clone()));
        String::new()
    });
    let mut items = Vec::new();
    let result = shell.collect_into(script, &mut items);
    let out = items.iter().map(text).collect();
    let types = items.iter().map(type_name).collect();
    let terminated = match result {
        Err(Flow::Error { record, .. }) => Some(error_line(&record)),
        _ => None,
    };
    let errors =
        ERRORS.with_borrow(|errors| errors.iter().map(|record| error_line(record)).collect());
    Answer {
        out,
        types,
        errors,
        terminated,
    }
}

fn text(value: &Value) -> String {
    if value.is_null() {
        "<null>".to_owned()
    } else {
        convert::to_text(value)
    }
}

fn type_name(value: &Value) -> String {
    types::type_names(value)
        .first()
        .map_or_else(|| "null".to_owned(), |name| name.to_string())
}

fn recorded(record: &Json, folder: &str) -> Answer {
    let mend = |text: &str| text.replace("<CWD>", folder);
    let texts = |key: &str| -> Vec<String> {
        let list = record[key].as_array().cloned().unwrap_or_default();
        list.iter()
            .map(|item| item.as_str().map_or_else(|| "<null>".to_owned(), mend))
            .collect()
    };
    let line = |error: &Json| {
        mend(&format!(
            "{} | {}",
            error["fqid"].as_str().unwrap_or_default(),
            error["catinfo"].as_str().unwrap_or_default()
        ))
    };
    Answer {
        out: texts("out"),
        types: texts("types"),
        errors: record["errors"]
            .as_array()
            .map(|list| list.iter().map(line).collect())
            .unwrap_or_default(),
        terminated: record["terminated"]
            .is_object()
            .then(|| line(&record["terminated"])),
    }
}

fn records(name: &str) -> Vec<Json> {
    let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Runs on a thread with room for recursion, as the host does.
fn on_a_large_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn every_probe_is_answered_as_powershell_answers_it() {
    on_a_large_stack(|| {
        let accepted: BTreeMap<String, bool> = records("probes.accepted.jsonl")
            .iter()
            .map(|record| {
                assert!(
                    record["reason"]
                        .as_str()
                        .is_some_and(|reason| !reason.is_empty()),
                    "{record}"
                );
                (
                    record["id"].as_str().unwrap().to_owned(),
                    record["open"] == true,
                )
            })
            .collect();
        let only = std::env::var("PROBE").unwrap_or_default();
        let (mut same, mut different, mut failures) = (0, 0, Vec::new());
        for record in records("probes.jsonl") {
            let id = record["id"].as_str().unwrap().to_owned();
            // Parse errors alone are the language's own test.
            if record.get("out").is_none() || !(only.is_empty() || id == only) {
                continue;
            }
            let folder = tempfile::tempdir().unwrap();
            let script = record["script"].as_str().unwrap().to_owned();
            let wanted = recorded(&record, &folder.path().to_string_lossy());
            let got = ask(&script, folder.path());
            match (got == wanted, accepted.get(&id)) {
                (true, Some(false)) => failures.push(format!(
                    "{id}: accepted as different, but it is the same now"
                )),
                (true, _) => same += 1,
                (false, Some(_)) => different += 1,
                (false, None) => failures.push(format!(
                    "{id}: {script}\n  wanted {wanted:?}\n  got    {got:?}"
                )),
            }
        }
        let report = failures.join("\n");
        println!(
            "{same} the same, {different} listed as different, {} failures",
            failures.len()
        );
        if let Ok(path) = std::env::var("PROBE_REPORT") {
            std::fs::write(path, &report).unwrap();
        }
        assert!(failures.is_empty(), "{report}");
    });
}

//! `tests/data/transcripts.jsonl`: what a real PowerShell printed, in the layout of Windows PowerShell where that differs.
//!
//! `SHOW=fmt-0003 cargo test --test transcripts recorded -- --nocapture` shows one record's difference.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::bench;

#[derive(Deserialize)]
struct Record {
    id: String,
    width: usize,
    #[serde(default)]
    script: String,
    #[serde(default)]
    via: String,
    #[serde(default)]
    text: String,
    text51: Option<String>,
    console80: Option<String>,
    error_text51: Option<String>,
}

/// Records whose difference is meant, each with its reason.
fn accepted() -> BTreeMap<String, String> {
    let lines = include_str!("../data/transcripts.accepted");
    let records = lines
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    records
        .map(|line| {
            let (id, reason) = line
                .split_once(' ')
                .unwrap_or_else(|| panic!("{line}: a reason is missing"));
            (id.to_owned(), reason.to_owned())
        })
        .collect()
}

fn records() -> Vec<Record> {
    let lines = include_str!("../data/transcripts.jsonl").lines();
    let all = lines.map(|line| {
        serde_json::from_str::<Record>(line).unwrap_or_else(|error| panic!("{line}: {error}"))
    });
    all.filter(|record| record.id.starts_with("fmt-") || record.id.starts_with("err-"))
        .collect()
}

/// The differences of a record: what was expected and what came.
fn differences(record: &Record) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().canonicalize().unwrap();
    let wanted = record.text51.as_deref().unwrap_or(&record.text);
    let mut found = Vec::new();
    let mut compare = |wanted: &str, got: String| {
        let got = got.replace(here.to_string_lossy().as_ref(), "{DIR}");
        if got != wanted {
            found.push((wanted.to_owned(), got));
        }
    };
    if record.via.starts_with("Out-String") || record.via.is_empty() {
        // Out-String -Width N uses N columns, the console one less than it has.
        let (said, _) = bench::run(&record.script, record.width + 1, &here, None);
        compare(wanted, said.output.clone());
        if let Some(errors) = &record.error_text51 {
            let errors_only = said.all.replace(&said.output, "");
            compare(errors.trim_end(), errors_only.trim_end().to_owned());
        }
        if let Some(console) = record.console80.as_deref().filter(|_| record.width == 80) {
            let (said, _) = bench::run(&record.script, 80, &here, None);
            compare(
                if console == "same" { wanted } else { console },
                said.output,
            );
        }
        return found;
    }
    let script = here.join("script.ps1");
    let as_file = !record.via.contains("-Command");
    std::fs::write(&script, &record.script).unwrap();
    let file = as_file.then_some(script.as_path() as &Path);
    let (said, _) = bench::run(&record.script, record.width, &here, file);
    compare(wanted, said.all);
    found
}

#[test]
fn recorded_output_is_matched() {
    let show = std::env::var("SHOW").unwrap_or_default();
    let accepted = accepted();
    let (mut passed, mut failed, mut stale) = (0, Vec::new(), Vec::new());
    for record in records() {
        if !show.is_empty() && record.id != show {
            continue;
        }
        let found = differences(&record);
        for (wanted, got) in found.iter().filter(|_| !show.is_empty()) {
            println!(
                "{}\n--- wanted\n{wanted}\n--- got\n{got}\n---",
                record.script
            );
        }
        match (found.is_empty(), accepted.contains_key(&record.id)) {
            (true, false) => passed += 1,
            (true, true) => stale.push(record.id),
            (false, true) => {}
            (false, false) => failed.push(record.id),
        }
    }
    println!("{passed} match, {} differ as they should", accepted.len());
    assert!(stale.is_empty(), "listed as different but equal: {stale:?}");
    assert!(
        failed.is_empty(),
        "{passed} match, {} differ: {failed:?}",
        failed.len()
    );
}

//! Scripts as admins write them (`tests/scripts/*.ps1`), run by the program; each prints what its `.out` says.

use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts")
}

/// What a script printed, both streams, without blanks at line ends and without escape sequences.
fn printed(script: &Path) -> String {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mailtern"))
        .args(["-NoProfile", "-NonInteractive", "--home"])
        .arg(home.path())
        .arg("-File")
        .arg(script)
        .env("TZ", "UTC")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    lines(&text)
}

fn lines(text: &str) -> String {
    let trimmed: Vec<&str> = text.lines().map(str::trim_end).collect();
    trimmed.join("\n")
}

#[test]
fn admins_scripts_print_what_powershell_prints() {
    let mut scripts: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "ps1"))
        .collect();
    scripts.sort();
    assert!(
        scripts.len() >= 42,
        "scripts are missing: {}",
        scripts.len()
    );
    let wrong: Vec<String> = scripts
        .iter()
        .filter_map(|script| difference(script))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} differ:\n{}",
        wrong.len(),
        scripts.len(),
        wrong.join("\n")
    );
}

/// The first line that differs, with its number; `None` when all are equal.
fn difference(script: &Path) -> Option<String> {
    let expected = lines(&std::fs::read_to_string(script.with_extension("out")).unwrap());
    let got = printed(script);
    if got == expected {
        return None;
    }
    let (mut want, mut have) = (expected.lines(), got.lines());
    for number in 1.. {
        let (w, h) = (want.next(), have.next());
        if w != h {
            let name = script.file_name().unwrap_or_default().to_string_lossy();
            return Some(format!(
                "{name}, line {number}:\n  expected {w:?}\n  printed  {h:?}"
            ));
        }
    }
    None
}

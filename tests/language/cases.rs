//! The case files: `ok` scripts and their trees, `err` scripts and their errors, `more` scripts that want another line.
//! `RECORD_CASES=1 cargo test --test language cases` writes the trees and errors anew; read the difference before it is kept.

use std::path::{Path, PathBuf};

use mailtern::language::{Parsed, TokenKind, parse};

use crate::tree::script;

fn cases(kind: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("grammar/cases")
        .join(kind);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "ps1"));
    files.sort();
    assert!(!files.is_empty(), "no cases in {kind}");
    let read = |path: PathBuf| (path.clone(), std::fs::read_to_string(&path).unwrap());
    files.into_iter().map(read).collect()
}

/// One line per error: its place, its id, its words.
fn errors(parsed: &Parsed) -> String {
    let mut out = String::new();
    for error in &parsed.errors {
        let (start, end) = (
            parsed.script.source.position(error.span.start),
            parsed.script.source.position(error.span.end),
        );
        let more = if error.incomplete {
            " (incomplete)"
        } else {
            ""
        };
        let place = format!(
            "{}:{}-{}:{}",
            start.line, start.column, end.line, end.column
        );
        out.push_str(&format!(
            "{place} {}{more}: {}\n",
            error.id,
            error.message.replace('\n', "\\n")
        ));
    }
    out
}

fn check(kind: &str, answer: impl Fn(&Parsed) -> String) {
    let record = std::env::var("RECORD_CASES").is_ok();
    let mut wrong = Vec::new();
    for (path, text) in cases(kind) {
        let seen = answer(&parse(&text));
        let file = path.with_extension("ast");
        if record {
            std::fs::write(&file, &seen).unwrap();
        } else if std::fs::read_to_string(&file).unwrap_or_default() != seen {
            wrong.push(format!("{}\n{seen}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn good_scripts_have_their_trees() {
    check("ok", |parsed| {
        assert_eq!(errors(parsed), "", "{}", parsed.script.source.text());
        script(&parsed.script).pretty(0) + "\n"
    });
}

#[test]
fn bad_scripts_have_their_errors() {
    check("err", |parsed| {
        assert!(
            !parsed.errors.is_empty() && !parsed.incomplete(),
            "{}",
            parsed.script.source.text()
        );
        errors(parsed)
    });
}

#[test]
fn unfinished_scripts_want_more() {
    for (path, text) in cases("more") {
        let text = text.trim_end_matches('\n');
        assert!(
            parse(text).incomplete(),
            "{} is not incomplete:\n{}",
            path.display(),
            errors(&parse(text))
        );
    }
}

#[test]
fn every_beginning_of_a_good_script_is_good_unfinished_or_an_error() {
    for (path, text) in cases("ok") {
        for (at, _) in text.char_indices() {
            let parsed = parse(&text[..at]);
            tokens_cover(&parsed, &path);
        }
    }
}

/// Tokens stand in order, do not overlap, and leave out nothing but blanks.
pub fn tokens_cover(parsed: &Parsed, path: &Path) {
    let text = parsed.script.source.text();
    let mut end = if text.starts_with('\u{feff}') { 3 } else { 0 };
    for token in &parsed.tokens {
        let (from, to) = (token.span.start as usize, token.span.end as usize);
        let at = format!("{} at {from} in {text:?}", path.display());
        assert!(
            from >= end && to > from && to <= text.len(),
            "tokens overlap: {at}"
        );
        assert!(
            text[end..from].chars().all(char::is_whitespace),
            "no token for {:?}: {at}",
            &text[end..from]
        );
        end = to;
    }
    assert!(
        text[end..].chars().all(char::is_whitespace),
        "no token for {:?} in {text:?}",
        &text[end..]
    );
}

#[test]
fn tokens_say_what_they_are() {
    let text = "# c\nfunction Get-X { param([string]$n = 'a') Get-Item -Path:$n x.txt 5 > o | % { $_.Name + [int]::MaxValue } }";
    let parsed = parse(text);
    tokens_cover(&parsed, Path::new("tokens"));
    let kind = |wanted: &str| {
        let found = parsed
            .tokens
            .iter()
            .find(|token| parsed.script.source.slice(token.span) == wanted);
        found.unwrap_or_else(|| panic!("no token {wanted}")).kind
    };
    use TokenKind::*;
    for (text, wanted) in [
        ("# c", Comment),
        ("\n", NewLine),
        ("function", Keyword),
        ("Get-X", Name),
        ("param", Keyword),
        ("string", Type),
        ("$n", Variable),
        ("'a'", StringLiteral),
        ("Get-Item", Command),
        ("-Path:", Parameter),
        ("x.txt", Argument),
        ("5", Number),
        (">", Operator),
        ("|", Operator),
        ("%", Command),
        ("Name", Member),
        ("int", Type),
        ("MaxValue", Member),
        ("{", Bracket),
    ] {
        assert_eq!(kind(text), wanted, "{text}");
    }
}

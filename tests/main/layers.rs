//! The rooms and arrows of `src/lib.rs`, read from the source: a path that points the wrong way fails here.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may name.
const ARROWS: &[(&str, &[&str])] = &[
    (
        "main",
        &[
            "host", "session", "runtime", "cmdlets", "format", "language", "engine",
        ],
    ),
    (
        "host",
        &[
            "session", "cmdlets", "format", "runtime", "language", "engine",
        ],
    ),
    ("session", &["engine"]),
    (
        "cmdlets",
        &[
            "runtime", "format", "engine", "session", "language", "mail", "cmdlet",
        ],
    ),
    ("format", &["runtime", "language"]),
    ("runtime", &["language"]),
    ("language", &[]),
    ("engine", &["transport", "store", "mail"]),
    ("transport", &["mail"]),
    ("store", &["mail"]),
    ("mail", &[]),
];

/// Packages that live in some rooms only.
const PACKAGES: &[(&str, &[&str])] = &[
    ("nom", &["language"]),
    ("rustyline", &["host"]),
    ("async_imap", &["transport"]),
    ("native_tls", &["transport"]),
    ("tokio_native_tls", &["transport"]),
    ("lettre", &["transport"]),
    ("sqlx", &["store"]),
    ("chacha20poly1305", &["store", "cmdlets"]),
];

/// Words that must not stand in some rooms: what the word is, the word, the rooms (all others may).
const WORDS: &[(&str, &str, &[&str])] = &[
    (
        "a shell value",
        "Value",
        &["engine", "transport", "store", "mail"],
    ),
    (
        "a cmdlet",
        "Cmdlet",
        &["engine", "transport", "store", "mail"],
    ),
    (
        "the terminal",
        "IsTerminal",
        &[
            "engine",
            "transport",
            "store",
            "mail",
            "runtime",
            "cmdlets",
            "format",
            "language",
        ],
    ),
];

const PRINTS: &[&str] = &[
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "stdout()",
    "stderr()",
];

struct Source {
    path: PathBuf,
    room: String,
    /// Modules between the crate root and this file's module, itself included.
    depth: usize,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let inside = path.strip_prefix(&root).unwrap().with_extension("");
                let mut parts: Vec<_> = inside
                    .iter()
                    .map(|p| p.to_str().unwrap().to_owned())
                    .collect();
                if parts.last().is_some_and(|p| p == "mod") {
                    parts.pop();
                }
                let room = parts[0].clone();
                if room == "lib" {
                    continue;
                }
                let code = without_tests(&without_comments_and_strings(
                    &fs::read_to_string(&path).unwrap(),
                ));
                all.push(Source {
                    path,
                    room,
                    depth: parts.len(),
                    code,
                });
            }
        }
    }
    assert!(all.len() > 30, "the source was not found");
    all
}

/// The text with comments and the insides of string literals blanked.
fn without_comments_and_strings(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    let starts = |i: usize, s: &str| {
        s.chars()
            .enumerate()
            .all(|(k, c)| chars.get(i + k) == Some(&c))
    };
    while i < chars.len() {
        if starts(i, "//") {
            while i < chars.len() && chars[i] != '\n' {
                i += 1;
            }
        } else if starts(i, "/*") {
            while i < chars.len() && !starts(i, "*/") {
                i += 1;
            }
            i += 2;
        } else if chars[i] == 'r'
            && (starts(i, "r\"") || starts(i, "r#"))
            && !out.ends_with(is_word)
        {
            let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
            if chars.get(i + 1 + hashes) != Some(&'"') {
                out.push('r');
                i += 1;
                continue;
            }
            let close = format!("\"{}", "#".repeat(hashes));
            i += 2 + hashes;
            while i < chars.len() && !starts(i, &close) {
                i += 1;
            }
            i += 1 + hashes;
            out.push_str("\"\"");
        } else if chars[i] == '"' {
            i += 1;
            while i < chars.len() && chars[i] != '"' {
                i += if chars[i] == '\\' { 2 } else { 1 };
            }
            i += 1;
            out.push_str("\"\"");
        } else if starts(i, "'\"'") || starts(i, "'/'") || starts(i, "'\\") {
            i += 3;
        } else {
            out.push(chars[i]);
            i += 1;
        }
    }
    out
}

/// The text up to its test module: tests may look anywhere.
fn without_tests(code: &str) -> String {
    let is_test_module = |at: usize| {
        let mut rest = code[at + "#[cfg(test)]".len()..].trim_start();
        while let Some((_, after)) = rest.strip_prefix("#[").and_then(|r| r.split_once(']')) {
            rest = after.trim_start();
        }
        rest.starts_with("mod ")
    };
    let end = code
        .match_indices("#[cfg(test)]")
        .map(|(at, _)| at)
        .find(|at| is_test_module(*at));
    code[..end.unwrap_or(code.len())].to_owned()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Places where `word` stands by itself, as byte offsets behind it.
fn after_word<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(word).filter_map(move |(at, _)| {
        let end = at + word.len();
        let free = !code[..at].ends_with(is_word) && !code[end..].starts_with(is_word);
        free.then_some(end)
    })
}

/// The first names of what follows `crate::`: one, or those of a group.
fn first_names(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else {
        return vec![rest.chars().take_while(|c| is_word(*c)).collect()];
    };
    let mut names = vec![String::new()];
    let (mut depth, mut done) = (0, false);
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(String::new());
                done = false;
            }
            c if depth == 0 && is_word(c) && !done => {
                if let Some(last) = names.last_mut() {
                    last.push(c);
                }
            }
            c if c.is_whitespace() => {}
            _ => done = true,
        }
    }
    names.retain(|n| !n.is_empty());
    names
}

/// The rooms that a file names.
fn named_rooms(source: &Source) -> Vec<String> {
    let mut rooms = Vec::new();
    for end in after_word(&source.code, "crate").chain(after_word(&source.code, "mailtern")) {
        if let Some(rest) = source.code[end..].strip_prefix("::") {
            rooms.extend(first_names(rest));
        }
    }
    let climb = "super::".repeat(source.depth);
    for (at, _) in source.code.match_indices(&climb) {
        let rest = &source.code[at + climb.len()..];
        if !source.code[..at].ends_with("super::") && !rest.starts_with("super::") {
            rooms.extend(first_names(rest));
        }
    }
    rooms
}

#[test]
fn arrows_point_the_right_way() {
    let rooms: Vec<&str> = ARROWS.iter().map(|(room, _)| *room).collect();
    let mut wrong = Vec::new();
    for source in sources() {
        let Some((_, allowed)) = ARROWS.iter().find(|(room, _)| *room == source.room) else {
            wrong.push(format!("{}: an unknown room", source.path.display()));
            continue;
        };
        for named in named_rooms(&source) {
            if named != source.room
                && rooms.contains(&named.as_str())
                && !allowed.contains(&named.as_str())
            {
                wrong.push(format!(
                    "{}: {} may not name {named}",
                    source.path.display(),
                    source.room
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn packages_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (package, rooms) in PACKAGES {
            let named =
                after_word(&source.code, package).any(|end| source.code[end..].starts_with("::"));
            if named && !rooms.contains(&source.room.as_str()) {
                wrong.push(format!(
                    "{}: {package} belongs to {rooms:?}",
                    source.path.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_stay_out_of_rooms() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (what, word, rooms) in WORDS {
            let own = source.code.replace("serde_json::Value", "");
            if rooms.contains(&source.room.as_str()) && after_word(&own, word).next().is_some() {
                wrong.push(format!("{}: names {what} ({word})", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_host_prints() {
    let mut wrong = Vec::new();
    for source in sources() {
        if source.room == "host" || source.room == "main" {
            continue;
        }
        for print in PRINTS {
            if source
                .code
                .match_indices(print)
                .any(|(at, _)| !source.code[..at].ends_with(is_word))
            {
                wrong.push(format!("{}: {print}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_clock_asks_the_engines_time() {
    let mut wrong = Vec::new();
    for source in sources() {
        let asks = ["Timestamp::now", "SystemTime::now", "Zoned::now"]
            .iter()
            .any(|word| source.code.contains(word));
        if asks && source.room == "engine" && !source.path.ends_with("engine/clock.rs") {
            wrong.push(source.path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The reader of this test can see: it finds a wrong path when there is one.
#[test]
fn the_reader_sees_paths_of_every_form() {
    let source = |code: &str| Source {
        path: PathBuf::new(),
        room: "engine".into(),
        depth: 2,
        code: without_tests(&without_comments_and_strings(code)),
    };
    for (code, rooms) in [
        ("use crate::runtime::Value;", vec!["runtime"]),
        ("use crate::{mail::Secret, host};", vec!["mail", "host"]),
        (
            "use crate::{\n    mail::{Secret, Address},\n    store,\n};",
            vec!["mail", "store"],
        ),
        ("fn f() -> super::super::runtime::Value {}", vec!["runtime"]),
        ("use super::runtime;", vec![]),
        (
            "// use crate::runtime;\n/* crate::host */ let s = \"crate::host\";",
            vec![],
        ),
        ("let q = '\"'; use crate::host;", vec!["host"]),
        (
            "#[cfg(test)]\n#[allow(unused)]\nmod tests { use crate::host; }",
            vec![],
        ),
    ] {
        assert_eq!(named_rooms(&source(code)), rooms, "{code}");
    }
}

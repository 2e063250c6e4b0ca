//! Sessions and help recorded from a real PowerShell, run in process.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::rc::Rc;

use mailtern::host::console::Console;
use mailtern::host::reader::{Line, LineReader};
use mailtern::host::screen::Screen;
use mailtern::host::start;
use mailtern::runtime::shell::Shell;
use mailtern::runtime::ui::{ConsoleColor, Progress, Stream};
use mailtern::runtime::{Ui, convert};
use mailtern::session::{Interrupt, Session};
use serde_json::Value as Json;

/// Records that differ on purpose, and why.
const ACCEPTED: &str = include_str!("accepted.txt");

/// A console whose keys and screen are texts. What is typed shows where it was typed.
#[derive(Default)]
struct Tape {
    shown: RefCell<String>,
    keys: RefCell<VecDeque<String>>,
    width: usize,
}

impl Tape {
    fn key_line(&self, prompt: &str) -> Option<String> {
        self.shown.borrow_mut().push_str(prompt);
        let line = self.keys.borrow_mut().pop_front()?;
        self.shown.borrow_mut().push_str(&format!("{line}\n"));
        Some(line)
    }
}

impl Ui for Tape {
    fn write(&self, _stream: Stream, text: &str) {
        self.shown.borrow_mut().push_str(text);
    }
    fn write_host(
        &self,
        text: &str,
        _foreground: Option<ConsoleColor>,
        _background: Option<ConsoleColor>,
    ) {
        self.shown.borrow_mut().push_str(text);
    }
    fn progress(&self, _progress: &Progress) {}
    fn read_line(&self, prompt: &str) -> Option<String> {
        self.key_line(prompt)
    }
    fn read_secret(&self, prompt: &str) -> Option<String> {
        self.key_line(prompt)
    }
    fn can_prompt(&self) -> bool {
        true
    }
    fn width(&self) -> usize {
        self.width
    }
    fn height(&self) -> usize {
        50
    }
    fn interrupted(&self) -> bool {
        false
    }
}

impl Screen for Tape {
    fn say(&self, text: &str) {
        self.shown.borrow_mut().push_str(text);
    }
    fn settle(&self) {}
    fn is_closed(&self) -> bool {
        false
    }
}

struct Keys(Rc<Tape>);

impl LineReader for Keys {
    fn read(&mut self, prompt: &str, _before: &str) -> Line {
        self.0.key_line(prompt).map_or(Line::End, Line::Text)
    }
    fn ends_with_empty_line(&self) -> bool {
        true
    }
}

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

fn records(prefix: &str) -> Vec<Json> {
    let text = std::fs::read_to_string(data("transcripts.jsonl")).unwrap();
    let all = text
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).unwrap());
    all.filter(|record| record["id"].as_str().unwrap().starts_with(prefix))
        .collect()
}

fn shell_on(tape: &Rc<Tape>, folder: &std::path::Path) -> (Shell, Session) {
    let session = Session::new(folder.join("home"), Interrupt::new());
    let mut shell = start::shell(tape.clone(), &session);
    shell.set_location(folder.to_owned());
    (shell, session)
}

/// Runs on the stack that the program gives its shell.
fn on_large_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(work)
        .unwrap()
        .join()
        .unwrap();
}

/// The next step under an error is ours; PowerShell says none.
fn without_advice(text: &str) -> String {
    let ours = |line: &&str| !line.starts_with("    + RecommendedAction     : ");
    text.split_inclusive('\n').filter(ours).collect()
}

fn compare(differences: &mut Vec<String>, id: &str, got: &str, wanted: &str) {
    let accepted = ACCEPTED
        .lines()
        .any(|line| line.split_whitespace().next() == Some(id));
    match (got == wanted, accepted) {
        (true, true) => differences.push(format!("{id}: is accepted as different, but is not\n")),
        (false, false) => {
            differences.push(format!("===== {id} wanted\n{wanted}\n----- got\n{got}\n"))
        }
        _ => {}
    }
}

#[test]
fn sessions_read_as_recorded() {
    on_large_stack(|| {
        let mocks = std::fs::read_to_string(data("mocks.ps1")).unwrap();
        let mut differences = Vec::new();
        let all = records("int-");
        for record in &all {
            let folder = tempfile::tempdir().unwrap();
            let keys = record["input"]
                .as_str()
                .unwrap()
                .split_inclusive('\n')
                .map(|line| line.trim_end_matches('\n').to_owned())
                .collect();
            let tape = Rc::new(Tape {
                keys: RefCell::new(keys),
                width: 80,
                ..Tape::default()
            });
            let (mut shell, session) = shell_on(&tape, folder.path());
            shell.run_text(&mocks, None, Vec::new());
            shell.run_text(
                "function prompt { 'PS> ' }\n$error.Clear()",
                None,
                Vec::new(),
            );
            tape.shown.borrow_mut().clear();
            let console = Console::new(Rc::new(RefCell::new(shell)), session, tape.clone(), false);
            let code = console.run(&mut Keys(tape.clone()));
            let id = record["id"].as_str().unwrap();
            let wanted = record["output51"]
                .as_str()
                .or(record["output"].as_str())
                .unwrap();
            compare(
                &mut differences,
                id,
                &without_advice(&tape.shown.borrow()),
                wanted,
            );
            if record["rc"].as_i64() != Some(i64::from(code)) {
                differences.push(format!("{id}: exit code {code}, not {}\n", record["rc"]));
            }
        }
        eprintln!("{} of {} sessions differ", differences.len(), all.len());
        assert!(differences.is_empty(), "{}", differences.join("\n"));
    });
}

#[test]
fn help_reads_as_recorded() {
    on_large_stack(|| {
        let functions = std::fs::read_to_string(data("help-functions.ps1")).unwrap();
        let mut differences = Vec::new();
        let all = records("hlp-");
        for record in &all {
            let folder = tempfile::tempdir().unwrap();
            let width = record["width"].as_u64().unwrap();
            let tape = Rc::new(Tape {
                width: 80,
                ..Tape::default()
            });
            let (mut shell, _session) = shell_on(&tape, folder.path());
            shell.run_text(&functions, None, Vec::new());
            let script = record["script"].as_str().unwrap();
            let text = format!("& {{\n{script}\n}} | Out-String -Width {width}");
            let got: String = match shell.collect(&text) {
                Ok(values) => values.iter().map(convert::to_text).collect(),
                Err(_) => String::new(),
            };
            let id = record["id"].as_str().unwrap();
            compare(&mut differences, id, &got, record["text"].as_str().unwrap());
            let wanted: Vec<&str> = record["errors"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|e| e["fqid"].as_str())
                .collect();
            let errors = shell
                .collect("$Error | ForEach-Object { $_.FullyQualifiedErrorId }")
                .unwrap_or_else(|_| Vec::new());
            let errors: Vec<String> = errors.iter().map(convert::to_text).collect();
            if errors != wanted {
                differences.push(format!("{id}: errors {errors:?}, not {wanted:?}\n"));
            }
        }
        eprintln!("{} of {} differ", differences.len(), all.len());
        assert!(differences.is_empty(), "{}", differences.join("\n"));
    });
}

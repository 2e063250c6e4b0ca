//! The shell as a whole: order of output, early ends, recursion, Ctrl-C, streams, questions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::convert::to_text;
use super::eval::flow::{Flow, Run};
use super::shell::Shell;
use super::ui::{ConsoleColor, Progress, Stream, Ui};
use super::value::Value;
use super::{Cmdlet, Cx, Impact};
use crate::cmdlet;

/// A host that writes down what it shows and answers from a list.
#[derive(Default)]
struct Script {
    shown: RefCell<String>,
    answers: RefCell<VecDeque<String>>,
    /// Ctrl-C after so many questions about it.
    patience: Cell<Option<u32>>,
}

impl Ui for Script {
    fn write(&self, stream: Stream, text: &str) {
        let mark = if stream == Stream::Output { "" } else { "!" };
        self.shown.borrow_mut().push_str(&format!("{mark}{text}"));
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
        let answer = self.answers.borrow_mut().pop_front();
        self.shown.borrow_mut().push_str(&format!(
            "{prompt}<{}>\n",
            answer.clone().unwrap_or_default()
        ));
        answer
    }
    fn read_secret(&self, prompt: &str) -> Option<String> {
        self.read_line(prompt)
    }
    fn can_prompt(&self) -> bool {
        !self.answers.borrow().is_empty()
    }
    fn width(&self) -> usize {
        120
    }
    fn height(&self) -> usize {
        50
    }
    fn interrupted(&self) -> bool {
        match self.patience.get() {
            None => false,
            Some(0) => true,
            Some(n) => {
                self.patience.set(Some(n - 1));
                false
            }
        }
    }
}

cmdlet! {
    /// Passes objects on.
    pub struct PassThing("Pass", "Thing").should_process(Impact::High) {
        /// What to pass.
        item: Option<Value> = param("Item").by_value(),
        /// How many at the most.
        first: Option<i32> = param("First"),
        /// A name that must be there.
        name: Option<Vec<String>> = param("Name").mandatory().position(0).in_sets(&["Named"]),
        /// The other way.
        id: Option<i32> = param("Id").mandatory().in_sets(&["ById"]),
        /// Ask first.
        ask: bool = param("Ask"),
    }
    refused "Partition" => "there is one store";
    example "1 | Pass-Thing x" => "Passes 1.";
}

impl Cmdlet for PassThing {
    type State = i32;

    fn process(&self, state: &mut i32, cx: &mut Cx<'_>) -> Run<()> {
        if self.ask && !cx.should_process("it", "Pass")? {
            return Ok(());
        }
        *state += 1;
        cx.write(cx.input())?;
        if self.first == Some(*state) {
            Err(cx.stop_upstream())
        } else {
            Ok(())
        }
    }

    fn end(&self, state: &mut i32, cx: &mut Cx<'_>) -> Run<()> {
        cx.write(format!("end {state} {}", cx.parameter_set()))
    }
}

fn shell(ui: &Rc<Script>) -> Shell {
    Shell::new(ui.clone(), &[&<PassThing as super::Declared>::META])
}

/// The texts of what a script writes; an error at the end is one of them.
fn run(script: &str) -> Vec<String> {
    run_with(&Rc::new(Script::default()), script)
}

fn run_with(ui: &Rc<Script>, script: &str) -> Vec<String> {
    let mut shell = shell(ui);
    let mut items = Vec::new();
    let result = shell.collect_into(script, &mut items);
    let mut texts: Vec<String> = items.iter().map(to_text).collect();
    match result {
        Err(Flow::Error { record, .. }) => {
            texts.push(format!("error {}", record.fully_qualified_id()))
        }
        Err(Flow::Interrupted) => texts.push("interrupted".to_owned()),
        _ => {}
    }
    texts
}

#[test]
fn objects_pass_one_at_a_time_and_no_more_than_are_wanted() {
    let script = "$script:n = 0; function up { process { $script:n++; $_ } }
        1,2,3,4 | up | Pass-Thing -First 2 -Name a; $n";
    assert_eq!(run(script), ["1", "2", "end 2 Named", "2"]);
}

#[test]
fn a_function_without_end_is_an_error_and_no_crash() {
    let script = "function f { f }; try { f } catch { 'caught ' + $_.FullyQualifiedErrorId }";
    let texts = run("function f { f }; f; 'after'");
    assert_eq!(texts, ["after"], "{script}");
}

#[test]
fn control_c_ends_whatever_goes_on_without_end() {
    for script in [
        "while ($true) { }",
        "for (;;) { 'out' }",
        "do { } until ($false)",
        "foreach ($i in 1..2147483647) { }",
        "1..2147483647 | Pass-Thing -Name a",
        "function on { process { $_ } }; 1..2147483647 | on",
        "& { while ($true) { try { 'x' } catch { } finally { 'y' } } }",
        "switch (1..100000) { { $true } { } }",
    ] {
        let ui = Rc::new(Script::default());
        ui.patience.set(Some(50));
        let texts = run_with(&ui, &format!("{script}; 'never'"));
        assert_eq!(
            texts.last().map(String::as_str),
            Some("interrupted"),
            "{script}"
        );
    }
}

#[test]
fn scopes_are_seen_from_inside_and_changed_only_by_name() {
    let script = "$x = 1; function f { $x; $x = 2; $x; $script:x = 3 }; f; $x; & { $x = 9 }; $x; . { $x = 7 }; $x";
    assert_eq!(run(script), ["1", "2", "3", "3", "7"]);
}

#[test]
fn loops_obey_labels() {
    let script = ":outer foreach ($i in 1,2,3) { foreach ($j in 1,2) { if ($j) { continue outer }; 'never' } }; 'x'
        :a while ($true) { while ($true) { break a } }; 'y'";
    assert_eq!(run(script), ["x", "y"]);
}

#[test]
fn nothing_is_not_null() {
    assert_eq!(
        run(
            "$x = & { }; foreach ($y in $x) { 'loop' }; $x | Pass-Thing a; @($null | Pass-Thing a)"
        ),
        ["end 0 Named", "", "end 1 Named"]
    );
}

#[test]
fn catch_finally_and_trap() {
    assert_eq!(
        run("try { throw 'a' } catch { \"c $_\" } finally { 'f' }; 'z'"),
        ["c a", "f", "z"]
    );
    assert_eq!(
        run("function f { trap { \"t $_\"; continue }; throw 'b'; 'on' }; f"),
        ["t b", "on"]
    );
    assert_eq!(run("throw 'c'; 'never'"), ["error c"]);
}

#[test]
fn sets_refusals_and_suggestions() {
    assert_eq!(run("1 | Pass-Thing -Id 5"), ["1", "end 1 ById"]);
    let failures = [
        ("Pass-Thing -Id 5 -Name x", "AmbiguousParameterSet"),
        ("Pass-Thing -Partition x", "ParameterNotSupported"),
        ("Pass-Thing x -Nmae y", "NamedParameterNotFound"),
        ("Pass-Thing x y", "PositionalParameterNotFound"),
        ("Pass-Thing -Id abc", "CannotConvertArgumentNoMessage"),
        ("Pass-Thing -Id", "MissingArgument"),
        ("Pass-Thing -Id 1 -Id 2", "ParameterAlreadyBound"),
        ("Pass-Thing -I 1", "AmbiguousParameter"),
    ];
    for (script, id) in failures {
        let texts = run(&format!("try {{ {script} }} catch {{ throw }}"));
        let class = "Microsoft.PowerShell.Commands.PassThingCommand";
        assert_eq!(texts, [format!("error {id},{class}")], "{script}");
    }
}

#[test]
fn missing_values_are_asked_for() {
    let ui = Rc::new(Script::default());
    ui.answers
        .borrow_mut()
        .extend(["!?", "abc", "5"].map(str::to_owned));
    let script =
        "function q { param([Parameter(Mandatory, HelpMessage='a number')][int]$Port) $Port }; q";
    assert_eq!(run_with(&ui, script), ["5"]);
    let shown = "\ncmdlet q at command pipeline position 1\nSupply values for the following parameters:\n\
        (Type !? for Help.)\nPort: <!?>\na number\nPort: <abc>\n\
        Cannot recognize \"abc\" as a System.Int32 due to a format error.\nPort: <5>\n";
    assert_eq!(*ui.shown.borrow(), shown);
}

#[test]
fn confirmation_asks_once_and_for_all() {
    let ui = Rc::new(Script::default());
    ui.answers
        .borrow_mut()
        .extend(["N", "A", "-"].map(str::to_owned));
    assert_eq!(
        run_with(&ui, "1,2,3 | Pass-Thing x -Ask"),
        ["2", "3", "end 2 Named"]
    );
    let ui = Rc::new(Script::default());
    assert_eq!(
        run_with(&ui, "1 | Pass-Thing x -Ask -WhatIf"),
        ["end 0 Named"]
    );
    assert_eq!(
        *ui.shown.borrow(),
        "What if: Performing the operation \"Pass\" on target \"it\".\n"
    );
}

#[test]
fn streams_go_where_they_are_sent() {
    let folder = tempfile::tempdir().unwrap();
    let ui = Rc::new(Script::default());
    let mut shell = shell(&ui);
    shell.set_location(folder.path().to_owned());
    shell
        .collect("'a','b' > x.txt; 'c' >> x.txt; No-Such 2> e.txt; 'gone' > $null")
        .unwrap();
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("x.txt"), "a\nb\nc\n");
    assert!(
        ui.shown.borrow().contains("No-Such"),
        "a command that is not found has no streams of its own"
    );
    let merged = shell
        .collect("function e { No-Such; 'out' }; e 2>&1")
        .unwrap();
    assert!(matches!(
        merged.as_slice(),
        [Value::Error(_), Value::Str(_)]
    ));
}

#[test]
fn programs_take_and_give_text() {
    assert_eq!(
        run("'b','a' | sort; sh -c 'exit 3'; $LASTEXITCODE"),
        ["a", "b", "3"]
    );
}

#[test]
fn several_targets_and_conditional_operators() {
    assert_eq!(
        run(
            "$a, $b, $c = 1, 2, 3, 4; \"$a $b $c\"; $n ??= 5; $n; $n ?? 6; $true ? 'y' : 'n'; $null?.x"
        ),
        ["1 2 3 4", "5", "5", "y", ""]
    );
    assert_eq!(run("1 && 2; No-Such || 'other'"), ["1", "2", "other"]);
}

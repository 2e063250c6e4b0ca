//! Texts that are too deep, too long or too broken: an answer in linear time, on a small stack.

use mailtern::language::parse;

/// Runs on a 2 MB stack, the smallest a thread of the shell has.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(work)
        .unwrap();
    thread.join().unwrap();
}

const NESTING: [&str; 39] = [
    "(",
    "{",
    "$(",
    "@(",
    "@{a=",
    "\"$(",
    "[",
    "[int]",
    "[a[",
    "[a(",
    "!",
    "-not ",
    "- ",
    "++",
    ",",
    "$a=",
    "$a.b(",
    "$a[",
    "1+(",
    "if(",
    "if(1){",
    "function f {",
    "function f($a=",
    "try{",
    "try{}catch{",
    "switch(1){1{",
    "for(;;){",
    "while(1){",
    "do{",
    "$a ? ",
    "1?1:",
    "& ",
    "a (",
    "a {",
    "a -b:(",
    "a \"$(",
    "param([a(",
    "begin{",
    "trap{",
];

#[test]
fn a_million_parentheses_are_one_clear_error() {
    on_a_small_stack(|| {
        let parsed = parse(&"(".repeat(1_000_000));
        let ids: Vec<_> = parsed.errors.iter().map(|e| e.id).collect();
        assert_eq!(ids, ["ScriptTooComplicated"]);
        assert_eq!(
            parsed.tokens.len(),
            1_000_000,
            "tokens go on to the end of the text"
        );
    });
}

#[test]
fn anything_nested_too_deep_is_an_error() {
    on_a_small_stack(|| {
        for unit in NESTING {
            let text = unit.repeat(20_000 / unit.len());
            let parsed = parse(&text);
            let deep = parsed
                .errors
                .iter()
                .filter(|e| e.id == "ScriptTooComplicated")
                .count();
            assert!(
                !parsed.errors.is_empty() && deep <= 1,
                "{unit:?}: {deep} errors about depth"
            );
            let last = parsed.tokens.last().unwrap().span.end as usize;
            assert_eq!(
                last,
                text.trim_end().len(),
                "{unit:?}: tokens go on to the end of the text"
            );
        }
    });
}

#[test]
fn deep_but_sane_nesting_is_allowed() {
    on_a_small_stack(|| {
        for (open, close) in [
            ("(", ")"),
            ("{", "}"),
            ("@(", ")"),
            ("@{a=", "}"),
            ("if (1) {", "}"),
            ("\"$(", ")\""),
        ] {
            let parsed = parse(&format!("{}1{}", open.repeat(60), close.repeat(60)));
            assert_eq!(parsed.errors, [], "{open} 60 levels deep");
        }
    });
}

#[test]
fn long_runs_are_lists_and_not_towers() {
    on_a_small_stack(|| {
        for (head, unit) in [
            ("1", " + 1"),
            ("$a", ".b"),
            ("$a", "[0]"),
            ("a", " | b"),
            ("a", " && b"),
            ("1", ", 1"),
            ("a", " x"),
            ("'", "x"),
        ] {
            let text = format!(
                "{head}{}{}",
                unit.repeat(100_000),
                if head == "'" { "'" } else { "" }
            );
            assert_eq!(parse(&text).errors, [], "{unit:?} repeated");
        }
    });
}

#[test]
fn a_text_of_errors_keeps_a_bounded_number_of_them() {
    on_a_small_stack(|| {
        let parsed = parse(&"1 1 ".repeat(20_000));
        assert!(parsed.errors.len() <= 1000 && parsed.errors[0].id == "UnexpectedToken");
    });
}

#[test]
fn a_long_line_is_read_in_one_go() {
    on_a_small_stack(|| {
        for (head, unit, tail) in [
            ("", "a", ""),
            ("'", "x ", "'"),
            ("\"", "x ", "\""),
            ("a", " ", ""),
            ("# ", "x", ""),
        ] {
            let parsed = parse(&format!("{head}{}{tail}", unit.repeat(4_000_000)));
            assert_eq!(
                (parsed.errors.len(), parsed.tokens.len()),
                (0, 1),
                "{unit:?} repeated"
            );
        }
    });
}

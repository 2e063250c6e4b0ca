//! Switches, exit codes, pipes.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run_in(home: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mailtern"))
        .env("MAILTERN_HOME", home)
        .env("COLUMNS", "80")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program that does not read its input may end before it is written.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn run(arguments: &[&str], input: &str) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("none");
    let output = run_in(&home, arguments, input);
    assert!(
        !home.exists(),
        "nothing that needs no state makes a state folder: {arguments:?}"
    );
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn exit_codes() {
    let cases: &[(&[&str], i32)] = &[
        (&["-Command", "1"], 0),
        (&["-c", "exit 42"], 42),
        (&["-c", "throw 'x'"], 1),
        (&["-c", "Get-Nothing"], 1),
        (&["-c", "Get-Nothing; 1"], 0),
        (&["-c", "Write-Error x -ErrorAction Stop; 1"], 1),
        (&["-c", "if ("], 1),
        (&["-Version"], 0),
        (&["-Help"], 0),
        (&["-Bogus"], 2),
        (&["no-such-file.ps1"], 2),
        (&["-NonInteractive", "-c", "Read-Host x"], 1),
    ];
    for (arguments, code) in cases {
        let (got, out, err) = run(arguments, "");
        assert_eq!(got, *code, "{arguments:?}\n{out}\n{err}");
    }
}

#[test]
fn data_goes_to_the_output_and_words_to_the_error() {
    let (code, out, err) = run(
        &[
            "-c",
            "'data'; Write-Warning careful; Write-Host shown; Write-Error wrong; 'more'",
        ],
        "",
    );
    assert_eq!((code, out.as_str()), (0, "data\nshown\nmore\n"));
    assert!(
        err.contains("WARNING: careful\n") && err.contains("wrong"),
        "{err}"
    );
    assert!(!out.contains('\x1b') && !err.contains('\x1b'));
}

#[test]
fn standard_input_is_a_script_or_lines() {
    assert_eq!(
        run(&["-"], "$a = 20\n$a + 1\nif ($a) {\n\n'yes'\n}\n").1,
        "21\nyes\n"
    );
    let (code, out, err) = run(&[], "function prompt { 'PS> ' }\n'line'\nexit 3\n");
    assert_eq!((code, out.as_str()), (3, "line\n"));
    assert!(err.ends_with("PS> 'line'\nPS> exit 3\n"), "{err}");
}

#[test]
fn scripts_get_their_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("my script.ps1");
    std::fs::write(&script, "param([string]$Name, [int]$Count = 1, [switch]$Loud)\n\"$Name $Count $Loud $($args.Count)\"\nexit $Count\n").unwrap();
    let script = script.to_str().unwrap();
    assert_eq!(
        run(&[script, "-Name", "it's", "-Count", "3", "-Loud"], "").1,
        "it's 3 True 0\n"
    );
    let (code, out, _) = run(&["-NoProfile", "-File", script, "pos"], "");
    assert_eq!((code, out.as_str()), (1, "pos 1 False 0\n"));
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mailtern"))
        .args(["-c", "1..1000000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn plain_progress_lines_and_no_control_characters_in_a_pipe() {
    let (_, out, err) = run(
        &[
            "-c",
            "1..3 | ForEach-Object { Write-Progress -Activity Copy -Status \"$_ of 3\" }; 'done'",
        ],
        "",
    );
    assert_eq!(out, "done\n");
    assert_eq!(err, "Copy - 1 of 3\nCopy - 2 of 3\nCopy - 3 of 3\n");
}

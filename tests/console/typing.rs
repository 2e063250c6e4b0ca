//! Keys at a real terminal.

use std::fs;
use std::path::PathBuf;

use super::pty::Console;

fn home() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    fs::create_dir(&home).unwrap();
    (folder, home)
}

#[test]
fn a_first_start_says_where_to_begin_and_how_to_leave() {
    let (_folder, home) = home();
    let mut console = Console::start(&home, &[]);
    console.expect("Get-Help about_Migration");
    console.expect("Ctrl-D");
    console.expect("PS ");
    console.prompt();
    console.line("1 + 1");
    console.expect("2\n");
    console.prompt();
    console.line("exit");
    assert_eq!(console.end().0, 0);
    let mut again = Console::start(&home, &[]);
    again.prompt();
    again.keys("\x04");
    let (code, shown) = again.end();
    assert_eq!(code, 0);
    assert!(!shown.contains("about_Migration"), "{shown}");
}

#[test]
fn tab_completes_commands_parameters_and_values() {
    let (_folder, home) = home();
    let mut console = Console::start(&home, &["-NoLogo"]);
    console.prompt();
    console.keys("get-comm\t");
    console.expect("Get-Command");
    console.keys(" -synt\t");
    console.expect("-Syntax");
    console.line(" Update-Help");
    console.expect("Update-Help [[-Module] <string[]>] [-Force] [<CommonParameters>]");
    console.prompt();
    console.line("$variable = 'value of it'");
    console.prompt();
    console.keys("$vari\t");
    console.expect("$variable");
    console.line(".Length");
    console.expect("11");
    console.prompt();
    console.line("exit");
    assert_eq!(console.end().0, 0);
}

#[test]
fn a_statement_of_several_lines_asks_for_more() {
    let (_folder, home) = home();
    let mut console = Console::start(&home, &["-NoLogo"]);
    console.prompt();
    console.line("foreach ($i in 1..3) {");
    console.expect(">> ");
    console.line("'item ' + $i");
    console.expect(">> ");
    console.line("}");
    console.expect("item 1");
    console.expect("item 3\n");
    console.prompt();
    console.line("\"open");
    console.expect(">> ");
    console.keys("\x03");
    console.prompt();
    console.line("'still here'");
    console.expect("still here\n");
    console.prompt();
    console.keys("\x04");
    assert_eq!(console.end().0, 0);
}

#[test]
fn keys_typed_ahead_are_not_lost() {
    let (_folder, home) = home();
    let mut console = Console::start(&home, &["-NoLogo"]);
    console.prompt();
    console.keys("20 + 22\r'second ' + 'line'\rif (1) {\r'inside ' + 'block'\r}\rexit 5\r");
    console.expect("42\n");
    console.expect("second line\n");
    console.expect("inside block\n");
    assert_eq!(console.end().0, 5);
}

#[test]
fn a_pasted_script_runs_as_a_whole() {
    let (_folder, home) = home();
    let mut console = Console::start(&home, &["-NoLogo"]);
    console.prompt();
    console.keys("\x1b[200~function f {\n  'from f'\n}\nf\n\x1b[201~\r");
    console.expect("from f\n");
    console.prompt();
    console.line("exit");
    assert_eq!(console.end().0, 0);
}

#[test]
fn ctrl_c_stops_the_pipeline_and_not_the_console() {
    let (_folder, home) = home();
    let mut console = Console::start(&home, &["-NoLogo"]);
    console.prompt();
    console.line("'begun'; while ($true) { $x = 1 }");
    console.expect("begun\n");
    console.keys("\x03");
    console.prompt();
    console.line("Write-Output 'sleeps'; Start-Sleep 1000");
    console.expect("sleeps\n");
    console.keys("\x03");
    console.prompt();
    console.keys("half a line\x03");
    console.prompt();
    console.line("'alive'");
    console.expect("alive\n");
    console.prompt();
    console.line("exit 7");
    assert_eq!(console.end().0, 7);
}

#[test]
fn history_is_kept_without_secrets() {
    let (_folder, home) = home();
    let mut console = Console::start(&home, &["-NoLogo"]);
    console.prompt();
    console.line("'to be recalled'");
    console.expect("recalled\n");
    console.prompt();
    console.line("$s = ConvertTo-SecureString hunter2 -AsPlainText -Force");
    console.prompt();
    console.line("exit");
    assert_eq!(console.end().0, 0);
    let file = fs::read_to_string(home.join("history")).unwrap();
    assert!(
        file.contains("to be recalled") && !file.contains("hunter2"),
        "{file}"
    );
    let mut again = Console::start(&home, &["-NoLogo"]);
    again.prompt();
    again.keys("\x1b[A\x1b[A");
    again.expect("'to be recalled'");
    again.keys("\r");
    again.expect("to be recalled\n");
    again.prompt();
    again.line("exit");
    assert_eq!(again.end().0, 0);
}

#[test]
fn questions_are_asked_and_secrets_are_not_shown() {
    let (_folder, home) = home();
    let mut console = Console::start(&home, &["-NoLogo"]);
    console.prompt();
    console.line("\"got: $(Read-Host 'Your name')\"");
    console.expect("Your name: ");
    console.line("Terry");
    console.expect("got: Terry\n");
    console.prompt();
    console.line("$s = Read-Host 'Secret' -AsSecureString; $s.Length");
    console.expect("Secret: ");
    console.line("hunter2");
    console.expect("7\n");
    assert!(!console.shown.contains("hunter2"));
    console.prompt();
    console.line("Read-Host 'Again'");
    console.expect("Again: ");
    console.keys("\x03");
    console.prompt();
    console.line("exit");
    assert_eq!(console.end().0, 0);
}

#[test]
fn progress_is_drawn_and_taken_away() {
    let (_folder, home) = home();
    let mut console = Console::start(&home, &["-NoLogo"]);
    console.prompt();
    console.line("Write-Progress -Activity Copying -Status now -PercentComplete 40; 'text'; Write-Progress -Activity Copying -Completed");
    console.expect("Copying  now [");
    console.expect(" 40%");
    console.expect("text\n");
    console.prompt();
    console.line("exit");
    assert_eq!(console.end().0, 0);
}

#[test]
fn the_window_may_change_and_the_terminal_may_be_dumb() {
    let (_folder, home) = home();
    let mut console = Console::start(&home, &["-NoLogo"]);
    console.prompt();
    console.resize(50);
    console.line("'a b ' * 30");
    console.expect("a b ");
    console.prompt();
    console.line("exit");
    assert_eq!(console.end().0, 0);
    let mut dumb = Console::start_with(&home, &["-NoLogo"], &[("TERM", "dumb")]);
    dumb.prompt();
    dumb.line("2 * 21");
    dumb.expect("42\n");
    dumb.prompt();
    dumb.line("exit");
    assert_eq!(dumb.end().0, 0);
}

#[test]
fn a_profile_and_a_prompt_function_are_used() {
    let (_folder, home) = home();
    fs::write(
        home.join("profile.ps1"),
        "$fromProfile = 'yes'\nfunction prompt { 'mine> ' }\n",
    )
    .unwrap();
    let mut console = Console::start(&home, &["-NoLogo"]);
    console.expect("mine> ");
    console.line("$fromProfile");
    console.expect("yes\n");
    console.expect("mine> ");
    console.line("exit");
    assert_eq!(console.end().0, 0);
    let mut without = Console::start(&home, &["-NoLogo", "-NoProfile"]);
    without.expect("PS ");
    without.keys("\x04");
    assert_eq!(without.end().0, 0);
}

//! Everything that README.md shows runs: the CSV file is written, the lines are typed, the server configuration serves the mail.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::dovecot::{Dovecot, Options, give};
use crate::support::judge;
use crate::world::{PEOPLE, World};

struct Block {
    /// What stands behind the fence, for example `csv users.csv`.
    kind: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn blocks() -> Vec<Block> {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut all = Vec::new();
    let mut open: Option<Block> = None;
    for line in readme.lines() {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(kind), None) => {
                open = Some(Block {
                    kind: kind.trim().to_owned(),
                    text: String::new(),
                })
            }
            (Some(_), Some(_)) => all.extend(open.take()),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(
        open.is_none() && all.len() > 4,
        "a fence of README.md is not closed"
    );
    all
}

#[test]
fn everything_shown_runs() {
    let world = World::new(30);
    let other = Dovecot::start();
    for (address, _, password) in PEOPLE {
        other.user(address, password);
    }
    fs::remove_file(world.path("users.csv")).unwrap();
    world.write("nightly.ps1", "Get-MigrationBatch\n");
    for block in blocks() {
        match block.kind.split_whitespace().collect::<Vec<_>>()[..] {
            ["csv", name] => world.write(name, &block.text),
            ["powershell"] => {
                let there = format!("localhost -Port {}", other.imaps);
                let text = block.text.replace("imap.fabrikam.com -Port 993", &there);
                let ran = world.run(&text);
                assert!(
                    ran.code == Some(0) && !ran.err.contains("FullyQualifiedErrorId"),
                    "{}\n{ran:?}",
                    block.text
                );
            }
            ["sh"] => block.text.lines().for_each(|line| shell(&world, line)),
            ["dovecot"] => serve(&world, &block.text),
            ref kind => panic!("README.md shows {kind:?}, which nothing runs"),
        }
    }
    for (address, login, password) in PEOPLE {
        judge::assert_same(
            &world.source(login, password),
            &judge::account(other.imap, address, password),
        );
    }
}

/// A line for the system's shell. The scripts are not run from inside the tests: they must be there, and start.
fn shell(world: &World, line: &str) {
    if line.starts_with("scripts/") {
        let mode = fs::metadata(root().join(line))
            .unwrap()
            .permissions()
            .mode();
        assert!(mode & 0o111 != 0, "{line} cannot be run");
    } else if let Some(arguments) = line.strip_prefix("mailtern") {
        let binary = env!("CARGO_BIN_EXE_mailtern");
        let script = format!("'{binary}' --home '{}'{arguments}", world.home().display());
        let mut command = std::process::Command::new("sh");
        let ran = command
            .arg("-c")
            .arg(&script)
            .current_dir(world.path(""))
            .output()
            .unwrap();
        assert!(
            ran.status.success() && ran.stderr.is_empty(),
            "{line}: {ran:?}"
        );
    } else {
        assert_eq!(line, "cargo install --path . --locked");
        assert!(root().join("Cargo.lock").exists());
    }
}

/// A Dovecot of the shown configuration serves what was moved.
fn serve(world: &World, configuration: &str) {
    let more = configuration.replace("~/.local/share/mailtern/mail/", "~/");
    let server = Dovecot::with(&Options {
        more,
        ..Options::default()
    });
    for (address, _, password) in PEOPLE {
        let from = world.run(&format!("(Get-Mailbox {address}).Path")).fine();
        let home = server.path("mail").join(address);
        judge::copy_tree(Path::new(from.trim()), &home.join(address).join("Maildir"));
        give(&home);
        server.plain_user(address, password);
    }
    for (address, login, password) in PEOPLE {
        judge::assert_same(
            &world.source(login, password),
            &judge::account(server.imap, address, password),
        );
    }
}

//! What is asked of the servers: the source is only ever read, and a second run changes nothing anywhere.

use mailtern::engine::batch::BatchStatus;
use tokio::runtime::Runtime;

use crate::case::{Case, Source};
use crate::wire::{Break, Wire};

/// Commands that change nothing of the mail.
const READING: &[&str] = &[
    "CAPABILITY",
    "ID",
    "LOGIN",
    "AUTHENTICATE",
    "ENABLE",
    "COMPRESS",
    "NAMESPACE",
    "LIST",
    "LSUB",
    "STATUS",
    "EXAMINE",
    "UID FETCH",
    "UID SEARCH",
    "NOOP",
    "UNSELECT",
    "LOGOUT",
];

/// The commands among the lines that a client sent: what comes after the tag.
fn commands(asked: &str) -> Vec<String> {
    asked
        .lines()
        .filter_map(|line| Some(line.split_once(' ')?.1.to_owned()))
        .collect()
}

/// Those that are not among these.
pub fn others(asked: &str, allowed: &[&str]) -> Vec<String> {
    let is_allowed = |command: &String| {
        let upper = command.to_uppercase();
        allowed
            .iter()
            .any(|name| upper == *name || upper.starts_with(&format!("{name} ")))
    };
    commands(asked)
        .into_iter()
        .filter(|command| !is_allowed(command))
        .collect()
}

#[test]
fn a_source_is_only_read() {
    let (runtime, source) = (Runtime::new().unwrap(), Source::new(14));
    let mail = source.mail();
    runtime.block_on(async {
        let wire = Wire::start(source.server.imap, Break::Never, false).await;
        let case = Case::new(wire.port).await;
        for run in ["first", "second"] {
            case.goes_on_to(BatchStatus::Synced, run).await;
            let asked = wire.asked();
            assert!(commands(&asked).len() > 3, "{run}: {asked}");
            let mutating = others(&asked, READING);
            assert!(mutating.is_empty(), "{run}: {mutating:?}");
            // FETCH BODY without PEEK sets \Seen, except that EXAMINE forbids it
            assert!(!asked.contains("BODY["), "{run}: {asked}");
            case.must_hold(&mail, run);
        }
    });
    assert_eq!(source.mail(), mail);
}

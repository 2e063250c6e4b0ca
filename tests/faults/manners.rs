//! What is asked of the servers: the source is only ever read, and a second run changes nothing anywhere.

use crate::wire::{Break, Wire};
use crate::world::{To, World};
use mailtern::engine::batch::BatchStatus;

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
fn others(asked: &str, allowed: &[&str]) -> Vec<String> {
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

fn only_reads(to: To) {
    let world = World::new(to, 14);
    let mail = world.mail();
    world.runtime.block_on(async {
        let source = Wire::start(world.source.imap, Break::Never, false).await;
        let target = Wire::start(world.target_port(), Break::Never, false).await;
        let case = world.case_at(source.port, target.port).await;
        for run in ["first", "second"] {
            let what = format!("{to:?}, {run} run");
            case.goes_on_to(BatchStatus::Synced, &what).await;
            let asked = source.asked();
            assert!(commands(&asked).len() > 3, "{what}: {asked}");
            let mutating = others(&asked, READING);
            assert!(mutating.is_empty(), "{what}: {mutating:?}");
            // FETCH BODY without PEEK sets \Seen, except that EXAMINE forbids it
            assert!(!asked.contains("BODY["), "{what}: {asked}");
            let asked = target.asked();
            if run == "second" && to != To::Store {
                assert!(commands(&asked).len() > 3, "{what}: {asked}");
                let allowed = [READING, &["SELECT"]].concat();
                let mutating = others(&asked, &allowed);
                assert!(mutating.is_empty(), "{what}: {mutating:?}");
            }
            case.must_hold(&mail, &what);
        }
    });
    assert_eq!(world.mail(), mail);
}

#[test]
fn a_source_is_only_read_and_a_second_run_only_reads() {
    only_reads(To::Store);
    for to in To::SERVERS {
        only_reads(to);
    }
}

//! Servers that number their messages anew: nothing is doubled, nothing is deleted, and what is new arrives.

use std::fs;
use std::path::Path;

use mailtern::engine::batch::BatchStatus;

use crate::maildir;
use crate::support::corpus::{self, Numbers};
use crate::wire::{Break, Side, Wire};
use crate::world::{To, World};

/// Gives every folder of a Dovecot's Maildir another UIDVALIDITY.
fn renumber(maildir: &Path) {
    let mut folders = vec![maildir.to_owned()];
    for entry in fs::read_dir(maildir).unwrap() {
        let path = entry.unwrap().path();
        if path.join("cur").is_dir() {
            folders.push(path);
        }
    }
    for folder in folders {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with("dovecot.index") {
                fs::remove_file(&path).unwrap();
            } else if name == "dovecot-uidlist" {
                let text = fs::read_to_string(&path).unwrap();
                let words: Vec<String> =
                    text.lines().next().unwrap().split(' ').map(next).collect();
                let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
                fs::write(&path, format!("{}\n{rest}", words.join(" "))).unwrap();
            }
        }
    }
}

/// `V123` becomes `V124`.
fn next(word: &str) -> String {
    match word
        .strip_prefix('V')
        .and_then(|number| number.parse::<u64>().ok())
    {
        Some(number) => format!("V{}", number + 1),
        None => word.to_owned(),
    }
}

/// Whose numbers change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Source,
    Target,
    Both,
}

fn new_numbers(to: To, whose: Whose, cut: bool) {
    let world = World::new(to, 9);
    let what = format!("{to:?}: numbers of {whose:?} change, cut before {cut}");
    world.runtime.block_on(async {
        let at = if cut {
            Break::Held(Side::Down, 9000)
        } else {
            Break::Never
        };
        let wire = Wire::start(world.source.imap, at, false).await;
        let case = world.case_at(wire.port, world.target_port()).await;
        let change = || {
            if whose != Whose::Target {
                renumber(&world.inbox());
            }
            if whose != Whose::Source {
                renumber(&case.target());
            }
        };
        let first = case.goes_on_to(BatchStatus::Synced, &what);
        if cut {
            let meddle = async {
                wire.until_held().await;
                change();
                wire.cut();
            };
            tokio::join!(first, meddle);
        } else {
            first.await;
            change();
        }
        let body = b"Subject: new\nMessage-ID: <new@rig.test>\n\nnew\n";
        corpus::write(&world.inbox(), 8000, body, &mut Numbers(1));
        case.goes_on_to(BatchStatus::Synced, &what).await;
        case.goes_on_to(BatchStatus::Synced, &what).await;
        let (source, target) = (
            maildir::texts(&world.mail()),
            maildir::texts(&maildir::mail(&case.target())),
        );
        assert_eq!(source, target, "{what}");
    });
}

#[test]
fn the_source_numbers_its_messages_anew() {
    for to in [To::Store, To::Full] {
        for cut in [false, true] {
            new_numbers(to, Whose::Source, cut);
        }
    }
}

#[test]
fn the_target_numbers_its_messages_anew() {
    for to in [To::Full, To::Mute] {
        for cut in [false, true] {
            new_numbers(to, Whose::Target, cut);
        }
    }
    new_numbers(To::Full, Whose::Both, false);
}

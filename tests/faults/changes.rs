//! The user goes on using the source while it is copied.

use std::fs;
use std::path::{Path, PathBuf};

use mailtern::engine::batch::BatchStatus;

use crate::maildir::{self, texts};
use crate::places::places;
use crate::support::corpus::{self, Numbers};
use crate::support::dovecot::give;
use crate::wire::{Break, Side, Wire};
use crate::world::{To, World};

/// Files of a folder of a Maildir, in their order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("cur")).unwrap();
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

fn new_mail(inbox: &Path) {
    for serial in [7001, 7002] {
        let body = format!("Subject: new {serial}\nMessage-ID: <{serial}@rig.test>\n\nnew\n");
        corpus::write(inbox, serial, body.as_bytes(), &mut Numbers(serial as u64));
    }
}

fn expunge(inbox: &Path) {
    for file in files(inbox).iter().step_by(3) {
        fs::remove_file(file).unwrap();
    }
}

fn mark(inbox: &Path) {
    for file in files(inbox).iter().step_by(2) {
        let name = file.to_str().unwrap();
        let plain = name.split_once(":2,").unwrap().0;
        fs::rename(file, format!("{plain}:2,FS")).unwrap();
    }
}

fn move_away(inbox: &Path) {
    for file in files(inbox).iter().step_by(3) {
        let to = inbox
            .join(".Archive.2019/cur")
            .join(file.file_name().unwrap());
        fs::rename(file, to).unwrap();
    }
}

fn delete_a_folder(inbox: &Path) {
    fs::remove_dir_all(inbox.join(".Sent")).unwrap();
}

fn make_a_folder(inbox: &Path) {
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(inbox.join(".Made").join(part)).unwrap();
    }
    give(&inbox.join(".Made"));
    corpus::write(
        &inbox.join(".Made"),
        7100,
        b"Subject: made\n\nmade\n",
        &mut Numbers(1),
    );
}

/// A name, and what is done to a Maildir.
type Change = (&'static str, fn(&Path));

const CHANGES: [Change; 6] = [
    ("new mail", new_mail),
    ("expunged", expunge),
    ("marked", mark),
    ("moved", move_away),
    ("folder deleted", delete_a_folder),
    ("folder made", make_a_folder),
];

/// The wire stands still after some bytes of the source's, something changes there, and it goes on. After one more pass the target has
/// what the source has, and of what the source had at some time no more than it had.
fn changes_in_the_middle(to: To, few: u64) {
    let world = World::new(to, 9);
    let total = world.runtime.block_on(async {
        let wire = Wire::start(world.source.imap, Break::Never, false).await;
        let case = world.case_at(wire.port, world.target_port()).await;
        case.goes_on_to(BatchStatus::Synced, "undisturbed").await;
        wire.passed(Side::Down)
    });
    let pristine = crate::case::scratch();
    crate::support::judge::copy_tree(&world.inbox(), pristine.path());
    for (name, change) in CHANGES {
        // the last bytes are not the same in every run
        for at in places(total - 400, few) {
            let what = format!("{to:?}: {name} after {at} of {total} bytes");
            fs::remove_dir_all(world.inbox()).unwrap();
            crate::support::judge::copy_tree(pristine.path(), &world.inbox());
            give(&world.inbox());
            let before = world.mail();
            world.runtime.block_on(async {
                let wire = Wire::start(world.source.imap, Break::Held(Side::Down, at), false).await;
                let case = world.case_at(wire.port, world.target_port()).await;
                let work = case.goes_on_to(BatchStatus::Synced, &what);
                let meddle = async {
                    wire.until_held().await;
                    change(&world.inbox());
                    wire.let_go();
                };
                tokio::join!(work, meddle);
                case.goes_on_to(BatchStatus::Synced, &what).await;
                let (source, target) = (world.mail(), maildir::mail(&case.target()));
                for (folder, messages) in &source {
                    for (message, count) in messages {
                        let found = target.get(folder).and_then(|all| all.get(message)).copied();
                        assert!(
                            found >= Some(*count),
                            "{what}: {folder:?} {message:?}: {found:?} of {count}"
                        );
                    }
                }
                let (was, is) = (texts(&before), texts(&source));
                for (text, count) in texts(&target) {
                    let most = was.get(&text).max(is.get(&text)).copied().unwrap_or(0);
                    assert!(
                        count <= most,
                        "{what}: {text:?}: {count} at the target, {most} at the source"
                    );
                }
            });
        }
    }
}

#[test]
fn the_source_changes_while_it_is_copied() {
    changes_in_the_middle(To::Store, 3);
    changes_in_the_middle(To::Full, 3);
}

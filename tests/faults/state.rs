//! The state is lost, cut short, damaged or an old one: it is refused in words, or it goes on; nothing is doubled and nothing deleted.

use std::fs;
use std::path::Path;
use std::time::Duration;

use mailtern::engine::ErrorId;
use mailtern::engine::batch::BatchStatus;

use crate::case::{BATCH, Case, go_on, scratch};
use crate::maildir::Mail;
use crate::places::{places, times};
use crate::supervisor::{Deed, STATE, Strike};
use crate::support::corpus::Numbers;
use crate::support::judge::copy_tree;
use crate::world::{To, World};

const FILES: [&str; 4] = ["state.db", "state.db-wal", "state.db-shm", "key"];

fn lose(case: &Case) {
    for file in FILES {
        drop(fs::remove_file(case.home().join(file)));
    }
}

/// A migration that died after this part of its work, in hundredths.
fn died_at(world: &World, part: u64) -> Case {
    let whole = crate::death::undisturbed(world, STATE);
    let case = world.runtime.block_on(world.case());
    Strike::at(&case.home(), STATE, whole * part / 100, Deed::Kill).run(&case.process());
    case
}

/// The state is gone, the mail is not.
#[test]
fn a_lost_state_is_made_anew_and_doubles_nothing() {
    for to in [To::Store, To::Full, To::Waiting, To::Mute] {
        let world = World::new(to, 9);
        for part in [40, 70, 100] {
            let case = died_at(&world, part);
            lose(&case);
            let what = format!("{to:?}: state lost after {part} %");
            world.runtime.block_on(async {
                case.prepare().await;
                case.must_end_well(&world.mail(), &what).await;
            });
        }
    }
}

/// Somebody put back the state of an earlier hour.
#[test]
fn an_older_state_doubles_nothing() {
    for to in [To::Store, To::Full, To::Mute] {
        let world = World::new(to, 9);
        for part in [15, 45, 75] {
            let (case, older) = (died_at(&world, part), scratch());
            for file in FILES.iter().filter(|file| case.home().join(file).exists()) {
                fs::copy(case.home().join(file), older.path().join(file)).unwrap();
            }
            let what = format!("{to:?}: state of {part} %");
            world
                .runtime
                .block_on(case.must_end_well(&world.mail(), &what));
            lose(&case);
            copy_tree(older.path(), &case.home());
            world
                .runtime
                .block_on(case.must_end_well(&world.mail(), &what));
        }
    }
}

/// Opens a state that may be damaged and works with it. What was whole at the target stays so, whatever comes of it; when it is
/// refused, in words, the state is made anew.
async fn works_or_is_refused(case: &Case, mail: &Mail, what: &str) {
    let opened = mailtern::engine::Engine::open(case.options()).await;
    match opened {
        Err(error) => {
            let is_told = error.id == ErrorId::StateUnusable && error.message.contains("state.db");
            assert!(is_told, "{what}: {error:?}");
        }
        Ok(engine) => {
            let end = tokio::time::timeout(Duration::from_secs(5), go_on(&engine)).await;
            let is_well = matches!(end, Ok(Ok(BatchStatus::Synced)));
            case.close(engine).await;
            case.must_hold(mail, what);
            if is_well {
                return;
            }
        }
    }
    case.must_hold(mail, what);
    lose(case);
    case.prepare().await;
    case.must_end_well(mail, what).await;
}

/// Damages the state of a finished migration in some ways.
fn damaged(to: To, ways: impl Fn(u64) -> Vec<u64>, damage: impl Fn(&Path, u64)) {
    let world = World::new(to, 6);
    let mail = world.mail();
    let case = world.runtime.block_on(world.case());
    world.runtime.block_on(case.must_end_well(&mail, "whole"));
    let whole = scratch();
    fs::copy(case.home().join("state.db"), whole.path().join("state.db")).unwrap();
    let key = fs::read(case.home().join("key")).unwrap();
    let size = whole.path().join("state.db").metadata().unwrap().len();
    for way in ways(size) {
        lose(&case);
        copy_tree(whole.path(), &case.home());
        fs::write(case.home().join("key"), &key).unwrap();
        damage(&case.home().join("state.db"), way);
        let what = format!("{to:?}: {BATCH} damaged at {way} of {size}");
        world
            .runtime
            .block_on(works_or_is_refused(&case, &mail, &what));
    }
}

#[test]
fn a_state_that_is_cut_short() {
    for (to, few) in [(To::Store, 8), (To::Full, 4)] {
        let ways = |size: u64| places(size / 512 - 1, few);
        damaged(to, ways, |file, sectors| {
            let file = fs::File::options().write(true).open(file).unwrap();
            file.set_len(sectors * 512).unwrap();
        });
    }
}

#[test]
fn a_state_with_flipped_bits() {
    for (to, few) in [(To::Store, 8), (To::Full, 8)] {
        let mut numbers = Numbers(11);
        let draws: Vec<u64> = (0..times(few, 500)).map(|_| numbers.next() >> 8).collect();
        let ways = |size: u64| draws.iter().map(|draw| draw % size).collect();
        damaged(to, ways, |file, at| {
            let mut bytes = fs::read(file).unwrap();
            bytes[at as usize] ^= 1 << (at % 8);
            fs::write(file, bytes).unwrap();
        });
    }
}

//! Others at work: a delivery in the middle of a group, a second process on the same home, a mailbox that is full.

use std::fs;

use mailtern::engine::batch::BatchStatus;
use rustix::process::{Pid, Signal, kill_process};

use crate::case::scratch;
use crate::maildir::{mail, texts};
use crate::places::places;
use crate::support::corpus::{self, Numbers};
use crate::support::dovecot::give;
use crate::support::judge::copy_tree;
use crate::wire::{Break, Side, Wire};
use crate::world::{To, World};

/// While an answer of the target is on its way somebody delivers two messages there, one like one of ours and one like none; then the
/// answer is lost. All of ours are there and both of the other's.
fn delivery(to: To, few: u64) {
    let world = World::new(to, 6);
    let source = world.mail();
    let total = world.runtime.block_on(async {
        let wire = Wire::start(world.target_port(), Break::Never, false).await;
        let case = world.case_at(world.source.imap, wire.port).await;
        case.goes_on_to(BatchStatus::Synced, "undisturbed").await;
        wire.passed(Side::Down)
    });
    let own = fs::read_dir(world.inbox().join("cur"))
        .unwrap()
        .next()
        .unwrap();
    let own = fs::read(own.unwrap().path()).unwrap();
    let other = b"Subject: other\nMessage-ID: <other@rig.test>\n\nother\n";
    // the last bytes are not the same in every run
    for at in places(total - 400, few) {
        let what = format!("{to:?}: delivery before byte {at} of {total}");
        world.runtime.block_on(async {
            let wire = Wire::start(world.target_port(), Break::Held(Side::Down, at), false).await;
            let case = world.case_at(world.source.imap, wire.port).await;
            let meddle = async {
                wire.until_held().await;
                let inbox = case.target();
                for part in ["cur", "new", "tmp"] {
                    fs::create_dir_all(inbox.join(part)).unwrap();
                }
                for (serial, body) in [(1, own.as_slice()), (2, other)] {
                    corpus::write(&inbox, serial, body, &mut Numbers(serial as u64));
                }
                give(inbox.parent().unwrap());
                wire.cut();
            };
            tokio::join!(case.goes_on_to(BatchStatus::Synced, &what), meddle);
            case.goes_on_to(BatchStatus::Synced, &what).await;
            let (wanted, there) = (texts(&source), texts(&mail(&case.target())));
            for (text, count) in &wanted {
                let found = there.get(text).copied().unwrap_or(0);
                assert!(
                    (*count..=count + 1).contains(&found),
                    "{what}: {text:?}: {found} of {count}"
                );
            }
            let extra: usize = there.values().sum::<usize>() - wanted.values().sum::<usize>();
            // the one like ours counts as ours when ours was not there yet
            assert!(
                (1..=2).contains(&extra),
                "{what}: {extra} more than the source has"
            );
        });
    }
}

#[test]
fn a_delivery_in_the_middle_of_a_group() {
    for to in To::SERVERS {
        delivery(to, 4);
    }
}

/// The first process is stopped in the middle of its work, and a second one is started: it does nothing. The first goes on.
#[test]
fn a_second_process_leaves_the_work_to_the_first() {
    for to in [To::Store, To::Full] {
        let world = World::new(to, 9);
        let (wire, case) = world.runtime.block_on(async {
            let wire = Wire::start(world.source.imap, Break::Held(Side::Down, 6000), false).await;
            let case = world.case_at(wire.port, world.target_port()).await;
            (wire, case)
        });
        let mut process = case.process();
        let mut first = process.stdout(std::process::Stdio::null()).spawn().unwrap();
        world.runtime.block_on(wire.until_held());
        let pid = Pid::from_child(&first);
        kill_process(pid, Signal::STOP).unwrap();
        let second = case.process().output().unwrap();
        assert_eq!(second.status.code(), Some(5), "{second:?}");
        wire.let_go();
        kill_process(pid, Signal::CONT).unwrap();
        assert_eq!(first.wait().unwrap().code(), Some(0));
        let source = world.mail();
        case.must_hold(&source, "after the stop");
        world
            .runtime
            .block_on(case.must_end_well(&source, "after the stop"));
    }
}

/// The target's mailbox is full in the middle; with room again, the rest arrives.
#[test]
fn a_full_mailbox_is_told_and_filled_when_there_is_room() {
    let limit = "mail_plugins = $mail_plugins quota\nplugin {\n  quota = maildir:User quota\n  quota_rule = *:storage=8K\n  quota_grace = 0\n}\n";
    for to in [To::Full, To::Single] {
        let mut world = World::with(to, 30, limit);
        let source = world.mail();
        let case = world.runtime.block_on(world.case());
        let what = format!("{to:?}: mailbox full");
        let sums = world
            .runtime
            .block_on(case.goes_on_to(BatchStatus::Failed, &what));
        assert!(
            sums.arrived() > 0 && sums.arrived() < sums.total,
            "{what}: {sums:?}"
        );
        let found = mail(&case.target());
        assert_eq!(
            crate::maildir::count(&found) as i64,
            sums.arrived(),
            "{what}"
        );
        let target = world.target.as_mut().unwrap();
        target.stop();
        let file = target.path("dovecot.conf");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace("storage=8K", "storage=8M")).unwrap();
        target.restart();
        world.runtime.block_on(case.must_end_well(&source, &what));
    }
}

/// A home that was copied while nobody worked on it, and both copies work: the second finds what the first has brought.
#[test]
fn a_copied_home_brings_nothing_twice() {
    let world = World::new(To::Full, 9);
    let source = world.mail();
    let case = world.runtime.block_on(world.case());
    let before = scratch();
    copy_tree(&case.home(), before.path());
    world
        .runtime
        .block_on(case.must_end_well(&source, "the first"));
    fs::remove_dir_all(case.home()).unwrap();
    copy_tree(before.path(), &case.home());
    world
        .runtime
        .block_on(case.must_end_well(&source, "the second"));
}

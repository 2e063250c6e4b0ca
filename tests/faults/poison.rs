//! Messages that break what touches them: they are found, told and left out, and everything else arrives.

use mailtern::engine::batch::BatchStatus;

use crate::maildir::{self, count};
use crate::support::corpus::{self, Numbers};
use crate::wire::{Break, Side, Wire};
use crate::world::{To, World};

const MARK: &str = "poison-in-the-body";

/// A source with one message more, in the middle of its inbox.
fn poisoned(to: To) -> World {
    let world = World::new(to, 12);
    let body = format!("Subject: poison\n\n{MARK}\n");
    corpus::write(&world.inbox(), 9000, body.as_bytes(), &mut Numbers(9));
    world
}

/// The server at one end ends the session whenever it meets the message. `hard`: with a reset.
fn ends_the_session(to: To, side: Side, hard: bool) {
    let world = poisoned(to);
    let (mail, what) = (world.mail(), format!("{to:?} {side:?} hard {hard}"));
    world.runtime.block_on(async {
        let (source, target) = (world.source.imap, world.target_port());
        let server = if side == Side::Down { source } else { target };
        let wire = Wire::start(server, Break::Before(side, MARK.into()), hard).await;
        let case = match side {
            Side::Down => world.case_at(wire.port, target).await,
            Side::Up => world.case_at(source, wire.port).await,
        };
        let sums = case.goes_on_to(BatchStatus::Synced, &what).await;
        let all = count(&mail) as i64;
        let expected = (all, all - 1, 1);
        assert_eq!(
            (sums.total, sums.arrived(), sums.skipped),
            expected,
            "{what}"
        );
        let found = maildir::differences(&mail, &maildir::mail(&case.target()));
        assert_eq!(found.len(), 1, "{what}: {found:?}");
        assert!(wire.breaks() >= 2, "{what}");
        // what was left out is not asked for again
        let breaks = wire.breaks();
        assert_eq!(case.goes_on_to(BatchStatus::Synced, &what).await, sums);
        assert_eq!(wire.breaks(), breaks, "{what}");
    });
}

#[test]
fn a_message_that_ends_the_session_of_the_source() {
    for to in [To::Store, To::Full, To::Waiting] {
        ends_the_session(to, Side::Down, false);
    }
    ends_the_session(To::Store, Side::Down, true);
}

#[test]
fn a_message_that_ends_the_session_of_the_target() {
    for to in To::SERVERS {
        ends_the_session(to, Side::Up, to == To::Full);
    }
}

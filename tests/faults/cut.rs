//! The wire breaks after every byte, in either direction, on either side.

use std::sync::Arc;

use mailtern::engine::batch::BatchStatus;
use tokio::task::JoinSet;

use crate::maildir::Mail;
use crate::places::places;
use crate::wire::{Break, Side, Wire};
use crate::world::{To, World};

/// Migrations at once: each mostly waits.
const AT_ONCE: usize = 6;

/// Bytes by which one run may be shorter than another: a server's words have times in them, and the last ones are not waited for.
const SLACK: u64 = 400;

/// Which of the two wires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Source,
    Target,
}

/// A wire that breaks before one of the servers, and a migration over it.
async fn broken(world: &World, mail: &Mail, end: End, at: Break, total: u64) -> Wire {
    // both ways in which a connection ends
    let hard = matches!(at, Break::After(_, bytes) if bytes % 2 == 1);
    let what = format!("{:?}: {end:?} cut, {at:?}, hard {hard}", world.to);
    let server = match end {
        End::Source => world.source.imap,
        End::Target => world.target_port(),
    };
    let (is_cut, at_end) = match at {
        Break::After(_, bytes) => (true, bytes + SLACK > total),
        _ => (false, false),
    };
    let wire = Wire::start(server, at, hard).await;
    let case = match end {
        End::Source => world.case_at(wire.port, world.target_port()).await,
        End::Target => world.case_at(world.source.imap, wire.port).await,
    };
    if is_cut {
        case.must_end_well(mail, &what).await;
        assert!(wire.breaks() == 1 || at_end, "{what}: it never broke");
    } else {
        case.goes_on_to(BatchStatus::Synced, &what).await;
        case.must_hold(mail, &what);
    }
    wire
}

/// Breaks the wire at places of a whole run, some at once. The first that fails, fails the test.
fn cut_everywhere(to: To, end: End, few: [u64; 2]) {
    let world = Arc::new(World::new(to, 4));
    let mail = Arc::new(world.mail());
    world.runtime.block_on(async {
        let wire = broken(&world, &mail, end, Break::Never, 0).await;
        for (side, few) in [(Side::Up, few[0]), (Side::Down, few[1])] {
            let mut jobs = JoinSet::new();
            let total = wire.passed(side);
            // after the last byte there is nothing left to break
            for at in places(total - 1, few) {
                if jobs.len() == AT_ONCE {
                    jobs.join_next().await.unwrap().unwrap();
                }
                let (world, mail) = (Arc::clone(&world), Arc::clone(&mail));
                jobs.spawn(async move {
                    broken(&world, &mail, end, Break::After(side, at), total).await;
                });
            }
            while let Some(done) = jobs.join_next().await {
                done.unwrap();
            }
        }
    });
}

#[test]
fn the_source_is_cut_after_every_byte() {
    cut_everywhere(To::Store, End::Source, [8, 24]);
    cut_everywhere(To::Full, End::Source, [4, 12]);
}

#[test]
fn the_target_is_cut_after_every_byte() {
    for to in To::SERVERS {
        cut_everywhere(to, End::Target, [8, 8]);
    }
}

//! The wire breaks after every byte, in either direction.

use std::sync::Arc;

use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::case::{Case, Source};
use crate::maildir::Mail;
use crate::places::places;
use crate::wire::{Break, Side, Wire};

/// Migrations at once: each mostly waits.
const AT_ONCE: usize = 6;

/// Bytes that an undisturbed run has in each direction.
async fn undisturbed(server: u16, mail: &Mail) -> [u64; 2] {
    let wire = Wire::start(server, Break::Never, false).await;
    let case = Case::new(wire.port).await;
    case.goes_on_to(mailtern::engine::batch::BatchStatus::Synced, "undisturbed")
        .await;
    case.must_hold(mail, "undisturbed");
    [wire.passed(Side::Up), wire.passed(Side::Down)]
}

async fn broken_at(server: u16, mail: Arc<Mail>, side: Side, at: u64) {
    let hard = at % 2 == 1;
    let wire = Wire::start(server, Break::After(side, at), hard).await;
    let case = Case::new(wire.port).await;
    let what = format!("source cut after {at} bytes {side:?}, hard {hard}");
    case.must_end_well(&mail, &what).await;
    assert_eq!(wire.breaks(), 1, "{what}: it never broke");
}

/// Does something for each place, some at once. The first that fails, fails the test.
async fn each<F>(places: Vec<u64>, mut job: impl FnMut(u64) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut jobs = JoinSet::new();
    for at in places {
        if jobs.len() == AT_ONCE {
            jobs.join_next().await.unwrap().unwrap();
        }
        jobs.spawn(job(at));
    }
    while let Some(done) = jobs.join_next().await {
        done.unwrap();
    }
}

#[test]
fn the_source_is_cut_after_every_byte() {
    let (runtime, source) = (Runtime::new().unwrap(), Source::new(4));
    let mail = Arc::new(source.mail());
    let server = source.server.imap;
    runtime.block_on(async {
        let [up, down] = undisturbed(server, &mail).await;
        for (side, bytes, few) in [(Side::Up, up, 12), (Side::Down, down, 36)] {
            // after the last byte there is nothing left to break
            each(places(bytes - 1, few), |at| {
                broken_at(server, Arc::clone(&mail), side, at)
            })
            .await;
        }
    });
}

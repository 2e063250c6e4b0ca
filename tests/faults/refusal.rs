//! The disk refuses: a call fails once, or it and all after it. Nothing is believed that the disk did not confirm.

use mailtern::engine::batch::BatchStatus;
use tokio::runtime::Runtime;

use crate::case::{Case, Source, scratch};
use crate::disk;
use crate::places::places;
use crate::supervisor::{Deed, STATE, SYNCS, Strike, Struck};

fn undisturbed(runtime: &Runtime, source: &Source, kinds: &str) -> u64 {
    let case = runtime.block_on(Case::new(source.server.imap));
    let home = case.home();
    let strike = Strike {
        kinds,
        ..Strike::at(&home, 0, Deed::Kill)
    };
    strike.run(&case.process()).calls
}

/// Fails when the process said that all is well and it is not.
fn must_be_told(case: &Case, struck: &Struck, mail: &crate::maildir::Mail, what: &str) {
    if struck.code == 0 {
        case.must_hold(mail, what);
    }
}

#[test]
fn every_call_on_the_disk_fails() {
    let (runtime, source) = (Runtime::new().unwrap(), Source::new(8));
    let mail = source.mail();
    let last = undisturbed(&runtime, &source, STATE);
    let deeds = [
        Deed::Eio,
        Deed::NoSpace,
        Deed::EioFromHere,
        Deed::NoSpaceFromHere,
    ];
    for (turn, at) in places(last, 28).into_iter().enumerate() {
        let chosen = if crate::places::all() {
            &deeds[..]
        } else {
            &deeds[turn % 4..=turn % 4]
        };
        for &deed in chosen {
            let case = runtime.block_on(Case::new(source.server.imap));
            let struck = Strike::at(&case.home(), at, deed)
                .run(case.process().env(crate::case::PATIENCE_MS, "400"));
            let what = format!("{deed:?} at {at} of {last}: {struck:?}");
            must_be_told(&case, &struck, &mail, &what);
            runtime.block_on(case.must_end_well(&mail, &what));
        }
    }
}

/// A sync fails and the power goes with everything that was not synced: what the state calls done is there.
#[test]
fn a_sync_fails_and_then_the_power_goes() {
    let (runtime, source) = (Runtime::new().unwrap(), Source::new(8));
    let mail = source.mail();
    let last = undisturbed(&runtime, &source, SYNCS);
    for at in places(last, 12) {
        let case = runtime.block_on(Case::new(source.server.imap));
        let (home, kept) = (case.home(), scratch());
        let strike = Strike {
            kinds: SYNCS,
            disk: Some(kept.path()),
            ..Strike::at(&home, at, Deed::Eio)
        };
        let struck = strike.run(case.process().env(crate::case::PATIENCE_MS, "400"));
        disk::rebuild(kept.path(), &home);
        let what = format!("sync {at} of {last} failed, then no power: {struck:?}");
        runtime.block_on(async {
            case.goes_on_to(BatchStatus::Synced, &what).await;
            case.must_end_well(&mail, &what).await;
        });
    }
}

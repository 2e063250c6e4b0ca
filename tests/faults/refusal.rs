//! The disk refuses: a call fails once, or it and all after it. Nothing is believed that the disk did not confirm.

use crate::case::{Case, PATIENCE_MS, scratch};
use crate::death::undisturbed;
use crate::disk;
use crate::places::{all, places};
use crate::supervisor::{Deed, STATE, SYNCS, Strike, Struck};
use crate::world::{To, World};

fn refuse(case: &Case, kinds: &str, at: u64, deed: Deed, disk: Option<&std::path::Path>) -> Struck {
    let home = case.home();
    let strike = Strike {
        disk,
        ..Strike::at(&home, kinds, at, deed)
    };
    // a disk that never comes back is waited for
    strike.run(case.process().env(PATIENCE_MS, "400"))
}

#[test]
fn every_call_on_the_disk_fails() {
    for (to, few) in [(To::Store, 24), (To::Full, 8)] {
        let world = World::new(to, 8);
        let mail = world.mail();
        let last = undisturbed(&world, STATE);
        let deeds = [
            Deed::Eio,
            Deed::NoSpace,
            Deed::EioFromHere,
            Deed::NoSpaceFromHere,
        ];
        for (turn, at) in places(last, few).into_iter().enumerate() {
            let chosen = if all() { 0..4 } else { turn % 4..turn % 4 + 1 };
            for &deed in &deeds[chosen] {
                let case = world.runtime.block_on(world.case());
                let struck = refuse(&case, STATE, at, deed, None);
                let what = format!("{to:?}: {deed:?} at {at} of {last}: {struck:?}");
                if struck.code == 0 {
                    case.must_hold(&mail, &what);
                }
                world.runtime.block_on(case.recovers(&mail, &what));
            }
        }
    }
}

/// A sync fails and the power goes with everything that was not synced: what the state calls done is there.
#[test]
fn a_sync_fails_and_then_the_power_goes() {
    let world = World::new(To::Store, 8);
    let mail = world.mail();
    let last = undisturbed(&world, SYNCS);
    for at in places(last, 12) {
        let case = world.runtime.block_on(world.case());
        let kept = scratch();
        let struck = refuse(&case, SYNCS, at, Deed::Eio, Some(kept.path()));
        disk::rebuild(kept.path(), &case.home());
        let what = format!("sync {at} of {last} failed, then no power: {struck:?}");
        world.runtime.block_on(case.recovers(&mail, &what));
    }
}

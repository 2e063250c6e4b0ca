//! The process dies: at every change of its state and before every byte it sends, twice, at any moment, and with the power.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::case::{Case, scratch};
use crate::disk;
use crate::places::{places, times};
use crate::supervisor::{Deed, STATE, STATE_AND_WIRE, SYNCS, SYNCS_AND_WIRE, Strike, Struck};
use crate::support::corpus::Numbers;
use crate::world::{To, World};

/// Calls at which to die, for a target: what was sent to a server is not known to the state before its answer.
fn changes(to: To) -> &'static str {
    if to == To::Store {
        STATE
    } else {
        STATE_AND_WIRE
    }
}

/// Calls between which the disk is the same, or the server is.
fn syncs(to: To) -> &'static str {
    if to == To::Store {
        SYNCS
    } else {
        SYNCS_AND_WIRE
    }
}

fn kill(case: &Case, kinds: &str, at: u64, deed: Deed, disk: Option<&Path>) -> Struck {
    let home = case.home();
    let strike = Strike {
        disk,
        ..Strike::at(&home, kinds, at, deed)
    };
    strike.run(&case.process())
}

/// How many calls of these kinds an undisturbed run makes.
pub fn undisturbed(world: &World, kinds: &str) -> u64 {
    let case = world.runtime.block_on(world.case());
    let struck = kill(&case, kinds, 0, Deed::Kill, None);
    assert_eq!(struck.code, 0, "{struck:?}");
    assert!(struck.calls > 10, "{struck:?}");
    must_end_well(world, &case, "undisturbed");
    struck.calls
}

fn must_end_well(world: &World, case: &Case, what: &str) {
    let what = format!("{:?}: {what}", world.to);
    world
        .runtime
        .block_on(case.must_end_well(&world.mail(), &what));
}

fn dies_everywhere(to: To, few: u64) {
    let world = World::new(to, 9);
    let last = undisturbed(&world, changes(to));
    for at in places(last, few) {
        for deed in [Deed::Kill, Deed::Torn] {
            let case = world.runtime.block_on(world.case());
            let struck = kill(&case, changes(to), at, deed, None);
            let what = format!("{deed:?} at {at} of {last}: {}", struck.place);
            must_end_well(&world, &case, &what);
        }
    }
}

#[test]
fn it_dies_at_every_change_on_the_way_to_the_store() {
    dies_everywhere(To::Store, 16);
}

#[test]
fn it_dies_at_every_change_on_the_way_to_a_server() {
    for to in To::SERVERS {
        dies_everywhere(to, 5);
    }
}

/// It dies, and the process that repairs that dies too.
#[test]
fn it_dies_twice() {
    for to in [To::Store, To::Full, To::Mute] {
        let world = World::new(to, 6);
        let last = undisturbed(&world, changes(to));
        let mut numbers = Numbers(2);
        for _ in 0..times(4, 700) {
            let pair = [1 + numbers.below(last), 1 + numbers.below(last / 2)];
            let case = world.runtime.block_on(world.case());
            let deaths = pair.map(|at| kill(&case, changes(to), at, Deed::Kill, None));
            let what = format!("killed at {pair:?}: {deaths:?}");
            must_end_well(&world, &case, &what);
        }
    }
}

/// Killed from outside, some times in a row, whenever it may be.
#[test]
fn it_is_killed_at_any_moment() {
    for to in [To::Store, To::Full, To::Mute] {
        let world = World::new(to, 30);
        let case = world.runtime.block_on(world.case());
        let begun = Instant::now();
        assert!(case.process().status().unwrap().success());
        let whole = begun.elapsed();
        let mut numbers = Numbers(3);
        for round in 0..times(2, 400) {
            let case = world.runtime.block_on(world.case());
            let mut lives = Vec::new();
            for _ in 0..1 + numbers.below(4) {
                let life = Duration::from_micros(numbers.below(whole.as_micros() as u64));
                let mut process = case.process();
                process.stdout(std::process::Stdio::null());
                let mut process = process.spawn().unwrap();
                // the moment is what is tested: nothing waits for it
                std::thread::sleep(life);
                process.kill().unwrap();
                process.wait().unwrap();
                lives.push(life);
            }
            must_end_well(&world, &case, &format!("round {round}, lives {lives:?}"));
        }
    }
}

/// The power goes between two syncs, and everything that was not synced is gone.
#[test]
fn the_power_goes() {
    for (to, few) in [(To::Store, 14), (To::Full, 6), (To::Mute, 6)] {
        let world = World::new(to, 9);
        let last = undisturbed(&world, syncs(to));
        for at in places(last + 1, few) {
            let case = world.runtime.block_on(world.case());
            let kept = scratch();
            let struck = kill(&case, syncs(to), at, Deed::Kill, Some(kept.path()));
            disk::rebuild(kept.path(), &case.home());
            let what = format!("power cut at {at} of {last}: {}", struck.place);
            must_end_well(&world, &case, &what);
        }
    }
}

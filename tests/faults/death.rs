//! The process dies: at every change of its state, twice, at any moment, and with the power.

use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use crate::case::{Case, Source, scratch};
use crate::disk;
use crate::places::{places, times};
use crate::supervisor::{Deed, SYNCS, Strike};
use crate::support::corpus::Numbers;

/// How many calls of these kinds an undisturbed run makes.
fn undisturbed(runtime: &Runtime, source: &Source, kinds: &str) -> u64 {
    let case = runtime.block_on(Case::new(source.server.imap));
    let home = case.home();
    let strike = Strike {
        kinds,
        ..Strike::at(&home, 0, Deed::Kill)
    };
    let struck = strike.run(&case.process());
    assert_eq!(struck.code, 0, "{struck:?}");
    assert!(struck.calls > 10, "{struck:?}");
    runtime.block_on(case.must_end_well(&source.mail(), "undisturbed"));
    struck.calls
}

#[test]
fn it_dies_at_every_change_of_its_state() {
    let (runtime, source) = (Runtime::new().unwrap(), Source::new(14));
    let mail = source.mail();
    let last = undisturbed(&runtime, &source, crate::supervisor::STATE);
    for at in places(last, 20) {
        for deed in [Deed::Kill, Deed::Torn] {
            let case = runtime.block_on(Case::new(source.server.imap));
            let struck = Strike::at(&case.home(), at, deed).run(&case.process());
            let what = format!("{deed:?} at {at} of {last}: {}", struck.place);
            runtime.block_on(case.must_end_well(&mail, &what));
        }
    }
}

/// It dies, and the process that repairs that dies too.
#[test]
fn it_dies_twice() {
    let (runtime, source) = (Runtime::new().unwrap(), Source::new(6));
    let mail = source.mail();
    let last = undisturbed(&runtime, &source, crate::supervisor::STATE);
    let mut numbers = Numbers(2);
    let pairs =
        (0..times(12, 1500)).map(|_| (1 + numbers.below(last), 1 + numbers.below(last / 2)));
    for (first, second) in pairs {
        let case = runtime.block_on(Case::new(source.server.imap));
        let deaths =
            [first, second].map(|at| Strike::at(&case.home(), at, Deed::Kill).run(&case.process()));
        let what = format!("killed at {first} and {second}: {deaths:?}");
        runtime.block_on(case.must_end_well(&mail, &what));
    }
}

/// Killed from outside, some times in a row, whenever it may be.
#[test]
fn it_is_killed_at_any_moment() {
    let (runtime, source) = (Runtime::new().unwrap(), Source::new(30));
    let mail = source.mail();
    let case = runtime.block_on(Case::new(source.server.imap));
    let begun = Instant::now();
    assert!(case.process().status().unwrap().success());
    let whole = begun.elapsed();
    let mut numbers = Numbers(3);
    for round in 0..times(4, 1000) {
        let case = runtime.block_on(Case::new(source.server.imap));
        let mut said = Vec::new();
        for _ in 0..1 + numbers.below(4) {
            let life = Duration::from_micros(numbers.below(whole.as_micros() as u64));
            let mut process = case
                .process()
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap();
            // the moment is what is tested: nothing waits for it
            std::thread::sleep(life);
            process.kill().unwrap();
            process.wait().unwrap();
            said.push(life);
        }
        runtime.block_on(case.must_end_well(&mail, &format!("round {round}, lives {said:?}")));
    }
}

/// The power goes between two syncs, and everything that was not synced is gone.
#[test]
fn the_power_goes() {
    let (runtime, source) = (Runtime::new().unwrap(), Source::new(14));
    let mail = source.mail();
    let last = undisturbed(&runtime, &source, SYNCS);
    for at in places(last + 1, 20) {
        let case = runtime.block_on(Case::new(source.server.imap));
        let (home, kept) = (case.home(), scratch());
        let strike = Strike {
            kinds: SYNCS,
            disk: Some(kept.path()),
            ..Strike::at(&home, at, Deed::Kill)
        };
        let struck = strike.run(&case.process());
        disk::rebuild(kept.path(), &home);
        let what = format!("power cut before sync {at} of {last}: {}", struck.place);
        runtime.block_on(case.must_end_well(&mail, &what));
    }
}

//! What must hold whatever breaks: every message is at the target once, as it was, and every message has its verdict.
//!
//! A fault is struck at every place where it can strike: the process dies at each change of its state, the wire breaks after each
//! byte, the disk refuses each call. `cargo test` takes places spread evenly over all of them; with `MAILTERN_TEST_ALL=1`, as
//! `scripts/test --all` runs it, every one is taken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "faults/case.rs"]
mod case;
#[path = "faults/changes.rs"]
mod changes;
#[path = "faults/cut.rs"]
mod cut;
#[path = "faults/death.rs"]
mod death;
#[path = "faults/disk.rs"]
mod disk;
#[path = "faults/ledger.rs"]
mod ledger;
#[path = "faults/maildir.rs"]
mod maildir;
#[path = "faults/manners.rs"]
mod manners;
#[path = "faults/places.rs"]
mod places;
#[path = "faults/poison.rs"]
mod poison;
#[path = "faults/refusal.rs"]
mod refusal;
#[path = "faults/state.rs"]
mod state;
#[path = "faults/strangers.rs"]
mod strangers;
#[path = "faults/supervisor.rs"]
mod supervisor;
#[path = "support/mod.rs"]
mod support;
#[path = "faults/validity.rs"]
mod validity;
#[path = "faults/wire.rs"]
mod wire;
#[path = "faults/world.rs"]
mod world;

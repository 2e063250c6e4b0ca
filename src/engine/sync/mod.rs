//! Bringing one mailbox in step with its source: plan, copy, verdicts.

mod account;
mod changes;
mod close;
mod copy;
mod dates;
mod filter;
mod flags;
mod folder;
mod isolate;
mod matching;
mod missing;
mod pairing;
mod plan;
mod progress;
mod removal;
mod score;
mod settle;
mod validity;
mod verdicts;

pub(super) use account::{Account, End, Parts};
pub(super) use copy::check_room;
pub(super) use filter::FolderFilter;

//! Bringing one mailbox in step with its source: plan, copy, verdicts.

mod account;
mod copy;
mod filter;
mod folder;
mod isolate;
mod plan;
mod progress;
mod score;

pub(super) use account::{Account, End, Parts};
pub(super) use filter::FolderFilter;

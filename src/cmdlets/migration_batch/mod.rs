//! `*-MigrationBatch`: many mailboxes moved together.

mod complete;
mod get;
mod new;
mod one;
pub mod preview;
mod remove;
mod set;
mod start;
mod stop;
mod summary;
pub mod test;
pub mod view;
mod wait;

pub use complete::CompleteMigrationBatch;
pub use get::GetMigrationBatch;
pub use new::NewMigrationBatch;
pub(super) use one::notify;
pub use remove::RemoveMigrationBatch;
pub use set::SetMigrationBatch;
pub use start::StartMigrationBatch;
pub use stop::StopMigrationBatch;
pub use test::TestMigrationBatch;
pub use wait::WaitMigrationBatch;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// The cmdlets of this folder.
pub const CMDLETS: &[&CmdletMeta] = &[
    &<CompleteMigrationBatch as Declared>::META,
    &<GetMigrationBatch as Declared>::META,
    &<NewMigrationBatch as Declared>::META,
    &<RemoveMigrationBatch as Declared>::META,
    &<SetMigrationBatch as Declared>::META,
    &<StartMigrationBatch as Declared>::META,
    &<StopMigrationBatch as Declared>::META,
    &<TestMigrationBatch as Declared>::META,
    &<WaitMigrationBatch as Declared>::META,
];

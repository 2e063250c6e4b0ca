//! `*-MigrationUser`: the mailboxes of the batches.

mod get;
mod get_statistics;
mod one;
mod remove;
mod set;
mod start;
mod stop;
pub mod view;

pub use get::GetMigrationUser;
pub use get_statistics::GetMigrationUserStatistics;
pub use remove::RemoveMigrationUser;
pub use set::SetMigrationUser;
pub use start::StartMigrationUser;
pub use stop::StopMigrationUser;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// The cmdlets of this folder.
pub const CMDLETS: &[&CmdletMeta] = &[
    &<GetMigrationUser as Declared>::META,
    &<GetMigrationUserStatistics as Declared>::META,
    &<RemoveMigrationUser as Declared>::META,
    &<SetMigrationUser as Declared>::META,
    &<StartMigrationUser as Declared>::META,
    &<StopMigrationUser as Declared>::META,
];

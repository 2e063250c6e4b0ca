//! `*-MigrationUser`: the mailboxes of the batches.

mod get;
mod get_statistics;
pub mod view;

pub use get::GetMigrationUser;
pub use get_statistics::GetMigrationUserStatistics;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// The cmdlets of this folder.
pub const CMDLETS: &[&CmdletMeta] = &[
    &<GetMigrationUser as Declared>::META,
    &<GetMigrationUserStatistics as Declared>::META,
];

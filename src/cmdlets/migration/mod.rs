//! What the migration nouns share, and the cmdlets without a noun of their own.

pub mod call;
mod complete;
pub mod errors;
pub mod field;
mod get_statistics;
mod get_status;
pub mod identity;
pub mod show;
pub mod size;
mod test_server_availability;
pub mod totals;
mod views;

pub use complete::CompleteMigration;
pub use get_statistics::GetMigrationStatistics;
pub use get_status::GetMigrationStatus;
pub use test_server_availability::{CLEAR_TEXT, TestMigrationServerAvailability, security_of};
pub use views::VIEWS;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// The cmdlets of this folder.
pub const CMDLETS: &[&CmdletMeta] = &[
    &<CompleteMigration as Declared>::META,
    &<GetMigrationStatistics as Declared>::META,
    &<GetMigrationStatus as Declared>::META,
    &<TestMigrationServerAvailability as Declared>::META,
];

//! What the migration nouns share, and the cmdlets without a noun of their own.

pub mod call;
mod complete;
pub mod errors;
mod export_report;
pub mod field;
mod get_statistics;
mod get_status;
pub mod identity;
mod new_csv;
pub mod show;
pub mod size;
mod test_server_availability;
pub mod totals;
mod views;

pub use complete::CompleteMigration;
pub use export_report::ExportMigrationReport;
pub use get_statistics::GetMigrationStatistics;
pub use get_status::GetMigrationStatus;
pub use new_csv::NewMigrationCsv;
pub use test_server_availability::{CLEAR_TEXT, TestMigrationServerAvailability, security_of};
pub use views::VIEWS;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// The cmdlets of this folder.
pub const CMDLETS: &[&CmdletMeta] = &[
    &<CompleteMigration as Declared>::META,
    &<ExportMigrationReport as Declared>::META,
    &<GetMigrationStatistics as Declared>::META,
    &<GetMigrationStatus as Declared>::META,
    &<NewMigrationCsv as Declared>::META,
    &<TestMigrationServerAvailability as Declared>::META,
];

//! What the migration nouns share, and the cmdlets without a noun of their own.

pub mod call;
pub mod errors;
pub mod field;
pub mod identity;
pub mod show;
pub mod size;
mod test_server_availability;
mod views;

pub use test_server_availability::{CLEAR_TEXT, TestMigrationServerAvailability, security_of};
pub use views::VIEWS;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// The cmdlets of this folder.
pub const CMDLETS: &[&CmdletMeta] = &[&<TestMigrationServerAvailability as Declared>::META];

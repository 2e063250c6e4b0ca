//! `*-MigrationConfig`: what is set for all batches.

mod get;
mod set;
pub mod view;

pub use get::GetMigrationConfig;
pub use set::SetMigrationConfig;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// The cmdlets of this folder.
pub const CMDLETS: &[&CmdletMeta] = &[
    &<GetMigrationConfig as Declared>::META,
    &<SetMigrationConfig as Declared>::META,
];

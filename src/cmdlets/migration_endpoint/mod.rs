//! `*-MigrationEndpoint`: how to reach the servers that mail is moved from and to.

mod get;
mod new;
mod remove;
mod set;
pub mod view;

pub use get::GetMigrationEndpoint;
pub use new::NewMigrationEndpoint;
pub use remove::RemoveMigrationEndpoint;
pub use set::SetMigrationEndpoint;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// The cmdlets of this folder.
pub const CMDLETS: &[&CmdletMeta] = &[
    &<GetMigrationEndpoint as Declared>::META,
    &<NewMigrationEndpoint as Declared>::META,
    &<RemoveMigrationEndpoint as Declared>::META,
    &<SetMigrationEndpoint as Declared>::META,
];

//! The verbs: a folder for a noun, a file for a verb. The only room that sees both `runtime` and `engine`.
//!
//! A verb's file declares it with [`cmdlet!`](crate::cmdlet), implements
//! [`Cmdlet`](crate::runtime::cmdlet::Cmdlet), and holds its helpers. Its folder lists it in `CMDLETS`, and [`all`] joins
//! the folders. Default looks of objects stand beside them as [`View`](crate::format::view::View)s; [`install`] joins them.

// An error is made when something failed; its size does not matter where nothing did.
#![allow(clippy::result_large_err)]

pub mod help;
pub mod mailbox;
pub mod migration;
pub mod migration_batch;
pub mod migration_config;
pub mod migration_endpoint;
pub mod migration_user;
pub mod subscription;
pub mod utility;

use crate::runtime::CmdletMeta;
use crate::runtime::shell::Shell;

/// Every cmdlet.
pub fn all() -> Vec<&'static CmdletMeta> {
    [
        help::CMDLETS,
        mailbox::CMDLETS,
        migration::CMDLETS,
        migration_batch::CMDLETS,
        migration_config::CMDLETS,
        migration_endpoint::CMDLETS,
        migration_user::CMDLETS,
        subscription::CMDLETS,
        &utility::cmdlets(),
    ]
    .concat()
}

/// Has a shell show objects as PowerShell does, those of the cmdlets in their default looks.
pub fn install(shell: &mut Shell) {
    crate::format::install(shell);
    crate::format::view::register(help::VIEWS);
    crate::format::view::register(migration::VIEWS);
}

//! The verbs: a folder for a noun, a file for a verb. The only room that sees both `runtime` and `engine`.

pub mod help;
pub mod mailbox;
pub mod migration;
pub mod migration_batch;
pub mod migration_endpoint;
pub mod migration_user;

use crate::runtime::CmdletMeta;

/// Every cmdlet there is.
pub fn all() -> Vec<&'static CmdletMeta> {
    [
        help::CMDLETS,
        mailbox::CMDLETS,
        migration::CMDLETS,
        migration_batch::CMDLETS,
        migration_endpoint::CMDLETS,
        migration_user::CMDLETS,
    ]
    .concat()
}

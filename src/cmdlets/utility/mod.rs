//! The cmdlets of the core: objects, output, data, files, secrets, variables, dates, the shell itself.

pub mod data;
pub mod files;
pub mod object;
pub mod output;
pub mod security;
pub mod shell;
pub mod time;
pub mod variable;

use crate::runtime::CmdletMeta;

/// Every cmdlet of the core.
pub fn cmdlets() -> Vec<&'static CmdletMeta> {
    [
        data::CMDLETS,
        files::CMDLETS,
        object::CMDLETS,
        output::CMDLETS,
        security::CMDLETS,
        shell::CMDLETS,
        time::CMDLETS,
        variable::CMDLETS,
    ]
    .concat()
}

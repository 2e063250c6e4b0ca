//! The cmdlets of the core: objects, output, data, files, secrets, variables, dates, the shell itself.

pub mod data;
pub mod files;
pub mod object;
pub mod output;

use crate::runtime::CmdletMeta;

/// Every cmdlet of the core.
pub fn cmdlets() -> Vec<&'static CmdletMeta> {
    [
        object::CMDLETS,
        output::CMDLETS,
        data::CMDLETS,
        files::CMDLETS,
    ]
    .concat()
}

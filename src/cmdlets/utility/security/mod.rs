//! Secure strings and credentials.


use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
];

//! Secure strings and credentials.

mod convert_from_secure_string;
mod convert_to_secure_string;
mod get_credential;
pub mod sealing;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &convert_from_secure_string::ConvertFromSecureString::META,
    &convert_to_secure_string::ConvertToSecureString::META,
    &get_credential::GetCredential::META,
];

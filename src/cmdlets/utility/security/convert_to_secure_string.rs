use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::types::secure_string::SecureString;
use crate::runtime::{Run, Value};

use super::sealing;

cmdlet! {
    /// Makes a secure string, which does not show what it holds.
    ///
    /// Of plain text with -AsPlainText and -Force; otherwise of what ConvertFrom-SecureString gave with the same key.
    pub struct ConvertToSecureString("ConvertTo", "SecureString").default_set("Secure").module("Microsoft.PowerShell.Security") {
        /// The text.
        string: String = param("String").position(0).by_value(),
        /// The text is plain.
        as_plain_text: bool = param("AsPlainText").position(1).in_sets(&["PlainText"]),
        /// Says that handling plain text is meant.
        force: bool = param("Force").position(2).in_sets(&["PlainText"]),
        /// The key as a secure string of 16, 24 or 32 bytes.
        secure_key: Option<Value> = param("SecureKey").position(1).in_sets(&["Secure"]),
        /// The key: 16, 24 or 32 bytes.
        key: Option<Vec<u8>> = param("Key").in_sets(&["Open"]),
    }
    example "$password = ConvertTo-SecureString 'Pa$$word1' -AsPlainText -Force; $password.Length" => "Makes a secure string of a password.";
}

impl Cmdlet for ConvertToSecureString {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if self.as_plain_text {
            return cx.write(SecureString::value(&self.string));
        }
        let key = match (&self.key, &self.secure_key) {
            (Some(key), _) => key.clone(),
            (None, Some(secret)) => sealing::key_of(secret)?,
            (None, None) => sealing::machine_key(cx.shell)?,
        };
        match sealing::open(&self.string, &key) {
            Some(text) => cx.write(SecureString::value(&text)),
            None => Err(unreadable(&self.string).into()),
        }
    }
}

fn unreadable(text: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.PSArgumentException",
        "ImportSecureString_InvalidArgument",
        ErrorCategory::InvalidArgument,
        if sealing::looks_sealed(text) {
            "The secure string cannot be read with this key.".to_owned()
        } else {
            format!("The parameter value \"{text}\" is not a valid encrypted string.")
        },
    )
    .with_recommendation(
        "For a plain text password use ConvertTo-SecureString -String <text> -AsPlainText -Force.",
    )
}

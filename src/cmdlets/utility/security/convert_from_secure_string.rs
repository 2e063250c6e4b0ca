use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::types::secure_string::SecureString;
use crate::runtime::{Run, Value};

use super::sealing;

cmdlet! {
    /// Makes a sealed text of a secure string, to keep it in a file.
    ///
    /// Without a key only the same person on the same machine can read it again, with ConvertTo-SecureString.
    pub struct ConvertFromSecureString("ConvertFrom", "SecureString").default_set("Secure").module("Microsoft.PowerShell.Security") {
        /// The secure string.
        secure_string: Value = param("SecureString").position(0).by_value(),
        /// The key as a secure string of 16, 24 or 32 bytes.
        secure_key: Option<Value> = param("SecureKey").position(1).in_sets(&["Secure"]),
        /// The key: 16, 24 or 32 bytes.
        key: Option<Vec<u8>> = param("Key").in_sets(&["Open"]),
        /// Gives the plain text.
        as_plain_text: bool = param("AsPlainText").in_sets(&["AsPlainText"]),
    }
    example "$secret = ConvertTo-SecureString 'P@ss' -AsPlainText -Force; $key = [byte[]](1..32); $kept = ConvertFrom-SecureString $secret -Key $key; (ConvertTo-SecureString $kept -Key $key).Length" => "Seals a secure string and opens it again.";
}

impl Cmdlet for ConvertFromSecureString {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(secret) = self.secure_string.downcast::<SecureString>() else {
            return Err(not_secure().into());
        };
        if self.as_plain_text {
            return cx.write(secret.reveal());
        }
        let key = match (&self.key, &self.secure_key) {
            (Some(key), _) => key.clone(),
            (None, Some(secret)) => sealing::key_of(secret)?,
            (None, None) => sealing::machine_key(cx.shell)?,
        };
        let sealed = sealing::seal(&secret.reveal(), &key)?;
        cx.write(sealed)
    }
}

fn not_secure() -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.ParameterBindingException",
        "CannotConvertArgumentNoMessage",
        ErrorCategory::InvalidArgument,
        "Cannot bind parameter 'SecureString'. ConvertTo-SecureString and Read-Host -AsSecureString make secure strings.",
    )
}

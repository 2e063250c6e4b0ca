use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::types::credential::PsCredential;
use crate::runtime::types::secure_string::SecureString;
use crate::runtime::ui::Stream;
use crate::runtime::{Flow, Run, Value, convert};

cmdlet! {
    /// Asks for a user name and a password.
    ///
    /// The password is not shown while it is typed. In scripts without a person, make a credential with New-Object
    /// PSCredential.
    pub struct GetCredential("Get", "Credential").default_set("CredentialSet").module("Microsoft.PowerShell.Security") {
        /// The user name, or a credential, which is given as it is.
        credential: Option<Value> = param("Credential").position(0).in_sets(&["CredentialSet"]),
        /// What to tell the person.
        message: Option<String> = param("Message").in_sets(&["MessageSet"]),
        /// The user name.
        user_name: Option<String> = param("UserName").position(0).in_sets(&["MessageSet"]),
        /// The heading of the question.
        title: Option<String> = param("Title").in_sets(&["MessageSet"]),
    }
    example "$secret = ConvertTo-SecureString 'P@ss' -AsPlainText -Force; (Get-Credential (New-Object PSCredential 'admin',$secret)).UserName" => "Takes a credential that was made before.";
}

impl Cmdlet for GetCredential {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if let Some(given) = &self.credential
            && given.downcast::<PsCredential>().is_some()
        {
            return cx.write(given.clone());
        }
        let ui = cx.ui();
        if !ui.can_prompt() {
            return Err(nobody().into());
        }
        cx.shell.flush(Stream::Output);
        let title = self
            .title
            .as_deref()
            .unwrap_or("Windows PowerShell credential request");
        let message = self.message.as_deref().unwrap_or("Enter your credentials.");
        ui.write_host(&format!("\n{title}\n{message}\n"), None, None);
        let named = self
            .user_name
            .clone()
            .or_else(|| self.credential.as_ref().map(convert::to_text));
        let user = match named.filter(|name| !name.is_empty()) {
            Some(name) => name,
            None => ui.read_line("User: ").ok_or(Flow::Interrupted)?,
        };
        let password = ui
            .read_secret(&format!("Password for user {user}: "))
            .ok_or(Flow::Interrupted)?;
        cx.write(PsCredential::value(&user, &SecureString::value(&password)))
    }
}

fn nobody() -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.PSInvalidOperationException",
        "InvalidOperation",
        ErrorCategory::InvalidOperation,
        "Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.",
    )
    .with_recommendation("Make the credential in the script: New-Object PSCredential 'user',(ConvertTo-SecureString 'password' -AsPlainText -Force)")
}

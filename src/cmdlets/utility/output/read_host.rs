use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::types::secure_string::SecureString;
use crate::runtime::ui::Stream;
use crate::runtime::{Flow, Run, Value};

cmdlet! {
    /// Asks the person for a line.
    pub struct ReadHost("Read", "Host").module("Microsoft.PowerShell.Utility") {
        /// The question; a colon follows it.
        prompt: Option<Vec<String>> = param("Prompt").position(0).remaining(),
        /// Shows nothing of what is typed and gives a secure string.
        as_secure_string: bool = param("AsSecureString"),
        /// Shows nothing of what is typed and gives text.
        mask_input: bool = param("MaskInput"),
    }
    example "if ($Host.Name -eq 'none') { $name = Read-Host 'Name of the batch' }" => "Asks for a name.";
}

impl Cmdlet for ReadHost {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let ui = cx.ui();
        if !ui.can_prompt() {
            return Err(nobody().into());
        }
        // What was written before stands before the question.
        cx.shell.flush(Stream::Output);
        let prompt = self
            .prompt
            .as_ref()
            .map(|words| format!("{}: ", words.join(" ")))
            .unwrap_or_default();
        let secret = self.as_secure_string || self.mask_input;
        let answer = if secret {
            ui.read_secret(&prompt)
        } else {
            ui.read_line(&prompt)
        };
        let Some(answer) = answer else {
            return if ui.interrupted() {
                Err(Flow::Interrupted)
            } else {
                Err(nobody().into())
            };
        };
        match self.as_secure_string {
            true => cx.write(SecureString::value(&answer)),
            false => cx.write(Value::str(answer)),
        }
    }
}

fn nobody() -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.PSInvalidOperationException",
        "InvalidOperation",
        ErrorCategory::InvalidOperation,
        "Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.",
    )
}

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Writes a warning.
    ///
    /// It shows in its own colour after WARNING:, unless $WarningPreference or -WarningAction says otherwise.
    pub struct WriteWarning("Write", "Warning").module("Microsoft.PowerShell.Utility") {
        /// The text.
        message: String = param("Message").position(0).aliases(&["Msg"]).by_value().allow_empty(),
    }
    example "Write-Warning 'The batch has mailboxes that failed.'" => "Writes one line.";
}

impl Cmdlet for WriteWarning {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.warning(&self.message)
    }
}

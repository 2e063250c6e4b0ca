use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Writes a line that only -Debug shows.
    ///
    /// $DebugPreference = 'Continue' shows the lines of all commands.
    pub struct WriteDebug("Write", "Debug").module("Microsoft.PowerShell.Utility") {
        /// The text.
        message: String = param("Message").position(0).aliases(&["Msg"]).by_value().allow_empty(),
    }
    example "Write-Debug 'three rows read' -Debug" => "Writes one line.";
}

impl Cmdlet for WriteDebug {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.debug(&self.message)
    }
}

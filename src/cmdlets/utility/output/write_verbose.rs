use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Writes a line that only -Verbose shows.
    ///
    /// $VerbosePreference = 'Continue' shows the lines of all commands.
    pub struct WriteVerbose("Write", "Verbose").module("Microsoft.PowerShell.Utility") {
        /// The text.
        message: String = param("Message").position(0).aliases(&["Msg"]).by_value().allow_empty(),
    }
    example "Write-Verbose 'Reading the folder list.' -Verbose" => "Writes one line.";
}

impl Cmdlet for WriteVerbose {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.verbose(&self.message)
    }
}

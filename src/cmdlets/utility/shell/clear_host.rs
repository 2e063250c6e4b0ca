use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Empties the screen.
    pub struct ClearHost("Clear", "Host").aliases(&["cls", "clear"]).module("Microsoft.PowerShell.Core") {
    }
    example "Clear-Host" => "Empties the screen.";
}

impl Cmdlet for ClearHost {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let _ = cx.shell.variable("Host");
        cx.ui().clear();
        Ok(())
    }
}

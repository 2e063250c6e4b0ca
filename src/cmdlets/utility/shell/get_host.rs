use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Gives the program that shows this shell.
    pub struct GetHost("Get", "Host").module("Microsoft.PowerShell.Utility") {
    }
    example "(Get-Host).Name" => "Gives the name of the program.";
}

impl Cmdlet for GetHost {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let host = cx.shell.variable("Host").unwrap_or_default();
        cx.write(host)
    }
}

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Gives the sessions with other machines, of which there are none.
    pub struct GetPsSession("Get", "PSSession").aliases(&["gsn"]).module("Microsoft.PowerShell.Core") {
        /// Names of sessions.
        name: Option<Vec<String>> = param("Name"),
        /// Numbers of sessions.
        id: Option<Vec<i32>> = param("Id").position(0),
        /// Names of machines.
        computer: Option<Vec<String>> = param("ComputerName"),
    }
    example "@(Get-PSSession).Count" => "Gives 0.";
}

impl Cmdlet for GetPsSession {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.verbose("There are no sessions with other machines; the cmdlets are built in.")
    }
}

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Answers scripts that close a session: there is nothing to close.
    pub struct RemovePsSession("Remove", "PSSession").aliases(&["rsn"]).module("Microsoft.PowerShell.Core") {
        /// The session.
        session: Option<Vec<crate::runtime::Value>> = param("Session").position(0).by_value(),
        /// Numbers of sessions.
        id: Option<Vec<i32>> = param("Id"),
        /// Names of sessions.
        name: Option<Vec<String>> = param("Name"),
    }
    example "New-PSSession -ConfigurationName Microsoft.Exchange | Remove-PSSession" => "Opens and closes a session.";
}

impl Cmdlet for RemovePsSession {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.verbose("There is no session with another machine to close.")
    }
}

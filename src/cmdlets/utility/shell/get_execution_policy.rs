use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Gives the policy about scripts: Unrestricted.
    pub struct GetExecutionPolicy("Get", "ExecutionPolicy").module("Microsoft.PowerShell.Security") {
        /// For whom.
        scope: Option<String> = param("Scope").position(0),
        /// For everybody.
        list: bool = param("List"),
    }
    example "Get-ExecutionPolicy" => "Gives Unrestricted.";
}

impl Cmdlet for GetExecutionPolicy {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.write("Unrestricted")
    }
}

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Answers scripts that allow scripts to run: all scripts may run.
    pub struct SetExecutionPolicy("Set", "ExecutionPolicy").module("Microsoft.PowerShell.Security") {
        /// The policy; it changes nothing.
        policy: Option<String> = param("ExecutionPolicy").position(0),
        /// For whom.
        scope: Option<String> = param("Scope").position(1),
        /// Does not ask.
        force: bool = param("Force"),
    }
    example "Set-ExecutionPolicy RemoteSigned -Force" => "Does nothing: scripts may run.";
}

impl Cmdlet for SetExecutionPolicy {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.verbose("Scripts may always run here.")
    }
}

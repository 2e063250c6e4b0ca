use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Runs a text as commands.
    ///
    /// Never run a text that came from somebody else: it can do whatever you can do.
    pub struct InvokeExpression("Invoke", "Expression").aliases(&["iex"]).module("Microsoft.PowerShell.Utility") {
        /// The commands.
        command: String = param("Command").position(0).by_value(),
    }
    example "$command = 'Get-Date -Year 2017 -Format yyyy'; Invoke-Expression $command" => "Runs a command that stands in a variable.";
}

impl Cmdlet for InvokeExpression {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.run_text(&self.command)
    }
}

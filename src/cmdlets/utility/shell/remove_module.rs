use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Answers scripts that put a module away: built-in modules stay.
    pub struct RemoveModule("Remove", "Module").aliases(&["rmo"]).module("Microsoft.PowerShell.Core") {
        /// The modules.
        name: Vec<String> = param("Name").position(0).by_value(),
        /// Also those that are in use.
        force: bool = param("Force"),
    }
    example "Remove-Module ExchangeOnlineManagement" => "Does nothing: the module is built in.";
}

impl Cmdlet for RemoveModule {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let names = self.name.join(", ");
        cx.verbose(&format!("Built-in modules stay: {names}."))
    }
}

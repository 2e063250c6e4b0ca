use crate::cmdlet;
use crate::cmdlets::utility::files::other_drives::alias;
use crate::runtime::Run;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;

use super::scope::one;

cmdlet! {
    /// Gives a command another name.
    pub struct SetAlias("Set", "Alias").aliases(&["sal"]).should_process(Impact::Low).module("Microsoft.PowerShell.Utility") {
        /// The other name.
        name: String = param("Name").position(0).by_property_name(),
        /// The command.
        value: String = param("Value").position(1).by_property_name().completes("Command"),
        /// What it is for; it is not kept.
        description: Option<String> = param("Description"),
        /// ReadOnly or Constant; aliases can always be changed here.
        option: Option<String> = param("Option"),
        /// Replaces an alias of this name.
        force: bool = param("Force"),
        /// Global, Script, Local, or how many scopes further out.
        scope: Option<String> = param("Scope"),
        /// Gives the alias.
        pass_thru: bool = param("PassThru"),
    }
    example "Set-Alias batches Get-MigrationBatch; (Get-Alias batches).Definition" => "Gives a cmdlet a short name.";
}

impl Cmdlet for SetAlias {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let about = format!("Name: {} Value: {}", self.name, self.value);
        if !cx.should_process(&about, "Set Alias")? {
            return Ok(());
        }
        let scope = one(self.scope.as_deref().unwrap_or("Local"), cx)?;
        scope.set_alias(&self.name, &self.value);
        if self.pass_thru {
            cx.write(alias(&self.name, &self.value))
        } else {
            Ok(())
        }
    }
}

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};

cmdlet! {
    /// Takes another name of a command away.
    pub struct RemoveAlias("Remove", "Alias").module("Microsoft.PowerShell.Utility") {
        /// The alias.
        name: Vec<String> = param("Name").position(0).by_value().by_property_name(),
        /// Takes read-only aliases too; all can be taken.
        force: bool = param("Force"),
    }
    example "Set-Alias batches Get-MigrationBatch; Remove-Alias batches" => "Takes an alias away.";
}

impl Cmdlet for RemoveAlias {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for name in &self.name {
            let scope = cx.shell.scope().clone();
            let removed = scope.chain().find_map(|scope| scope.remove_alias(name));
            if removed.is_none() {
                cx.error(
                    ErrorRecord::new(
                        "System.Management.Automation.ItemNotFoundException",
                        "AliasNotFound",
                        ErrorCategory::ObjectNotFound,
                        format!("This command cannot find a matching alias because an alias with the name '{name}' does not exist."),
                    )
                    .with_target(name.as_str()),
                )?;
            }
        }
        Ok(())
    }
}

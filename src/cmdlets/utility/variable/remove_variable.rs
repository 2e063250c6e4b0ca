use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::wildcard::Wildcard;

use super::scope::{chosen, missing};

cmdlet! {
    /// Takes variables away.
    pub struct RemoveVariable("Remove", "Variable").aliases(&["rv"]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Utility")
    {
        /// Names without the dollar sign.
        name: Vec<String> = param("Name").position(0).by_property_name().wildcards().completes("Variable"),
        /// Takes read-only variables too.
        force: bool = param("Force"),
        /// Global, Script, Local, or how many scopes further out.
        scope: Option<String> = param("Scope"),
    }
    example "$old = 1; Remove-Variable old; $null -eq $old" => "Takes a variable away.";
}

impl Cmdlet for RemoveVariable {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for name in &self.name {
            let pattern = Wildcard::new(name);
            let mut found = false;
            for scope in chosen(self.scope.as_deref(), cx)? {
                for variable in scope
                    .variables()
                    .into_iter()
                    .filter(|variable| pattern.matches(&variable.name))
                {
                    found = true;
                    if variable.options.get().constant || (variable.is_locked() && !self.force) {
                        cx.error(kept(&variable.name))?;
                    } else if cx
                        .should_process(&format!("Name: {}", variable.name), "Remove variable")?
                    {
                        scope.remove(&variable.name);
                    }
                }
                if found && !Wildcard::is_pattern(name) {
                    break;
                }
            }
            if !found && !Wildcard::is_pattern(name) {
                cx.error(missing(name))?;
            }
        }
        Ok(())
    }
}

fn kept(name: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.SessionStateUnauthorizedAccessException",
        "VariableNotRemovable",
        ErrorCategory::WriteError,
        format!(
            "Cannot remove variable {name} because it is constant or read-only. If the variable is read-only, try the operation again specifying the Force option."
        ),
    )
    .with_target(name)
}

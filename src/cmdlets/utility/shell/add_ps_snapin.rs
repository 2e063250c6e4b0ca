use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};

use super::modules::{describe, find};

cmdlet! {
    /// Answers scripts that add the snap-in of Exchange: the cmdlets are already here.
    pub struct AddPsSnapin("Add", "PSSnapin").aliases(&["asnp"]).module("Microsoft.PowerShell.Core") {
        /// The snap-in.
        name: Vec<String> = param("Name").position(0).by_property_name(),
        /// Gives the snap-in.
        pass: bool = param("PassThru"),
    }
    example "Add-PSSnapin Microsoft.Exchange.Management.PowerShell.E2010" => "Does nothing: the cmdlets are here.";
}

impl Cmdlet for AddPsSnapin {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for name in &self.name {
            let Some((module, version, _)) = find(name) else {
                cx.error(unknown(name))?;
                continue;
            };
            cx.verbose(&format!("The cmdlets of '{name}' are built in."))?;
            if self.pass {
                cx.write(describe(module, version, Vec::new()))?;
            }
        }
        Ok(())
    }
}

fn unknown(name: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.PSArgumentException",
        "AddPSSnapInRead",
        ErrorCategory::InvalidArgument,
        format!("The Windows PowerShell snap-in '{name}' is not installed on this computer."),
    )
    .with_target(name)
    .with_recommendation(
        "The cmdlets of the core and of Exchange migration are built in; others are not here.",
    )
}

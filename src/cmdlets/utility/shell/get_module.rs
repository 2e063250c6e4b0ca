use std::collections::BTreeMap;

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::wildcard::Wildcard;

use super::modules::{MODULES, describe, find};

cmdlet! {
    /// Gives the modules, all of which are built in.
    pub struct GetModule("Get", "Module").default_set("Loaded").aliases(&["gmo"]).module("Microsoft.PowerShell.Core") {
        /// Names; all when none is given.
        name: Option<Vec<String>> = param("Name").position(0).by_value().wildcards(),
        /// Gives modules that could be imported; they are the same.
        list_available: bool = param("ListAvailable"),
        /// Gives all versions; there is one of each.
        all: bool = param("All"),
        /// Looks anew.
        refresh: bool = param("Refresh"),
    }
    example "Get-Module ExchangePowerShell | Select-Object Name" => "Gives the module of the migration cmdlets.";
}

impl Cmdlet for GetModule {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let mut commands: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for meta in cx.shell.registry().cmdlets() {
            commands.entry(meta.module).or_default().push(meta.name());
        }
        let patterns: Vec<Wildcard> = self
            .name
            .iter()
            .flatten()
            .map(|name| Wildcard::new(name))
            .collect();
        for (module, version, _) in MODULES {
            let named = self
                .name
                .iter()
                .flatten()
                .filter_map(|name| find(name))
                .any(|(found, _, _)| found == module);
            if patterns.is_empty()
                || named
                || patterns.iter().any(|pattern| pattern.matches(module))
            {
                let listed = commands.get(module).cloned().unwrap_or_default();
                cx.write(describe(module, version, listed))?;
            }
        }
        Ok(())
    }
}

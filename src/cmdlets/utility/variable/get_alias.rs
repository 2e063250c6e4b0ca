use std::collections::BTreeMap;

use crate::cmdlet;
use crate::cmdlets::utility::files::other_drives::alias;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::wildcard::Wildcard;

cmdlet! {
    /// Gives the other names of commands.
    pub struct GetAlias("Get", "Alias").default_set("Default").aliases(&["gal"]).module("Microsoft.PowerShell.Utility") {
        /// Aliases to give; all when none is named.
        name: Option<Vec<String>> = param("Name").position(0).by_value().by_property_name().in_sets(&["Default"]).wildcards(),
        /// Aliases to leave out.
        exclude: Option<Vec<String>> = param("Exclude").wildcards(),
        /// The commands whose aliases to give.
        definition: Option<Vec<String>> = param("Definition").in_sets(&["Definition"]).wildcards().completes("Command"),
        /// Which scope; all are looked through.
        scope: Option<String> = param("Scope"),
    }
    example "Get-Alias gci" => "Says what gci stands for.";
    example "Get-Alias -Definition Select-Object" => "Gives the aliases of a command.";
}

impl Cmdlet for GetAlias {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let all = vec!["*".to_owned()];
        let names = self.name.as_ref().unwrap_or(&all);
        let wanted = self.definition.as_ref().unwrap_or(names);
        let exclude: Vec<Wildcard> = self
            .exclude
            .iter()
            .flatten()
            .map(|pattern| Wildcard::new(pattern))
            .collect();
        let mut known: BTreeMap<String, (String, String)> = BTreeMap::new();
        for scope in cx.shell.scope().chain() {
            for (name, command) in scope.aliases() {
                known
                    .entry(name.to_lowercase())
                    .or_insert((name.to_string(), command.to_string()));
            }
        }
        for text in wanted {
            let pattern = Wildcard::new(text);
            let by_command = self.definition.is_some();
            let found: Vec<_> = known
                .values()
                .filter(|(name, command)| pattern.matches(if by_command { command } else { name }))
                .filter(|(name, _)| !exclude.iter().any(|pattern| pattern.matches(name)))
                .collect();
            if found.is_empty() && !Wildcard::is_pattern(text) {
                cx.error(missing(text, by_command))?;
            }
            for (name, command) in found {
                cx.write(alias(name, command))?;
            }
        }
        Ok(())
    }
}

fn missing(name: &str, by_command: bool) -> ErrorRecord {
    let what = if by_command { "definition" } else { "name" };
    ErrorRecord::new(
        "System.Management.Automation.ItemNotFoundException",
        "ItemNotFoundException",
        ErrorCategory::ObjectNotFound,
        format!("This command cannot find a matching alias because an alias with the {what} '{name}' does not exist."),
    )
    .with_target(name)
}

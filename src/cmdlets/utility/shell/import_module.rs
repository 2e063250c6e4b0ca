use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};

use super::modules::{describe, find};

cmdlet! {
    /// Brings the commands of a module.
    ///
    /// The modules of the core and of Exchange are built in: importing them does nothing. A module of one's own is a
    /// script file (.psm1 or .ps1), whose functions become known.
    pub struct ImportModule("Import", "Module").aliases(&["ipmo"]).module("Microsoft.PowerShell.Core") {
        /// Names or files.
        name: Vec<String> = param("Name").position(0).by_value().completes("Path"),
        /// Reads the file again.
        force: bool = param("Force"),
        /// Gives the module.
        pass_thru: bool = param("PassThru"),
        /// Which commands; all become known.
        function: Option<Vec<String>> = param("Function"),
        /// Which cmdlets; all are known.
        cmdlet: Option<Vec<String>> = param("Cmdlet"),
        /// Makes the commands known everywhere; they always are.
        global: bool = param("Global"),
        /// Global or Local.
        scope: Option<String> = param("Scope"),
        /// Says nothing of unusual verbs; nothing is said anyway.
        no_verb_warning: bool = param("DisableNameChecking"),
        /// The version asked for; the one built in is taken.
        version: Option<String> = param("RequiredVersion").aliases(&["MinimumVersion", "Version", "MaximumVersion"]),
        /// Leaves commands alone that exist already.
        no_clobber: bool = param("NoClobber"),
        /// Puts a word before the nouns.
        arguments: Option<Vec<crate::runtime::Value>> = param("ArgumentList").aliases(&["Args"]),
    }
    refused "Prefix" => "the nouns of built-in cmdlets do not change";
    refused "PSSession" => "there are no sessions with other machines";
    example "Import-Module ExchangeOnlineManagement" => "Does nothing: the cmdlets are here.";
}

impl Cmdlet for ImportModule {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for name in &self.name {
            if let Some((module, version, _)) = find(name) {
                cx.verbose(&format!("The cmdlets of '{module}' are built in."))?;
                if self.pass_thru {
                    cx.write(describe(module, version, Vec::new()))?;
                }
                continue;
            }
            let path = cx.resolve_path(name);
            let file = [
                path.clone(),
                path.with_extension("psm1"),
                path.with_extension("ps1"),
            ]
            .into_iter()
            .find(|path| {
                path.is_file() && path.extension().is_some_and(|e| e == "psm1" || e == "ps1")
            });
            let Some(file) = file else {
                cx.error(missing(name))?;
                continue;
            };
            match std::fs::read(&file) {
                Ok(bytes) => {
                    let text = crate::cmdlets::utility::files::encoding::decode(&bytes, None);
                    cx.run_text(&text)?;
                }
                Err(error) => {
                    cx.error(crate::cmdlets::utility::files::errors::read(&file, &error))?
                }
            }
            if self.pass_thru {
                let name = file
                    .file_stem()
                    .map(|stem| stem.to_string_lossy().into_owned())
                    .unwrap_or_default();
                cx.write(describe(&name, "0.0", Vec::new()))?;
            }
        }
        Ok(())
    }
}

fn missing(name: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.IO.FileNotFoundException",
        "Modules_ModuleNotFound",
        ErrorCategory::ResourceUnavailable,
        format!(
            "The specified module '{name}' was not loaded because no valid module file was found in any module directory."
        ),
    )
    .with_target(name)
    .with_recommendation("The cmdlets of the core and of Exchange migration are built in; others are not here. Get-Command lists what is.")
}

use std::fs::File;

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;

use super::errors;
use super::place::expand;

cmdlet! {
    /// Empties a file, which stays.
    pub struct ClearContent("Clear", "Content").aliases(&["clc"]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Management")
    {
        /// The files.
        path: Vec<String> = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).by_property_name().wildcards().completes("Path"),
        /// Empties a read-only file too.
        force: bool = param("Force"),
    }
    example "'old' | Set-Content log.txt; Clear-Content log.txt; (Get-Item log.txt).Length" => "Empties a file.";
}

impl Cmdlet for ClearContent {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for path in self
            .path
            .iter()
            .flat_map(|path| expand(path, cx))
            .collect::<Vec<_>>()
        {
            if !path.exists() {
                cx.error(errors::not_found(&path))?;
                continue;
            }
            if !cx.should_process(&format!("Item: {}", path.display()), "Clear Content")? {
                continue;
            }
            if self.force {
                errors::make_writable(&path);
            }
            if let Err(error) = File::options().write(true).truncate(true).open(&path) {
                cx.error(errors::open(&path, &error, "ClearContentIOError"))?;
            }
        }
        Ok(())
    }
}

use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{PsObject, Run, Value};

use super::errors;
use super::place::expand;

cmdlet! {
    /// Gives the full path of what exists, also for wildcards.
    pub struct ResolvePath("Resolve", "Path").aliases(&["rvpa"]).module("Microsoft.PowerShell.Management") {
        /// The paths.
        path: Vec<String> = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).by_value().by_property_name().wildcards().completes("Path"),
        /// Gives texts relative to the current folder.
        relative: bool = param("Relative"),
    }
    example "(Resolve-Path .).Path" => "Gives the current folder as a text.";
}

impl Cmdlet for ResolvePath {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for given in &self.path {
            for path in expand(given, cx) {
                if !path.exists() {
                    cx.error(errors::not_found(&path))?;
                    continue;
                }
                let text = path.to_string_lossy().into_owned();
                if self.relative {
                    let here = cx.shell.location();
                    let inside = path
                        .strip_prefix(&here)
                        .map(|rest| format!("./{}", rest.display()));
                    cx.write(inside.unwrap_or(text))?;
                } else {
                    cx.write(path_info(&text))?;
                }
            }
        }
        Ok(())
    }
}

/// A path as Get-Location and Resolve-Path give it.
pub fn path_info(path: &str) -> Value {
    PsObject::view(
        "System.Management.Automation.PathInfo",
        vec![
            ("Path", Value::str(path)),
            ("Name", Value::str(path)),
            ("ProviderPath", Value::str(path)),
            ("Provider", Value::str("FileSystem")),
        ],
    )
}

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

use super::errors;
use super::resolve_path::path_info;

cmdlet! {
    /// Makes a folder the current one.
    pub struct SetLocation("Set", "Location").default_set("Path").aliases(&["sl", "cd", "chdir"])
        .module("Microsoft.PowerShell.Management")
    {
        /// The folder; the home folder when none is given.
        path: Option<String> = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).by_value().by_property_name().default_text("the home folder").completes("Path"),
        /// Gives the new folder.
        pass_thru: bool = param("PassThru"),
    }
    example "Set-Location /tmp; (Get-Location).Path" => "Goes to a folder.";
}

impl Cmdlet for SetLocation {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let given = self.path.as_deref().unwrap_or("~");
        go(given, cx)?;
        if self.pass_thru {
            cx.write(path_info(&cx.shell.location().to_string_lossy()))
        } else {
            Ok(())
        }
    }
}

/// Goes to a folder.
///
/// # Errors
/// It does not exist or is none.
pub fn go(given: &str, cx: &mut Cx<'_>) -> Run<()> {
    let folder = cx.resolve_path(given);
    if !folder.is_dir() {
        let record = errors::not_found(&folder);
        return if folder.exists() {
            cx.error(record.with_recommendation("It is a file; name a folder."))
        } else {
            cx.error(record)
        };
    }
    cx.shell.set_location(folder);
    Ok(())
}

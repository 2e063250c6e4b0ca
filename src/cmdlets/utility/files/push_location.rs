use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

use super::resolve_path::path_info;
use super::set_location::go;
use super::stack::Folders;

cmdlet! {
    /// Remembers the current folder and goes to another.
    pub struct PushLocation("Push", "Location").aliases(&["pushd"]).module("Microsoft.PowerShell.Management") {
        /// The folder to go to; the current one when none is given.
        path: Option<String> = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).by_value().by_property_name().completes("Path"),
        /// Gives the new folder.
        pass_thru: bool = param("PassThru"),
    }
    example "Push-Location /tmp; Pop-Location" => "Goes away and comes back.";
}

impl Cmdlet for PushLocation {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let here = cx.shell.location();
        if let Some(path) = &self.path {
            go(path, cx)?;
        }
        Folders::of(cx.shell).all.borrow_mut().push(here);
        if self.pass_thru {
            cx.write(path_info(&cx.shell.location().to_string_lossy()))
        } else {
            Ok(())
        }
    }
}

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

use super::resolve_path::path_info;
use super::stack::Folders;

cmdlet! {
    /// Goes back to the folder that Push-Location remembered last.
    pub struct PopLocation("Pop", "Location").aliases(&["popd"]).module("Microsoft.PowerShell.Management") {
        /// Gives the new folder.
        pass_thru: bool = param("PassThru"),
    }
    example "Push-Location /tmp; Pop-Location" => "Goes away and comes back.";
}

impl Cmdlet for PopLocation {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let last = Folders::of(cx.shell).all.borrow_mut().pop();
        if let Some(folder) = last {
            cx.shell.set_location(folder);
        }
        if self.pass_thru {
            cx.write(path_info(&cx.shell.location().to_string_lossy()))
        } else {
            Ok(())
        }
    }
}

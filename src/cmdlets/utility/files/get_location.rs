use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

use super::resolve_path::path_info;
use super::stack::Folders;

cmdlet! {
    /// Gives the current folder.
    pub struct GetLocation("Get", "Location").aliases(&["gl", "pwd"]).module("Microsoft.PowerShell.Management") {
        /// Gives the folders that Push-Location kept, the latest first.
        stack: bool = param("Stack"),
    }
    example "(Get-Location).Path" => "Gives the current folder as a text.";
}

impl Cmdlet for GetLocation {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if !self.stack {
            return cx.write(path_info(&cx.shell.location().to_string_lossy()));
        }
        let folders = Folders::of(cx.shell);
        let all: Vec<_> = folders.all.borrow().iter().rev().cloned().collect();
        all.iter()
            .try_for_each(|folder| cx.write(path_info(&folder.to_string_lossy())))
    }
}

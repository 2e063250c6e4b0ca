//! `Update-Help`

use crate::cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Says that the help needs no update.
    ///
    /// In PowerShell help is downloaded apart from the program. Here it is part of the program and always fits its version.
    pub struct UpdateHelp("Update", "Help").module("Microsoft.PowerShell.Core") {
        /// Accepted and without effect.
        module: Option<Vec<String>> = param("Module").position(0),
        /// Accepted and without effect.
        force: bool = param("Force"),
    }
    example "Update-Help" => "Says that there is nothing to download.";
}

impl Cmdlet for UpdateHelp {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.write("There is nothing to download: the help is part of the program.")
    }
}

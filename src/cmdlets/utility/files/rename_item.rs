use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};

use super::move_item::relocate;

cmdlet! {
    /// Gives a file or folder another name in its folder.
    pub struct RenameItem("Rename", "Item").aliases(&["rni", "ren"]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Management")
    {
        /// What to rename.
        path: String = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).by_value().by_property_name().completes("Path"),
        /// The new name, without a folder.
        new_name: String = param("NewName").position(1).by_property_name(),
        /// Replaces a file of the new name.
        force: bool = param("Force"),
        /// Gives what was renamed.
        pass_thru: bool = param("PassThru"),
    }
    example "New-Item a.txt -Force; Rename-Item a.txt c.txt -Force; Test-Path c.txt" => "Renames a file.";
}

impl Cmdlet for RenameItem {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let source = cx.resolve_path(&self.path);
        let name = self
            .new_name
            .trim_start_matches("./")
            .trim_start_matches(".\\");
        if name.contains(['/', '\\']) {
            return cx.error(ErrorRecord::new(
                "System.Management.Automation.PSArgumentException",
                "Argument",
                ErrorCategory::InvalidArgument,
                "Cannot rename the specified target, because it represents a path or device name. Move-Item moves to another folder.",
            ));
        }
        let target = source.with_file_name(name);
        relocate(
            &source,
            &target,
            self.force,
            self.pass_thru,
            ("Rename File", "Rename Directory"),
            cx,
        )
    }
}

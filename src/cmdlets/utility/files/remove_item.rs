use std::fs;
use std::path::Path;

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;

use super::filter::Names;
use super::place::{Place, expand};
use super::{errors, other_drives};

cmdlet! {
    /// Removes files and folders.
    pub struct RemoveItem("Remove", "Item").default_set("Path").aliases(&["ri", "rm", "del", "erase", "rd", "rmdir"])
        .should_process(Impact::Medium).module("Microsoft.PowerShell.Management")
    {
        /// What to remove.
        path: Option<Vec<String>> = param("Path").position(0).by_value().by_property_name().in_sets(&["Path"]).mandatory().wildcards().completes("Path"),
        /// What to remove; wildcards have no meaning.
        literal_path: Option<Vec<String>> = param("LiteralPath").aliases(&["PSPath", "LP"]).by_property_name().in_sets(&["LiteralPath"]).mandatory().completes("Path"),
        /// Removes a folder with all it holds, without asking.
        recurse: bool = param("Recurse"),
        /// Removes read-only files too.
        force: bool = param("Force"),
        /// Names to remove only.
        filter: Option<String> = param("Filter").wildcards(),
        /// Names to remove only.
        include: Option<Vec<String>> = param("Include").wildcards(),
        /// Names to keep.
        exclude: Option<Vec<String>> = param("Exclude").wildcards(),
    }
    example "New-Item old.txt -Force; Remove-Item old.txt; Test-Path old.txt" => "Removes a file.";
    example "Remove-Item *.tmp -WhatIf" => "Says which files would be removed.";
}

impl Cmdlet for RemoveItem {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let names = Names::new(
            self.filter.as_deref(),
            self.include.as_deref(),
            self.exclude.as_deref(),
        );
        for given in self.path.iter().flatten() {
            match Place::of(given, cx) {
                Place::File(_) => {
                    for path in expand(given, cx).into_iter().filter(|path| names.fit(path)) {
                        self.remove(&path, cx)?;
                    }
                }
                other => other_drives::remove(&other, cx)?,
            }
        }
        for given in self.literal_path.iter().flatten() {
            self.remove(&cx.resolve_path(given), cx)?;
        }
        Ok(())
    }
}

impl RemoveItem {
    fn remove(&self, path: &Path, cx: &mut Cx<'_>) -> Run<()> {
        let Ok(data) = path.symlink_metadata() else {
            return cx.error(errors::not_found(path));
        };
        let operation = if data.is_dir() {
            "Remove Directory"
        } else {
            "Remove File"
        };
        if !cx.should_process(&path.to_string_lossy(), operation)? {
            return Ok(());
        }
        let full =
            data.is_dir() && fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
        if full && !self.recurse {
            let query = format!(
                "The item at {} has children and the Recurse parameter was not specified. If you continue, all children will be removed with the item. Are you sure you want to continue?",
                path.display()
            );
            if !cx.should_continue(&query, "Confirm")? {
                return Ok(());
            }
        }
        if !data.is_dir() && data.permissions().readonly() && !self.force && !data.is_symlink() {
            let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
            return cx.error(
                errors::open(path, &denied, "RemoveFileSystemItemUnAuthorizedAccess")
                    .with_recommendation("The file is read-only; -Force removes it."),
            );
        }
        let removed = if data.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        match removed {
            Ok(()) => Ok(()),
            Err(error) => cx.error(errors::write(path, &error)),
        }
    }
}

use std::path::Path;

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::wildcard::Wildcard;

use super::filter::Names;
use super::place::{Place, entries, expand};
use super::{errors, item, other_drives};

cmdlet! {
    /// Lists what a folder holds.
    ///
    /// Env:, Variable:, Function: and Alias: are listed too, and the time zones under
    /// HKLM:\Software\Microsoft\Windows NT\CurrentVersion\Time Zones.
    pub struct GetChildItem("Get", "ChildItem").default_set("Items").aliases(&["gci", "dir", "ls"])
        .module("Microsoft.PowerShell.Management")
    {
        /// The folders; a file is listed by itself.
        path: Option<Vec<String>> = param("Path").position(0).by_value().by_property_name().in_sets(&["Items"]).wildcards().default_text("the current folder").completes("Path"),
        /// The folders; wildcards have no meaning.
        literal_path: Option<Vec<String>> = param("LiteralPath").aliases(&["PSPath", "LP"]).by_property_name().in_sets(&["LiteralItems"]).mandatory().completes("Path"),
        /// Names to list only.
        filter: Option<String> = param("Filter").position(1).wildcards(),
        /// Names to list only.
        include: Option<Vec<String>> = param("Include").wildcards(),
        /// Names to leave out.
        exclude: Option<Vec<String>> = param("Exclude").wildcards(),
        /// Lists inner folders too.
        recurse: bool = param("Recurse").aliases(&["s"]),
        /// How many levels of inner folders.
        depth: Option<u32> = param("Depth"),
        /// Lists hidden files too.
        force: bool = param("Force"),
        /// Gives names as texts.
        name: bool = param("Name"),
        /// Lists folders only.
        directory: bool = param("Directory").aliases(&["ad"]),
        /// Lists files only.
        file: bool = param("File").aliases(&["af"]),
        /// Lists hidden files only.
        hidden: bool = param("Hidden").aliases(&["ah", "h"]),
    }
    example "Get-ChildItem -File | Sort-Object Length" => "Lists the files of the current folder by size.";
    example "Get-ChildItem . *.csv -Recurse -Name" => "Gives the names of all CSV files here and below.";
    example "(Get-ChildItem 'HKLM:\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Time zones').PSChildName" => "Gives the names of time zones.";
}

/// One walk through folders.
struct Walk<'a> {
    cmdlet: &'a GetChildItem,
    names: Names,
    root: std::path::PathBuf,
}

impl Cmdlet for GetChildItem {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if let Some(literal) = &self.literal_path {
            return literal
                .iter()
                .try_for_each(|given| self.list(&cx.resolve_path(given), false, cx));
        }
        let here = vec![".".to_owned()];
        for given in self.path.as_ref().unwrap_or(&here) {
            match Place::of(given, cx) {
                Place::File(_) => {
                    let wild = Wildcard::is_pattern(given);
                    for path in expand(given, cx) {
                        self.list(&path, wild, cx)?;
                    }
                }
                other => other_drives::write_items(&other, true, cx)?,
            }
        }
        Ok(())
    }
}

impl GetChildItem {
    /// Lists a folder; a thing that a wildcard named stands for itself, except that -Recurse goes into it.
    fn list(&self, path: &Path, wild: bool, cx: &mut Cx<'_>) -> Run<()> {
        if path.symlink_metadata().is_err() {
            return cx.error(errors::not_found(path));
        }
        let names = Names::new(
            self.filter.as_deref(),
            self.include.as_deref(),
            self.exclude.as_deref(),
        );
        let root = if path.is_dir() && !wild {
            path
        } else {
            path.parent().unwrap_or(path)
        };
        let walk = Walk {
            cmdlet: self,
            names,
            root: root.to_path_buf(),
        };
        if path.is_dir() && (!wild || self.recurse) {
            walk.folder(path, 0, cx)
        } else {
            walk.give(path, cx)
        }
    }
}

impl Walk<'_> {
    fn folder(&self, folder: &Path, level: u32, cx: &mut Cx<'_>) -> Run<()> {
        cx.check_interrupt()?;
        let found = match entries(folder) {
            Ok(found) => found,
            Err(error) => {
                return cx.error(errors::open(folder, &error, "DirUnauthorizedAccessError"));
            }
        };
        let is_folder = |path: &Path| path.is_dir() && !path.is_symlink();
        // Folders stand before files, as the listing of Windows has them.
        let (folders, files): (Vec<_>, Vec<_>) = found.into_iter().partition(|path| path.is_dir());
        for path in folders.iter().chain(&files) {
            self.give(path, cx)?;
        }
        let deeper = self
            .cmdlet
            .depth
            .map_or(self.cmdlet.recurse, |depth| level < depth);
        if deeper {
            for path in folders
                .iter()
                .filter(|path| is_folder(path) && self.is_shown(path))
            {
                self.folder(path, level + 1, cx)?;
            }
        }
        Ok(())
    }

    fn is_shown(&self, path: &Path) -> bool {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        !hidden || self.cmdlet.force || self.cmdlet.hidden
    }

    fn give(&self, path: &Path, cx: &mut Cx<'_>) -> Run<()> {
        let options = self.cmdlet;
        let is_folder = path.is_dir();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let wanted = self.is_shown(path)
            && (!options.hidden || hidden)
            && (!options.directory || is_folder)
            && (!options.file || !is_folder)
            && self.names.fit(path);
        if !wanted {
            return Ok(());
        }
        if options.name {
            let name = path.strip_prefix(&self.root).unwrap_or(path);
            return cx.write(name.to_string_lossy().into_owned());
        }
        cx.write(item::info(path))
    }
}

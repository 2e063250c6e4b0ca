use std::path::Path;

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;

use super::filter::Names;
use super::place::expand;
use super::{errors, item, transfer};

cmdlet! {
    /// Copies files and folders.
    pub struct CopyItem("Copy", "Item").aliases(&["cp", "copy", "cpi"]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Management")
    {
        /// What to copy.
        path: Vec<String> = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).by_value().by_property_name().wildcards().completes("Path"),
        /// Where to: a folder, or a new name.
        destination: Option<String> = param("Destination").position(1).by_property_name().default_text("the current folder").completes("Path"),
        /// Copies what folders hold too.
        recurse: bool = param("Recurse"),
        /// Copies the folder itself too; it is always copied.
        container: bool = param("Container"),
        /// Replaces read-only files too.
        force: bool = param("Force"),
        /// Gives the copies.
        pass_thru: bool = param("PassThru"),
        /// Names to copy only.
        filter: Option<String> = param("Filter").wildcards(),
        /// Names to copy only.
        include: Option<Vec<String>> = param("Include").wildcards(),
        /// Names to leave out.
        exclude: Option<Vec<String>> = param("Exclude").wildcards(),
    }
    example "'Email' | Set-Content users.csv; Copy-Item users.csv users.bak; Test-Path users.bak" => "Copies a file.";
}

impl Cmdlet for CopyItem {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let names = Names::new(
            self.filter.as_deref(),
            self.include.as_deref(),
            self.exclude.as_deref(),
        );
        for given in &self.path {
            for path in expand(given, cx).into_iter().filter(|path| names.fit(path)) {
                self.copy(&path, cx)?;
            }
        }
        Ok(())
    }
}

impl CopyItem {
    fn copy(&self, source: &Path, cx: &mut Cx<'_>) -> Run<()> {
        if !source.exists() {
            return cx.error(errors::not_found(source));
        }
        let destination = cx.resolve_path(self.destination.as_deref().unwrap_or("."));
        let target = transfer::target(source, &destination);
        let (operation, about) = match source.is_dir() {
            true => (
                "Copy Directory",
                format!(
                    "Item: {} Destination: {}",
                    source.display(),
                    target.display()
                ),
            ),
            false => (
                "Copy File",
                format!(
                    "Item: {} Destination: {}",
                    source.display(),
                    target.display()
                ),
            ),
        };
        if !cx.should_process(&about, operation)? {
            return Ok(());
        }
        if source == target {
            return cx.error(errors::write(
                source,
                &std::io::Error::other("it cannot be copied onto itself"),
            ));
        }
        if self.force {
            errors::make_writable(&target);
        }
        let copied = match source.is_dir() && !self.recurse {
            true => std::fs::create_dir_all(&target),
            false => transfer::copy(source, &target),
        };
        match copied {
            Ok(()) if self.pass_thru => cx.write(item::info(&target)),
            Ok(()) => Ok(()),
            Err(error) => cx.error(errors::write(&target, &error)),
        }
    }
}

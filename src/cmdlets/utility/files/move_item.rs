use std::path::Path;

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;

use super::place::expand;
use super::{errors, item, transfer};

cmdlet! {
    /// Moves files and folders.
    pub struct MoveItem("Move", "Item").aliases(&["mi", "mv", "move"]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Management")
    {
        /// What to move.
        path: Vec<String> = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).by_value().by_property_name().wildcards().completes("Path"),
        /// Where to: a folder, or a new name.
        destination: Option<String> = param("Destination").position(1).by_property_name().default_text("the current folder").completes("Path"),
        /// Replaces what is there.
        force: bool = param("Force"),
        /// Gives what was moved.
        pass_thru: bool = param("PassThru"),
    }
    example "New-Item a.txt -Force; Move-Item a.txt b.txt -Force; Test-Path b.txt" => "Gives a file another name.";
}

impl Cmdlet for MoveItem {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for given in &self.path {
            for path in expand(given, cx) {
                let destination = cx.resolve_path(self.destination.as_deref().unwrap_or("."));
                let target = transfer::target(&path, &destination);
                relocate(
                    &path,
                    &target,
                    self.force,
                    self.pass_thru,
                    ("Move File", "Move Directory"),
                    cx,
                )?;
            }
        }
        Ok(())
    }
}

/// Moves one thing after asking; the operations are those of a file and of a folder.
///
/// # Errors
/// Control flow; failures are reported.
pub fn relocate(
    source: &Path,
    target: &Path,
    force: bool,
    pass_thru: bool,
    operations: (&str, &str),
    cx: &mut Cx<'_>,
) -> Run<()> {
    if source.symlink_metadata().is_err() {
        return cx.error(errors::not_found(source));
    }
    let operation = if source.is_dir() {
        operations.1
    } else {
        operations.0
    };
    let about = format!(
        "Item: {} Destination: {}",
        source.display(),
        target.display()
    );
    if !cx.should_process(&about, operation)? {
        return Ok(());
    }
    if target.exists() && !force && source != target {
        let record = errors::exists(target, "MoveFileInfoItemIOError");
        return cx.error(record.with_recommendation("-Force replaces it."));
    }
    match transfer::relocate(source, target) {
        Ok(()) if pass_thru => cx.write(item::info(target)),
        Ok(()) => Ok(()),
        Err(error) => cx.error(errors::write(source, &error)),
    }
}

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::wildcard::Wildcard;

use super::filter::Names;
use super::place::{Place, expand};
use super::{errors, item, other_drives};

cmdlet! {
    /// Gives a file or folder as an object, or what stands on Env:, Variable:, Function: and Alias:.
    pub struct GetItem("Get", "Item").default_set("Path").aliases(&["gi"]).module("Microsoft.PowerShell.Management") {
        /// The paths.
        path: Option<Vec<String>> = param("Path").position(0).by_value().by_property_name().in_sets(&["Path"]).mandatory().wildcards().completes("Path"),
        /// The paths; wildcards have no meaning.
        literal_path: Option<Vec<String>> = param("LiteralPath").aliases(&["PSPath", "LP"]).by_property_name().in_sets(&["LiteralPath"]).mandatory().completes("Path"),
        /// Gives hidden files too.
        force: bool = param("Force"),
        /// Names to give only.
        filter: Option<String> = param("Filter").wildcards(),
        /// Names to give only.
        include: Option<Vec<String>> = param("Include").wildcards(),
        /// Names to leave out.
        exclude: Option<Vec<String>> = param("Exclude").wildcards(),
    }
    example "(Get-Item .).Name" => "Gives the name of the current folder.";
    example "Get-Item Env:HOME" => "Gives an environment variable.";
}

impl Cmdlet for GetItem {
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
                    let wild = Wildcard::is_pattern(given);
                    for path in expand(given, cx)
                        .into_iter()
                        .filter(|path| !wild || names.fit(path))
                    {
                        give(&path, cx)?;
                    }
                }
                other => other_drives::write_items(&other, false, cx)?,
            }
        }
        for given in self.literal_path.iter().flatten() {
            give(&cx.resolve_path(given), cx)?;
        }
        Ok(())
    }
}

fn give(path: &std::path::Path, cx: &mut Cx<'_>) -> Run<()> {
    match path.symlink_metadata() {
        Ok(_) => cx.write(item::info(path)),
        Err(_) => cx.error(errors::not_found(path)),
    }
}

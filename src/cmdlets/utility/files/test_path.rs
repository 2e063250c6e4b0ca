use std::path::Path;

use crate::cmdlet;
use crate::param_enum;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::wildcard::Wildcard;

use super::filter::Names;
use super::other_drives;
use super::place::{Place, expand};

param_enum! {
    /// What should be there.
    pub enum PathType = "Microsoft.PowerShell.Commands.TestPathType" { Any, Container, Leaf }
}

cmdlet! {
    /// Tells whether a path exists.
    pub struct TestPath("Test", "Path").default_set("Path").module("Microsoft.PowerShell.Management") {
        /// The paths.
        path: Option<Vec<String>> = param("Path").position(0).by_value().by_property_name().in_sets(&["Path"]).mandatory().wildcards().completes("Path"),
        /// The paths; wildcards have no meaning.
        literal_path: Option<Vec<String>> = param("LiteralPath").aliases(&["PSPath", "LP"]).by_property_name().in_sets(&["LiteralPath"]).mandatory().completes("Path"),
        /// Whether a file (Leaf), a folder (Container) or anything should be there.
        path_type: Option<PathType> = param("PathType").aliases(&["Type"]).default_text("Any"),
        /// Only asks whether the path is well formed.
        is_valid: bool = param("IsValid"),
        /// Names to look for only.
        filter: Option<String> = param("Filter").wildcards(),
        /// Names to look for only.
        include: Option<Vec<String>> = param("Include").wildcards(),
        /// Names that do not count.
        exclude: Option<Vec<String>> = param("Exclude").wildcards(),
    }
    example "Test-Path ./users.csv" => "Tells whether a file is there.";
    example "Test-Path . -PathType Container" => "Tells whether a folder is there.";
}

impl Cmdlet for TestPath {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for given in self.path.iter().flatten() {
            let answer = match Place::of(given, cx) {
                _ if self.is_valid => !given.contains('\0'),
                _ if given.is_empty() => false,
                Place::File(_) => {
                    let names = Names::new(
                        self.filter.as_deref(),
                        self.include.as_deref(),
                        self.exclude.as_deref(),
                    );
                    let found = if Wildcard::is_pattern(given) {
                        expand(given, cx)
                    } else {
                        vec![cx.resolve_path(given)]
                    };
                    found
                        .iter()
                        .any(|path| self.is_there(path) && names.fit(path))
                }
                other => other_drives::exists(&other, cx),
            };
            cx.write(answer)?;
        }
        for given in self.literal_path.iter().flatten() {
            let answer = self.is_there(&cx.resolve_path(given));
            cx.write(answer)?;
        }
        Ok(())
    }
}

impl TestPath {
    fn is_there(&self, path: &Path) -> bool {
        match self.path_type.unwrap_or(PathType::Any) {
            PathType::Any => path.symlink_metadata().is_ok(),
            PathType::Container => path.is_dir(),
            PathType::Leaf => path.exists() && !path.is_dir(),
        }
    }
}

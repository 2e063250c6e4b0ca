use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

use super::place::expand;

cmdlet! {
    /// Gives a part of a path: the folder, or the last name.
    pub struct SplitPath("Split", "Path").default_set("ParentSet").module("Microsoft.PowerShell.Management") {
        /// The paths.
        path: Vec<String> = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).by_value().by_property_name().completes("Path"),
        /// Gives the folder; this is the default.
        parent: bool = param("Parent").in_sets(&["ParentSet"]),
        /// Gives the last name.
        leaf: bool = param("Leaf").in_sets(&["LeafSet"]),
        /// Gives the last name without its extension.
        leaf_base: bool = param("LeafBase").in_sets(&["LeafBaseSet"]),
        /// Gives the extension with its dot.
        extension: bool = param("Extension").in_sets(&["ExtensionSet"]),
        /// Gives the drive.
        qualifier: bool = param("Qualifier").in_sets(&["QualifierSet"]),
        /// Gives the path without the drive.
        no_qualifier: bool = param("NoQualifier").in_sets(&["NoQualifierSet"]),
        /// Tells whether the path is absolute.
        is_absolute: bool = param("IsAbsolute").in_sets(&["IsAbsoluteSet"]),
        /// Takes the existing paths that the wildcards stand for.
        resolve: bool = param("Resolve"),
    }
    example "Split-Path C:\\Mail\\users.csv -Leaf" => "Gives users.csv.";
    example "Split-Path /var/mail/users.csv" => "Gives /var/mail.";
}

impl Cmdlet for SplitPath {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for given in &self.path {
            let paths = match self.resolve {
                true => expand(given, cx)
                    .iter()
                    .map(|path| path.to_string_lossy().into_owned())
                    .collect(),
                false => vec![given.clone()],
            };
            for path in paths {
                if self.is_absolute {
                    cx.write(path.starts_with(['/', '\\']) || drive(&path).is_some())?;
                } else {
                    cx.write(self.part(&path))?;
                }
            }
        }
        Ok(())
    }
}

impl SplitPath {
    fn part(&self, path: &str) -> String {
        let name = leaf(path);
        let dot = name.rfind('.').filter(|&at| at > 0);
        if self.leaf {
            name.to_owned()
        } else if self.leaf_base {
            name[..dot.unwrap_or(name.len())].to_owned()
        } else if self.extension {
            name[dot.unwrap_or(name.len())..].to_owned()
        } else if self.qualifier {
            drive(path).unwrap_or_default().to_owned()
        } else if self.no_qualifier {
            path[drive(path).map_or(0, str::len)..].to_owned()
        } else {
            folder(path).to_owned()
        }
    }
}

fn drive(path: &str) -> Option<&str> {
    let (name, _) = path.split_once(':')?;
    name.chars()
        .all(char::is_alphanumeric)
        .then(|| &path[..=name.len()])
}

fn leaf(path: &str) -> &str {
    let trimmed = path.trim_end_matches(['/', '\\']);
    trimmed.rsplit(['/', '\\']).next().unwrap_or(trimmed)
}

fn folder(path: &str) -> &str {
    let trimmed = path.trim_end_matches(['/', '\\']);
    match trimmed.rfind(['/', '\\']) {
        Some(0) => &trimmed[..1],
        // The root of a drive keeps its separator.
        Some(at) if trimmed[..at].ends_with(':') => &trimmed[..=at],
        Some(at) => trimmed[..at].trim_end_matches(['/', '\\']),
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_both_kinds_of_paths() {
        assert_eq!(
            (folder(r"C:\a\b.csv"), leaf(r"C:\a\b.csv"), drive(r"C:\a")),
            (r"C:\a", "b.csv", Some("C:"))
        );
        assert_eq!(
            (folder(r"C:\a"), folder("/a"), folder("a"), folder("a/b/")),
            (r"C:\", "/", "", "a")
        );
    }
}

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

use super::place::expand;

cmdlet! {
    /// Puts a folder and a name together.
    pub struct JoinPath("Join", "Path").module("Microsoft.PowerShell.Management") {
        /// The folders.
        path: Vec<String> = param("Path").position(0).aliases(&["PSPath"]).by_value().by_property_name().completes("Path"),
        /// What follows.
        child: String = param("ChildPath").position(1).by_property_name().allow_empty(),
        /// What follows after that.
        additional: Option<Vec<String>> = param("AdditionalChildPath").position(2).by_property_name().remaining(),
        /// Gives the existing paths that the result with its wildcards stands for.
        resolve: bool = param("Resolve"),
    }
    example "Join-Path reports 2017 december.csv" => "Gives reports/2017/december.csv.";
}

impl Cmdlet for JoinPath {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for folder in &self.path {
            let mut joined = join(folder, &self.child);
            for more in self.additional.iter().flatten() {
                joined = join(&joined, more);
            }
            if !self.resolve {
                cx.write(joined)?;
                continue;
            }
            for path in expand(&joined, cx) {
                if path.exists() {
                    cx.write(path.to_string_lossy().into_owned())?;
                } else {
                    cx.error(super::errors::not_found(&path))?;
                }
            }
        }
        Ok(())
    }
}

/// Joins with the separator that the folder uses: scripts for Windows keep theirs.
fn join(folder: &str, child: &str) -> String {
    let is_separator = |c: char| c == '/' || c == '\\';
    let windows = folder.contains('\\') && !folder.contains('/') || folder.ends_with(':');
    let separator = if windows { '\\' } else { '/' };
    let child = child.trim_start_matches(is_separator);
    if folder.is_empty() {
        return format!("{separator}{child}");
    }
    format!(
        "{}{separator}{child}",
        folder.trim_end_matches(is_separator)
    )
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn one_separator_stands_between() {
        assert_eq!(join("a", "b"), "a/b");
        assert_eq!(join("/", "b"), "/b");
        assert_eq!(join("a/", "/b"), "a/b");
        assert_eq!(join(r"C:\x", "b"), r"C:\x\b");
        assert_eq!(join("C:", "b"), r"C:\b");
    }
}

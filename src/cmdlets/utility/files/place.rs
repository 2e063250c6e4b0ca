//! What a path names: a file, or something on one of the drives that are not files.

use std::path::{Path, PathBuf};

use crate::runtime::cx::Cx;
use crate::runtime::wildcard::Wildcard;

/// A named thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A path of the file system.
    File(PathBuf),
    /// `Env:NAME`
    Environment(String),
    /// `Variable:NAME`
    Variable(String),
    /// `Function:NAME`
    Function(String),
    /// `Alias:NAME`
    Alias(String),
    /// `HKLM:\…`, of which only the list of time zones exists.
    Registry(String),
}

impl Place {
    /// Reads a path as a script writes it.
    pub fn of(path: &str, cx: &Cx<'_>) -> Place {
        if let Some((drive, rest)) = path.split_once(':') {
            let name = rest.trim_start_matches(['\\', '/']).to_owned();
            match drive.to_ascii_lowercase().as_str() {
                "env" => return Place::Environment(name),
                "variable" => return Place::Variable(name),
                "function" => return Place::Function(name),
                "alias" => return Place::Alias(name),
                "hklm" | "hkcu" | "hkcr" | "hku" | "registry" => return Place::Registry(name),
                _ => {}
            }
        }
        Place::File(cx.resolve_path(path))
    }
}

/// The files that the values of -Path and -LiteralPath stand for, in their order: wildcards count only in the first.
pub fn paths_of(path: Option<&[String]>, literal: Option<&[String]>, cx: &Cx<'_>) -> Vec<PathBuf> {
    let found = path.into_iter().flatten().flat_map(|path| expand(path, cx));
    let literal = literal.into_iter().flatten();
    found
        .chain(literal.map(|path| cx.resolve_path(path)))
        .collect()
}

/// The existing files that a path with wildcards stands for, in order of their names; the path itself when it has none.
pub fn expand(path: &str, cx: &Cx<'_>) -> Vec<PathBuf> {
    let resolved = cx.resolve_path(path);
    if !Wildcard::is_pattern(path) || resolved.exists() {
        return vec![resolved];
    }
    let mut found = vec![PathBuf::new()];
    for part in resolved.components() {
        let name = part.as_os_str().to_string_lossy();
        if !Wildcard::is_pattern(&name) {
            found.iter_mut().for_each(|path| path.push(part));
            continue;
        }
        let pattern = Wildcard::new(&name);
        found = found
            .iter()
            .flat_map(|folder| matching(folder, &pattern))
            .collect();
    }
    found.retain(|path| path.symlink_metadata().is_ok());
    found
}

/// Entries of a folder whose names fit, in order.
pub fn matching(folder: &Path, pattern: &Wildcard) -> Vec<PathBuf> {
    let mut all = entries(folder).unwrap_or_default();
    all.retain(|path| {
        path.file_name()
            .is_some_and(|name| pattern.matches(&name.to_string_lossy()))
    });
    all
}

/// Entries of a folder in order of their names, letter case aside.
///
/// # Errors
/// The folder cannot be read.
pub fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    all.sort_by_cached_key(|path| {
        path.file_name()
            .map(|name| name.to_string_lossy().to_lowercase())
    });
    Ok(all)
}

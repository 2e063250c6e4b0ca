//! Paths as scripts write them, made into paths of this machine.

use std::path::{Component, Path, PathBuf};

use super::shell::Shell;

impl Shell {
    /// A path as a script writes it, absolute and without `.` and `..`: against the current folder, `~` is the home folder,
    /// `\` separates as `/` does, and `C:\x` stands for `C/x` in the folder of the drives. Nothing needs to exist.
    pub fn resolve_path(&self, path: &str) -> PathBuf {
        let path = path
            .strip_prefix("Microsoft.PowerShell.Core\\FileSystem::")
            .unwrap_or(path);
        let path = path.strip_prefix("FileSystem::").unwrap_or(path);
        let as_written = Path::new(path);
        let exists = |path: &Path| path.symlink_metadata().is_ok();
        // A backslash is a legal character of a name here; a file of that very name wins.
        if path.contains('\\') && exists(&self.location.join(as_written)) {
            return normal(&self.location.join(as_written));
        }
        let path = path.replace('\\', "/");
        if let Some((drive, rest)) = drive_of(&path) {
            return normal(
                &self
                    .drives_folder()
                    .join(drive.to_ascii_uppercase().to_string())
                    .join(rest),
            );
        }
        if let Some(rest) = path.strip_prefix('~')
            && (rest.is_empty() || rest.starts_with('/'))
        {
            return normal(&self.home_folder().join(rest.trim_start_matches('/')));
        }
        normal(&self.location.join(&path))
    }

    /// The folder whose subfolders `C`, `D`, … stand for the drives of Windows paths.
    pub fn drives_folder(&self) -> PathBuf {
        self.drives
            .clone()
            .unwrap_or_else(|| self.home_folder().join("drives"))
    }

    /// Sets the folder of the drives; the host puts it into the home of the product.
    pub fn set_drives_folder(&mut self, folder: PathBuf) {
        self.drives = Some(folder);
    }

    /// The person's home folder.
    pub fn home_folder(&self) -> PathBuf {
        self.env("HOME")
            .map_or_else(|| PathBuf::from("/"), PathBuf::from)
    }
}

/// `C:/x` → (`C`, `x`).
fn drive_of(path: &str) -> Option<(char, &str)> {
    let mut chars = path.chars();
    let drive = chars.next().filter(char::is_ascii_alphabetic)?;
    (chars.next() == Some(':')).then(|| (drive, chars.as_str().trim_start_matches('/')))
}

/// The path without `.` and `..`, by its words alone.
fn normal(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !matches!(
                    result.components().next_back(),
                    None | Some(Component::RootDir)
                ) {
                    result.pop();
                }
            }
            part => result.push(part),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drives_and_dots() {
        assert_eq!(drive_of("c:/a/b"), Some(('c', "a/b")));
        assert_eq!(drive_of("cd:/a"), None);
        assert_eq!(normal(Path::new("/a/./b/../../../c")), PathBuf::from("/c"));
    }
}

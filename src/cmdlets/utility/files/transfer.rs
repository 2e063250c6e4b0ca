//! What Copy-Item, Move-Item and Rename-Item share.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where something goes: into a folder that exists, else to the name itself.
pub fn target(source: &Path, destination: &Path) -> PathBuf {
    match source.file_name() {
        Some(name) if destination.is_dir() => destination.join(name),
        _ => destination.to_path_buf(),
    }
}

/// Copies a file, or a folder with all it holds.
///
/// # Errors
/// The system's reason; what was copied until then stays.
pub fn copy(source: &Path, target: &Path) -> io::Result<()> {
    if !source.is_dir() {
        return fs::copy(source, target).map(drop);
    }
    if target.starts_with(source) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "a folder cannot be copied into itself",
        ));
    }
    fs::create_dir_all(target)?;
    for entry in fs::read_dir(source)? {
        let entry = entry?;
        copy(&entry.path(), &target.join(entry.file_name()))?;
    }
    Ok(())
}

/// Moves a file or folder, by copying where the file systems differ.
///
/// # Errors
/// The system's reason.
pub fn relocate(source: &Path, target: &Path) -> io::Result<()> {
    match fs::rename(source, target) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            copy(source, target)?;
            if source.is_dir() {
                fs::remove_dir_all(source)
            } else {
                fs::remove_file(source)
            }
        }
        other => other,
    }
}

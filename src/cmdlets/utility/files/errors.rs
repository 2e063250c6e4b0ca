//! Errors of the file system in PowerShell's words.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::runtime::Value;
use crate::runtime::error::{ErrorCategory, ErrorRecord};

/// The path that was asked for does not exist.
pub fn not_found(path: &Path) -> ErrorRecord {
    let text = path.to_string_lossy();
    ErrorRecord::new(
        "System.Management.Automation.ItemNotFoundException",
        "PathNotFound",
        ErrorCategory::ObjectNotFound,
        format!("Cannot find path '{text}' because it does not exist."),
    )
    .with_target(text.into_owned())
}

/// Something is there already.
pub fn exists(path: &Path, id: &str) -> ErrorRecord {
    let text = path.to_string_lossy();
    let category = match id {
        "NewItemIOError" | "MoveFileInfoItemIOError" => ErrorCategory::WriteError,
        _ => ErrorCategory::ResourceExists,
    };
    ErrorRecord::new(
        "System.IO.IOException",
        id,
        category,
        format!("The file '{text}' already exists."),
    )
    .with_target(text.into_owned())
}

/// A file cannot be opened.
pub fn open(path: &Path, error: &Error, id: &str) -> ErrorRecord {
    let text = path.to_string_lossy();
    let (exception, category, message) = match error.kind() {
        ErrorKind::NotFound => {
            let folder = path.parent().map(Path::to_string_lossy).unwrap_or_default();
            let kind = if path.parent().is_some_and(Path::exists) {
                "file"
            } else {
                "a part of the path"
            };
            let message = if kind == "file" {
                format!("Could not find file '{text}'.")
            } else {
                format!(
                    "Could not find a part of the path '{text}': the folder '{folder}' does not exist."
                )
            };
            (
                "System.IO.FileNotFoundException",
                ErrorCategory::OpenError,
                message,
            )
        }
        ErrorKind::PermissionDenied => (
            "System.UnauthorizedAccessException",
            ErrorCategory::PermissionDenied,
            format!("Access to the path '{text}' is denied."),
        ),
        ErrorKind::IsADirectory => (
            "System.UnauthorizedAccessException",
            ErrorCategory::PermissionDenied,
            format!("Access to the path '{text}' is denied: it is a folder."),
        ),
        _ => (
            "System.IO.IOException",
            ErrorCategory::OpenError,
            format!("Cannot open '{text}': {error}."),
        ),
    };
    ErrorRecord::new(exception, id, category, message).with_target(text.into_owned())
}

/// A file that a cmdlet lives by cannot be opened; the error ends the cmdlet and has no target.
pub fn unopened(path: &Path, error: &Error) -> ErrorRecord {
    ErrorRecord {
        target: Value::Null,
        ..open(path, error, "FileOpenFailure")
    }
}

/// A file cannot be written, moved or removed.
pub fn write(path: &Path, error: &Error) -> ErrorRecord {
    let text = path.to_string_lossy();
    ErrorRecord::new(
        "System.IO.IOException",
        "WriteError",
        ErrorCategory::WriteError,
        format!("Cannot change '{text}': {error}."),
    )
    .with_target(text.into_owned())
}

/// A file cannot be read.
pub fn read(path: &Path, error: &Error) -> ErrorRecord {
    match error.kind() {
        ErrorKind::NotFound => not_found(path),
        ErrorKind::PermissionDenied | ErrorKind::IsADirectory => {
            open(path, error, "GetContentReaderUnauthorizedAccessError")
        }
        _ => open(path, error, "GetContentReaderIOError"),
    }
}

/// Takes the read-only mark off a file, for -Force. Opening it says what went wrong when this did not help.
pub fn make_writable(path: &Path) {
    if let Ok(data) = path.metadata()
        && data.permissions().readonly()
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = data.permissions().mode() | 0o200;
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode));
    }
}

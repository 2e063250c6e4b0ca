//! Files and folders as objects.

use std::path::Path;

use crate::runtime::Value;
use crate::runtime::types::file_info;

/// A `FileInfo` or `DirectoryInfo`.
pub fn info(path: &Path) -> Value {
    file_info::value(path)
}

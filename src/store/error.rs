//! What goes wrong with the state, told apart so that each gets its own advice.

use std::path::PathBuf;

/// A fault of the state on disk.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has the home folder.
    #[error("The state folder '{}' is in use by process {}.", home.display(), pid.map_or("?".into(), |pid| pid.to_string()))]
    Locked {
        /// The folder.
        home: PathBuf,
        /// The process that has it, as far as it said so.
        pid: Option<u32>,
    },
    /// The database belongs to another application.
    #[error("The file '{}' is a database of another application (application id {found}).", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// Its application id.
        found: i64,
    },
    /// The database was written by another version.
    #[error("The state database '{}' has schema version {found}; this program knows version {known}.", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// The database cannot be read.
    #[error("The state database '{}' is damaged: {reason}.", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The key file is gone or another one; what it sealed cannot be opened.
    #[error("The key file '{}' {reason}, so the stored password cannot be opened.", path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// `is missing`, `is not the one …`, `is damaged`.
        reason: String,
    },
    /// A file or folder could not be made, read or written.
    #[error("'{}' could not be {action}: {source}.", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// `made`, `read`, `written`, `locked`, …
        action: &'static str,
        /// The system's words.
        source: std::io::Error,
    },
    /// The disk is full.
    #[error("The disk that holds the state database is full.")]
    Full,
    /// A name or address that must be unique is taken.
    #[error("The {0} is taken already.")]
    Taken(&'static str),
    /// The database refused.
    #[error("The state database could not be used: {0}.")]
    Database(String),
}

impl StoreError {
    /// A fault of a file, with what was being done to it.
    pub(crate) fn io(
        path: impl Into<PathBuf>,
        action: &'static str,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            path,
            action,
            source,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else {
            return Self::Database(error.to_string());
        };
        // SQLite's primary result code is the low byte (https://sqlite.org/rescode.html): 13 is SQLITE_FULL.
        let code = database.code().and_then(|code| code.parse::<i64>().ok());
        match code.map(|code| code & 0xff) {
            Some(13) => Self::Full,
            _ => Self::Database(database.message().to_owned()),
        }
    }
}

//! The state folder and the places in it.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::StoreError;

/// The state folder. Naming a place makes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home(PathBuf);

impl Home {
    /// The home at this path.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.0.join("state.db")
    }

    /// The key that seals secrets, outside the database.
    pub fn key(&self) -> PathBuf {
        self.0.join("key")
    }

    /// The lock, with the process id of its holder.
    pub fn lock(&self) -> PathBuf {
        self.0.join("lock")
    }

    /// The reports of a batch.
    pub fn reports(&self, batch: uuid::Uuid) -> PathBuf {
        self.0.join("reports").join(batch.to_string())
    }

    /// Where status mails are left, each as an .eml file.
    pub fn outbox(&self) -> PathBuf {
        self.path().join("outbox")
    }

    /// The embedded mail store: one folder per mailbox, each with a `Maildir`, so that Dovecot's
    /// `mail_location = maildir:HOME/mail/%u/Maildir` finds them.
    pub fn mail(&self) -> PathBuf {
        self.0.join("mail")
    }

    /// Where large messages wait on their way; made when it is not there.
    pub fn spool(&self) -> Result<PathBuf, StoreError> {
        let folder = self.0.join("spool");
        make_folder(&folder)?;
        Ok(folder)
    }

    /// Whether there is a database.
    pub fn has_database(&self) -> bool {
        self.database().exists()
    }

    /// Makes the folder, 0700, when it is not there.
    pub fn make(&self) -> Result<(), StoreError> {
        make_folder(&self.0)
    }

    /// Makes an empty database file, 0600, when there is none. SQLite gives its journal files the same mode.
    pub(super) fn make_database(&self) -> Result<(), StoreError> {
        match new_file(&self.database()) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(StoreError::io(self.database(), "made")(error)),
        }
    }
}

/// Makes a folder and those above it, 0700, when they are not there.
pub(crate) fn make_folder(path: &Path) -> Result<(), StoreError> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(StoreError::io(path, "made"))
}

/// A new file, 0600; refuses one that is there.
pub(crate) fn new_file(path: &Path) -> io::Result<fs::File> {
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

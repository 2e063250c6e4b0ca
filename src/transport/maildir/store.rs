//! The store: one folder per mailbox, `NAME/Maildir` in it, as `mail_location = maildir:ROOT/%u/Maildir` expects.

use std::{
    fs::DirBuilder,
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use super::{
    dir::failed,
    mailbox::{Mailbox, blocking},
    sync::SyncGate,
};
use crate::transport::{ErrorClass, TransportError};

/// The embedded mail store. Cheap to clone; clones share their syncs.
#[derive(Clone, Debug)]
pub struct MaildirStore {
    root: PathBuf,
    gate: SyncGate,
}

impl MaildirStore {
    /// The store in this folder, which needs not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            gate: SyncGate::default(),
        }
    }

    /// The Maildir of a mailbox. Characters that could lead elsewhere are written `%41`; letters become small.
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.home_of(name).join("Maildir")
    }

    fn home_of(&self, name: &str) -> PathBuf {
        let mut escaped = String::new();
        for (i, b) in name.to_lowercase().bytes().enumerate() {
            match b {
                b'a'..=b'z' | b'0'..=b'9' | b'@' | b'_' | b'+' | b'=' | b'-' => {
                    escaped.push(char::from(b))
                }
                b'.' if i > 0 => escaped.push('.'),
                _ => escaped.push_str(&format!("%{b:02x}")),
            }
        }
        self.root.join(escaped)
    }

    /// True when the mailbox is there.
    pub fn exists(&self, name: &str) -> bool {
        !name.is_empty() && self.path_of(name).join("cur").is_dir()
    }

    /// Makes a mailbox with an empty INBOX and opens it; one that is there is opened as it is.
    ///
    /// # Errors
    /// `Storage` or `Quota` when folders cannot be made.
    pub async fn create(&self, name: &str) -> Result<Mailbox, TransportError> {
        let path = self.checked(name)?;
        let made = path.clone();
        blocking(move || {
            make_folders(&made)?;
            Ok(())
        })
        .await?;
        Mailbox::open(path, self.gate.clone()).await
    }

    /// Opens a mailbox.
    ///
    /// # Errors
    /// `Vanished` when there is none of that name.
    pub async fn open(&self, name: &str) -> Result<Mailbox, TransportError> {
        let path = self.checked(name)?;
        if !self.exists(name) {
            return Err(TransportError::new(
                ErrorClass::Vanished,
                format!("The mail store has no mailbox \"{name}\""),
            ));
        }
        Mailbox::open(path, self.gate.clone()).await
    }

    /// Removes a mailbox with all its mail; false when there was none.
    ///
    /// # Errors
    /// `Storage` when files cannot be removed.
    pub async fn remove(&self, name: &str) -> Result<bool, TransportError> {
        self.checked(name)?;
        let home = self.home_of(name);
        blocking(move || match std::fs::remove_dir_all(&home) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(failed("remove", &home.display().to_string(), error)),
        })
        .await
    }

    fn checked(&self, name: &str) -> Result<PathBuf, TransportError> {
        let path = self.path_of(name);
        let length = path
            .parent()
            .and_then(Path::file_name)
            .map_or(0, |n| n.len());
        if name.is_empty() || length > 255 {
            return Err(TransportError::new(
                ErrorClass::Storage,
                format!("\"{name}\" cannot name a mailbox of the mail store"),
            ));
        }
        Ok(path)
    }
}

fn make_folders(maildir: &Path) -> Result<(), TransportError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    for part in ["tmp", "new", "cur"] {
        let path = maildir.join(part);
        builder
            .create(&path)
            .map_err(|error| failed("make", &path.display().to_string(), error))?;
    }
    // the mailbox must outlive a power cut as its mail does
    for path in [
        Some(maildir),
        maildir.parent(),
        maildir.parent().and_then(Path::parent),
    ]
    .into_iter()
    .flatten()
    {
        super::dir::Dir::open(path)?.sync()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[tokio::test]
    async fn mailboxes_come_and_go_inside_the_root() {
        let temp = tempfile::tempdir().unwrap();
        let store = MaildirStore::new(temp.path().join("mail"));
        for name in [
            "ann@example.com",
            "../../etc",
            ".",
            "..",
            "a/b",
            "Jürgen@größe",
            "x\0y",
        ] {
            assert!(
                !store.exists(name) && store.open(name).await.is_err(),
                "{name}"
            );
            store.create(name).await.unwrap();
            store.create(name).await.unwrap();
            assert!(
                store.exists(name)
                    && store.exists(&name.to_ascii_uppercase())
                    && store.path_of(name).starts_with(&store.root)
            );
            assert_eq!(
                store.path_of(name).components().count(),
                store.root.components().count() + 2
            );
        }
        assert!(
            store.remove("..").await.unwrap()
                && !store.remove("..").await.unwrap()
                && store.exists(".")
        );
        assert!(store.create("").await.is_err() && store.create(&"x".repeat(300)).await.is_err());
    }
}

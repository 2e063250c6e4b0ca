//! An open directory, and what is done in it: one name at a time, links never followed.

use std::{fs::File, io, os::fd::OwnedFd, path::Path};

use rustix::fs::{AtFlags, Dir as Entries, FileType, Mode, OFlags, Timespec, Timestamps};

use crate::transport::{ErrorClass, TransportError};

/// An open directory.
#[derive(Debug)]
pub(super) struct Dir {
    fd: OwnedFd,
    /// Its path, for messages only.
    label: String,
}

const DIRECTORY: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

impl Dir {
    /// Opens a directory by path. The last name must not be a link.
    pub(super) fn open(path: &Path) -> Result<Self, TransportError> {
        let label = path.display().to_string();
        let fd = rustix::fs::open(path, DIRECTORY, Mode::empty())
            .map_err(|e| failed("open", &label, e.into()))?;
        Ok(Self { fd, label })
    }

    /// Opens a directory in this one; `None` when there is none of that name.
    pub(super) fn sub(&self, name: &str) -> Result<Option<Self>, TransportError> {
        let label = self.label_of(name);
        match rustix::fs::openat(&self.fd, name, DIRECTORY, Mode::empty()) {
            Ok(fd) => Ok(Some(Self { fd, label })),
            Err(rustix::io::Errno::NOENT) => Ok(None),
            Err(error) => Err(failed("open", &label, error.into())),
        }
    }

    /// Opens a directory in this one, making it when it is missing; says whether it was.
    pub(super) fn sub_or_make(&self, name: &str) -> Result<(Self, bool), TransportError> {
        if let Some(found) = self.sub(name)? {
            return Ok((found, false));
        }
        let label = self.label_of(name);
        match rustix::fs::mkdirat(&self.fd, name, Mode::RWXU) {
            Ok(()) | Err(rustix::io::Errno::EXIST) => {}
            Err(error) => return Err(failed("make", &label, error.into())),
        }
        match self.sub(name)? {
            Some(made) => Ok((made, true)),
            None => Err(failed("open", &label, io::ErrorKind::NotFound.into())),
        }
    }

    /// The names in it, without `.` and `..`, in no order. Names that are not UTF-8 are nobody's here and fall out.
    pub(super) fn names(&self) -> Result<Vec<String>, TransportError> {
        let mut names = Vec::new();
        self.each_name(|name| names.push(name.to_owned()))?;
        Ok(names)
    }

    /// Hands every name in it to `each`, as [`Dir::names`].
    pub(super) fn each_name(&self, mut each: impl FnMut(&str)) -> Result<(), TransportError> {
        let entries =
            Entries::read_from(&self.fd).map_err(|e| failed("read", &self.label, e.into()))?;
        for entry in entries {
            let entry = entry.map_err(|e| failed("read", &self.label, e.into()))?;
            if let Ok(name) = entry.file_name().to_str()
                && name != "."
                && name != ".."
            {
                each(name);
            }
        }
        Ok(())
    }

    /// True when there is nothing in it.
    pub(super) fn is_empty(&self) -> Result<bool, TransportError> {
        let entries =
            Entries::read_from(&self.fd).map_err(|e| failed("read", &self.label, e.into()))?;
        for entry in entries {
            let entry = entry.map_err(|e| failed("read", &self.label, e.into()))?;
            if !matches!(entry.file_name().to_bytes(), b"." | b"..") {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes a new file and opens it for writing; a leftover of that name goes away first.
    pub(super) fn create(&self, name: &str) -> Result<File, TransportError> {
        self.remove(name)?;
        self.create_new(name)
            .map_err(|error| failed("write", &self.label_of(name), error))
    }

    /// Makes a file that must not be there yet.
    pub(super) fn create_new(&self, name: &str) -> io::Result<File> {
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(File::from(rustix::fs::openat(
            &self.fd,
            name,
            flags,
            Mode::RUSR | Mode::WUSR,
        )?))
    }

    /// The content of a small file; `None` when there is none of that name.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, TransportError> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let label = self.label_of(name);
        let fd = match rustix::fs::openat(&self.fd, name, flags, Mode::empty()) {
            Ok(fd) => fd,
            Err(rustix::io::Errno::NOENT) => return Ok(None),
            Err(error) => return Err(failed("read", &label, error.into())),
        };
        let mut bytes = Vec::new();
        // subscriptions and keywords of a mailbox never come near this
        let mut limited = io::Read::take(File::from(fd), 16 * 1024 * 1024);
        io::Read::read_to_end(&mut limited, &mut bytes).map_err(|e| failed("read", &label, e))?;
        Ok(Some(bytes))
    }

    /// A file to read; `None` when there is none of that name.
    pub(super) fn file(&self, name: &str) -> Result<Option<File>, TransportError> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        match rustix::fs::openat(&self.fd, name, flags, Mode::empty()) {
            Ok(fd) => Ok(Some(File::from(fd))),
            Err(rustix::io::Errno::NOENT) => Ok(None),
            Err(error) => Err(failed("read", &self.label_of(name), error.into())),
        }
    }

    /// Removes a file; that it is not there is fine.
    pub(super) fn remove(&self, name: &str) -> Result<(), TransportError> {
        match rustix::fs::unlinkat(&self.fd, name, AtFlags::empty()) {
            Ok(()) | Err(rustix::io::Errno::NOENT) => Ok(()),
            Err(error) => Err(failed("remove", &self.label_of(name), error.into())),
        }
    }

    /// Moves a file to another directory or name, replacing what is there. False when there is nothing to move.
    pub(super) fn rename(
        &self,
        name: &str,
        to: &Self,
        new_name: &str,
    ) -> Result<bool, TransportError> {
        match rustix::fs::renameat(&self.fd, name, &to.fd, new_name) {
            Ok(()) => Ok(true),
            Err(rustix::io::Errno::NOENT) => Ok(false),
            Err(error) => Err(failed("write", &to.label_of(new_name), error.into())),
        }
    }

    /// The size of a regular file; `None` for anything else.
    pub(super) fn size(&self, name: &str) -> Option<u64> {
        let stat = rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        (FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile)
            .then(|| u64::try_from(stat.st_size).unwrap_or(0))
    }

    /// The modification time of a file, in seconds since 1970; `None` when it is not there any more.
    pub(super) fn time(&self, name: &str) -> Option<i64> {
        let stat = rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        Some(stat.st_mtime)
    }

    /// What changes when a file is replaced or written: its number and the time of the last change.
    pub(super) fn stamp(&self, name: &str) -> Option<(u64, i64, i64)> {
        let stat = rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        Some((
            stat.st_ino,
            stat.st_mtime,
            i64::try_from(stat.st_mtime_nsec).unwrap_or(0),
        ))
    }

    /// True when the directory has a directory of that name.
    pub(super) fn has_dir(&self, name: &str) -> bool {
        let stat = rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW);
        stat.is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Directory)
    }

    /// Puts the directory's own entries on the disk.
    ///
    /// # Errors
    /// Fatal: what the disk holds after a failed sync is unknown.
    pub(super) fn sync(&self) -> Result<(), TransportError> {
        rustix::fs::fsync(&self.fd).map_err(|e| failed("sync", &self.label, e.into()).fatal())
    }

    /// Puts one file's bytes on the disk.
    ///
    /// # Errors
    /// As [`Dir::sync`].
    pub(super) fn sync_file(&self, name: &str) -> Result<(), TransportError> {
        let label = self.label_of(name);
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd = rustix::fs::openat(&self.fd, name, flags, Mode::empty())
            .map_err(|e| failed("open", &label, e.into()))?;
        rustix::fs::fsync(&fd).map_err(|e| failed("sync", &label, e.into()).fatal())
    }

    /// Puts everything of the file system on the disk that holds the directory.
    ///
    /// # Errors
    /// As [`Dir::sync`].
    pub(super) fn sync_file_system(&self) -> Result<(), TransportError> {
        rustix::fs::syncfs(&self.fd).map_err(|e| failed("sync", &self.label, e.into()).fatal())
    }

    /// Another handle to the same directory.
    pub(super) fn again(&self) -> Result<Self, TransportError> {
        let fd = self
            .fd
            .try_clone()
            .map_err(|e| failed("open", &self.label, e))?;
        Ok(Self {
            fd,
            label: self.label.clone(),
        })
    }

    pub(super) fn label_of(&self, name: &str) -> String {
        format!("{}/{name}", self.label)
    }
}

/// Sets the modification time of an open file to whole seconds.
pub(super) fn set_time(file: &File, unix: i64) -> io::Result<()> {
    let time = Timespec {
        tv_sec: unix,
        tv_nsec: 0,
    };
    Ok(rustix::fs::futimens(
        file,
        &Timestamps {
            last_access: time,
            last_modification: time,
        },
    )?)
}

/// The error for a file or directory, classed.
pub(super) fn failed(verb: &str, label: &str, error: io::Error) -> TransportError {
    if matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    ) {
        return TransportError::new(
            ErrorClass::Quota,
            format!("There is no room on the disk for {label}"),
        )
        .with_words(error.to_string())
        .with_next_step("Make room; what is stored so far is safe.");
    }
    let is_loop = error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error());
    let next_step = match error.kind() {
        io::ErrorKind::PermissionDenied => "Check who owns the mail store.",
        io::ErrorKind::NotADirectory => STRANGER,
        _ if is_loop => STRANGER,
        _ => "",
    };
    TransportError::new(ErrorClass::Storage, format!("Cannot {verb} {label}"))
        .with_words(error.to_string())
        .with_next_step(next_step)
}

const STRANGER: &str = "A link or file stands where a folder must be; remove it.";

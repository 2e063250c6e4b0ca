//! One engine process per home. The lock is the kernel's, so a killed process leaves none behind.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::{Home, StoreError};

/// Holds a home folder until dropped.
#[derive(Debug)]
pub struct HomeLock(File);

impl Drop for HomeLock {
    /// Unlocks by name: a child process that is just being started has the file open too until it runs its program.
    fn drop(&mut self) {
        // closing the file unlocks it as well
        let _ = flock(&self.0, FlockOperation::Unlock);
    }
}

impl HomeLock {
    /// Takes the lock, or says which process has it.
    pub fn take(home: &Home) -> Result<Self, StoreError> {
        let path = home.lock();
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(StoreError::io(&path, "opened"))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK) => {
                return Err(StoreError::Locked {
                    home: home.path().to_owned(),
                    pid: holder(&mut file),
                });
            }
            Err(error) => return Err(StoreError::io(&path, "locked")(error.into())),
        }
        write_pid(&mut file).map_err(StoreError::io(&path, "written"))?;
        Ok(Self(file))
    }
}

fn write_pid(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

//! A large message waits in a file without a name until its end was seen: only then is its size certain, and whether it
//! came whole. What a server says in LIST is not to be relied on.

use std::{fs::File, io, os::unix::fs::OpenOptionsExt, path::Path};

use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

use crate::transport::{Budget, ErrorClass, Piece, TransportError};

/// The size of the pieces it is handed on in.
const PIECE: usize = 64 * 1024;

/// A message on the disk that nobody else sees.
pub(super) struct Spool(tokio::fs::File);

impl Spool {
    /// A file in a folder, which must exist. It goes away with the value, also when the process is killed.
    pub(super) async fn create(folder: &Path) -> Result<Self, TransportError> {
        let folder = folder.to_owned();
        let made = tokio::task::spawn_blocking(move || nameless(&folder)).await;
        match made {
            Ok(Ok(file)) => Ok(Self(tokio::fs::File::from_std(file))),
            Ok(Err(error)) => Err(failed(&error)),
            Err(_) => {
                Err(TransportError::new(ErrorClass::Stopped, "The work was given up").fatal())
            }
        }
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        self.0
            .write_all(bytes)
            .await
            .map_err(|error| failed(&error))
    }

    /// Back to the beginning, to be read.
    pub(super) async fn rewind(&mut self) -> Result<(), TransportError> {
        let back = async {
            self.0.flush().await?;
            self.0.rewind().await.map(|_| ())
        };
        back.await.map_err(|error| failed(&error))
    }

    /// The next piece; `None` at the end.
    pub(super) async fn piece(&mut self, budget: &Budget) -> Result<Option<Piece>, TransportError> {
        let mut bytes = vec![0; PIECE];
        let count = self
            .0
            .read(&mut bytes)
            .await
            .map_err(|error| failed(&error))?;
        bytes.truncate(count);
        Ok(match count {
            0 => None,
            _ => Some(budget.piece(bytes).await),
        })
    }
}

fn nameless(folder: &Path) -> io::Result<File> {
    let path = folder.join(format!("message-{}", uuid::Uuid::new_v4().simple()));
    let file = File::options()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

fn failed(error: &io::Error) -> TransportError {
    let (class, step) = match error.kind() {
        io::ErrorKind::StorageFull => (ErrorClass::Quota, "Make room on the disk."),
        _ => (
            ErrorClass::Storage,
            "Check the permissions of the state folder.",
        ),
    };
    TransportError::new(
        class,
        "A large message could not be kept on the disk on its way",
    )
    .with_words(error.to_string())
    .with_next_step(step)
    .fatal()
}

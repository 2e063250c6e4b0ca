//! Reading messages as they lie in the store: what verification looks at. Knows nothing of where they came from.

use std::io::Read;

use super::{
    dir::failed,
    file_name::{flag_of_letter, letters_of},
    keywords::Keywords,
    mailbox::{HOLDERS, Mailbox, blocking},
};
use crate::{
    mail::{FlagSet, FolderPath},
    transport::TransportError,
};

/// Bytes read at once.
const PIECE: usize = 64 * 1024;

/// A message as it lies in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMessage {
    /// Its flags.
    pub flags: FlagSet,
    /// Its internal date, in seconds since 1970.
    pub unix: i64,
}

impl Mailbox {
    /// Reads every message of a folder, piece by piece, on a thread that may wait for the disk: for each one `open` makes a
    /// reader, which gets the pieces and says whether it wants more, and `close` takes it. A folder that is not there has none.
    ///
    /// # Errors
    /// `Storage` when the folder cannot be read.
    pub async fn read_messages<R, T: Send + 'static>(
        &self,
        path: &FolderPath,
        open: impl Fn() -> R + Send + 'static,
        piece: impl Fn(&mut R, &[u8]) -> bool + Send + 'static,
        close: impl Fn(R, StoredMessage) -> T + Send + 'static,
    ) -> Result<Vec<T>, TransportError> {
        let (root, path) = (self.root(), path.clone());
        blocking(move || {
            let mut all = Vec::new();
            let Some(folder) = Self::existing(&root, &path)? else {
                return Ok(all);
            };
            let keywords = Keywords::read(&folder)?;
            for holder in HOLDERS {
                let Some(holder) = folder.sub(holder)? else {
                    continue;
                };
                let mut names = Vec::new();
                holder.each_name(|name| {
                    if !name.starts_with('.') {
                        names.push(name.to_owned());
                    }
                })?;
                for name in names {
                    // a message that was moved meanwhile has another name, and is not this one any more
                    let Some(mut file) = holder.file(&name)? else {
                        continue;
                    };
                    let mut reader = open();
                    let mut bytes = vec![0; PIECE];
                    loop {
                        let count = file
                            .read(&mut bytes)
                            .map_err(|error| failed("read", &holder.label_of(&name), error))?;
                        if count == 0 || !piece(&mut reader, &bytes[..count]) {
                            break;
                        }
                    }
                    let message = StoredMessage {
                        flags: flags(&name, &keywords),
                        unix: holder.time(&name).unwrap_or(0),
                    };
                    all.push(close(reader, message));
                }
            }
            Ok(all)
        })
        .await
    }
}

fn flags(name: &str, keywords: &Keywords) -> FlagSet {
    let mut flags = FlagSet::new();
    for letter in letters_of(name).chars() {
        if let Some(flag) = flag_of_letter(letter) {
            flags.insert(flag);
        } else if let Some(keyword) = keywords.of_letter(letter) {
            flags.insert_name(keyword);
        }
    }
    flags
}

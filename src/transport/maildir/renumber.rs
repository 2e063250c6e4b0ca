//! Giving messages of the store the names that belong to new numbers of their source.

use std::{collections::BTreeMap, io::Read, sync::Arc};

use super::{
    dir::{Dir, failed},
    file_name::{OriginMark, Sizes, number_in_name},
    mailbox::{Folder, Mailbox, blocking},
};
use crate::{
    mail::{FolderPath, InternalDate, Sighting},
    transport::{Origin, TransportError},
};

/// Bytes at the beginning of a file in which its header is looked for.
const HEADER: u64 = 256 * 1024;
/// So often a file is looked for again that somebody renamed between finding and renaming it.
const LOOKS: usize = 5;

impl Mailbox {
    /// What the messages from an origin are, by their UIDs there.
    ///
    /// # Errors
    /// `Storage` when files cannot be read.
    pub async fn identify(
        &self,
        path: &FolderPath,
        origin: &Origin,
    ) -> Result<Vec<Sighting>, TransportError> {
        let folder = self.folder(path).await?;
        let mark = OriginMark::of(origin);
        blocking(move || folder.identify(|name| mark.uid_of(name))).await
    }

    /// What the messages are that come from none of these origins: delivered by others, or by us from an account of another name.
    /// Their UIDs only count them.
    ///
    /// # Errors
    /// `Storage` when files cannot be read.
    pub async fn strangers(
        &self,
        path: &FolderPath,
        origins: &[Origin],
    ) -> Result<Vec<Sighting>, TransportError> {
        let folder = self.folder(path).await?;
        let marks: Vec<OriginMark> = origins.iter().map(OriginMark::of).collect();
        blocking(move || {
            let mut count = 0;
            folder.identify(|name| {
                let is_ours = marks.iter().any(|mark| mark.uid_of(name).is_some());
                if is_ours || name.starts_with('.') {
                    return None;
                }
                count += 1;
                Some(count)
            })
        })
        .await
    }

    /// Names messages from one origin as if they came from another: `numbers` has the new UID of each old one. When this
    /// returns the names are on the disk.
    ///
    /// # Errors
    /// `Storage` when files cannot be renamed. Those that were renamed until then keep their new names.
    pub async fn renumber(
        &self,
        path: &FolderPath,
        from: &Origin,
        to: &Origin,
        numbers: BTreeMap<u32, u32>,
    ) -> Result<(), TransportError> {
        let folder = self.folder(path).await?;
        let marks = (OriginMark::of(from), OriginMark::of(to));
        blocking(move || folder.renumber(&marks.0, &marks.1, numbers)).await
    }
}

impl Folder {
    /// What the messages are that get a number by their name.
    fn identify(
        &self,
        mut number: impl FnMut(&str) -> Option<u32>,
    ) -> Result<Vec<Sighting>, TransportError> {
        let mut found: Vec<(u32, &Dir, String)> = Vec::new();
        for holder in [&self.cur, &self.new] {
            holder.each_name(|name| {
                if let Some(uid) = number(name) {
                    found.push((uid, holder, name.to_owned()));
                }
            })?;
        }
        let mut seen = Vec::with_capacity(found.len());
        for (uid, dir, name) in found {
            // a file that went away meanwhile is nobody's
            let Some(header) = header(dir, &name)? else {
                continue;
            };
            let size = wire_size(dir, &name)?;
            let date = dir.time(&name).map(InternalDate::utc);
            seen.push(Sighting::new(uid, &header, size, date));
        }
        Ok(seen)
    }

    fn renumber(
        self: Arc<Self>,
        from: &OriginMark,
        to: &OriginMark,
        mut numbers: BTreeMap<u32, u32>,
    ) -> Result<(), TransportError> {
        for _ in 0..LOOKS {
            let mut missed = BTreeMap::new();
            let old = numbers.keys().copied().collect();
            for (uid, dir, name) in self.find(from, &old)? {
                let (Some(&new), Some(rest)) =
                    (numbers.get(&uid), name.strip_prefix(&from.stem(uid)))
                else {
                    continue;
                };
                if !dir.rename(&name, dir, &format!("{}{rest}", to.stem(new)))? {
                    missed.insert(uid, new);
                }
            }
            numbers = missed;
            if numbers.is_empty() {
                break;
            }
        }
        self.look_again();
        self.cur.sync()?;
        self.new.sync()
    }
}

/// The bytes a message has on the wire, where every line ends in CRLF: from its name (Dovecot's `W=`), else counted.
fn wire_size(dir: &Dir, name: &str) -> Result<Option<u64>, TransportError> {
    if let Some(size) = number_in_name(name, "W=") {
        return Ok(Some(size));
    }
    let Some(mut file) = dir.file(name)? else {
        return Ok(None);
    };
    let mut sizes = Sizes::default();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let count = file
            .read(&mut piece)
            .map_err(|error| failed("read", &dir.label_of(name), error))?;
        if count == 0 {
            return Ok(Some(sizes.crlf_bytes));
        }
        sizes.add(piece.get(..count).unwrap_or_default());
    }
}

/// The beginning of a message with its whole header; `None` when it is not there.
fn header(dir: &Dir, name: &str) -> Result<Option<Vec<u8>>, TransportError> {
    let Some(file) = dir.file(name)? else {
        return Ok(None);
    };
    let mut text = Vec::new();
    let mut size = 8 * 1024;
    let mut file = file.take(HEADER);
    loop {
        let read = (&mut file)
            .take(size)
            .read_to_end(&mut text)
            .map_err(|error| failed("read", &dir.label_of(name), error))?;
        let has_end = |end: &[u8]| text.windows(end.len()).any(|part| part == end);
        if read == 0 || has_end(b"\n\r\n") || has_end(b"\n\n") {
            return Ok(Some(text));
        }
        size *= 2;
    }
}

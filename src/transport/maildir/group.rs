//! Writing messages: each goes to `tmp/` as it comes; `commit` brings all of them to the disk and then into `cur/`.

use std::{collections::BTreeMap, fs::File, io, io::Write, sync::Arc};

use super::{
    dir::{failed, set_time},
    file_name::{OriginMark, Sizes, full_name},
    mailbox::{Folder, blocking},
    sync::SyncGate,
};
use crate::{
    mail::{MessageMeta, UidSet},
    transport::{Body, Incoming, Piece, Receipt, TransportError},
};

/// Up to so many files are synced one by one; more of them share one sync of the file system.
const FEW: usize = 3;

/// A group of messages on their way into a folder. What is not committed goes away with it.
#[derive(Debug)]
pub struct MaildirGroup {
    folder: Arc<Folder>,
    mark: OriginMark,
    /// UIDs that the folder had before.
    present: UidSet,
    gate: SyncGate,
    /// By UID: adding a message twice keeps the later one.
    written: BTreeMap<u32, Written>,
    keywords_dropped: u64,
}

#[derive(Debug)]
struct Written {
    /// The name in `tmp/`, which is the stem.
    stem: String,
    /// The name to be had in `cur/`.
    name: String,
    bytes: u64,
}

impl MaildirGroup {
    pub(super) fn new(
        folder: Arc<Folder>,
        mark: OriginMark,
        present: UidSet,
        gate: SyncGate,
    ) -> Self {
        Self {
            folder,
            mark,
            present,
            gate,
            written: BTreeMap::new(),
            keywords_dropped: 0,
        }
    }

    /// Writes a message to `tmp/`.
    ///
    /// # Errors
    /// `Quota` when the disk is full, `Storage` for other file errors, and what the source's stream says. The message is
    /// then not in the group; the others still are.
    pub async fn add(&mut self, message: Incoming) -> Result<(), TransportError> {
        let Incoming { meta, body } = message;
        let uid = meta.uid;
        let stem = self.mark.stem(uid);
        let outcome = match body {
            Body::Whole(piece) => self.write_whole(stem.clone(), meta, piece).await,
            Body::Stream(mut stream) => {
                let mut writer = self.start(stem.clone()).await?;
                loop {
                    match stream.next().await {
                        Ok(Some(piece)) => writer = writer.write(piece).await?,
                        Ok(None) => break self.finish(writer, meta).await,
                        Err(error) => break Err(error),
                    }
                }
            }
        };
        match outcome {
            Ok((written, dropped)) => {
                self.keywords_dropped += dropped;
                self.written.insert(uid, written);
                Ok(())
            }
            Err(error) => {
                self.written.remove(&uid);
                let folder = Arc::clone(&self.folder);
                // the first error is the one to tell
                let _ = blocking(move || folder.tmp.remove(&stem)).await;
                Err(error)
            }
        }
    }

    /// How many messages it has.
    pub fn len(&self) -> usize {
        self.written.len()
    }

    /// True when it has none.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// Brings the group to the disk and into the folder. After it, everything in the receipt is durable.
    ///
    /// # Errors
    /// Fatal when a sync fails. Some messages may then be in the folder; delivering the group again replaces them.
    pub async fn commit(mut self) -> Result<Receipt, TransportError> {
        if self.written.is_empty() {
            return Ok(Receipt::default());
        }
        let folder = Arc::clone(&self.folder);
        if self.written.len() <= FEW {
            let stems: Vec<String> = self.written.values().map(|w| w.stem.clone()).collect();
            blocking(move || {
                stems
                    .iter()
                    .try_for_each(|stem| folder.tmp.sync_file(stem))?;
                // the names of the keywords, which the letters in the file names mean
                folder.dir.sync()
            })
            .await?;
        } else {
            let dir = Arc::new(folder.dir.again()?);
            self.gate.sync(&dir).await?;
        }
        let written = std::mem::take(&mut self.written);
        let (folder, mark, present) = (
            Arc::clone(&self.folder),
            self.mark.clone(),
            self.present.clone(),
        );
        let mut receipt = blocking(move || publish(&folder, &mark, &present, written)).await?;
        self.folder.now_present(&self.mark, &receipt.stored);
        receipt.keywords_dropped = self.keywords_dropped;
        Ok(receipt)
    }

    async fn write_whole(
        &self,
        stem: String,
        meta: MessageMeta,
        piece: Piece,
    ) -> Result<(Written, u64), TransportError> {
        let folder = Arc::clone(&self.folder);
        blocking(move || {
            let mut writer = Writer::start(folder, stem)?;
            writer.put(&piece)?;
            writer.end(&meta)
        })
        .await
    }

    async fn start(&self, stem: String) -> Result<Writer, TransportError> {
        let folder = Arc::clone(&self.folder);
        blocking(move || Writer::start(folder, stem)).await
    }

    async fn finish(
        &self,
        writer: Writer,
        meta: MessageMeta,
    ) -> Result<(Written, u64), TransportError> {
        blocking(move || writer.end(&meta)).await
    }
}

/// Messages that were not committed are nobody's.
impl Drop for MaildirGroup {
    fn drop(&mut self) {
        for written in self.written.values() {
            // a leftover in tmp/ does no harm
            let _ = self.folder.tmp.remove(&written.stem);
        }
    }
}

/// A message file that is being written.
struct Writer {
    folder: Arc<Folder>,
    stem: String,
    file: File,
    sizes: Sizes,
}

impl Writer {
    fn start(folder: Arc<Folder>, stem: String) -> Result<Self, TransportError> {
        let file = folder.tmp.create(&stem)?;
        Ok(Self {
            folder,
            stem,
            file,
            sizes: Sizes::default(),
        })
    }

    async fn write(mut self, piece: Piece) -> Result<Self, TransportError> {
        blocking(move || self.put(&piece).map(|()| self)).await
    }

    fn put(&mut self, piece: &[u8]) -> Result<(), TransportError> {
        self.sizes.add(piece);
        self.file
            .write_all(piece)
            .map_err(|error| failed("write", &self.folder.tmp.label_of(&self.stem), error))
    }

    fn end(self, meta: &MessageMeta) -> Result<(Written, u64), TransportError> {
        if let Some(date) = meta.internal_date {
            set_time(&self.file, date.unix)
                .map_err(|error| failed("write", &self.folder.tmp.label_of(&self.stem), error))?;
        }
        let letters = self.folder.letters(&meta.flags)?;
        let name = full_name(
            &self.stem,
            self.sizes.bytes,
            self.sizes.crlf_bytes,
            &meta.flags,
            &letters.letters,
        );
        Ok((
            Written {
                stem: self.stem,
                name,
                bytes: self.sizes.bytes,
            },
            letters.dropped,
        ))
    }
}

/// Moves synced files into `cur/`. One that was there before is replaced in place first, so that at no instant there are
/// two of a message.
fn publish(
    folder: &Folder,
    mark: &OriginMark,
    present: &UidSet,
    written: BTreeMap<u32, Written>,
) -> Result<Receipt, TransportError> {
    let uids: UidSet = written.keys().copied().collect();
    let again = uids.intersect(present);
    let mut receipt = Receipt::default();
    let mut old = std::collections::HashMap::new();
    if !again.is_empty() {
        for (uid, dir, name) in folder.find(mark, &again)? {
            old.entry(uid).or_insert_with(Vec::new).push((dir, name));
        }
    }
    for (uid, message) in &written {
        let mut before = old.remove(uid).unwrap_or_default().into_iter();
        let target = before.next();
        let (dir, name) = target
            .as_ref()
            .map_or((&folder.cur, &message.name), |(dir, name)| (*dir, name));
        if !folder.tmp.rename(&message.stem, dir, name)? {
            return Err(failed(
                "move",
                &folder.tmp.label_of(&message.stem),
                io::ErrorKind::NotFound.into(),
            ));
        }
        if let Some((dir, name)) = &target {
            if *name != message.name {
                dir.rename(name, &folder.cur, &message.name)?;
            }
            for (dir, twin) in before.filter(|(_, twin)| *twin != message.name) {
                dir.remove(&twin)?;
            }
            receipt.replaced.insert(*uid);
        }
        receipt.bytes += message.bytes;
    }
    folder.cur.sync()?;
    receipt.stored = uids;
    Ok(receipt)
}

//! One mailbox of the store: its folders, and what lies in them.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use super::{
    dir::{Dir, failed},
    file_name::{OriginMark, size_in_name},
    group::MaildirGroup,
    keywords::Keywords,
    names, subscriptions,
    sync::SyncGate,
};
use crate::{
    mail::{FlagSet, FolderPath, SpecialUse, UidSet},
    transport::{
        Content, ErrorClass, FolderCounts, Origin, TargetFolder, TransportError, content::Reading,
    },
};

/// The subfolders of a Maildir that hold messages.
pub(super) const HOLDERS: [&str; 2] = ["cur", "new"];

/// An open mailbox of the store. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Mailbox {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    root: Arc<Dir>,
    gate: SyncGate,
    folders: Mutex<HashMap<FolderPath, Arc<Folder>>>,
}

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) dir: Dir,
    pub(super) tmp: Dir,
    pub(super) cur: Dir,
    pub(super) new: Dir,
    pub(super) keywords: Mutex<Keywords>,
    /// UIDs that are there, by where they come from. Filled on first use.
    present: Mutex<HashMap<OriginMark, UidSet>>,
}

impl Mailbox {
    pub(super) async fn open(path: PathBuf, gate: SyncGate) -> Result<Self, TransportError> {
        let root = blocking(move || Dir::open(&path)).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                root: Arc::new(root),
                gate,
                folders: Mutex::default(),
            }),
        })
    }

    /// All folders with the number and the bytes of their messages, INBOX first, then by name.
    ///
    /// # Errors
    /// `Storage` when a folder cannot be read.
    pub async fn list_folders(&self) -> Result<Vec<FolderCounts>, TransportError> {
        let root = Arc::clone(&self.inner.root);
        blocking(move || {
            let subscribed = subscriptions::read(&root)?;
            let mut folders = vec![counts(&root, FolderPath::inbox(), true)?];
            for name in root.names()?.iter().filter(|name| name.starts_with('.')) {
                let Some(dir) = root
                    .has_dir(name)
                    .then(|| root.sub(name))
                    .transpose()?
                    .flatten()
                else {
                    continue;
                };
                let Some(path) = path_of(&dir, name)?.filter(|_| dir.has_dir("cur")) else {
                    continue;
                };
                let is_subscribed = subscribed.contains(&path);
                folders.push(counts(&dir, path, is_subscribed)?);
            }
            folders[1..].sort_by(|a, b| a.path.cmp(&b.path));
            Ok(folders)
        })
        .await
    }

    /// The internal dates of the oldest and the newest message of a folder, in seconds since 1970; `None` when it has none.
    ///
    /// # Errors
    /// `Storage` when the folder cannot be read.
    pub async fn item_dates(
        &self,
        path: &FolderPath,
    ) -> Result<Option<(i64, i64)>, TransportError> {
        let folder = self.folder(path).await?;
        blocking(move || {
            let mut span: Option<(i64, i64)> = None;
            for holder in HOLDERS {
                let Some(holder) = folder.dir.sub(holder)? else {
                    continue;
                };
                holder.each_name(|name| {
                    if let Some(time) = holder.time(name).filter(|_| !name.starts_with('.')) {
                        let (oldest, newest) = span.unwrap_or((time, time));
                        span = Some((oldest.min(time), newest.max(time)));
                    }
                })?;
            }
            Ok(span)
        })
        .await
    }

    /// What the messages of a folder are known by, whoever delivered them. Reads all of them.
    ///
    /// # Errors
    /// `Storage` when the folder cannot be read. A message that cannot be read, or goes away meanwhile, is left out.
    pub async fn contents(&self, path: &FolderPath) -> Result<Vec<Content>, TransportError> {
        let folder = self.folder(path).await?;
        blocking(move || {
            let mut contents = Vec::new();
            let mut buffer = vec![0; 64 * 1024];
            for holder in [&folder.cur, &folder.new] {
                for name in holder.names()?.iter().filter(|name| !name.starts_with('.')) {
                    let file = holder.file(name).ok().flatten();
                    contents.extend(file.and_then(|file| read_content(file, &mut buffer)));
                }
            }
            Ok(contents)
        })
        .await
    }

    /// Opens a folder, making it when it is missing, and subscribes to it when wanted.
    ///
    /// # Errors
    /// `Storage` when it cannot be made, for example because a link stands in its place.
    pub async fn ensure_folder(
        &self,
        path: &FolderPath,
        special_use: Option<SpecialUse>,
        subscribe: bool,
    ) -> Result<TargetFolder, TransportError> {
        let folder = self.folder(path).await?;
        if subscribe && !path.is_inbox() {
            let (root, wanted) = (Arc::clone(&self.inner.root), path.clone());
            blocking(move || subscriptions::add(&root, &[wanted])).await?;
        }
        drop(folder);
        Ok(TargetFolder {
            path: path.clone(),
            special_use,
            uid_validity: 0,
            uid_next: 0,
            exists: 0,
        })
    }

    /// Whether a folder is there, and subscribed to when wanted.
    pub async fn is_ready(&self, path: &FolderPath, subscribe: bool) -> bool {
        let (root, path) = (Arc::clone(&self.inner.root), path.clone());
        let look = move || {
            let is_there = match names::dir_name(&path) {
                None => root.has_dir("cur"),
                Some(name) => root.sub(&name)?.is_some_and(|dir| dir.has_dir("cur")),
            };
            let wants = subscribe && !path.is_inbox();
            Ok(is_there && (!wants || subscriptions::read(&root)?.contains(&path)))
        };
        // what cannot be read is told when it is opened
        blocking(look).await.unwrap_or(false)
    }

    /// The source UIDs that the folder holds from an origin, found by file name alone.
    ///
    /// # Errors
    /// `Storage` when the folder cannot be read.
    pub async fn present(
        &self,
        path: &FolderPath,
        origin: &Origin,
    ) -> Result<UidSet, TransportError> {
        let folder = self.folder(path).await?;
        let mark = OriginMark::of(origin);
        blocking(move || folder.present(&mark)).await
    }

    /// Begins a group of messages for a folder.
    ///
    /// # Errors
    /// `Storage` when the folder cannot be opened.
    pub async fn begin(
        &self,
        path: &FolderPath,
        origin: &Origin,
    ) -> Result<MaildirGroup, TransportError> {
        let folder = self.folder(path).await?;
        let mark = OriginMark::of(origin);
        let again = Arc::clone(&folder);
        let wanted = mark.clone();
        let present = blocking(move || again.present(&wanted)).await?;
        Ok(MaildirGroup::new(
            folder,
            mark,
            present,
            self.inner.gate.clone(),
        ))
    }

    /// The folder's directory when there is one; nothing is made.
    pub(super) fn existing(root: &Dir, path: &FolderPath) -> Result<Option<Dir>, TransportError> {
        match names::dir_name(path) {
            None => root.again().map(Some),
            Some(name) => root.sub(&name),
        }
    }

    pub(super) fn root(&self) -> Arc<Dir> {
        Arc::clone(&self.inner.root)
    }

    pub(super) async fn folder(&self, path: &FolderPath) -> Result<Arc<Folder>, TransportError> {
        if let Ok(folders) = self.inner.folders.lock()
            && let Some(found) = folders.get(path)
        {
            return Ok(Arc::clone(found));
        }
        let (root, wanted) = (Arc::clone(&self.inner.root), path.clone());
        let folder = Arc::new(blocking(move || Folder::open(&root, &wanted)).await?);
        if let Ok(mut folders) = self.inner.folders.lock() {
            // a mailbox with very many folders must not run out of file handles
            if folders.len() >= 8 {
                folders.clear();
            }
            folders.insert(path.clone(), Arc::clone(&folder));
        }
        Ok(folder)
    }
}

fn read_content(mut file: std::fs::File, buffer: &mut [u8]) -> Option<Content> {
    let mut reading = Reading::new();
    loop {
        match std::io::Read::read(&mut file, buffer).ok()? {
            0 => return Some(reading.end().0),
            count => reading.add(&buffer[..count]),
        }
    }
}

impl Folder {
    fn open(root: &Dir, path: &FolderPath) -> Result<Self, TransportError> {
        let (dir, is_new) = match names::dir_name(path) {
            None => (root.again()?, false),
            Some(name) => {
                let (dir, is_new) = root.sub_or_make(&name)?;
                if names::is_cut(&name) && dir.read(names::LONG_NAME_FILE)?.is_none() {
                    let mut file = dir.create(names::LONG_NAME_FILE)?;
                    let text = path.to_string();
                    let write = std::io::Write::write_all(&mut file, text.as_bytes())
                        .and_then(|()| file.sync_all());
                    write.map_err(|error| {
                        failed("write", &dir.label_of(names::LONG_NAME_FILE), error)
                    })?;
                }
                (dir, is_new)
            }
        };
        let (tmp, is_tmp_new) = dir.sub_or_make("tmp")?;
        let (new, is_new_new) = dir.sub_or_make("new")?;
        let (cur, is_cur_new) = dir.sub_or_make("cur")?;
        if is_new && dir.size("maildirfolder").is_none() {
            dir.create("maildirfolder")?;
        }
        // an empty folder may be one whose making was not confirmed, when it was made or by the disk
        if is_tmp_new || is_new_new || is_cur_new || is_new || cur.is_empty()? {
            dir.sync()?;
            root.sync()?;
        }
        let keywords = Mutex::new(Keywords::read(&dir)?);
        Ok(Self {
            dir,
            tmp,
            cur,
            new,
            keywords,
            present: Mutex::default(),
        })
    }

    fn present(&self, mark: &OriginMark) -> Result<UidSet, TransportError> {
        if let Ok(present) = self.present.lock()
            && let Some(found) = present.get(mark)
        {
            return Ok(found.clone());
        }
        let mut uids = Vec::new();
        for holder in [&self.cur, &self.new] {
            holder.each_name(|name| uids.extend(mark.uid_of(name)))?;
        }
        let found: UidSet = uids.into_iter().collect();
        if let Ok(mut present) = self.present.lock() {
            present.insert(mark.clone(), found.clone());
        }
        Ok(found)
    }

    /// Forgets what was remembered of the files: their names changed.
    pub(super) fn look_again(&self) {
        if let Ok(mut present) = self.present.lock() {
            present.clear();
        }
    }

    /// Remembers what a group added.
    pub(super) fn now_present(&self, mark: &OriginMark, uids: &UidSet) {
        if let Ok(mut present) = self.present.lock() {
            present.entry(mark.clone()).or_default().extend_set(uids);
        }
    }

    /// Where the messages with these UIDs lie: UID to directory and name.
    pub(super) fn find(
        &self,
        mark: &OriginMark,
        uids: &UidSet,
    ) -> Result<Vec<(u32, &Dir, String)>, TransportError> {
        let mut found = Vec::new();
        for holder in [&self.cur, &self.new] {
            holder.each_name(|name| {
                if let Some(uid) = mark.uid_of(name).filter(|&uid| uids.contains(uid)) {
                    found.push((uid, holder, name.to_owned()));
                }
            })?;
        }
        Ok(found)
    }

    /// The letters that the keywords have already.
    pub(super) fn known_letters(&self, flags: &FlagSet) -> String {
        self.keywords
            .lock()
            .map(|keywords| keywords.known_letters(flags))
            .unwrap_or_default()
    }

    pub(super) fn letters(
        &self,
        flags: &FlagSet,
    ) -> Result<super::keywords::Letters, TransportError> {
        match self.keywords.lock() {
            Ok(mut keywords) => keywords.letters(&self.dir, flags),
            Err(_) => Err(TransportError::new(
                ErrorClass::Storage,
                "The keywords of a folder are out of order",
            )
            .fatal()),
        }
    }
}

fn path_of(dir: &Dir, name: &str) -> Result<Option<FolderPath>, TransportError> {
    if !names::is_cut(name) {
        return Ok(names::path(name));
    }
    let whole = dir.read(names::LONG_NAME_FILE)?;
    let parsed = whole
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.parse().ok());
    Ok(parsed.or_else(|| names::path(name)))
}

fn counts(
    dir: &Dir,
    path: FolderPath,
    is_subscribed: bool,
) -> Result<FolderCounts, TransportError> {
    let mut found = FolderCounts {
        path,
        messages: 0,
        bytes: 0,
        is_subscribed,
    };
    for holder in HOLDERS {
        let Some(holder) = dir.sub(holder)? else {
            continue;
        };
        holder.each_name(|name| {
            if !name.starts_with('.') {
                found.messages += 1;
                found.bytes += size_in_name(name)
                    .or_else(|| holder.size(name))
                    .unwrap_or(0);
            }
        })?;
    }
    Ok(found)
}

/// Runs file work where it may block.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, TransportError> + Send + 'static,
) -> Result<T, TransportError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(
            TransportError::new(ErrorClass::Storage, "The mail store was stopped")
                .with_words(error.to_string())
                .fatal(),
        ),
    }
}

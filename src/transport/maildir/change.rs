//! Changing messages that lie in the store already. Their files are found by the part of the name that never changes, so it
//! does not matter who renamed them since.

use std::sync::Arc;

use super::{
    file_name::{OriginMark, flag_letters, letters_of, with_letters},
    mailbox::{Folder, Mailbox, blocking},
};
use crate::{
    mail::{FlagChange, FlagTable, FolderPath, UidSet},
    transport::{FlagReceipt, Origin, TransportError},
};

/// So often a file is looked for again that somebody renamed between finding and changing it.
const LOOKS: usize = 5;

impl Mailbox {
    /// Changes the flags of messages that came from an origin, by their UIDs there.
    ///
    /// # Errors
    /// `Storage` when files cannot be renamed.
    pub async fn change_flags(
        &self,
        path: &FolderPath,
        origin: &Origin,
        changes: Vec<FlagChange>,
    ) -> Result<FlagReceipt, TransportError> {
        let folder = self.folder(path).await?;
        let mark = OriginMark::of(origin);
        blocking(move || folder.change_flags(&mark, &changes)).await
    }
}

impl Mailbox {
    /// Removes messages that came from an origin and have exactly these flags still. Gives the UIDs of those that are not there
    /// any more; one with other flags was changed by somebody and stays.
    ///
    /// # Errors
    /// `Storage` when files cannot be removed.
    pub async fn remove(
        &self,
        path: &FolderPath,
        origin: &Origin,
        expected: FlagTable,
    ) -> Result<UidSet, TransportError> {
        let folder = self.folder(path).await?;
        let mark = OriginMark::of(origin);
        blocking(move || folder.remove(&mark, &expected)).await
    }
}

/// A change as letters of file names.
struct Letters<'a> {
    uids: &'a UidSet,
    add: String,
    remove: String,
    dropped: u64,
}

impl Folder {
    fn change_flags(
        self: Arc<Self>,
        mark: &OriginMark,
        changes: &[FlagChange],
    ) -> Result<FlagReceipt, TransportError> {
        let mut wanted = UidSet::new();
        let mut letters = Vec::with_capacity(changes.len());
        for change in changes {
            wanted.extend_set(&change.uids);
            letters.push(self.letters_of(change)?);
        }
        let mut receipt = FlagReceipt::default();
        for _ in 0..LOOKS {
            let mut missed = UidSet::new();
            for (uid, dir, name) in self.find(mark, &wanted)? {
                let Some(change) = letters.iter().find(|one| one.uids.contains(uid)) else {
                    continue;
                };
                let kept = letters_of(&name).chars().chain(change.add.chars());
                let new_name = with_letters(&name, kept.filter(|c| !change.remove.contains(*c)));
                if letters_of(&new_name) == letters_of(&name) {
                    continue;
                }
                if dir.rename(&name, &self.cur, &new_name)? {
                    receipt.changed += 1;
                    receipt.dropped += change.dropped;
                } else {
                    missed.insert(uid);
                }
            }
            wanted = missed;
            if wanted.is_empty() {
                break;
            }
        }
        if receipt.changed > 0 {
            self.dir.sync()?;
            self.cur.sync()?;
            self.new.sync()?;
        }
        Ok(receipt)
    }

    fn remove(&self, mark: &OriginMark, expected: &FlagTable) -> Result<UidSet, TransportError> {
        let mut gone = expected.uids().clone();
        for (uid, dir, name) in self.find(mark, expected.uids())? {
            let Some(flags) = expected.get(uid) else {
                continue;
            };
            let expected = flag_letters(flags, &self.known_letters(flags));
            if with_letters(&name, letters_of(&name).chars())
                == with_letters(&name, expected.chars())
            {
                dir.remove(&name)?;
            } else {
                gone.remove(uid);
            }
        }
        self.look_again();
        self.cur.sync()?;
        self.new.sync()?;
        Ok(gone)
    }

    /// A keyword that has no letter cannot be on a file, so clearing it gives it none.
    fn letters_of<'a>(&self, change: &'a FlagChange) -> Result<Letters<'a>, TransportError> {
        let added = self.letters(&change.add)?;
        let cleared = self.known_letters(&change.remove);
        Ok(Letters {
            uids: &change.uids,
            add: flag_letters(&change.add, &added.letters),
            remove: flag_letters(&change.remove, &cleared),
            dropped: added.dropped,
        })
    }
}

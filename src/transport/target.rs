//! Where mail goes: one set of types for every kind of target.
//!
//! The order of calls, the same for all: `ensure_folder` → `begin` a group → `add` messages as they come → `seal` → `commit`.
//! Only after `commit` everything in the receipt is durable. In the mail store a group is nothing before that; an IMAP server may
//! have any part of it from the first `add` on.

use std::collections::{HashMap, HashSet};

use crate::{
    mail::{FlagChange, FolderPath, SpecialUse, UidSet},
    transport::{
        Content, Incoming, TransportError,
        imap::{ImapGroup, ImapTarget, RefusedMessage},
        maildir::{Mailbox, MaildirGroup},
    },
};

/// Where a group of messages comes from. File names in the mail store are derived from it and the UID, so delivering
/// the same message again replaces the same file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The account at the source, for example `user@host`; any text, the same one every time.
    pub account: String,
    /// The source folder: its path, or whatever else names it for good.
    pub folder: String,
    /// The source folder's UIDVALIDITY.
    pub uid_validity: u32,
}

/// A folder of a target, ready to take messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetFolder {
    /// Its path.
    pub path: FolderPath,
    /// Its special use, if it has one.
    pub special_use: Option<SpecialUse>,
    /// UIDVALIDITY at the target; 0 where there is none (mail store).
    pub uid_validity: u32,
    /// UIDNEXT at the target when it was opened; 0 where there is none (mail store) or none was told.
    pub uid_next: u32,
    /// How many messages it had when it was opened; 0 in the mail store.
    pub exists: u32,
}

/// A folder of a target and what lies in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderCounts {
    /// Its path.
    pub path: FolderPath,
    /// Messages in it.
    pub messages: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Whether the user subscribed to it.
    pub is_subscribed: bool,
}

/// A folder that is wanted at a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedFolder {
    /// Its path.
    pub path: FolderPath,
    /// Its special use, if it has one.
    pub special_use: Option<SpecialUse>,
    /// Whether the user subscribed to it at the source.
    pub subscribe: bool,
}

/// The folders of a target as they were found, for deciding where a source folder goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetMap {
    /// The folder of each special use, and whether that was guessed from its name.
    pub uses: HashMap<SpecialUse, (FolderPath, bool)>,
    /// All folders.
    pub paths: HashSet<FolderPath>,
}

impl TargetMap {
    /// Where a source folder goes: into the folder that has its special use, else to where it was. A use that the target does not
    /// tell but lets guess counts only when there is no folder of the same name. Views (all mail, flagged mail) take no mail.
    pub fn place(&self, path: &FolderPath, special_use: Option<SpecialUse>) -> FolderPath {
        let is_view = matches!(special_use, Some(SpecialUse::All | SpecialUse::Flagged));
        let found = special_use
            .filter(|_| !is_view && !path.is_inbox())
            .and_then(|kind| self.uses.get(&kind));
        match found {
            Some((place, is_guessed)) if !is_guessed || !self.paths.contains(path) => place.clone(),
            _ => path.clone(),
        }
    }
}

/// What a committed group left at the target, durable.
#[derive(Clone, Debug, Default)]
pub struct Receipt {
    /// The source UIDs that the target now has.
    pub stored: UidSet,
    /// The target's UIDs (APPENDUID, RFC 4315); `None` where there are none.
    pub target_uids: Option<UidSet>,
    /// Those of `stored` that were there before and were replaced by the same message.
    pub replaced: UidSet,
    /// Messages that the target does not take, each for itself.
    pub refused: Vec<RefusedMessage>,
    /// Messages that were refused together with others, or for now: deliver them again, in smaller groups or later.
    pub again: UidSet,
    /// Why there is something in `again`.
    pub problem: Option<TransportError>,
    /// How many keywords could not be kept, counted over all messages.
    pub keywords_dropped: u64,
    /// Bytes stored.
    pub bytes: u64,
}

/// What became of changes of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlagReceipt {
    /// Messages that were changed, or had the flags already where the target does not tell.
    pub changed: u64,
    /// Flags and keywords that could not be kept, counted over all messages.
    pub dropped: u64,
}

/// A mailbox to write to.
#[derive(Clone, Debug)]
pub enum Target {
    /// A mailbox of the embedded mail store.
    Maildir(Mailbox),
    /// A mailbox on an IMAP server.
    Imap(ImapTarget),
}

impl Target {
    /// All folders with their counts, INBOX first.
    ///
    /// # Errors
    /// What the target says when it cannot.
    pub async fn list_folders(&self) -> Result<Vec<FolderCounts>, TransportError> {
        match self {
            Self::Maildir(mailbox) => mailbox.list_folders().await,
            Self::Imap(target) => marked(target, target.list_folders().await),
        }
    }

    /// The folders as they were found when the target was opened. Those of the mail store keep the names of the source.
    pub async fn map(&self) -> TargetMap {
        match self {
            Self::Maildir(_) => TargetMap::default(),
            Self::Imap(target) => target.map().await,
        }
    }

    /// Makes the folders that are missing and subscribes to them, all at once where that is quicker than one by one. What cannot
    /// be made is told by [`Target::ensure_folder`].
    ///
    /// # Errors
    /// When the connection broke.
    pub async fn prepare(&self, wanted: &[WantedFolder]) -> Result<(), TransportError> {
        match self {
            Self::Maildir(_) => Ok(()),
            Self::Imap(target) => marked(target, target.prepare(wanted).await),
        }
    }

    /// The largest message that the target takes, where it says so.
    pub fn append_limit(&self) -> Option<u64> {
        match self {
            Self::Maildir(_) => None,
            Self::Imap(target) => target.append_limit(),
        }
    }

    /// Opens a folder, making it when it is missing, and subscribes to it when wanted.
    ///
    /// # Errors
    /// What the target says when it cannot.
    pub async fn ensure_folder(
        &self,
        path: &FolderPath,
        special_use: Option<SpecialUse>,
        subscribe: bool,
    ) -> Result<TargetFolder, TransportError> {
        match self {
            Self::Maildir(mailbox) => mailbox.ensure_folder(path, special_use, subscribe).await,
            Self::Imap(target) => marked(
                target,
                target.ensure_folder(path, special_use, subscribe).await,
            ),
        }
    }

    /// Whether there is nothing to make before the folder can take messages.
    pub async fn is_ready(&self, path: &FolderPath, subscribe: bool) -> bool {
        match self {
            Self::Maildir(mailbox) => mailbox.is_ready(path, subscribe).await,
            Self::Imap(target) => target.is_ready(path, subscribe).await,
        }
    }

    /// The source UIDs that the folder is sure to hold from an origin; `None` where a target cannot tell them by name.
    ///
    /// # Errors
    /// What the target says when it cannot.
    pub async fn present(
        &self,
        folder: &TargetFolder,
        origin: &Origin,
    ) -> Result<Option<UidSet>, TransportError> {
        match self {
            Self::Maildir(mailbox) => mailbox.present(&folder.path, origin).await.map(Some),
            Self::Imap(_) => Ok(None),
        }
    }

    /// Changes flags of messages: by the source's UIDs where file names hold them (mail store), by its own UIDs on an IMAP
    /// server. Doing it twice is doing it once; a message that is not there is left out.
    ///
    /// # Errors
    /// `Vanished` when the folder has another UIDVALIDITY than `folder` says, else what the target says when it cannot.
    pub async fn change_flags(
        &self,
        folder: &TargetFolder,
        origin: &Origin,
        changes: Vec<FlagChange>,
    ) -> Result<FlagReceipt, TransportError> {
        match self {
            Self::Maildir(mailbox) => mailbox.change_flags(&folder.path, origin, changes).await,
            Self::Imap(target) => target.change_flags(folder, changes).await,
        }
    }

    /// What the messages of a folder are known by, whoever delivered them; `None` where reading them all would be too much.
    ///
    /// # Errors
    /// What the target says when it cannot.
    pub async fn contents(
        &self,
        folder: &TargetFolder,
    ) -> Result<Option<Vec<Content>>, TransportError> {
        match self {
            Self::Maildir(mailbox) => mailbox.contents(&folder.path).await.map(Some),
            Self::Imap(_) => Ok(None),
        }
    }

    /// Begins a group of messages for a folder.
    ///
    /// # Errors
    /// What the target says when it cannot.
    pub async fn begin(
        &self,
        folder: &TargetFolder,
        origin: &Origin,
    ) -> Result<Group, TransportError> {
        match self {
            Self::Maildir(mailbox) => mailbox
                .begin(&folder.path, origin)
                .await
                .map(Group::Maildir),
            Self::Imap(target) => Ok(Group::Imap(target.begin(&folder.path).await)),
        }
    }
}

/// Messages that become durable together.
#[derive(Debug)]
pub enum Group {
    /// In the embedded mail store.
    Maildir(MaildirGroup),
    /// On an IMAP server.
    Imap(ImapGroup),
}

impl Group {
    /// Adds a message. On an error it is not in the group; the group can go on unless the error is fatal.
    ///
    /// # Errors
    /// The target's, or the source's when its stream broke.
    pub async fn add(&mut self, message: Incoming) -> Result<(), TransportError> {
        match self {
            Self::Maildir(group) => group.add(message).await,
            Self::Imap(group) => group.add(message).await,
        }
    }

    /// Sends off what was added. The next group may then begin before this one is committed.
    ///
    /// # Errors
    /// When the connection broke.
    pub async fn seal(&mut self) -> Result<(), TransportError> {
        match self {
            Self::Maildir(_) => Ok(()),
            Self::Imap(group) => group.seal().await,
        }
    }

    /// Makes the group durable. Runs on its own: the next group may begin and take messages meanwhile.
    ///
    /// # Errors
    /// When it is not known to be durable. Then all of it must be delivered again or looked for.
    pub async fn commit(self) -> Result<Receipt, TransportError> {
        match self {
            Self::Maildir(group) => group.commit().await,
            Self::Imap(group) => {
                let host = group.host().to_owned();
                let mark = |error: TransportError| error.of_target(&host);
                let mut receipt = group.commit().await.map_err(mark)?;
                for refused in &mut receipt.refused {
                    refused.error = mark(refused.error.clone());
                }
                receipt.problem = receipt.problem.map(mark);
                Ok(receipt)
            }
        }
    }
}

/// An answer of a server, whose error says that it is the target's.
fn marked<T>(target: &ImapTarget, answer: Result<T, TransportError>) -> Result<T, TransportError> {
    answer.map_err(|error| error.of_target(target.host()))
}

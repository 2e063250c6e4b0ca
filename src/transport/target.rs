//! Where mail goes: one set of types for every kind of target.
//!
//! The order of calls, the same for all: `ensure_folder` → `begin` a group → `add` messages as they come → `commit`.
//! A group is nothing until `commit` returns; after it everything in the receipt is durable.

use crate::{
    mail::{FolderPath, SpecialUse, UidSet},
    transport::imap::RefusedMessage,
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
    /// UIDNEXT at the target when it was opened; 0 where there is none (mail store).
    pub uid_next: u32,
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

/// What a committed group left at the target, durable.
#[derive(Clone, Debug, Default)]
pub struct Receipt {
    /// The source UIDs that the target now has.
    pub stored: UidSet,
    /// The target's UIDs (APPENDUID, RFC 4315); `None` where there are none.
    pub target_uids: Option<UidSet>,
    /// Those of `stored` that were there before and were replaced by the same message.
    pub replaced: UidSet,
    /// Messages of the group that the target does not take, one by one; the others are stored.
    pub refused: Vec<RefusedMessage>,
    /// How many keywords could not be kept, counted over all messages.
    pub keywords_dropped: u64,
    /// Bytes stored.
    pub bytes: u64,
}

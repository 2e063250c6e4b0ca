//! What a verification shows.

use crate::engine::named::named_enum;

named_enum! {
    /// How deep a verification looks.
    pub enum VerifyLevel {
        /// How many messages each folder has.
        Count = "Count",
        /// Which messages: by Message-ID, Date, From and Subject, as a multiset.
        Headers = "Headers",
        /// Every byte of every message, its flags and its date.
        Full = "Full",
    }
}

named_enum! {
    /// How a folder compares.
    pub enum VerifyResult {
        /// Source and target are the same, as far as was looked.
        Identical = "Identical",
        /// The target has all of the source, and more.
        TargetHasMore = "TargetHasMore",
        /// Something of the source is not at the target, or is not the same there.
        Different = "Different",
    }
}

/// A folder of a mailbox, compared. Source folders that are merged at the target are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderCheckView {
    /// The user's address.
    pub identity: String,
    /// Name of the batch.
    pub batch_id: String,
    /// The folder at the target, parts joined with `/`.
    pub folder: String,
    /// The source folders that go there.
    pub source_folders: Vec<String>,
    /// How deep it was looked.
    pub level: VerifyLevel,
    /// How it compares.
    pub result: VerifyResult,
    /// Messages at the source.
    pub source_count: u64,
    /// Messages at the target.
    pub target_count: u64,
    /// Messages of the source that are not at the target.
    pub missing_count: u64,
    /// Messages of the target that are not at the source.
    pub extra_count: u64,
    /// Messages on both sides whose flags differ; known by `Full` only.
    pub different_flags_count: u64,
    /// Messages on both sides whose internal dates differ; known by `Full` only.
    pub different_dates_count: u64,
    /// Messages that one side lists and does not give.
    pub unreadable_count: u64,
    /// The UIDs of missing messages at the source, as an IMAP set, at most the first thousand; empty for merged folders.
    pub missing_uids: String,
}

//! What a user's history is told with: log lines, skipped items, the score.

use jiff::Timestamp;

use super::named::named_enum;

/// One line of a user's or a batch's report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportEntry {
    /// When.
    pub creation_time: Timestamp,
    /// What.
    pub message: String,
}

named_enum! {
    /// Why an item was not copied.
    pub enum SkippedKind {
        /// The source could not give the message whole.
        CorruptItem = "CorruptItem",
        /// The source listed the message and then no longer had it.
        MissingItem = "MissingItem",
        /// The message is larger than the target takes.
        LargeItem = "LargeItem",
        /// The target refused the message.
        RefusedItem = "RefusedItem",
        /// A folder that cannot be opened.
        CorruptFolder = "CorruptFolder",
    }
}

/// An item that was not copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedItem {
    /// Why, in a word.
    pub kind: SkippedKind,
    /// The source folder, decoded, parts joined with `/`.
    pub folder_name: String,
    /// The source UID; `None` for a folder.
    pub uid: Option<u32>,
    /// Subject, decoded; empty when it could not be read.
    pub subject: String,
    /// Sender; empty when it could not be read.
    pub sender: String,
    /// Recipient; empty when it could not be read.
    pub recipient: String,
    /// The Date header.
    pub date_sent: Option<Timestamp>,
    /// The source's internal date.
    pub date_received: Option<Timestamp>,
    /// Size in bytes as the source says it.
    pub message_size: u64,
    /// The reason, with the server's own words.
    pub reason: String,
}

named_enum! {
    /// How well the target holds what the source has, computed from the verdicts.
    pub enum DataConsistencyScore {
        /// Every message is there.
        Perfect = "Perfect",
        /// Every message is there; something of its metadata could not be kept (a keyword, a date).
        Good = "Good",
        /// A few messages are missing (at most ten, or at most one in a thousand), a folder could not be read, or the source's
        /// numbers do not add up.
        Investigate = "Investigate",
        /// More are missing.
        Poor = "Poor",
    }
}

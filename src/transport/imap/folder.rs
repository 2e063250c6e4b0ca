//! Folders as an IMAP server shows them.

use std::fmt;

use crate::mail::{FolderPath, SpecialUse};

/// A mailbox name exactly as the server sent it (the content, without quoting), so that it can be opened again
/// whatever its encoding.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WireName(pub Vec<u8>);

impl fmt::Debug for WireName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

/// One line of LIST (RFC 3501 section 7.2.2), with what LIST-EXTENDED, SPECIAL-USE and LIST-STATUS add to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFolder {
    /// Its name for people and for mapping: decoded, without the personal namespace's prefix.
    pub path: FolderPath,
    /// Its name for the server.
    pub wire: WireName,
    /// What separates levels on this server; `None` when names have no levels.
    pub separator: Option<char>,
    /// False for `\Noselect` and `\NonExistent`: it only holds other folders.
    pub is_selectable: bool,
    /// Whether the user subscribed to it.
    pub is_subscribed: bool,
    /// Its special use by attribute, else by name.
    pub special_use: Option<SpecialUse>,
    /// True when `special_use` was guessed from the name.
    pub is_guessed: bool,
    /// Its counts; `None` when it cannot be opened or the server would not say.
    pub status: Option<FolderStatus>,
}

/// What STATUS says of a folder (RFC 3501 section 7.2.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FolderStatus {
    /// MESSAGES
    pub messages: u32,
    /// UIDNEXT; 0 when not told.
    pub uid_next: u32,
    /// UIDVALIDITY; 0 when not told.
    pub uid_validity: u32,
    /// HIGHESTMODSEQ (RFC 7162), where offered.
    pub highest_modseq: Option<u64>,
    /// SIZE (RFC 8438), where offered.
    pub size: Option<u64>,
}

/// An open folder (RFC 3501 section 6.3.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderState {
    /// UIDVALIDITY; 0 when the server has none, and then UIDs mean nothing in the next session.
    pub uid_validity: u32,
    /// UIDNEXT; `None` when not told.
    pub uid_next: Option<u32>,
    /// How many messages it has.
    pub exists: u32,
    /// HIGHESTMODSEQ (RFC 7162); `None` when not told or `NOMODSEQ`.
    pub highest_modseq: Option<u64>,
    /// PERMANENTFLAGS as names, also `\*`; `None` when not told, which means all of FLAGS.
    pub permanent_flags: Option<Vec<String>>,
    /// True when UIDs are not kept between sessions (`UIDNOTSTICKY`, RFC 4315).
    pub uids_not_sticky: bool,
}

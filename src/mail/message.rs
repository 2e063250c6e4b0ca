//! What is known of a message without its bytes.

use super::{FlagSet, InternalDate};

/// UID, flags, date and size of one message, as its server told them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageMeta {
    /// RFC 3501 section 2.3.1.1; never 0.
    pub uid: u32,
    /// Flags without `\Recent`.
    pub flags: FlagSet,
    /// `None` when the server has no date for it, or none that can be read.
    pub internal_date: Option<InternalDate>,
    /// RFC822.SIZE in bytes as told, which not every server gets right; `None` when it is not a number.
    pub size: Option<u64>,
}

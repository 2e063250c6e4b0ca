//! Error records: what they say, where they stand, and how they are raised, remembered and shown.

pub mod error;
pub(super) mod log;
pub mod position;
pub(super) mod raise;

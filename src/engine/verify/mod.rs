//! Comparing source and target afresh: what lies there now, whatever the journal says.
//!
//! Both sides are read folder by folder into small prints of their messages, and the prints are compared as multisets. Memory is
//! bounded by the largest folder (40 bytes a message and side); bodies only pass through.

mod compare;
mod ops;
mod print;
mod read;
mod view;

pub(in crate::engine) use ops::{Check, check};
pub use view::{FolderCheckView, VerifyLevel, VerifyResult};

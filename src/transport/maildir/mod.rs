//! The embedded mail store: Maildir++ trees that Dovecot serves as they are.
//!
//! Everything is done relative to open directories, with single names and without following links, so that nothing a
//! server calls a folder can lead outside the tree.

mod change;
mod dir;
mod file_name;
mod group;
mod keywords;
mod mailbox;
mod names;
mod read;
mod renumber;
mod store;
mod subscriptions;
mod sync;

pub use group::MaildirGroup;
pub use mailbox::Mailbox;
pub use read::StoredMessage;
pub use store::MaildirStore;

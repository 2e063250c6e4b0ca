//! Mailboxes of the embedded mail store.

mod folders;
mod ops;
mod request;
mod view;

pub use request::{MailboxFilter, NewMailbox};
pub use view::{FolderScope, FolderStatisticsView, MailboxView};

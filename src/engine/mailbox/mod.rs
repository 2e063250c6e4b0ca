//! Mailboxes of the embedded mail store.

pub(super) mod ops;
mod request;
mod view;

pub use request::{MailboxFilter, NewMailbox};
pub use view::{FolderScope, FolderStatisticsView, MailboxView};

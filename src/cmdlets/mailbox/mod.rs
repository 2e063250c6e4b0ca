//! `*-Mailbox`: the mailboxes of the embedded mail store, into which mail is moved.

mod get;
mod get_folder_statistics;
mod new;
mod remove;
pub mod view;

pub use get::GetMailbox;
pub use get_folder_statistics::GetMailboxFolderStatistics;
pub use new::NewMailbox;
pub use remove::RemoveMailbox;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// The cmdlets of this folder.
pub const CMDLETS: &[&CmdletMeta] = &[
    &<GetMailbox as Declared>::META,
    &<GetMailboxFolderStatistics as Declared>::META,
    &<NewMailbox as Declared>::META,
    &<RemoveMailbox as Declared>::META,
];

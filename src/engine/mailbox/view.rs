//! What a mailbox and its folders show (cmdlets.md §1.33, 1.36).

use std::path::PathBuf;

use jiff::Timestamp;

use crate::engine::named::named_enum;

/// A mailbox of the embedded mail store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxView {
    /// The name.
    pub identity: String,
    /// The name.
    pub name: String,
    /// Mail nickname.
    pub alias: String,
    /// Friendly name.
    pub display_name: String,
    /// Given name.
    pub first_name: String,
    /// Surname.
    pub last_name: String,
    /// The address.
    pub primary_smtp_address: String,
    /// The sign-in name.
    pub user_principal_name: String,
    /// The unique id, also an identity.
    pub guid: uuid::Uuid,
    /// Always `UserMailbox`.
    pub recipient_type: &'static str,
    /// The server that holds it: the name of this machine.
    pub server_name: String,
    /// The root of its Maildir.
    pub path: PathBuf,
    /// When it was made.
    pub when_created: Timestamp,
}

named_enum! {
    /// `ElcFolderType`, the mail folders of it.
    pub enum FolderScope {
        /// Every folder.
        All = "All",
        /// The archive folder and those below.
        Archive = "Archive",
        /// The trash.
        DeletedItems = "DeletedItems",
        /// Drafts.
        Drafts = "Drafts",
        /// The inbox.
        Inbox = "Inbox",
        /// Junk.
        JunkEmail = "JunkEmail",
        /// Sent mail.
        SentItems = "SentItems",
        /// Folders without a special use.
        Personal = "Personal",
    }
}

/// A folder of a mailbox, counted afresh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderStatisticsView {
    /// Mailbox and path: `terry@contoso.com\Inbox`.
    pub identity: String,
    /// The last part of the path.
    pub name: String,
    /// The path, parts joined with `/`, beginning with `/`.
    pub folder_path: String,
    /// What it is.
    pub folder_type: FolderScope,
    /// Messages.
    pub items_in_folder: u64,
    /// Messages, folders below included.
    pub items_in_folder_and_subfolders: u64,
    /// Bytes.
    pub folder_size: u64,
    /// Bytes, folders below included.
    pub folder_and_subfolder_size: u64,
    /// Folders right below.
    pub number_of_subfolders: u32,
    /// Internal date of the oldest message, when asked for.
    pub oldest_item_received_date: Option<Timestamp>,
    /// Internal date of the newest message, when asked for.
    pub newest_item_received_date: Option<Timestamp>,
}

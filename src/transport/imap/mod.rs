//! IMAP: RFC 3501, RFC 9051 where servers offer it, and the extensions that save round trips.

mod folder;
mod settings;

pub use folder::{FolderState, FolderStatus, ListedFolder, WireName};
pub use settings::{Fetched, ImapSettings, Login, RefusedMessage, ServerInfo};

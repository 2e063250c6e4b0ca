//! IMAP: RFC 3501, RFC 9051 where servers offer it, and the extensions that save round trips.

mod classify;
mod command;
mod connection;
mod fetch;
mod folder;
mod hello;
mod io;
mod lexer;
mod list;
mod login;
mod probe;
mod response;
mod settings;
mod source;
mod token;

pub use fetch::Fetched;
pub use folder::{FolderState, FolderStatus, ListedFolder, WireName};
pub use probe::{probe, probe_login};
pub use settings::{ImapSettings, Login, RefusedMessage, ServerInfo, Trace};
pub use source::ImapSource;

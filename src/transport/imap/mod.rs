//! IMAP: RFC 3501, RFC 9051 where servers offer it, and the extensions that save round trips.

mod append;
mod change;
mod classify;
mod command;
mod connection;
mod deflate;
mod driver;
mod fetch;
mod folder;
mod hello;
mod identify;
mod io;
mod lexer;
mod list;
mod login;
mod make;
mod open;
mod pace;
mod probe;
mod response;
mod settings;
mod source;
mod target;
mod target_names;
mod token;

pub use crate::transport::{Login, Trace};
pub use append::ImapGroup;
pub use fetch::Fetched;
pub use folder::{FolderState, FolderStatus, ListedFolder, WireName};
pub use probe::{probe, probe_login};
pub use settings::{Compress, ImapSettings, RefusedMessage, ServerInfo};
pub use source::ImapSource;
pub use target::ImapTarget;

//! Plain values of mail: addresses, flags, folder names, dates, UID sets, secrets. Knows nothing else.

mod address;
mod date;
mod flag_table;
mod flags;
mod folder;
mod header;
mod identity;
mod letter;
mod message;
mod secret;
mod special_use;
mod uid_set;
pub mod utf7;

pub use address::{Address, AddressError};
pub use date::InternalDate;
pub use flag_table::{FlagChange, FlagTable};
pub use flags::{FlagSet, SystemFlag};
pub use folder::{FolderNameError, FolderPath};
pub use header::Summary;
pub use identity::{Identity, Sighting, size_tolerance};
pub use letter::{Correspondent, HeaderText, Letter, Notify, Priority};
pub use message::MessageMeta;
pub use secret::Secret;
pub use special_use::SpecialUse;
pub use uid_set::{UidSet, UidSetError};

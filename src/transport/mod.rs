//! One protocol per folder. Knows neither batches nor users nor the store.

mod budget;
mod content;
mod error;
pub mod imap;
mod login;
pub mod maildir;
mod message;
mod net;
pub mod pop3;
mod sasl;
pub mod smtp;
mod target;
mod tls;
mod trace;
mod words;

pub use budget::{Budget, Piece};
pub use content::Content;
pub use error::{ErrorClass, TransportError};
pub use login::{Authentication, Login};
pub use message::{Body, BodyStream, Incoming};
pub use net::{NetSettings, Security};
pub use target::{
    FlagReceipt, FolderCounts, Group, Origin, Receipt, Target, TargetFolder, TargetMap,
    WantedFolder,
};
pub use trace::Trace;

//! One protocol per folder. Knows neither batches nor users nor the store.

mod budget;
mod error;
pub mod imap;
pub mod maildir;
mod message;
mod net;
mod target;
mod tls;

pub use budget::{Budget, Piece};
pub use error::{ErrorClass, TransportError};
pub use message::{Body, BodyStream, Incoming};
pub use net::{NetSettings, Security};
pub use target::{FlagReceipt, FolderCounts, Group, Origin, Receipt, Target, TargetFolder};

//! Migration as a library: endpoints, batches, users, scheduler, workers, sync. Knows no shell.

pub mod batch;
pub mod clock;
pub mod endpoint;
mod error;
pub mod event;
mod handle;
pub mod mailbox;
mod named;
pub mod report;
pub mod user;

pub use error::{EngineError, ErrorId, ErrorKind};
pub use handle::{Engine, EngineOptions, NameKind};

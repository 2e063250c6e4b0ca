//! Migration as a library: endpoints, batches, users, scheduler, workers, sync. Knows no shell.

mod background;
pub mod batch;
pub mod clock;
mod conductor;
pub mod config;
pub mod csv;
pub mod endpoint;
mod error;
pub mod event;
mod failure;
mod handle;
pub mod mailbox;
mod named;
mod names;
pub mod post;
pub mod preview;
pub mod report;
pub mod reports;
mod rest;
mod scheduler;
mod settle;
mod statistics;
pub mod subscription;
mod sync;
mod target;
mod time;
pub mod user;
pub mod verify;
mod worker;

pub use error::{EngineError, ErrorId, ErrorKind};
pub use handle::{Engine, EngineOptions, NameKind};
pub use statistics::MigrationStatisticsView;

//! Batches: a named set of users, moved from one endpoint.

mod request;
mod status;
mod view;

pub use request::{BatchFilter, NewBatch};
pub use status::{BatchCommand, BatchStatus};
pub use view::{BatchDirection, BatchState, BatchView, MigrationType, RowWarning};

//! Batches: a named set of users, moved from one endpoint.

pub(super) mod assemble;
pub(super) mod derive;
pub(super) mod legal;
pub(super) mod ops;
pub(super) mod refresh;
mod request;
mod set;
mod status;
mod view;
mod wait;

pub use legal::{is_legal, legal_commands};
pub use request::{BatchFilter, CompleteBatch, NewBatch, SetBatch};
pub use status::{BatchCommand, BatchStatus};
pub use view::{BatchDirection, BatchState, BatchView, MigrationType, RowWarning};

//! Reports of a batch, as tables: from the state as it is now, a page at a time.

mod file;
mod mail;
mod ops;
mod table;

pub(in crate::engine) use file::{publish, write_errors};
pub use ops::{ReportPage, ReportRequest};
pub use table::ReportKind;

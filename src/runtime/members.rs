//! The one door to members of values and types.

pub use super::types::Invoker;

//! What is set for all batches.

mod ops;
mod request;
mod view;

pub(super) use ops::Config;
pub use request::SetConfig;
pub use view::ConfigView;

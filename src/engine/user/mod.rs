//! Users of a batch: one mailbox each.

mod ops;
mod request;
mod statistics;
mod status;
mod view;

pub use request::{StatisticsRequest, UserFilter};
pub use status::{UserStatus, UserStatusSummary};
pub use view::{UserFailure, UserStatisticsView, UserView};

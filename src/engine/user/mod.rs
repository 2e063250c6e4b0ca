//! Users of a batch: one mailbox each.

mod commands;
mod legal;
mod ops;
mod request;
mod statistics;
mod status;
mod view;

pub use legal::is_legal;
pub use request::{SetUser, StatisticsRequest, UserFilter};
pub use status::{UserCommand, UserStatus, UserStatusSummary};
pub use view::{UserFailure, UserStatisticsView, UserView};

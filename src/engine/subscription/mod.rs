//! Subscriptions: accounts elsewhere that are polled for a mailbox here until they are removed.

mod basket;
mod imap;
mod ops;
mod plan;
pub(super) mod poller;
mod pop;
mod request;
mod rhythm;
mod run;
mod view;

pub use request::{NewSubscription, SetSubscription, SubscriptionFilter};
pub use view::{
    IncomingAuth, SubscriptionDetail, SubscriptionEntry, SubscriptionStatus, SubscriptionType,
    SubscriptionView,
};

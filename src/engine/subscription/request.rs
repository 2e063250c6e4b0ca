//! What is asked of subscriptions.

use super::{IncomingAuth, SubscriptionType};
use crate::engine::endpoint::Security;
use crate::mail::Secret;

/// A subscription to make. The server is signed in to first unless `force`.
#[derive(Clone)]
pub struct NewSubscription {
    /// What the server speaks.
    pub kind: SubscriptionType,
    /// 1 to 64 characters, unique within the mailbox, without regard to case.
    pub name: String,
    /// The mailbox that is filled: address, alias, name, `domain\alias`; `None` = the one with `email_address`.
    pub mailbox: Option<String>,
    /// Friendly name; `None` = the address.
    pub display_name: Option<String>,
    /// The address of the mailbox at the server.
    pub email_address: String,
    /// Host name or address.
    pub server: String,
    /// TCP port; `None` = the one that goes with `security`.
    pub port: Option<u16>,
    /// Encryption.
    pub security: Security,
    /// Sign-in method.
    pub authentication: IncomingAuth,
    /// Sign-in name.
    pub user_name: String,
    /// Its password.
    pub password: Secret,
    /// Whether the server keeps what was fetched. IMAP servers always do.
    pub leave_on_server: bool,
    /// Make it even when the server cannot be signed in to.
    pub force: bool,
}

/// Changes to a subscription; `None` leaves a setting as it is.
#[derive(Clone, Default)]
pub struct SetSubscription {
    /// Name or GUID.
    pub identity: String,
    /// The mailbox it belongs to; needed where several have one of that name.
    pub mailbox: Option<String>,
    /// Only a subscription of this kind.
    pub kind: Option<SubscriptionType>,
    /// Friendly name.
    pub display_name: Option<String>,
    /// The address of the mailbox at the server.
    pub email_address: Option<String>,
    /// Host name or address.
    pub server: Option<String>,
    /// TCP port.
    pub port: Option<u16>,
    /// Encryption.
    pub security: Option<Security>,
    /// Sign-in method.
    pub authentication: Option<IncomingAuth>,
    /// Sign-in name.
    pub user_name: Option<String>,
    /// Its password.
    pub password: Option<Secret>,
    /// Whether the server keeps what was fetched.
    pub leave_on_server: Option<bool>,
    /// Whether it is polled.
    pub enabled: Option<bool>,
    /// Poll it now.
    pub sync_now: bool,
    /// Change it even when the server cannot be signed in to.
    pub force: bool,
}

/// Which subscriptions to give, in the order of their names.
#[derive(Clone, Debug, Default)]
pub struct SubscriptionFilter {
    /// Name or GUID; an unknown one is an error.
    pub identity: Option<String>,
    /// Only those of this mailbox.
    pub mailbox: Option<String>,
    /// Only this kind.
    pub kind: Option<SubscriptionType>,
    /// With the lines of the report.
    pub include_report: bool,
    /// At most so many; `None` = all.
    pub limit: Option<u32>,
}

//! What a subscription shows (cmdlets.md §2.7, 2.8).

use jiff::Timestamp;

use crate::engine::endpoint::Security;
use crate::engine::named::named_enum;
use crate::transport::Authentication;

named_enum! {
    /// `AggregationSubscriptionType`, as far as this program speaks it.
    pub enum SubscriptionType {
        /// POP3: the inbox.
        Pop = "Pop",
        /// IMAP: all folders.
        Imap = "IMAP",
    }
}

impl SubscriptionType {
    /// The port that goes with an encryption. Exchange's help has the TLS port with Tls too; nothing begins in clear text
    /// there, so it never worked.
    pub fn default_port(self, security: Security) -> u16 {
        match (self, security) {
            (Self::Pop, Security::Ssl) => 995,
            (Self::Pop, _) => 110,
            (Self::Imap, security) => security.default_port(),
        }
    }
}

named_enum! {
    /// `AuthenticationMechanism` and `IMAPAuthenticationMechanism`.
    pub enum IncomingAuth {
        /// A user name and a password.
        Basic = "Basic",
        /// NTLM, by its name for POP3: Secure Password Authentication.
        Spa = "Spa",
        /// NTLM, by its name for IMAP.
        Ntlm = "Ntlm",
    }
}

impl IncomingAuth {
    pub(super) fn method(self) -> Authentication {
        match self {
            Self::Basic => Authentication::Basic,
            Self::Spa | Self::Ntlm => Authentication::Ntlm,
        }
    }
}

named_enum! {
    /// How a subscription is.
    pub enum SubscriptionStatus {
        /// The last poll brought all there was.
        Succeeded = "Succeeded",
        /// It is being polled, or will be in a moment.
        InProgress = "InProgress",
        /// The last poll failed, and it is tried again by itself.
        Delayed = "Delayed",
        /// It is not polled until somebody changes it.
        Disabled = "Disabled",
    }
}

named_enum! {
    /// `DetailedAggregationStatus`: why a subscription is as it is.
    pub enum SubscriptionDetail {
        /// Nothing is wrong.
        None = "None",
        /// The server refuses the sign-in.
        AuthenticationError = "AuthenticationError",
        /// The server cannot be reached, or its certificate does not verify.
        ConnectionError = "ConnectionError",
        /// The server broke off, is busy, or says what cannot be.
        CommunicationError = "CommunicationError",
        /// The mailbox here cannot take mail: no room, no permission.
        MailboxError = "MailboxError",
    }
}

/// A subscription. Its password is never shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionView {
    /// The unique id, which is the identity: names are unique only within a mailbox.
    pub guid: uuid::Uuid,
    /// The name.
    pub name: String,
    /// Friendly name.
    pub display_name: String,
    /// What the server speaks.
    pub kind: SubscriptionType,
    /// The address of the mailbox that is filled.
    pub mailbox: String,
    /// The address of the mailbox at the server.
    pub email_address: String,
    /// Host name or address.
    pub server: String,
    /// TCP port.
    pub port: u16,
    /// Sign-in name.
    pub user_name: String,
    /// Sign-in method.
    pub authentication: IncomingAuth,
    /// Encryption.
    pub security: Security,
    /// Whether the server keeps what was fetched.
    pub leave_on_server: bool,
    /// Whether it is polled.
    pub enabled: bool,
    /// How it is.
    pub status: SubscriptionStatus,
    /// Why.
    pub detail: SubscriptionDetail,
    /// Why, in words, the server's own among them.
    pub message: String,
    /// Messages it brought.
    pub items: u64,
    /// Their bytes.
    pub bytes: u64,
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed last.
    pub modified: Timestamp,
    /// When it was last polled.
    pub last_sync: Option<Timestamp>,
    /// When it was last polled with success.
    pub last_success: Option<Timestamp>,
    /// When it is polled next; `None` = not by itself.
    pub next_sync: Option<Timestamp>,
    /// What happened, oldest first, when asked for.
    pub report: Option<Vec<SubscriptionEntry>>,
}

/// A line of a subscription's report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionEntry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub message: String,
}

//! What an endpoint and a probe show (cmdlets.md §2.5, 2.6).

use jiff::Timestamp;

use super::{AdminForm, Security};
use crate::engine::named::named_enum;

named_enum! {
    /// `AuthenticationMethod`, as far as this program signs in with it.
    pub enum AuthenticationMethod {
        /// User name and password: AUTHENTICATE PLAIN where offered, else LOGIN.
        Basic = "Basic",
    }
}

named_enum! {
    /// `MigrationType` of an endpoint.
    pub enum EndpointType {
        /// An IMAP server.
        Imap = "IMAP",
    }
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointView {
    /// The name.
    pub identity: String,
    /// The unique id, also an identity.
    pub guid: uuid::Uuid,
    /// What it speaks.
    pub endpoint_type: EndpointType,
    /// Host name or address.
    pub remote_server: String,
    /// TCP port.
    pub port: u16,
    /// Encryption.
    pub security: Security,
    /// Sign-in method.
    pub authentication: AuthenticationMethod,
    /// Whether certificates that do not verify are taken.
    pub accept_untrusted_certificates: bool,
    /// Mailboxes at once; `None` = unlimited.
    pub max_concurrent_migrations: Option<u32>,
    /// Incremental syncs at once; `None` = unlimited.
    pub max_concurrent_incremental_syncs: Option<u32>,
    /// The administrator who opens the mailboxes when mail is moved to this server.
    pub username: Option<String>,
    /// How the administrator names the mailbox.
    pub admin_form: AdminForm,
    /// Mailboxes at work now, from or to this server.
    pub active_migration_count: u32,
    /// Incremental syncs at work now.
    pub active_incremental_sync_count: u32,
    /// When it was made.
    pub creation_date_time: Timestamp,
    /// When it was changed last.
    pub last_modified_date_time: Timestamp,
}

/// The settings a probe used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionSettings {
    /// What it speaks.
    pub endpoint_type: EndpointType,
    /// Host name or address.
    pub remote_server: String,
    /// TCP port.
    pub port: u16,
    /// Encryption.
    pub security: Security,
    /// Whether certificates that do not verify are taken.
    pub accept_untrusted_certificates: bool,
}

named_enum! {
    /// How a probe ended.
    pub enum ProbeOutcome {
        /// The server answered as IMAP server with the encryption asked for.
        Success = "Success",
        /// It did not; `message` says why.
        Failed = "Failed",
    }
}

/// The result of a probe. A server that cannot be reached is a result, not an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeView {
    /// How it ended.
    pub result: ProbeOutcome,
    /// One line why; empty on success.
    pub message: String,
    /// The tested settings; `None` on failure.
    pub connection_settings: Option<ConnectionSettings>,
    /// Always false for IMAP.
    pub supports_cutover: bool,
    /// The chain of reasons, `---> ` between levels; empty on success.
    pub error_detail: String,
    /// The stored endpoint that was tested.
    pub tested_endpoint: Option<String>,
    /// The server's greeting text; empty on failure. Written by the server: show it as its words.
    pub greeting: String,
    /// The capabilities offered; empty on failure.
    pub capabilities: Vec<String>,
    /// The SASL mechanisms offered; empty on failure.
    pub mechanisms: Vec<String>,
}

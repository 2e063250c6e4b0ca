//! What is asked of endpoints.

use super::AuthenticationMethod;
use crate::engine::named::named_enum;
use crate::mail::Secret;

named_enum! {
    /// `IMAPSecurityMechanism`.
    pub enum Security {
        /// Clear text. Only when written out.
        None = "None",
        /// TLS from the first byte, port 993.
        Ssl = "Ssl",
        /// STARTTLS on port 143; refused when the server does not offer it.
        Tls = "Tls",
    }
}

impl Security {
    /// The port that goes with it (RFC 3501, RFC 8314).
    pub fn default_port(self) -> u16 {
        match self {
            Self::Ssl => 993,
            Self::None | Self::Tls => 143,
        }
    }
}

named_enum! {
    /// How an administrator names the mailbox to open, when signing in at a target server.
    pub enum AdminForm {
        /// `user*admin` with the administrator's password: Dovecot's master users. A server that does not know the form
        /// refuses it, and so it is what is done unless another is asked for.
        MasterUser = "MasterUser",
        /// The mailbox as SASL authorization identity (RFC 4616): Cyrus, Zimbra, Dovecot.
        AuthorizationId = "AuthorizationId",
    }
}

/// Who opens every mailbox of a target server. Has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct Admin {
    /// The administrator's name.
    pub name: String,
    /// The administrator's password, kept sealed.
    pub password: Secret,
}

/// An endpoint to make. It is probed first unless `skip_verification`.
#[derive(Clone)]
pub struct NewEndpoint {
    /// 1 to 64 characters, unique over all endpoints, without regard to case.
    pub name: String,
    /// Host name or address of the source.
    pub remote_server: String,
    /// TCP port; `None` = the one that goes with `security`.
    pub port: Option<u16>,
    /// Encryption.
    pub security: Security,
    /// Sign-in method.
    pub authentication: AuthenticationMethod,
    /// Take certificates that do not verify.
    pub accept_untrusted_certificates: bool,
    /// Mailboxes at once; `None` = unlimited (held by the limit of 300 for all endpoints).
    pub max_concurrent_migrations: Option<u32>,
    /// Incremental syncs at once; `None` = unlimited.
    pub max_concurrent_incremental_syncs: Option<u32>,
    /// Who opens the mailboxes when mail is moved to this server.
    pub admin: Option<Admin>,
    /// How the administrator names the mailbox.
    pub admin_form: AdminForm,
    /// Do not probe.
    pub skip_verification: bool,
}

impl Default for NewEndpoint {
    fn default() -> Self {
        Self {
            name: String::new(),
            remote_server: String::new(),
            port: None,
            security: Security::Ssl,
            authentication: AuthenticationMethod::Basic,
            accept_untrusted_certificates: false,
            max_concurrent_migrations: Some(20),
            max_concurrent_incremental_syncs: Some(10),
            admin: None,
            admin_form: AdminForm::MasterUser,
            skip_verification: false,
        }
    }
}

/// Changes to an endpoint; `None` leaves a setting as it is. It is probed first unless `skip_verification`.
#[derive(Clone, Default)]
pub struct SetEndpoint {
    /// Name or GUID.
    pub identity: String,
    /// Host name or address of the source.
    pub remote_server: Option<String>,
    /// TCP port.
    pub port: Option<u16>,
    /// Encryption.
    pub security: Option<Security>,
    /// Sign-in method.
    pub authentication: Option<AuthenticationMethod>,
    /// Take certificates that do not verify.
    pub accept_untrusted_certificates: Option<bool>,
    /// Mailboxes at once; `Some(None)` = unlimited.
    pub max_concurrent_migrations: Option<Option<u32>>,
    /// Incremental syncs at once; `Some(None)` = unlimited.
    pub max_concurrent_incremental_syncs: Option<Option<u32>>,
    /// Who opens the mailboxes when mail is moved to this server; `Some(None)` = nobody.
    pub admin: Option<Option<Admin>>,
    /// How the administrator names the mailbox.
    pub admin_form: Option<AdminForm>,
    /// Do not probe.
    pub skip_verification: bool,
}

impl SetEndpoint {
    /// Whether it changes where and how to connect, not only limits.
    pub(super) fn changes_connection(&self) -> bool {
        self.remote_server.is_some()
            || self.port.is_some()
            || self.security.is_some()
            || self.authentication.is_some()
            || self.accept_untrusted_certificates.is_some()
            || self.admin.is_some()
            || self.admin_form.is_some()
    }
}

/// What to probe: a stored endpoint, or settings given in place.
#[derive(Clone, Debug)]
pub enum ProbeTarget {
    /// Name or GUID of an endpoint.
    Endpoint(String),
    /// Settings.
    Imap {
        /// Host name or address.
        remote_server: String,
        /// TCP port; `None` = the one that goes with `security`.
        port: Option<u16>,
        /// Encryption.
        security: Security,
        /// Take certificates that do not verify.
        accept_untrusted_certificates: bool,
    },
}

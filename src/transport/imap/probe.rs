//! Asking a server who it is, without a login.

use super::{
    hello::Hello,
    settings::{ImapSettings, ServerInfo},
};
use crate::transport::{Login, TransportError};

/// Connects, turns TLS on as the settings say, reads greeting and capabilities, and says good-bye.
///
/// # Errors
/// `Config` for an unknown host, a closed port or another protocol on it; `Tls` for certificates and STARTTLS;
/// `Transport` for everything that may pass. The message says which.
pub async fn probe(settings: &ImapSettings) -> Result<ServerInfo, TransportError> {
    let mut hello = Hello::open(settings).await?;
    let info = hello.info.clone();
    // a server that does not answer LOGOUT has told all we wanted to know
    let _ = hello.command("LOGOUT").await;
    Ok(info)
}

/// Like [`probe`], with a login, so that the capabilities are those of a user.
///
/// # Errors
/// As [`probe`], and `Auth` when the login is refused.
pub async fn probe_login(
    settings: &ImapSettings,
    login: &Login,
) -> Result<ServerInfo, TransportError> {
    let mut hello = Hello::open(settings).await?;
    hello.log_in(login).await?;
    let info = hello.info.clone();
    let _ = hello.command("LOGOUT").await;
    Ok(info)
}

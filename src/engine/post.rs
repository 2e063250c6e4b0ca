//! Sending mail. Needs no state: it works beside a console that holds it.

use std::time::{Duration, SystemTime};

use super::clock::Clock;
use super::error::{EngineError, ErrorId};
use crate::mail::{Letter, Secret};
use crate::transport::smtp::{compose, deliver};
use crate::transport::{ErrorClass, Login, NetSettings, Security, TransportError};

/// How long a server may be silent while it works on a mail; RFC 5321 section 4.5.3.2 wants ten minutes after the last line, which nobody
/// waits for at a console.
const SILENCE: Duration = Duration::from_secs(120);

/// The server that takes the mail.
pub struct MailServer {
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// STARTTLS, or nothing is sent.
    pub starttls: bool,
    /// User name and password, when it wants them.
    pub login: Option<(String, Secret)>,
}

/// What became of a mail that was sent.
pub struct Sent {
    /// Receivers that the server would not take, each with its words.
    pub refused: Vec<(String, String)>,
    /// Notifications were asked for, and the server does not do them.
    pub cannot_notify: bool,
}

/// Sends a mail.
///
/// # Errors
/// `ServerConnectionFailed`, `SignInFailed`, `CommunicationTransient` when it may work later, `RemotePermanent` otherwise. Nobody got the
/// mail then, unless the connection broke after all of it was sent.
pub async fn send(server: MailServer, letter: Letter) -> Result<Sent, EngineError> {
    let security = match server.starttls {
        true => Security::Tls,
        false => Security::None,
    };
    let mut net = NetSettings::new(&server.host, server.port, security);
    net.idle_timeout = SILENCE;
    let login = server
        .login
        .map(|(user, password)| Login::new(user, password));
    let now = Clock::system().now();
    let at = SystemTime::from(now);
    let fail = |error| refused(&server.host, &error);
    let text = compose(&letter, at).map_err(fail)?;
    let delivered = deliver(&net, login.as_ref(), &letter, &text)
        .await
        .map_err(fail)?;
    Ok(Sent {
        refused: delivered.refused,
        cannot_notify: delivered.cannot_notify,
    })
}

fn refused(host: &str, error: &TransportError) -> EngineError {
    let id = match error.class {
        ErrorClass::Auth => ErrorId::SignInFailed,
        ErrorClass::Throttle => ErrorId::CommunicationTransient,
        ErrorClass::Refused => ErrorId::RemotePermanent,
        _ => ErrorId::ServerConnectionFailed,
    };
    EngineError::new(id, host, error.to_string(), "")
}

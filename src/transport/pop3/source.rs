//! A maildrop to read from.

use tokio::time::Duration;

use super::{
    hello::Hello,
    io::Pop3Io,
    settings::{Pop3Info, Pop3Settings},
};
use crate::transport::{ErrorClass, Login, TransportError};

/// How long a login may take: servers slow down after wrong passwords, and ask other machines.
const LOGIN_LIMIT: Duration = Duration::from_secs(60);
/// Commands in flight where the server takes no more than one (RFC 2449 section 6.6: PIPELINING).
const ONE: usize = 1;
/// The most commands in flight.
const MOST: usize = 512;

/// A logged-in session. The maildrop is locked for others while it lasts, and nothing is deleted before [`Pop3Source::quit`].
pub struct Pop3Source {
    pub(super) io: Pop3Io,
    info: Pop3Info,
}

impl Pop3Source {
    /// Connects and logs in.
    ///
    /// # Errors
    /// `Config` for an unknown host, a closed port or another protocol on it; `Tls` for certificates and STLS; `Auth` when the
    /// login is refused; `Throttle` when the maildrop is locked or the server wants us to wait; `Transport` for what may pass.
    pub async fn connect(settings: &Pop3Settings, login: &Login) -> Result<Self, TransportError> {
        let mut hello = Hello::open(settings).await?;
        hello
            .io
            .within(Some(LOGIN_LIMIT.min(settings.net.idle_timeout)));
        hello.log_in(login).await?;
        // some tell what they can do only to who is known (RFC 2449 section 5)
        if hello.info.capabilities.is_some() && !hello.info.has("PIPELINING") {
            hello.ask_capabilities().await?;
        }
        hello.io.within(None);
        let Hello { io, info, .. } = hello;
        Ok(Self { io, info })
    }

    /// What the server says of itself.
    pub fn info(&self) -> &Pop3Info {
        &self.info
    }

    /// How many commands may be in flight.
    pub(super) fn depth(&self) -> usize {
        if self.info.has("PIPELINING") {
            MOST
        } else {
            ONE
        }
    }

    /// Marks messages to be deleted by [`Pop3Source::quit`]. Gives those that the server does not mark.
    ///
    /// # Errors
    /// When the connection breaks. Nothing is deleted then.
    pub async fn mark_deleted(&mut self, numbers: &[u32]) -> Result<Vec<u32>, TransportError> {
        let mut left = Vec::new();
        for part in numbers.chunks(self.depth()) {
            for number in part {
                let command = format!("DELE {number}");
                self.io.queue(&command, &command);
            }
            self.io.flush().await?;
            for number in part {
                if !self.io.reply().await?.is_ok {
                    left.push(*number);
                }
            }
        }
        Ok(left)
    }

    /// Ends the session: now what was marked is deleted (RFC 1939 section 6).
    ///
    /// # Errors
    /// When the server says that it did not delete all, or nothing at all: whether it did is then not known.
    pub async fn quit(mut self) -> Result<(), TransportError> {
        let reply = self.io.command("QUIT").await?;
        if reply.is_ok {
            return Ok(());
        }
        let error = self.refused(&reply, "delete what was marked");
        Err(TransportError {
            class: ErrorClass::Refused,
            ..error
        })
    }
}

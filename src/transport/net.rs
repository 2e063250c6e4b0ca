//! Reaching a server: names, ports, time limits.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpStream, lookup_host},
    time::{Instant, timeout_at},
};
use tokio_native_tls::TlsStream;

use super::{ErrorClass, TransportError, tls};

/// How a connection is protected, in the words of `-Security`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Security {
    /// Clear text.
    None,
    /// TLS from the first byte.
    Ssl,
    /// STARTTLS: clear text first, TLS before the login or not at all.
    Tls,
}

/// Where a server is and how it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetSettings {
    /// Host name or IP address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Protection of the connection.
    pub security: Security,
    /// Takes any certificate. TLS then hides the mail from listeners, but not from an impostor.
    pub accept_untrusted: bool,
    /// Limit for name resolution, connection and TLS handshake together.
    pub connect_timeout: Duration,
    /// Limit for silence of the server while an answer is due.
    pub idle_timeout: Duration,
}

impl NetSettings {
    /// Settings with the usual limits: 15 s to connect, 5 min of silence, certificates verified.
    pub fn new(host: impl Into<String>, port: u16, security: Security) -> Self {
        Self {
            host: host.into(),
            port,
            security,
            accept_untrusted: false,
            connect_timeout: Duration::from_secs(15),
            idle_timeout: Duration::from_secs(300),
        }
    }
}

impl Security {
    /// The word of `-Security`.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Ssl => "Ssl",
            Self::Tls => "Tls",
        }
    }
}

/// The environment variable that names other places for servers: `HOST:PORT=ADDRESS:PORT`, several with commas between
/// them. For a rehearsal on a copy of the server, or a tunnel; certificates are verified for the name all the same.
const RESOLVE: &str = "MAILTERN_RESOLVE";

/// Where a list of `HOST:PORT=ADDRESS:PORT` sends a server.
fn redirected<'a>(list: &'a str, host: &str, port: u16) -> Option<(&'a str, u16)> {
    list.split(',').find_map(|entry| {
        let (from, to) = entry.trim().split_once('=')?;
        let (name, number) = from.rsplit_once(':')?;
        let (address, target) = to.rsplit_once(':')?;
        let is_meant = name.eq_ignore_ascii_case(host) && number.parse() == Ok(port);
        target
            .parse()
            .ok()
            .filter(|_| is_meant)
            .map(|target| (address, target))
    })
}

/// A connected socket, in clear text or under TLS.
#[derive(Debug)]
pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl NetSettings {
    /// Resolves the name and connects; tries every address of the host until the limit is over.
    ///
    /// # Errors
    /// `Config` for an unknown host or a port on which nothing listens, `Transport` for everything that may pass.
    pub(super) async fn dial(&self, deadline: Instant) -> Result<TcpStream, TransportError> {
        match timeout_at(deadline, self.connect_any()).await {
            Ok(result) => result,
            Err(_) => Err(TransportError::new(
                ErrorClass::Transport,
                format!(
                    "No connection to {} within {} s",
                    self.place(),
                    self.connect_timeout.as_secs()
                ),
            )
            .with_next_step("Check that a firewall lets this host and port through.")),
        }
    }

    /// Connects, and turns TLS on where it begins with the first byte.
    ///
    /// # Errors
    /// As [`NetSettings::dial`], and `Tls` for certificates and versions.
    pub(super) async fn open(&self, deadline: Instant) -> Result<Stream, TransportError> {
        let socket = self.dial(deadline).await?;
        Ok(match self.security {
            Security::Ssl => Stream::Tls(Box::new(tls::handshake(self, socket, deadline).await?)),
            Security::None | Security::Tls => Stream::Plain(socket),
        })
    }

    /// Turns TLS on after the server agreed to `verb` (STARTTLS, STLS). `is_clean`: nothing came behind its answer.
    ///
    /// # Errors
    /// `Tls` when something came, for that was said by nobody knows whom; and as the handshake.
    pub(super) async fn upgrade(
        &self,
        stream: Stream,
        is_clean: bool,
        verb: &str,
        deadline: Instant,
    ) -> Result<Stream, TransportError> {
        let Stream::Plain(socket) = stream else {
            return Err(TransportError::new(ErrorClass::Tls, "TLS is on already"));
        };
        if !is_clean {
            let message = format!(
                "The server {} sent more than its answer to {verb} in clear text; somebody may be tampering",
                self.host
            );
            return Err(TransportError::new(ErrorClass::Tls, message)
                .with_next_step("Nothing was sent. Use -Security Ssl."));
        }
        let stream = tls::handshake(self, socket, deadline).await?;
        Ok(Stream::Tls(Box::new(stream)))
    }

    async fn connect_any(&self) -> Result<TcpStream, TransportError> {
        let elsewhere = std::env::var(RESOLVE).ok();
        let (host, port) = elsewhere
            .as_deref()
            .and_then(|list| redirected(list, &self.host, self.port))
            .unwrap_or((&self.host, self.port));
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let addresses: Vec<_> = match lookup_host((host, port)).await {
            Ok(found) => found.collect(),
            Err(error) => return Err(self.unknown_host(&error.to_string())),
        };
        let mut last = self.unknown_host("no address");
        for address in addresses {
            match TcpStream::connect(address).await {
                Ok(stream) => {
                    // commands are small and written whole
                    stream.set_nodelay(true).map_err(|e| self.lost(&e))?;
                    return Ok(stream);
                }
                Err(error) => last = self.not_connected(&error),
            }
        }
        Err(last)
    }

    fn unknown_host(&self, words: &str) -> TransportError {
        TransportError::new(
            ErrorClass::Config,
            format!("The host name \"{}\" cannot be resolved", self.host),
        )
        .with_words(words)
        .with_next_step("Check the spelling of the server name.")
    }

    fn not_connected(&self, error: &io::Error) -> TransportError {
        if error.kind() == io::ErrorKind::ConnectionRefused {
            return TransportError::new(
                ErrorClass::Config,
                format!("Nothing listens on {}", self.place()),
            )
            .with_words(error.to_string())
            .with_next_step("Check the port, and that the server runs.");
        }
        TransportError::new(
            ErrorClass::Transport,
            format!("No connection to {}", self.place()),
        )
        .with_words(error.to_string())
    }

    /// `host port number`, for messages.
    pub(super) fn place(&self) -> String {
        format!("{} port {}", self.host, self.port)
    }

    /// The error for a connection that broke.
    pub(super) fn lost(&self, error: &io::Error) -> TransportError {
        let message = if error.kind() == io::ErrorKind::UnexpectedEof {
            format!("The server {} closed the connection", self.host)
        } else {
            format!("The connection to {} broke", self.host)
        };
        TransportError::new(ErrorClass::Transport, message).with_words(error.to_string())
    }
}

impl Stream {
    /// Acknowledges the next segments at once. A server that answers two commands in two small segments otherwise waits
    /// for our acknowledgement of the first, which the kernel delays by 40 ms. Lasts for a few segments only.
    pub(super) fn acknowledge_at_once(&self) {
        let socket = match self {
            Self::Plain(socket) => socket,
            Self::Tls(stream) => stream.get_ref().get_ref().get_ref(),
        };
        // without it everything still works, only slower
        let _ = rustix::net::sockopt::set_tcp_quickack(socket, true);
    }

    /// This end's address.
    pub(super) fn local_ip(&self) -> Option<std::net::IpAddr> {
        let socket = match self {
            Self::Plain(socket) => socket,
            Self::Tls(stream) => stream.get_ref().get_ref().get_ref(),
        };
        socket.local_addr().ok().map(|address| address.ip())
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(s) => Pin::new(s).poll_read(cx, buf),
            Self::Tls(s) => Pin::new(s).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(s) => Pin::new(s).poll_write(cx, buf),
            Self::Tls(s) => Pin::new(s).poll_write(cx, buf),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(s) => Pin::new(s).poll_flush(cx),
            Self::Tls(s) => Pin::new(s).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(s) => Pin::new(s).poll_shutdown(cx),
            Self::Tls(s) => Pin::new(s).poll_shutdown(cx),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_can_be_sent_elsewhere_by_name_and_port() {
        let list = "pop.x.example:995=127.0.0.1:10995, imap.x.example:993=[::1]:1,broken,a:b=c:d";
        assert_eq!(
            redirected(list, "POP.x.example", 995),
            Some(("127.0.0.1", 10_995))
        );
        assert_eq!(redirected(list, "imap.x.example", 993), Some(("[::1]", 1)));
        for (host, port) in [
            ("pop.x.example", 110),
            ("x.example", 995),
            ("a", 1),
            ("broken", 0),
        ] {
            assert_eq!(redirected(list, host, port), None, "{host}");
        }
    }
}

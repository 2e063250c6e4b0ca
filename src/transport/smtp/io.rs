//! Commands and replies on one connection.

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::time::{Instant, timeout_at};
use zeroize::Zeroizing;

use crate::transport::{ErrorClass, NetSettings, TransportError, net::Stream};

/// The longest line of a reply that is taken; RFC 5321 section 4.5.3.1.5 allows 512.
const MAX_LINE: u64 = 8 * 1024;
/// The most lines of a reply.
const MAX_LINES: usize = 200;

/// A reply (RFC 5321 section 4.2).
pub(super) struct Reply {
    pub(super) code: u16,
    /// The texts behind the code.
    pub(super) lines: Vec<String>,
}

impl Reply {
    /// 2yz.
    pub(super) fn is_fine(&self) -> bool {
        self.code / 100 == 2
    }

    /// What was said, in one line.
    pub(super) fn words(&self) -> String {
        format!("{} {}", self.code, self.lines.join(" "))
    }

    /// The error for a reply that refuses.
    pub(super) fn refusal(&self, message: String) -> TransportError {
        let class = match self.code / 100 {
            4 => ErrorClass::Throttle,
            5 => ErrorClass::Refused,
            _ => ErrorClass::Malformed,
        };
        TransportError::new(class, message).with_words(self.words())
    }
}

/// The socket and what has been read from it.
pub(super) struct SmtpIo {
    stream: BufReader<Stream>,
    pub(super) net: NetSettings,
}

impl SmtpIo {
    pub(super) fn new(stream: Stream, net: NetSettings) -> Self {
        Self {
            stream: BufReader::new(stream),
            net,
        }
    }

    /// The socket again, and whether everything read from it was used.
    pub(super) fn into_stream(self) -> (Stream, bool) {
        let is_clean = self.stream.buffer().is_empty();
        (self.stream.into_inner(), is_clean)
    }

    pub(super) fn stream(&self) -> &Stream {
        self.stream.get_ref()
    }

    /// Sends a command and waits for its reply.
    pub(super) async fn command(&mut self, command: &str) -> Result<Reply, TransportError> {
        self.send(Zeroizing::new(format!("{command}\r\n")).as_bytes())
            .await?;
        self.reply().await
    }

    /// Sends bytes as they are.
    pub(super) async fn send(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        let until = Instant::now() + self.net.idle_timeout;
        let sent = timeout_at(until, async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        });
        match sent.await {
            Ok(done) => done.map_err(|error| self.net.lost(&error)),
            Err(_) => Err(self.silent()),
        }
    }

    /// The next reply, all its lines.
    pub(super) async fn reply(&mut self) -> Result<Reply, TransportError> {
        let mut lines = Vec::new();
        loop {
            let line = self.line().await?;
            let code = line.get(..3).and_then(|code| code.parse::<u16>().ok());
            let (Some(code @ 200..=599), true) = (code, lines.len() < MAX_LINES) else {
                let message = format!("What listens on {} does not speak SMTP", self.net.place());
                return Err(TransportError::new(ErrorClass::Malformed, message)
                    .with_words(line.chars().take(80).collect::<String>()));
            };
            let rest = line.get(3..).unwrap_or_default();
            lines.push(rest.get(1..).unwrap_or_default().to_owned());
            if !rest.starts_with('-') {
                return Ok(Reply { code, lines });
            }
        }
    }

    async fn line(&mut self) -> Result<String, TransportError> {
        let until = Instant::now() + self.net.idle_timeout;
        let mut line = Vec::new();
        let mut limited = (&mut self.stream).take(MAX_LINE);
        let read = timeout_at(until, limited.read_until(b'\n', &mut line)).await;
        match read {
            Ok(Ok(_)) if line.last() == Some(&b'\n') => {
                Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
            }
            Ok(Ok(_)) if line.len() as u64 == MAX_LINE => {
                let message = format!("The server {} sends a line without end", self.net.host);
                Err(TransportError::new(ErrorClass::Malformed, message))
            }
            Ok(Ok(_)) => Err(self.net.lost(&std::io::ErrorKind::UnexpectedEof.into())),
            Ok(Err(error)) => Err(self.net.lost(&error)),
            Err(_) => Err(self.silent()),
        }
    }

    fn silent(&self) -> TransportError {
        let message = format!("The server {} does not answer in time", self.net.place());
        TransportError::new(ErrorClass::Transport, message)
    }
}

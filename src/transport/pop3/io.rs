//! Lines and multi-line answers off the wire.

use std::collections::VecDeque;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{Duration, Instant, timeout_at},
};

use super::{reply::Reply, settings::Pop3Settings, unstuff::Unstuff};
use crate::transport::{ErrorClass, NetSettings, Trace, TransportError, net::Stream};

const BUFFER: usize = 64 * 1024;
/// The longest line of an answer that is taken. RFC 2449 section 4 allows 512; some send more.
const MAX_LINE: usize = 8 * 1024;
/// The most lines of a list: as many messages as a mailbox may have, and then some.
const MAX_LINES: usize = 4_000_000;

/// The socket and what has been read from it.
pub(super) struct Pop3Io {
    stream: Stream,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    /// Commands that are not sent yet.
    out: Vec<u8>,
    net: NetSettings,
    trace: Option<Trace>,
    /// When the next bytes must be there, while signing in.
    deadline: Option<Instant>,
    /// The last line ended with a bare LF.
    ended_in_lf: bool,
    /// The beginning of the last line, for telling what else speaks there.
    pub(super) last_line: String,
}

impl Pop3Io {
    pub(super) fn new(stream: Stream, settings: &Pop3Settings, deadline: Instant) -> Self {
        Self {
            stream,
            buffer: vec![0; BUFFER].into_boxed_slice(),
            start: 0,
            end: 0,
            out: Vec::new(),
            net: settings.net.clone(),
            trace: settings.trace.clone(),
            deadline: Some(deadline),
            ended_in_lf: false,
            last_line: String::new(),
        }
    }

    /// The socket again, and whether everything read from it was used.
    pub(super) fn into_stream(self) -> (Stream, bool) {
        (self.stream, self.start == self.end)
    }

    /// Gives what follows so long in all; `None`: so long between two bytes as the settings say.
    pub(super) fn within(&mut self, limit: Option<Duration>) {
        self.deadline = limit.map(|limit| Instant::now() + limit);
    }

    pub(super) fn net(&self) -> &NetSettings {
        &self.net
    }

    /// Puts a command into the next [`Pop3Io::flush`]. `shown` is what the trace gets.
    pub(super) fn queue(&mut self, command: &str, shown: &str) {
        if let Some(trace) = &self.trace {
            trace.line('C', shown);
        }
        self.out.extend_from_slice(command.as_bytes());
        self.out.extend_from_slice(b"\r\n");
    }

    /// Sends what was queued.
    pub(super) async fn flush(&mut self) -> Result<(), TransportError> {
        let out = zeroize::Zeroizing::new(std::mem::take(&mut self.out));
        let until = self.until();
        let sent = timeout_at(until, async {
            self.stream.write_all(&out).await?;
            self.stream.flush().await
        });
        match sent.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(self.net.lost(&error)),
            Err(_) => Err(self.silent()),
        }
    }

    /// Sends a command and waits for its answer.
    pub(super) async fn command(&mut self, command: &str) -> Result<Reply, TransportError> {
        self.queue(command, command);
        self.flush().await?;
        self.reply().await
    }

    /// The next answer's first line.
    pub(super) async fn reply(&mut self) -> Result<Reply, TransportError> {
        let line = self.line().await?;
        Reply::parse(&line).ok_or_else(|| {
            let message = format!(
                "The server {} answers what POP3 does not have",
                self.net.host
            );
            TransportError::new(ErrorClass::Malformed, message).with_words(self.last_line.clone())
        })
    }

    /// The next line, without its end.
    pub(super) async fn line(&mut self) -> Result<Vec<u8>, TransportError> {
        let mut line = Vec::new();
        loop {
            let read = &self.buffer[self.start..self.end];
            let end = read.iter().position(|&b| b == b'\n');
            line.extend_from_slice(&read[..end.unwrap_or(read.len())]);
            if line.len() > MAX_LINE {
                let message = format!("The server {} sends a line without end", self.net.host);
                return Err(TransportError::new(ErrorClass::Malformed, message));
            }
            if let Some(end) = end {
                self.start += end + 1;
                break;
            }
            self.fill().await?;
        }
        self.ended_in_lf = line.last() != Some(&b'\r');
        if !self.ended_in_lf {
            line.pop();
        }
        let text = String::from_utf8_lossy(&line);
        self.last_line = text
            .chars()
            .take(80)
            .flat_map(char::escape_default)
            .collect();
        if let Some(trace) = &self.trace {
            trace.line('S', &text);
        }
        Ok(line)
    }

    /// The lines of a multi-line answer whose first line was read.
    pub(super) async fn lines(&mut self) -> Result<VecDeque<Vec<u8>>, TransportError> {
        let mut lines = VecDeque::new();
        loop {
            let mut line = self.line().await?;
            if line == b"." {
                return Ok(lines);
            }
            if line.first() == Some(&b'.') {
                line.remove(0);
            }
            lines.push_back(line);
            if lines.len() > MAX_LINES {
                let message = format!("The server {} sends a list without end", self.net.host);
                return Err(TransportError::new(ErrorClass::Malformed, message));
            }
        }
    }

    /// Begins to read a message whose `+OK` was read.
    pub(super) fn body(&self) -> Unstuff {
        Unstuff::new(self.ended_in_lf)
    }

    /// Some more of a message, appended to `out`; true at its end.
    pub(super) async fn more(
        &mut self,
        body: &mut Unstuff,
        out: &mut Vec<u8>,
    ) -> Result<bool, TransportError> {
        if self.start == self.end {
            self.fill().await?;
        }
        let end = body.feed(&self.buffer[self.start..self.end], out);
        self.start = end.map_or(self.end, |taken| self.start + taken);
        Ok(end.is_some())
    }

    /// Reads from the socket when everything read before is used.
    async fn fill(&mut self) -> Result<(), TransportError> {
        let until = self.until();
        (self.start, self.end) = (0, 0);
        match timeout_at(until, self.stream.read(&mut self.buffer)).await {
            Ok(Ok(0)) => Err(self.net.lost(&std::io::ErrorKind::UnexpectedEof.into())),
            Ok(Ok(count)) => {
                self.end = count;
                Ok(())
            }
            Ok(Err(error)) => Err(self.net.lost(&error)),
            Err(_) => Err(self.silent()),
        }
    }

    fn until(&self) -> Instant {
        self.deadline
            .unwrap_or_else(|| Instant::now() + self.net.idle_timeout)
    }

    fn silent(&self) -> TransportError {
        let message = format!("The server {} does not answer in time", self.net.place());
        TransportError::new(ErrorClass::Transport, message)
    }
}

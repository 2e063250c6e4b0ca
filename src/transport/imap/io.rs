//! The transport under async-imap: line layer, tolerant parser, write buffer, trace.
//!
//! async-imap's parser stops for ever at lines it does not know, holds messages whole and reads some values wrong. So
//! every line is read here; async-imap gets a plain `OK` in its place, one for each event, and the event waits in
//! `events` until the driver takes it. async-imap keeps numbering commands and pairing them with their ends.

use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufWriter, ReadBuf};

use super::{
    deflate::Deflate,
    lexer::{Found, Lexer},
    response::{FetchData, Response, fetch_head},
    settings::ImapSettings,
};
use crate::transport::{Trace, TransportError, net::Stream};

const BUFFER: usize = 64 * 1024;

/// What a server says next.
#[derive(Debug)]
pub(super) enum Event {
    /// A response line.
    Response(Response),
    /// A large message begins; what its FETCH response said before it.
    Begin(FetchData, u64),
    /// Some of its bytes. The response line itself follows the last of them.
    Piece(Vec<u8>),
}

/// The socket and what has been read from it.
pub(super) struct ImapIo {
    stream: BufWriter<Stream>,
    deflate: Option<Box<Deflate>>,
    lexer: Lexer,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    pub(super) events: VecDeque<Event>,
    pub(super) failure: Option<TransportError>,
    /// Bytes that came off the wire, unfolded.
    pub(super) received: u64,
    handover: Handover,
    /// The beginning of the last line before the session, for telling what else speaks there.
    pub(super) last_line: String,
    trace: Option<Trace>,
}

/// async-imap gives out a session only for a login that it does itself. Ours is over by then (it may need literals or an
/// initial response, and async-imap would write the password into its log), so the first command is answered here.
#[derive(PartialEq, Eq)]
enum Handover {
    /// Before the session.
    Off,
    /// The login is being written; its bytes so far.
    Writing(Vec<u8>),
    /// The answer to it waits to be read.
    Answer(Vec<u8>),
    /// Everything goes to the server.
    Done,
}

impl ImapIo {
    pub(super) fn new(stream: Stream, settings: &ImapSettings) -> Self {
        Self {
            stream: BufWriter::with_capacity(BUFFER, stream),
            deflate: None,
            received: 0,
            lexer: Lexer::new(settings.max_line),
            buffer: vec![0; BUFFER].into_boxed_slice(),
            start: 0,
            end: 0,
            events: VecDeque::new(),
            failure: None,
            handover: Handover::Off,
            last_line: String::new(),
            trace: settings.trace.clone(),
        }
    }

    /// From here on async-imap writes and reads, beginning with a login that is answered here.
    pub(super) fn hand_over(&mut self) {
        self.handover = Handover::Writing(Vec::new());
    }

    /// The socket again, and whether everything read from it was used.
    pub(super) fn into_stream(self) -> (Stream, bool) {
        let is_clean = self.start == self.end && self.lexer.is_idle();
        (self.stream.into_inner(), is_clean)
    }

    /// From here on both directions are compressed.
    pub(super) fn compress(&mut self) {
        let came = &self.buffer[self.start..self.end];
        self.deflate = Some(Box::new(Deflate::new(came)));
        self.start = self.end;
    }

    /// Writes bytes as they are and sends them off.
    pub(super) async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    /// What the server says next; `None` when it closed the connection between two lines.
    pub(super) async fn next_event(&mut self) -> io::Result<Option<Event>> {
        poll_fn(|cx| self.poll_event(cx)).await
    }

    /// See [`Stream::acknowledge_at_once`].
    pub(super) fn acknowledge_at_once(&self) {
        self.stream.get_ref().acknowledge_at_once();
    }

    /// Tells the trace what goes out. Never called with a password.
    pub(super) fn trace_out(&self, line: &str) {
        if let Some(trace) = &self.trace {
            trace.line('C', line);
        }
    }

    fn remember(&mut self, found: &Found) {
        if self.handover == Handover::Off
            && let Found::Line(parts) = found
        {
            let line = super::settings::show(parts);
            self.last_line = line
                .chars()
                .take(80)
                .flat_map(char::escape_default)
                .collect();
        }
    }

    fn trace_in(&self, found: &Found) {
        let Some(trace) = &self.trace else { return };
        match found {
            Found::Line(parts) => trace.line('S', &super::settings::show(parts)),
            Found::Begin(parts, size) => trace.line(
                'S',
                &format!("{} {{{size}}} ...", super::settings::show(parts)),
            ),
            Found::Piece(_) => {}
        }
    }

    /// Fills the buffer.
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if let Some(deflate) = &mut self.deflate {
            return deflate.poll_read(&mut self.stream, cx, &mut self.buffer);
        }
        let mut buf = ReadBuf::new(&mut self.buffer);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buf))?;
        Poll::Ready(Ok(buf.filled().len()))
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Event>>> {
        loop {
            let mut input = &self.buffer[self.start..self.end];
            let step = self.lexer.step(&mut input);
            self.start = self.end - input.len();
            match step {
                Ok(Some(found)) => {
                    self.trace_in(&found);
                    self.remember(&found);
                    return Poll::Ready(Ok(Some(event(found))));
                }
                Ok(None) => {}
                Err(error) => {
                    self.failure = Some(error);
                    return Poll::Ready(Err(io::Error::other("malformed response")));
                }
            }
            let count = ready!(self.poll_more(cx))?;
            (self.start, self.end) = (0, count);
            self.received += count as u64;
            if self.end == 0 {
                let end = if self.lexer.is_idle() {
                    Ok(None)
                } else {
                    Err(io::ErrorKind::UnexpectedEof.into())
                };
                return Poll::Ready(end);
            }
        }
    }
}

fn event(found: Found) -> Event {
    match found {
        Found::Line(parts) => Event::Response(Response::parse(parts)),
        Found::Begin(parts, size) => Event::Begin(fetch_head(parts), size),
        Found::Piece(bytes) => Event::Piece(bytes),
    }
}

/// The line that async-imap gets for an event.
fn stand_in(event: &Event) -> Vec<u8> {
    match event {
        Event::Response(Response::Tagged { tag, .. })
            if tag.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            format!("{tag} OK .\r\n").into_bytes()
        }
        _ => b"* OK .\r\n".to_vec(),
    }
}

impl AsyncRead for ImapIo {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Handover::Answer(answer) = &self.handover {
            buf.put_slice(answer);
            self.handover = Handover::Done;
            return Poll::Ready(Ok(()));
        }
        if let Some(event) = ready!(self.poll_event(cx))? {
            let line = stand_in(&event);
            if line.len() > buf.remaining() {
                return Poll::Ready(Err(io::Error::other("a tag longer than any that was sent")));
            }
            buf.put_slice(&line);
            self.events.push_back(event);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for ImapIo {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Handover::Writing(command) = &mut self.handover {
            command.extend_from_slice(buf);
            return Poll::Ready(Ok(buf.len()));
        }
        let this = &mut *self;
        match &mut this.deflate {
            Some(deflate) => deflate.poll_write(&mut this.stream, cx, buf),
            None => Pin::new(&mut this.stream).poll_write(cx, buf),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let Handover::Writing(command) = &self.handover {
            let tag = command.split(|&b| b == b' ').next().unwrap_or_default();
            let answer = [tag, b" OK .\r\n"].concat();
            self.handover = Handover::Answer(answer);
            return Poll::Ready(Ok(()));
        }
        let this = &mut *self;
        if let Some(deflate) = &mut this.deflate {
            ready!(deflate.poll_flush(&mut this.stream, cx))?;
        }
        Pin::new(&mut this.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// async-imap wants it; there is nothing to show.
impl fmt::Debug for ImapIo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ImapIo")
    }
}

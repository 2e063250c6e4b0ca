//! A connection after the login: commands go out and events come in through async-imap, every end is checked.

use std::collections::VecDeque;

use async_imap::{Client, Session};
use tokio::{
    io::AsyncWriteExt,
    time::{Instant, timeout},
};

use super::{
    classify::refusal,
    command::{Command, LiteralMode},
    hello::Hello,
    io::{Event, ImapIo},
    pace::Pace,
    response::{Response, Status, StatusLine},
    settings::{Compress, ImapSettings, ServerInfo},
};
use crate::transport::{ErrorClass, Login, TransportError};

/// The tag of a command that was sent.
pub(super) type Tag = String;

pub(super) struct Connection {
    session: Session<ImapIo>,
    pub(super) info: ServerInfo,
    settings: ImapSettings,
    literals: LiteralMode,
    /// Commands that have no end yet, oldest first.
    pending: VecDeque<Tag>,
    /// Ends that came before they were waited for.
    done: Vec<(Tag, StatusLine)>,
    /// The server's good-bye.
    bye: Option<StatusLine>,
    reading: Pace,
    writing: Pace,
    /// The server compresses when asked, and was not asked yet.
    can_compress: bool,
}

impl Connection {
    pub(super) async fn open(
        settings: &ImapSettings,
        login: &Login,
    ) -> Result<Self, TransportError> {
        let mut hello = Hello::open(settings).await?;
        hello.log_in(login).await?;
        let Hello { mut io, info, .. } = hello;
        io.hand_over();
        let session = Client::new(io).login("", "").await.map_err(|(error, _)| {
            TransportError::new(ErrorClass::Malformed, "The session could not be set up")
                .with_words(error.to_string())
        })?;
        let literals = LiteralMode::of(&info.capabilities);
        Ok(Self {
            session,
            can_compress: info.has("COMPRESS=DEFLATE"),
            info,
            settings: settings.clone(),
            literals,
            pending: VecDeque::new(),
            done: Vec::new(),
            bye: None,
            reading: Pace::default(),
            writing: Pace::default(),
        })
    }

    /// The host, for messages.
    pub(super) fn host(&self) -> &str {
        &self.settings.net.host
    }

    /// Sends a command. Its end comes through `next`.
    pub(super) async fn start(&mut self, command: &Command) -> Result<Tag, TransportError> {
        let mut literals = command.literals.iter();
        let mut next = literals.next();
        let mut line = match next {
            Some((text, bytes)) => format!("{text}{}", self.literals.announce(bytes.len()).0),
            None => command.tail.clone(),
        };
        let id = self
            .session
            .run_command(&line)
            .await
            .map_err(|error| self.lost(&error.to_string()))?;
        let tag = id.0;
        self.session.as_mut().trace_out(&format!("{tag} {line}"));
        self.pending.push_back(tag.clone());
        while let Some((_, bytes)) = next {
            if self.literals.announce(bytes.len()).1 {
                self.wait_to_go_on(&tag).await?;
            }
            next = literals.next();
            line = match next {
                Some((text, more)) => format!("{text}{}", self.literals.announce(more.len()).0),
                None => command.tail.clone(),
            };
            let io = self.session.as_mut();
            let sent = async {
                io.write_all(bytes).await?;
                io.write_all(line.as_bytes()).await?;
                io.write_all(b"\r\n").await?;
                io.flush().await
            };
            let sent = sent.await;
            sent.map_err(|error| self.lost(&error.to_string()))?;
        }
        Ok(tag)
    }

    /// Writes bytes into a command that was started.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        let (limit, since) = (self.settings.net.idle_timeout, Instant::now());
        let write = timeout(limit, self.session.as_mut().write_all(bytes)).await;
        self.writing.add(bytes.len() as u64, since.elapsed());
        self.written(write)
    }

    /// Sends off what was written.
    pub(super) async fn flush(&mut self) -> Result<(), TransportError> {
        let limit = self.settings.net.idle_timeout;
        let flush = timeout(limit, self.session.as_mut().flush()).await;
        self.written(flush)
    }

    fn written<E>(&self, outcome: Result<std::io::Result<()>, E>) -> Result<(), TransportError> {
        match outcome {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(self.broken(&error)),
            Err(_) => {
                let message = format!(
                    "The server {} takes nothing for {} s",
                    self.host(),
                    self.settings.net.idle_timeout.as_secs()
                );
                Err(TransportError::new(ErrorClass::Transport, message))
            }
        }
    }

    /// Makes ready for an answer that comes right behind another one.
    pub(super) fn acknowledge_at_once(&mut self) {
        self.session.as_mut().acknowledge_at_once();
    }

    /// How literals may be sent.
    pub(super) fn literals(&self) -> LiteralMode {
        self.literals
    }

    async fn wait_to_go_on(&mut self, tag: &str) -> Result<(), TransportError> {
        loop {
            match self.next().await? {
                Event::Response(Response::Continue(_)) => return Ok(()),
                Event::Response(Response::Tagged { tag: theirs, line }) if theirs == tag => {
                    return Err(refusal(
                        &line,
                        format!("The server {} refuses a command", self.host()),
                        ErrorClass::Refused,
                    ));
                }
                _ => {}
            }
        }
    }

    /// The next event. The end of a command is taken off the list of pending ones.
    ///
    /// # Errors
    /// `Transport` when the connection ended, with the server's good-bye if it said one; `Malformed` for lines that
    /// cannot be, such as the end of a command that was not sent.
    pub(super) async fn next(&mut self) -> Result<Event, TransportError> {
        let (limit, since) = (self.settings.net.idle_timeout, Instant::now());
        let before = self.session.as_mut().received;
        let read = timeout(limit, self.session.read_response()).await;
        let came = self.session.as_mut().received - before;
        self.reading.add(came, since.elapsed());
        let read = match read {
            Ok(read) => read,
            Err(_) => {
                let message = format!(
                    "The server {} says nothing for {} s",
                    self.host(),
                    limit.as_secs()
                );
                return Err(TransportError::new(ErrorClass::Transport, message));
            }
        };
        match read {
            Ok(Some(_)) => {}
            Ok(None) => return Err(self.ended()),
            Err(error) => {
                let failure = self.session.as_mut().failure.take();
                return Err(failure.unwrap_or_else(|| self.broken(&error)));
            }
        }
        let Some(event) = self.session.as_mut().events.pop_front() else {
            return Err(TransportError::new(
                ErrorClass::Malformed,
                "A response without an event",
            ));
        };
        match &event {
            Event::Response(Response::Tagged { tag, line }) => {
                match self.pending.iter().position(|t| t == tag) {
                    Some(at) => {
                        self.pending.remove(at);
                    }
                    None => {
                        let message = "The server ends a command that was not sent";
                        return Err(TransportError::new(ErrorClass::Malformed, message)
                            .with_words(line.words.clone()));
                    }
                }
            }
            Event::Response(Response::Status(line)) if line.status == Status::Bye => {
                self.bye = Some(line.clone())
            }
            Event::Response(Response::Capability(found)) => {
                self.info.capabilities.clone_from(found)
            }
            _ => {}
        }
        Ok(event)
    }

    /// Sends a command, hands every response line to `each`, and checks its end.
    pub(super) async fn run(
        &mut self,
        command: &Command,
        what: &str,
        each: impl FnMut(Response),
    ) -> Result<StatusLine, TransportError> {
        let tag = self.start(command).await?;
        self.finish(&tag, what, each).await
    }

    /// Waits for the end of a command that was sent.
    pub(super) async fn finish(
        &mut self,
        tag: &str,
        what: &str,
        mut each: impl FnMut(Response),
    ) -> Result<StatusLine, TransportError> {
        loop {
            if let Some(at) = self.done.iter().position(|(done, _)| done == tag) {
                let (_, line) = self.done.swap_remove(at);
                if line.status == Status::Ok {
                    return Ok(line);
                }
                return Err(refusal(
                    &line,
                    format!("The server {} refuses to {what}", self.host()),
                    ErrorClass::Refused,
                ));
            }
            match self.next().await? {
                Event::Response(Response::Tagged { tag: theirs, line }) => {
                    self.done.push((theirs, line))
                }
                Event::Response(response) => each(response),
                Event::Begin(..) | Event::Piece(_) => {}
            }
        }
    }

    /// Whether the wire is slow and both sides can compress. It can be begun when no command waits for its end.
    pub(super) fn wants_compression(&self) -> bool {
        let gains = || self.reading.is_slow() || self.writing.is_slow();
        self.can_compress && (self.settings.compress == Compress::AtOnce || gains())
    }

    /// Compresses both directions from here on (RFC 4978), if the server still agrees.
    ///
    /// # Errors
    /// When the connection breaks.
    pub(super) async fn compress(&mut self) -> Result<(), TransportError> {
        self.can_compress = false;
        let command = Command::new("COMPRESS DEFLATE");
        match self.run(&command, "compress", |_| {}).await {
            Ok(_) => {
                self.session.as_mut().compress();
                Ok(())
            }
            Err(error) if error.is_fatal || error.class == ErrorClass::Transport => Err(error),
            Err(_) => Ok(()),
        }
    }

    /// True while a command has no end yet.
    pub(super) fn is_busy(&self) -> bool {
        !self.pending.is_empty()
    }

    /// The error for a connection that ended between two lines.
    fn ended(&self) -> TransportError {
        match &self.bye {
            Some(line) => {
                let message = format!("The server {} ended the session", self.host());
                refusal(line, message, ErrorClass::Transport).fatal()
            }
            None => TransportError::new(
                ErrorClass::Transport,
                format!("The server {} closed the connection", self.host()),
            ),
        }
    }

    fn broken(&self, error: &std::io::Error) -> TransportError {
        match &self.bye {
            Some(_) => self.ended(),
            None => self.settings.net.lost(error),
        }
    }

    fn lost(&self, words: &str) -> TransportError {
        match &self.bye {
            Some(_) => self.ended(),
            None => TransportError::new(
                ErrorClass::Transport,
                format!("The connection to {} broke", self.host()),
            )
            .with_words(words),
        }
    }
}

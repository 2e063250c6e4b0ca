//! The first words with a server: greeting, capabilities, STARTTLS (RFC 3501 sections 6.1.1, 6.2.1, 7.1.4).

use tokio::time::{Duration, Instant, timeout_at};

use super::{
    classify::refusal,
    io::{Event, ImapIo},
    response::{Response, Status, StatusLine, capability_code},
    settings::{ImapSettings, ServerInfo},
};
use crate::transport::{ErrorClass, Security, TransportError};

/// How long a login may take.
const LOGIN_LIMIT: Duration = Duration::from_secs(60);

/// A server before the login.
pub(super) struct Hello {
    pub(super) io: ImapIo,
    pub(super) info: ServerInfo,
    /// The greeting was PREAUTH: somebody is logged in already.
    pub(super) is_authenticated: bool,
    settings: ImapSettings,
    /// When the next answer must be there.
    deadline: Instant,
    commands: u32,
}

impl Hello {
    /// Connects, reads the greeting, turns TLS on as wanted and learns the capabilities.
    pub(super) async fn open(settings: &ImapSettings) -> Result<Self, TransportError> {
        let net = &settings.net;
        let deadline = Instant::now() + net.connect_timeout;
        let stream = net.open(deadline).await?;
        let info = ServerInfo {
            is_protected: net.security == Security::Ssl,
            ..ServerInfo::default()
        };
        let io = ImapIo::new(stream, settings);
        let mut hello = Self {
            io,
            info,
            is_authenticated: false,
            settings: settings.clone(),
            deadline,
            commands: 0,
        };
        hello.greeting().await?;
        if net.security == Security::Tls {
            hello = hello.start_tls().await?;
        }
        if hello.info.capabilities.is_empty() {
            hello.ask_capabilities().await?;
        }
        Ok(hello)
    }

    async fn greeting(&mut self) -> Result<(), TransportError> {
        let event = self
            .next()
            .await
            .map_err(|error| self.explain_silence(error))?;
        let Event::Response(Response::Status(line)) = event else {
            return Err(self.not_imap());
        };
        line.words.clone_into(&mut self.info.greeting);
        match line.status {
            Status::Ok => {}
            Status::PreAuth => self.is_authenticated = true,
            Status::Bye | Status::No | Status::Bad => {
                let message = format!(
                    "The server {} turns connections away",
                    self.settings.net.host
                );
                return Err(refusal(&line, message, ErrorClass::Throttle).fatal());
            }
        }
        if let Some(capabilities) = capability_code(&line) {
            self.learn(capabilities);
        }
        Ok(())
    }

    /// Only after TLS may anything be believed (RFC 8314, and what was found by "NO STARTTLS" in 2021).
    async fn start_tls(mut self) -> Result<Self, TransportError> {
        let host = self.settings.net.host.clone();
        if self.is_authenticated {
            let message = format!(
                "The server {host} says PREAUTH before TLS could begin, so the connection cannot be protected"
            );
            return Err(TransportError::new(ErrorClass::Tls, message)
                .with_next_step("Use -Security Ssl and the TLS port (993)."));
        }
        if self.info.capabilities.is_empty() {
            self.ask_capabilities().await?;
        }
        if !self.info.has("STARTTLS") {
            let message = format!(
                "The server {} does not offer STARTTLS",
                self.settings.net.place()
            );
            return Err(
                TransportError::new(ErrorClass::Tls, message).with_next_step(
                    "Use -Security Ssl and the TLS port (993); nothing was sent in clear text.",
                ),
            );
        }
        let line = self.command("STARTTLS").await?;
        if line.status != Status::Ok {
            let message = format!("The server {host} refuses STARTTLS");
            return Err(refusal(&line, message, ErrorClass::Tls)
                .fatal()
                .with_next_step("Use -Security Ssl and the TLS port (993)."));
        }
        let (stream, is_clean) = self.io.into_stream();
        let net = &self.settings.net;
        let stream = net
            .upgrade(stream, is_clean, "STARTTLS", self.deadline)
            .await?;
        self.io = ImapIo::new(stream, &self.settings);
        // what was said in clear text counts for nothing now
        self.info.capabilities.clear();
        self.info.mechanisms.clear();
        self.info.is_protected = true;
        Ok(self)
    }

    /// Asks for the capabilities and keeps them.
    pub(super) async fn ask_capabilities(&mut self) -> Result<(), TransportError> {
        self.info.capabilities.clear();
        let line = self.command("CAPABILITY").await?;
        if line.status == Status::Ok {
            return Ok(());
        }
        Err(refusal(
            &line,
            format!(
                "The server {} does not tell its capabilities",
                self.settings.net.host
            ),
            ErrorClass::Malformed,
        ))
    }

    /// Keeps capabilities.
    pub(super) fn learn(&mut self, mut capabilities: Vec<String>) {
        capabilities.sort_unstable();
        capabilities.dedup();
        self.info.mechanisms = capabilities
            .iter()
            .filter_map(|c| c.strip_prefix("AUTH="))
            .map(str::to_owned)
            .collect();
        self.info.capabilities = capabilities;
    }

    /// Sends a command without literals and waits for its end.
    pub(super) async fn command(&mut self, text: &str) -> Result<StatusLine, TransportError> {
        let tag = self.next_tag();
        self.io.trace_out(&format!("{tag} {text}"));
        self.send(format!("{tag} {text}\r\n").as_bytes()).await?;
        match self.answer(&tag).await? {
            Answer::Done(line) => Ok(line),
            Answer::Go(_) => Err(TransportError::new(
                ErrorClass::Malformed,
                "The server asks for more where nothing is due",
            )),
        }
    }

    /// A tag that async-imap will not use.
    pub(super) fn next_tag(&mut self) -> String {
        self.commands += 1;
        format!("M{}", self.commands)
    }

    pub(super) async fn send(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        self.io
            .send(bytes)
            .await
            .map_err(|error| self.settings.net.lost(&error))
    }

    /// Waits for the end of a command or the server's `+`. Learns capabilities on the way and forgets everything else.
    pub(super) async fn answer(&mut self, tag: &str) -> Result<Answer, TransportError> {
        // a server that talks without end must not keep us
        for _ in 0..10_000 {
            match self.next().await? {
                Event::Response(Response::Tagged { tag: theirs, line }) if theirs == tag => {
                    if let Some(capabilities) = capability_code(&line) {
                        self.learn(capabilities);
                    }
                    return Ok(Answer::Done(line));
                }
                Event::Response(Response::Tagged { tag: theirs, .. }) => {
                    let message = "The server answers a command that was not sent";
                    return Err(
                        TransportError::new(ErrorClass::Malformed, message).with_words(theirs)
                    );
                }
                Event::Response(Response::Continue(text)) => return Ok(Answer::Go(text)),
                Event::Response(Response::Capability(capabilities)) => self.learn(capabilities),
                Event::Response(Response::Status(line)) if line.status == Status::Bye => {
                    let message = format!("The server {} says good-bye", self.settings.net.host);
                    return Err(refusal(&line, message, ErrorClass::Throttle).fatal());
                }
                _ => {}
            }
        }
        Err(TransportError::new(
            ErrorClass::Malformed,
            "The server talks without end before its answer",
        ))
    }

    async fn next(&mut self) -> Result<Event, TransportError> {
        let net = &self.settings.net;
        match timeout_at(self.deadline, self.io.next_event()).await {
            Ok(Ok(Some(event))) => Ok(event),
            Ok(Ok(None)) => {
                let message = format!("The server {} closed the connection", net.place());
                Err(TransportError::new(ErrorClass::Transport, message))
            }
            Ok(Err(error)) => Err(self.io.failure.take().unwrap_or_else(|| net.lost(&error))),
            Err(_) => {
                let message = format!("The server {} does not answer in time", net.place());
                Err(TransportError::new(ErrorClass::Transport, message))
            }
        }
    }

    /// Host and port that the client connected to.
    pub(super) fn peer(&self) -> (String, u16) {
        (self.settings.net.host.clone(), self.settings.net.port)
    }

    /// Gives a login the time it needs: servers slow down after wrong passwords, and ask other machines.
    pub(super) fn allow_for_login(&mut self) {
        self.deadline = Instant::now() + LOGIN_LIMIT.min(self.settings.net.idle_timeout);
    }

    /// No greeting: most often the port wants TLS from the first byte.
    fn explain_silence(&self, error: TransportError) -> TransportError {
        if self.settings.net.security == Security::Ssl || error.class != ErrorClass::Transport {
            return error;
        }
        let message = format!(
            "{} gives no IMAP greeting: {}",
            self.settings.net.place(),
            error.message
        );
        TransportError {
            class: ErrorClass::Config,
            message,
            ..error
        }
        .with_next_step(
            "If the port expects TLS from the first byte (usually 993), use -Security Ssl.",
        )
    }

    fn not_imap(&self) -> TransportError {
        let message = format!("{} does not speak IMAP", self.settings.net.place());
        TransportError::new(ErrorClass::Config, message)
            .with_words(self.io.last_line.clone())
            .with_next_step("Check the port: 143 for None and Tls, 993 for Ssl.")
    }
}

/// What a server says to a command that may take more than one step.
pub(super) enum Answer {
    /// It is over.
    Done(StatusLine),
    /// It waits for more, and says this.
    Go(String),
}

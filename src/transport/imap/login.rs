//! Login: LOGIN and AUTHENTICATE (RFC 3501 section 6.2, RFC 4959). Which mechanism is SASL's matter.

use zeroize::Zeroizing;

use super::{
    classify::refusal,
    command::{Command, LiteralMode},
    hello::{Answer, Hello},
    response::{Status, StatusLine},
};
use crate::transport::{
    ErrorClass, Login, TransportError,
    sasl::{Carrier, Heard, Mechanism, Offer, Outcome, choose, converse, unable},
};

impl Hello {
    /// Logs in by the best means that the server offers, once.
    ///
    /// # Errors
    /// `Auth` when the server refuses, or offers no means that would carry this login.
    pub(super) async fn log_in(&mut self, login: &Login) -> Result<(), TransportError> {
        if self.is_authenticated {
            return Ok(());
        }
        self.allow_for_login();
        let before = self.info.capabilities.clone();
        let offer = Offer {
            mechanisms: &self.info.mechanisms,
            is_protected: self.info.is_protected,
            has_command: !self.info.has("LOGINDISABLED"),
        };
        let line = match choose(&offer, login)? {
            Some(mechanism) => self.authenticate(mechanism, login).await?,
            None => self.login_command(login).await?,
        };
        if line.status != Status::Ok {
            return Err(refusal(
                &line,
                "The server refuses the login".into(),
                ErrorClass::Auth,
            )
            .fatal());
        }
        // RFC 3501 section 6.2.3: capabilities change at login; many servers tell the new ones by themselves
        if self.info.capabilities == before {
            self.ask_capabilities().await?;
        }
        Ok(())
    }

    async fn authenticate(
        &mut self,
        mechanism: Mechanism,
        login: &Login,
    ) -> Result<StatusLine, TransportError> {
        let (host, port) = self.peer();
        let tag = self.next_tag();
        let mut carrier = Authenticate { hello: self, tag };
        Ok(
            match converse(&mut carrier, mechanism, login, &host, port).await? {
                Outcome::Accepted(line) => line,
                Outcome::Refused(mut line, words) => {
                    if !words.is_empty() {
                        line.words = format!("{} {words}", line.words);
                    }
                    line
                }
            },
        )
    }

    async fn login_command(&mut self, login: &Login) -> Result<StatusLine, TransportError> {
        let command = Command::new("LOGIN")
            .astring(login.user.as_bytes())?
            .astring(login.password.expose().as_bytes())?;
        let mode = LiteralMode::of(&self.info.capabilities);
        let tag = self.next_tag();
        self.io.trace_out(&format!("{tag} LOGIN ***"));
        let mut line = Zeroizing::new(format!("{tag} ").into_bytes());
        for (text, literal) in &command.literals {
            let (announcement, waits) = mode.announce(literal.len());
            line.extend_from_slice(text.as_bytes());
            line.extend_from_slice(announcement.as_bytes());
            line.extend_from_slice(b"\r\n");
            if waits {
                self.send(&line).await?;
                line.clear();
                if let Answer::Done(done) = self.answer(&tag).await? {
                    return Ok(not_yet(done));
                }
            }
            line.extend_from_slice(literal);
        }
        line.extend_from_slice(command.tail.as_bytes());
        line.extend_from_slice(b"\r\n");
        self.send(&line).await?;
        match self.answer(&tag).await? {
            Answer::Done(done) => Ok(done),
            Answer::Go(_) => Err(unable("The server asks for more than LOGIN has to say")),
        }
    }
}

/// AUTHENTICATE, under its tag.
struct Authenticate<'a> {
    hello: &'a mut Hello,
    tag: String,
}

impl Carrier for Authenticate<'_> {
    type End = StatusLine;

    fn takes_initial(&self) -> bool {
        self.hello.info.has("SASL-IR")
    }

    async fn begin(
        &mut self,
        mechanism: Mechanism,
        initial: Option<&str>,
    ) -> Result<(), TransportError> {
        let command = format!("{} AUTHENTICATE {}", self.tag, mechanism.name());
        let line = match initial {
            Some(text) => {
                self.hello.io.trace_out(&format!("{command} ***"));
                Zeroizing::new(format!("{command} {text}\r\n"))
            }
            None => {
                self.hello.io.trace_out(&command);
                Zeroizing::new(format!("{command}\r\n"))
            }
        };
        self.hello.send(line.as_bytes()).await
    }

    async fn say(&mut self, line: &str) -> Result<(), TransportError> {
        self.hello.io.trace_out("***");
        let line = Zeroizing::new(format!("{line}\r\n"));
        self.hello.send(line.as_bytes()).await
    }

    async fn hear(&mut self) -> Result<Heard<StatusLine>, TransportError> {
        Ok(match self.hello.answer(&self.tag).await? {
            Answer::Go(challenge) => Heard::Challenge(challenge),
            Answer::Done(line) if line.status == Status::Ok => Heard::Accepted(line),
            Answer::Done(line) => Heard::Refused(line),
        })
    }
}

/// An OK before the credentials were sent is not a login.
fn not_yet(mut line: StatusLine) -> StatusLine {
    if line.status == Status::Ok {
        line.status = Status::Bad;
    }
    line
}

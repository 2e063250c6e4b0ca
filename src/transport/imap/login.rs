//! Login: LOGIN and AUTHENTICATE PLAIN (RFC 3501 section 6.2, RFC 4616, RFC 4959).

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::{
    classify::refusal,
    command::{Command, LiteralMode},
    hello::{Answer, Hello},
    response::{Status, StatusLine},
    settings::Login,
};
use crate::transport::{ErrorClass, TransportError};

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
        let line = if self.info.mechanisms.iter().any(|m| m == "PLAIN") {
            self.authenticate_plain(login).await?
        } else if login.authzid.is_some() {
            return Err(unable(
                "The server does not offer AUTHENTICATE PLAIN, which acting for another mailbox needs",
            ));
        } else if self.info.has("LOGINDISABLED") {
            return Err(
                unable("The server forbids logins on this connection (LOGINDISABLED)")
                    .with_next_step("Use -Security Tls or Ssl."),
            );
        } else {
            self.login_command(login).await?
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

    async fn authenticate_plain(&mut self, login: &Login) -> Result<StatusLine, TransportError> {
        let authzid = login.authzid.as_deref().unwrap_or("");
        let secret = Zeroizing::new(format!(
            "{authzid}\0{}\0{}",
            login.user,
            login.password.expose()
        ));
        if secret.bytes().filter(|&b| b == 0).count() != 2 {
            return Err(unable(
                "A user name or password holds a NUL, which no login carries",
            ));
        }
        let encoded = Zeroizing::new(STANDARD.encode(secret.as_bytes()));
        let tag = self.next_tag();
        if self.info.has("SASL-IR") {
            self.io.trace_out(&format!("{tag} AUTHENTICATE PLAIN ***"));
            let command =
                Zeroizing::new(format!("{tag} AUTHENTICATE PLAIN {}\r\n", encoded.as_str()));
            self.send(command.as_bytes()).await?;
        } else {
            self.io.trace_out(&format!("{tag} AUTHENTICATE PLAIN"));
            self.send(format!("{tag} AUTHENTICATE PLAIN\r\n").as_bytes())
                .await?;
            if let Answer::Done(line) = self.answer(&tag).await? {
                return Ok(not_yet(line));
            }
            self.io.trace_out("***");
            let answer = Zeroizing::new(format!("{}\r\n", encoded.as_str()));
            self.send(answer.as_bytes()).await?;
        }
        match self.answer(&tag).await? {
            Answer::Done(line) => Ok(line),
            // a second challenge: PLAIN has none, so give up (RFC 3501 section 6.2.2)
            Answer::Go => {
                self.send(b"*\r\n").await?;
                match self.answer(&tag).await? {
                    Answer::Done(line) => Ok(not_yet(line)),
                    Answer::Go => Err(unable(
                        "The server asks for more than AUTHENTICATE PLAIN has to say",
                    )),
                }
            }
        }
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
            Answer::Go => Err(unable("The server asks for more than LOGIN has to say")),
        }
    }
}

/// An OK before the credentials were sent is not a login.
fn not_yet(mut line: StatusLine) -> StatusLine {
    if line.status == Status::Ok {
        line.status = Status::Bad;
    }
    line
}

fn unable(message: &str) -> TransportError {
    TransportError::new(ErrorClass::Auth, message).fatal()
}

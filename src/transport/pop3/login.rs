//! Login: USER and PASS, APOP (RFC 1939 sections 7 and 13), AUTH (RFC 5034).

use md5::{Digest, Md5};
use zeroize::Zeroizing;

use super::{
    hello::Hello,
    io::Pop3Io,
    reply::{Reply, refusal},
};
use crate::transport::{
    Authentication, ErrorClass, Login, TransportError,
    sasl::{Carrier, Heard, Mechanism, Offer, Outcome, choose, converse, is_for_another, unable},
};

/// How a login goes.
#[derive(Debug, PartialEq, Eq)]
enum Way {
    Sasl(Mechanism),
    Apop(String),
    UserPass,
}

impl Hello {
    /// Logs in by the best means that the server offers, once.
    ///
    /// # Errors
    /// `Auth` when the server refuses, or offers no means that would carry this login.
    pub(super) async fn log_in(&mut self, login: &Login) -> Result<(), TransportError> {
        let reply = match self.way(login)? {
            Way::Sasl(mechanism) => self.authenticate(mechanism, login).await?,
            Way::Apop(timestamp) => self.apop(&timestamp, login).await?,
            Way::UserPass => self.user_pass(login).await?,
        };
        if reply.is_ok {
            return Ok(());
        }
        let message = format!("The server {} refuses the login", self.io.net().host);
        Err(refusal(&reply, message, ErrorClass::Auth).fatal())
    }

    fn way(&self, login: &Login) -> Result<Way, TransportError> {
        // old servers take NTLM and tell of no mechanism at all
        let unsaid = ["NTLM".to_owned()];
        let mechanisms = match login.authentication {
            Authentication::Ntlm if self.info.mechanisms.is_empty() => &unsaid[..],
            _ => &self.info.mechanisms,
        };
        let offer = Offer {
            mechanisms,
            is_protected: self.info.is_protected,
            // CAPA may leave USER out where it is not allowed (RFC 2449 section 6.3); where there is no CAPA, it is all there is
            has_command: self.info.has("USER") || mechanisms.is_empty(),
        };
        let found = choose(&offer, login)?;
        let is_secret =
            found.is_some_and(|one| !matches!(one, Mechanism::Plain | Mechanism::Login));
        let is_basic = login.authentication == Authentication::Basic
            && login.authzid.is_none()
            && !is_for_another(&login.user);
        Ok(match (&self.timestamp, found) {
            // what is said in clear text should not be the password
            (Some(timestamp), _) if is_basic && !is_secret && !self.info.is_protected => {
                Way::Apop(timestamp.clone())
            }
            (_, Some(mechanism)) => Way::Sasl(mechanism),
            (_, None) => Way::UserPass,
        })
    }

    async fn user_pass(&mut self, login: &Login) -> Result<Reply, TransportError> {
        let (user, password) = (line_of(&login.user)?, line_of(login.password.expose())?);
        let reply = self.io.command(&format!("USER {user}")).await?;
        if !reply.is_ok {
            return Ok(reply);
        }
        let pass = Zeroizing::new(format!("PASS {password}"));
        self.io.queue(&pass, "PASS ***");
        self.io.flush().await?;
        self.io.reply().await
    }

    async fn apop(&mut self, timestamp: &str, login: &Login) -> Result<Reply, TransportError> {
        let user = line_of(&login.user)?;
        let digest = apop_digest(timestamp, line_of(login.password.expose())?);
        self.io.queue(&format!("APOP {user} {digest}"), "APOP ***");
        self.io.flush().await?;
        self.io.reply().await
    }

    async fn authenticate(
        &mut self,
        mechanism: Mechanism,
        login: &Login,
    ) -> Result<Reply, TransportError> {
        let (host, port) = (self.io.net().host.clone(), self.io.net().port);
        let mut carrier = Auth(&mut self.io);
        Ok(
            match converse(&mut carrier, mechanism, login, &host, port).await? {
                Outcome::Accepted(reply) => reply,
                Outcome::Refused(mut reply, words) => {
                    if !words.is_empty() {
                        reply.words = format!("{} {words}", reply.words);
                    }
                    reply
                }
            },
        )
    }
}

/// A text that stays one line of a command.
fn line_of(text: &str) -> Result<&str, TransportError> {
    if text.contains(['\r', '\n', '\0']) {
        return Err(unable(
            "A user name or password holds a line break or a NUL, which POP3 does not carry",
        ));
    }
    Ok(text)
}

/// RFC 1939 section 7.
fn apop_digest(timestamp: &str, password: &str) -> String {
    let digest = Md5::new()
        .chain_update(timestamp)
        .chain_update(password)
        .finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// AUTH on its connection.
struct Auth<'a>(&'a mut Pop3Io);

impl Carrier for Auth<'_> {
    type End = Reply;

    /// Never: RFC 1734 has no initial response, and Exchange and Microsoft 365 want it in a line of its own.
    fn takes_initial(&self) -> bool {
        false
    }

    async fn begin(
        &mut self,
        mechanism: Mechanism,
        _initial: Option<&str>,
    ) -> Result<(), TransportError> {
        let command = format!("AUTH {}", mechanism.name());
        self.0.queue(&command, &command);
        self.0.flush().await
    }

    async fn say(&mut self, line: &str) -> Result<(), TransportError> {
        self.0.queue(line, "***");
        self.0.flush().await
    }

    async fn hear(&mut self) -> Result<Heard<Reply>, TransportError> {
        let line = self.0.line().await?;
        if let Some(reply) = Reply::parse(&line) {
            return Ok(match reply.is_ok {
                true => Heard::Accepted(reply),
                false => Heard::Refused(reply),
            });
        }
        match line.strip_prefix(b"+") {
            Some(rest) if rest.is_empty() || rest[0] == b' ' => Ok(Heard::Challenge(
                String::from_utf8_lossy(rest).trim().to_owned(),
            )),
            _ => Err(TransportError::new(
                ErrorClass::Malformed,
                "The server answers AUTH with what POP3 does not have",
            )
            .with_words(self.0.last_line.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_1939() {
        let digest = apop_digest("<1896.697170952@dbc.mtview.ca.us>", "tanstaaf");
        assert_eq!(digest, "c4c9334bac560ecc979e58001b3e22fb");
    }
}

//! AUTH (RFC 4954).

use zeroize::Zeroizing;

use super::io::{Reply, SmtpIo};
use crate::transport::sasl::{Carrier, Heard, Mechanism, Offer, Outcome, choose, converse};
use crate::transport::{ErrorClass, Login, TransportError};

/// Signs in by the best mechanism of those offered.
///
/// # Errors
/// `Auth` when the server refuses, or offers none that carries the login.
pub(super) async fn log_in(
    io: &mut SmtpIo,
    mechanisms: &[String],
    is_protected: bool,
    login: &Login,
) -> Result<(), TransportError> {
    let offer = Offer {
        mechanisms,
        is_protected,
        has_command: false,
    };
    let (host, port) = (io.net.host.clone(), io.net.port);
    let Some(mechanism) = choose(&offer, login)? else {
        return Ok(());
    };
    match converse(&mut Auth(io), mechanism, login, &host, port).await? {
        Outcome::Accepted(_) => Ok(()),
        Outcome::Refused(reply, _) => {
            let class = match reply.code / 100 {
                4 => ErrorClass::Throttle,
                _ => ErrorClass::Auth,
            };
            let message = format!("The server {host} refuses the login of {}", login.user);
            Err(TransportError::new(class, message)
                .with_words(reply.words())
                .with_next_step("Check the user name and the password."))
        }
    }
}

/// AUTH on its connection.
struct Auth<'a>(&'a mut SmtpIo);

impl Carrier for Auth<'_> {
    type End = Reply;

    fn takes_initial(&self) -> bool {
        true
    }

    async fn begin(
        &mut self,
        mechanism: Mechanism,
        initial: Option<&str>,
    ) -> Result<(), TransportError> {
        let line = match initial {
            Some(first) => format!("AUTH {} {first}\r\n", mechanism.name()),
            None => format!("AUTH {}\r\n", mechanism.name()),
        };
        self.0.send(Zeroizing::new(line).as_bytes()).await
    }

    async fn say(&mut self, line: &str) -> Result<(), TransportError> {
        self.0
            .send(Zeroizing::new(format!("{line}\r\n")).as_bytes())
            .await
    }

    async fn hear(&mut self) -> Result<Heard<Reply>, TransportError> {
        let reply = self.0.reply().await?;
        Ok(match reply.code {
            334 => Heard::Challenge(reply.lines.concat().trim().to_owned()),
            _ if reply.is_fine() => Heard::Accepted(reply),
            _ => Heard::Refused(reply),
        })
    }
}

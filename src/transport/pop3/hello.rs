//! The first words with a server: greeting, STLS, CAPA (RFC 1939 section 4, RFC 2595 section 4, RFC 2449 section 5).

use tokio::time::Instant;

use super::{
    io::Pop3Io,
    reply::{Reply, refusal},
    settings::{Pop3Info, Pop3Settings},
};
use crate::transport::{ErrorClass, Security, TransportError};

/// A server before the login.
pub(super) struct Hello {
    pub(super) io: Pop3Io,
    pub(super) info: Pop3Info,
    /// What APOP answers.
    pub(super) timestamp: Option<String>,
}

impl Hello {
    /// Connects, reads the greeting, turns TLS on as wanted and learns the capabilities.
    pub(super) async fn open(settings: &Pop3Settings) -> Result<Self, TransportError> {
        let net = &settings.net;
        let deadline = Instant::now() + net.connect_timeout;
        let stream = net.open(deadline).await?;
        let mut hello = Self {
            io: Pop3Io::new(stream, settings, deadline),
            info: Pop3Info {
                is_protected: net.security == Security::Ssl,
                ..Pop3Info::default()
            },
            timestamp: None,
        };
        hello.greeting().await?;
        hello.ask_capabilities().await?;
        if net.security == Security::Tls {
            hello = hello.start_tls(settings, deadline).await?;
            hello.ask_capabilities().await?;
        }
        Ok(hello)
    }

    async fn greeting(&mut self) -> Result<(), TransportError> {
        let line = self
            .io
            .line()
            .await
            .map_err(|error| self.explain_silence(error))?;
        let Some(reply) = Reply::parse(&line) else {
            let message = format!("{} does not speak POP3", self.io.net().place());
            return Err(TransportError::new(ErrorClass::Config, message)
                .with_words(self.io.last_line.clone())
                .with_next_step("Check the port: 110 for None and Tls, 995 for Ssl."));
        };
        if !reply.is_ok {
            let message = format!("The server {} turns connections away", self.io.net().host);
            return Err(refusal(&reply, message, ErrorClass::Throttle).fatal());
        }
        self.timestamp = timestamp(&reply.words);
        self.info.greeting = reply.words;
        Ok(())
    }

    /// Asks for the capabilities. A server that does not know the command has none.
    pub(super) async fn ask_capabilities(&mut self) -> Result<(), TransportError> {
        if !self.io.command("CAPA").await?.is_ok {
            return Ok(());
        }
        let lines = self.io.lines().await?;
        let capital = |line: Vec<u8>| String::from_utf8_lossy(&line).trim().to_ascii_uppercase();
        self.info.learn(lines.into_iter().map(capital).collect());
        Ok(())
    }

    /// Only after TLS may anything be believed: everything that was said before is forgotten.
    async fn start_tls(
        mut self,
        settings: &Pop3Settings,
        deadline: Instant,
    ) -> Result<Self, TransportError> {
        let net = &settings.net;
        if self.info.capabilities.is_some() && !self.info.has("STLS") {
            let message = format!("The server {} does not offer STLS", net.place());
            return Err(TransportError::new(ErrorClass::Tls, message).with_next_step(
                "Use -IncomingSecurity Ssl and the TLS port (995); nothing was sent in clear text.",
            ));
        }
        let reply = self.io.command("STLS").await?;
        if !reply.is_ok {
            let message = format!("The server {} refuses STLS", net.host);
            return Err(refusal(&reply, message, ErrorClass::Tls)
                .fatal()
                .with_next_step("Use -IncomingSecurity Ssl and the TLS port (995)."));
        }
        let (stream, is_clean) = self.io.into_stream();
        let stream = net.upgrade(stream, is_clean, "STLS", deadline).await?;
        Ok(Self {
            io: Pop3Io::new(stream, settings, deadline),
            info: Pop3Info {
                greeting: self.info.greeting,
                is_protected: true,
                ..Pop3Info::default()
            },
            timestamp: None,
        })
    }

    /// No greeting: most often the port wants TLS from the first byte.
    fn explain_silence(&self, error: TransportError) -> TransportError {
        let net = self.io.net();
        if net.security == Security::Ssl || error.class != ErrorClass::Transport {
            return error;
        }
        let message = format!("{} gives no POP3 greeting: {}", net.place(), error.message);
        TransportError {
            class: ErrorClass::Config,
            message,
            ..error
        }
        .with_next_step(
            "If the port expects TLS from the first byte (usually 995), use -IncomingSecurity Ssl.",
        )
    }
}

/// The timestamp of a greeting (RFC 1939 section 7): one `<…@…>` of visible ASCII. Anything else is not answered, because a
/// server that may choose freely what is hashed with the password can learn it bit by bit.
fn timestamp(greeting: &str) -> Option<String> {
    let inside = greeting.split_once('<')?.1;
    let (inside, rest) = inside.split_once('>')?;
    let is_visible = inside.bytes().all(|b| b.is_ascii_graphic() && b != b'<');
    let (left, right) = inside.split_once('@')?;
    let is_one =
        !left.is_empty() && !right.is_empty() && !right.contains('@') && !rest.contains('<');
    (is_visible && is_one).then(|| format!("<{inside}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps() {
        for (greeting, found) in [
            (
                "POP3 server ready <1896.697170952@dbc.mtview.ca.us>",
                Some("<1896.697170952@dbc.mtview.ca.us>"),
            ),
            ("ready", None),
            ("<no.at>", None),
            ("<a@b", None),
            ("<@>", None),
            ("<a@b> <c@d>", None),
            ("<a\u{1}@b>", None),
            ("<a b@c>", None),
            ("<ä@b>", None),
        ] {
            assert_eq!(timestamp(greeting).as_deref(), found, "{greeting}");
        }
    }
}

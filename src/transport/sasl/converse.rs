//! The conversation of a sign-in, the same over every protocol: challenges and answers in base64 (RFC 4422 section 4).

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::{Machine, Mechanism, Response, unable};
use crate::transport::{ErrorClass, Login, TransportError};

/// A protocol that carries a sign-in.
pub(in crate::transport) trait Carrier {
    /// How a sign-in ends in the words of the protocol.
    type End;

    /// Whether the first message may go with the command (SASL-IR).
    fn takes_initial(&self) -> bool;

    /// Sends the command that begins it. `initial` is base64, and `=` when it is empty.
    async fn begin(
        &mut self,
        mechanism: Mechanism,
        initial: Option<&str>,
    ) -> Result<(), TransportError>;

    /// Sends a line: base64 and secret, or `*`.
    async fn say(&mut self, line: &str) -> Result<(), TransportError>;

    /// Waits for the server.
    async fn hear(&mut self) -> Result<Heard<Self::End>, TransportError>;
}

/// What a server says in a sign-in.
pub(in crate::transport) enum Heard<E> {
    /// It goes on; base64.
    Challenge(String),
    /// It says that this is all, and well.
    Accepted(E),
    /// It refuses.
    Refused(E),
}

/// How a sign-in ended.
pub(in crate::transport) enum Outcome<E> {
    /// Signed in, and the server has shown what its mechanism makes it show.
    Accepted(E),
    /// Refused; with what the mechanism told of it, which may be empty.
    Refused(E, String),
}

/// Signs in, once.
///
/// # Errors
/// When the connection breaks, or the server's part cannot be right; the sign-in has been cancelled then.
pub(in crate::transport) async fn converse<C: Carrier>(
    carrier: &mut C,
    mechanism: Mechanism,
    login: &Login,
    host: &str,
    port: u16,
) -> Result<Outcome<C::End>, TransportError> {
    let mut machine = mechanism.start(login, host, port)?;
    let mut initial = machine.initial()?.map(|bytes| encoded(&bytes));
    let with_command = if carrier.takes_initial() {
        initial.take()
    } else {
        None
    };
    let text = with_command.as_ref().map(|text| match text.as_str() {
        "" => "=",
        text => text,
    });
    carrier.begin(mechanism, text).await?;
    loop {
        let challenge = match carrier.hear().await? {
            Heard::Challenge(challenge) => challenge,
            Heard::Refused(end) => return Ok(Outcome::Refused(end, machine.refusal().to_owned())),
            Heard::Accepted(end) if machine.is_done() && initial.is_none() => {
                return Ok(Outcome::Accepted(end));
            }
            Heard::Accepted(_) => {
                return Err(unable(format!(
                    "The server says that the {} login is done before it is",
                    mechanism.name()
                )));
            }
        };
        if let Some(first) = initial.take() {
            carrier.say(&first).await?;
            continue;
        }
        let answer = match decoded(&challenge) {
            Some(bytes) => {
                let (after, answer) = answer(machine, bytes).await?;
                machine = after;
                answer
            }
            None => Err(unable("The server's challenge is not base64").with_words(challenge)),
        };
        match answer {
            Ok(answer) => carrier.say(&encoded(&answer)).await?,
            Err(error) => {
                carrier.say("*").await?;
                // what it makes of the cancellation does not matter
                let _ = carrier.hear().await;
                return Err(error);
            }
        }
    }
}

type Answer = (Box<dyn Machine>, Result<Response, TransportError>);

/// Lets the mechanism think where it keeps nobody waiting: SCRAM takes some hundred thousand rounds of a hash.
async fn answer(
    mut machine: Box<dyn Machine>,
    challenge: Vec<u8>,
) -> Result<Answer, TransportError> {
    let thinking = tokio::task::spawn_blocking(move || {
        let answer = machine.respond(&challenge);
        (machine, answer)
    });
    thinking.await.map_err(|error| {
        TransportError::new(ErrorClass::Stopped, "The sign-in was given up")
            .with_words(error.to_string())
            .fatal()
    })
}

fn encoded(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(bytes))
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    match text.trim() {
        "=" => Some(Vec::new()),
        text => STANDARD.decode(text).ok(),
    }
}

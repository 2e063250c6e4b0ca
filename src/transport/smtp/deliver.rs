//! Handing one letter to a server.

use std::net::IpAddr;

use tokio::time::Instant;

use super::auth::log_in;
use super::io::SmtpIo;
use crate::mail::{Address, Letter, Notify};
use crate::transport::{ErrorClass, Login, NetSettings, Security, TransportError};

/// What a server made of a letter that it took.
#[derive(Debug, Default)]
pub struct Delivered {
    /// Receivers that it would not take, each with its words; the others get the mail.
    pub refused: Vec<(String, String)>,
    /// Notifications were asked for, and it does not do them.
    pub cannot_notify: bool,
}

/// What a server says it can do, and whether TLS is on.
struct Extensions {
    lines: Vec<String>,
    is_protected: bool,
}

impl Extensions {
    /// The words behind a keyword of the EHLO reply; `None` when it is not there.
    fn of(&self, keyword: &str) -> Option<Vec<String>> {
        self.lines.iter().find_map(|line| {
            let mut words = line.split([' ', '=']).map(str::to_ascii_uppercase);
            (words.next()? == keyword).then(|| words.collect())
        })
    }
}

/// Hands a letter, whose text is `text`, to a server.
///
/// # Errors
/// As [`NetSettings`] for the connection, `Auth` for the sign-in, `Refused` and `Throttle` for what the server will not take: then
/// nobody gets the mail.
pub async fn deliver(
    net: &NetSettings,
    login: Option<&Login>,
    letter: &Letter,
    text: &[u8],
) -> Result<Delivered, TransportError> {
    let (mut io, extensions) = greet(net).await.map_err(advise)?;
    if let Some(login) = login {
        let mechanisms = extensions.of("AUTH").unwrap_or_default();
        log_in(&mut io, &mechanisms, extensions.is_protected, login)
            .await
            .map_err(advise)?;
    }
    let delivered = hand_over(&mut io, &extensions, letter, text).await?;
    // the letter is theirs now, however they part
    let _ = io.command("QUIT").await;
    Ok(delivered)
}

/// Connects, turns TLS on when it is asked for, and asks what the server can do.
async fn greet(net: &NetSettings) -> Result<(SmtpIo, Extensions), TransportError> {
    let deadline = Instant::now() + net.connect_timeout;
    let mut io = SmtpIo::new(net.open(deadline).await?, net.clone());
    let greeting = io.reply().await?;
    if !greeting.is_fine() {
        return Err(greeting.refusal(format!("The server {} takes no mail now", net.host)));
    }
    let mut extensions = hello(&mut io).await?;
    if net.security == Security::Tls {
        if extensions.of("STARTTLS").is_none() {
            let message = format!("The server {} does not offer STARTTLS", net.place());
            return Err(TransportError::new(ErrorClass::Tls, message)
                .with_next_step("Nothing was sent. Use a port that offers it, such as 587."));
        }
        let reply = io.command("STARTTLS").await?;
        if !reply.is_fine() {
            return Err(reply.refusal(format!("The server {} will not turn TLS on", net.host)));
        }
        let (stream, is_clean) = io.into_stream();
        let deadline = Instant::now() + net.connect_timeout;
        let stream = net.upgrade(stream, is_clean, "STARTTLS", deadline).await?;
        io = SmtpIo::new(stream, net.clone());
        // what was said in clear text counts no more (RFC 3207 section 4.2)
        extensions = hello(&mut io).await?;
    }
    extensions.is_protected = net.security != Security::None;
    Ok((io, extensions))
}

async fn hello(io: &mut SmtpIo) -> Result<Extensions, TransportError> {
    // an address always fits; this machine's name is often none that others know (RFC 5321 section 4.1.3)
    let name = match io.stream().local_ip() {
        Some(IpAddr::V6(ip)) => format!("[IPv6:{ip}]"),
        Some(IpAddr::V4(ip)) => format!("[{ip}]"),
        None => "localhost".to_owned(),
    };
    let mut reply = io.command(&format!("EHLO {name}")).await?;
    if reply.code / 100 == 5 {
        // a server of before 1995
        reply = io.command(&format!("HELO {name}")).await?;
        reply.lines.clear();
    }
    if !reply.is_fine() {
        return Err(reply.refusal(format!("The server {} refuses the greeting", io.net.host)));
    }
    Ok(Extensions {
        lines: reply.lines.into_iter().skip(1).collect(),
        is_protected: false,
    })
}

async fn hand_over(
    io: &mut SmtpIo,
    extensions: &Extensions,
    letter: &Letter,
    text: &[u8],
) -> Result<Delivered, TransportError> {
    let host = io.net.host.clone();
    let sender = letter.from.address.as_str();
    let beyond = if text.is_ascii() && letter.receivers().all(|to| to.as_str().is_ascii()) {
        ""
    } else if extensions.of("SMTPUTF8").is_some() {
        " BODY=8BITMIME SMTPUTF8"
    } else {
        let message = format!("The server {host} takes no addresses with letters beyond ASCII");
        return Err(TransportError::new(ErrorClass::Refused, message));
    };
    let reply = io.command(&format!("MAIL FROM:<{sender}>{beyond}")).await?;
    if !reply.is_fine() {
        return Err(reply.refusal(format!("The server {host} takes no mail from {sender}")));
    }
    let can_notify = extensions.of("DSN").is_some();
    let notify = letter.notify.filter(|_| can_notify).map(keywords);
    let notify = notify.unwrap_or_default();
    let mut delivered = Delivered {
        refused: Vec::new(),
        cannot_notify: letter.notify.is_some() && !can_notify,
    };
    let mut taken = 0;
    for to in letter.receivers().map(Address::as_str) {
        let reply = io.command(&format!("RCPT TO:<{to}>{notify}")).await?;
        if reply.is_fine() {
            taken += 1;
            continue;
        }
        if letter.receivers().count() == 1 {
            return Err(reply.refusal(format!("The server {host} takes no mail for {to}")));
        }
        delivered.refused.push((to.to_owned(), reply.words()));
    }
    if taken == 0 {
        let message = format!("The server {host} takes no mail for any of the receivers");
        let words = delivered
            .refused
            .iter()
            .map(|(to, words)| format!("{to}: {words}"));
        return Err(TransportError::new(ErrorClass::Refused, message)
            .with_words(words.collect::<Vec<_>>().join("; ")));
    }
    let reply = io.command("DATA").await?;
    if reply.code != 354 {
        return Err(reply.refusal(format!("The server {host} does not want the mail")));
    }
    io.send(&stuffed(text)).await?;
    let reply = io.reply().await?;
    match reply.is_fine() {
        true => Ok(delivered),
        false => Err(reply.refusal(format!("The server {host} refuses the mail"))),
    }
}

/// The text with its dots doubled where they begin a line, and the end (RFC 5321 section 4.5.2).
fn stuffed(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 16);
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        if line.first() == Some(&b'.') {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    if !out.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

/// RFC 3461 section 4.1.
fn keywords(notify: Notify) -> String {
    let Notify::On {
        success,
        failure,
        delay,
    } = notify
    else {
        return " NOTIFY=NEVER".to_owned();
    };
    let all = [(success, "SUCCESS"), (failure, "FAILURE"), (delay, "DELAY")];
    let on: Vec<_> = all
        .iter()
        .filter(|(is_on, _)| *is_on)
        .map(|(_, word)| *word)
        .collect();
    format!(" NOTIFY={}", on.join(","))
}

/// Next steps in the words of endpoints name parameters that mail does not have.
fn advise(mut error: TransportError) -> TransportError {
    if error.next_step.contains("-AcceptUntrusted") {
        error.next_step = "The server needs a certificate for this name from an authority that is trusted here; SSL_CERT_FILE names another authority.".into();
    } else if error.next_step.contains("-Security") {
        error.next_step = "Check -Port and -UseSsl.".into();
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_doubled_and_the_end_is_always_a_line() {
        assert_eq!(stuffed(b".\r\n..a\r\nb."), b"..\r\n...a\r\nb.\r\n.\r\n");
        assert_eq!(stuffed(b"a\r\n"), b"a\r\n.\r\n");
    }
}

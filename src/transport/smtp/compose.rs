//! A letter as the text that travels: RFC 5322 and MIME. All of it is ASCII, but for addresses that are not.

use std::time::SystemTime;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};
use lettre::message::{Message, header::ContentTransferEncoding};

use crate::mail::{Correspondent, Letter, Priority};
use crate::transport::{ErrorClass, TransportError};

/// The text of a letter, with CRLF. Hidden receivers do not stand in it.
///
/// # Errors
/// `Config` for an address that cannot stand in a header.
pub fn compose(letter: &Letter, at: SystemTime) -> Result<Vec<u8>, TransportError> {
    let id = format!(
        "<{}@{}>",
        uuid::Uuid::new_v4(),
        letter.from.address.domain()
    );
    let mut message = Message::builder()
        .from(mailbox(&letter.from)?)
        .date(at)
        .message_id(Some(id))
        .subject(letter.subject.as_str());
    for one in &letter.to {
        message = message.to(mailbox(one)?);
    }
    for one in &letter.cc {
        message = message.cc(mailbox(one)?);
    }
    for one in &letter.bcc {
        message = message.bcc(mailbox(one)?);
    }
    for one in &letter.reply_to {
        message = message.reply_to(mailbox(one)?);
    }
    for (name, value) in urgency(letter.priority) {
        let name = HeaderName::new_from_ascii_str(name);
        message = message.raw_header(HeaderValue::new(name, (*value).to_owned()));
    }
    let kind = match letter.is_html {
        true => ContentType::TEXT_HTML,
        false => ContentType::TEXT_PLAIN,
    };
    let text = SinglePart::builder().header(kind).body(letter.body.clone());
    let built = if letter.attachments.is_empty() {
        message.singlepart(text)
    } else {
        let mut parts = MultiPart::mixed().singlepart(text);
        for (name, bytes) in &letter.attachments {
            parts = parts.singlepart(attached(name, bytes)?);
        }
        message.multipart(parts)
    };
    Ok(built.map_err(|error| unfit(&error))?.formatted())
}

fn attached(name: &str, bytes: &[u8]) -> Result<SinglePart, TransportError> {
    // base64 whatever it is: the receiver gets these bytes and no other line ends
    let body = Body::new_with_encoding(bytes.to_vec(), ContentTransferEncoding::Base64)
        .map_err(|_| unfit(&"an attachment cannot be encoded"))?;
    let kind = ContentType::parse("application/octet-stream").map_err(|error| unfit(&error))?;
    Ok(Attachment::new(plain_name(name)).body(body, kind))
}

/// A file name of ASCII letters: Outlook shows no name at all for others in the form that they have here.
fn plain_name(name: &str) -> String {
    let plain = |c: char| match c {
        ' '..='~' if !matches!(c, '"' | '\\' | '/') => c,
        _ => '_',
    };
    name.chars().map(plain).collect()
}

fn mailbox(one: &Correspondent) -> Result<Mailbox, TransportError> {
    let (local, domain) = (one.address.local(), one.address.domain());
    let address = lettre::Address::new(local, domain).map_err(|error| {
        let message = format!(
            "\"{}\" is no address that mail can be sent to",
            one.address.as_str()
        );
        TransportError::new(ErrorClass::Config, message).with_words(error.to_string())
    })?;
    let name = (!one.name.is_empty()).then(|| one.name.clone());
    Ok(Mailbox::new(name, address))
}

/// The headers that mail programs read, those of Exchange and Outlook among them; a normal mail has none.
fn urgency(priority: Priority) -> &'static [(&'static str, &'static str)] {
    match priority {
        Priority::Normal => &[],
        Priority::High => &[
            ("X-Priority", "1"),
            ("Priority", "urgent"),
            ("Importance", "high"),
        ],
        Priority::Low => &[
            ("X-Priority", "5"),
            ("Priority", "non-urgent"),
            ("Importance", "low"),
        ],
    }
}

fn unfit(why: &dyn std::fmt::Display) -> TransportError {
    TransportError::new(ErrorClass::Config, "The mail cannot be written")
        .with_words(why.to_string())
}

//! A server's answer: `+OK` or `-ERR` with a response code (RFC 2449 section 8, RFC 3206), and what a refusal means.

use crate::transport::{
    ErrorClass, TransportError,
    words::{backoff, class_of},
};

/// The first line of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) is_ok: bool,
    /// In capitals, `SYS/TEMP`; empty without one.
    pub(super) code: String,
    /// Everything after the status, verbatim.
    pub(super) words: String,
}

impl Reply {
    /// Reads a line; `None` when it is no answer.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(line);
        let (status, words) = text.split_once(' ').unwrap_or((&text, ""));
        let is_ok = match status.to_ascii_uppercase().as_str() {
            "+OK" => true,
            "-ERR" => false,
            _ => return None,
        };
        let words = words.trim();
        let code = words
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
            .map_or("", |(code, _)| code);
        Some(Self {
            is_ok,
            code: code.split(' ').next().unwrap_or("").to_ascii_uppercase(),
            words: words.to_owned(),
        })
    }
}

/// Response codes.
const CODES: &[(&str, ErrorClass)] = &[
    ("IN-USE", ErrorClass::Throttle),
    ("LOGIN-DELAY", ErrorClass::Throttle),
    ("SYS/TEMP", ErrorClass::Throttle),
    ("SYS/PERM", ErrorClass::Refused),
    ("AUTH", ErrorClass::Auth),
];

/// Words of servers that send no code, in lower case, beside those of all protocols.
const WORDS: &[(&str, ErrorClass)] = &[
    ("lock", ErrorClass::Throttle),
    ("in use", ErrorClass::Throttle),
    ("busy", ErrorClass::Throttle),
    ("too often", ErrorClass::Throttle),
    ("no such message", ErrorClass::Vanished),
    ("already deleted", ErrorClass::Vanished),
];

/// The error for a `-ERR`. `otherwise` is the class when neither code nor words say one.
pub(super) fn refusal(reply: &Reply, message: String, otherwise: ErrorClass) -> TransportError {
    let lower = reply.words.to_lowercase();
    let by_code = CODES.iter().find(|(code, _)| *code == reply.code);
    let by_words = || WORDS.iter().find(|(words, _)| lower.contains(words));
    let class = by_code
        .or_else(by_words)
        .map(|found| found.1)
        .or_else(|| class_of(&lower))
        .unwrap_or(otherwise);
    let mut error = TransportError::new(class, message).with_words(reply.words.clone());
    error.retry_after = backoff(&lower);
    match class {
        ErrorClass::Auth => error.with_next_step(
            "Check the user name and the password; it is not tried again until one of them changes.",
        ),
        ErrorClass::Throttle => error.with_next_step("It is tried again later."),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn answers() {
        for (line, is_ok, code, words) in [
            ("+OK", true, "", ""),
            ("+ok ready", true, "", "ready"),
            ("-ERR [IN-USE] locked", false, "IN-USE", "[IN-USE] locked"),
            ("-ERR [sys/temp] x", false, "SYS/TEMP", "[sys/temp] x"),
            ("-ERR [broken", false, "", "[broken"),
            ("-err", false, "", ""),
        ] {
            let reply = Reply::parse(line.as_bytes()).unwrap();
            assert_eq!(
                (reply.is_ok, reply.code.as_str(), reply.words.as_str()),
                (is_ok, code, words)
            );
        }
        for line in ["", "OK", "+OKAY", "* OK", "+ go on", "-ERRx", "\u{feff}+OK"] {
            assert_eq!(Reply::parse(line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn what_refusals_mean() {
        for (words, class) in [
            ("[IN-USE] x", ErrorClass::Throttle),
            ("[LOGIN-DELAY] x", ErrorClass::Throttle),
            ("[SYS/TEMP] x", ErrorClass::Throttle),
            ("[SYS/PERM] x", ErrorClass::Refused),
            ("[AUTH] mailbox locked", ErrorClass::Auth),
            ("Mailbox is locked by another session", ErrorClass::Throttle),
            (
                "Logon failure: unknown user name or bad password.",
                ErrorClass::Auth,
            ),
            ("No such message, only 3", ErrorClass::Vanished),
        ] {
            let reply = Reply::parse(format!("-ERR {words}").as_bytes()).unwrap();
            assert_eq!(
                refusal(&reply, String::new(), ErrorClass::Auth).class,
                class,
                "{words}"
            );
        }
    }
}

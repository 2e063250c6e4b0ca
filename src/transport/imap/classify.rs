//! A server's refusal to an error class: one table, by response code first, by its words second.

use super::response::{Status, StatusLine};
use crate::transport::{
    ErrorClass, TransportError,
    words::{backoff, class_of},
};

/// Response codes (RFC 5530, RFC 3501, RFC 7889, RFC 9208 and what servers added).
const CODES: &[(&str, ErrorClass)] = &[
    ("AUTHENTICATIONFAILED", ErrorClass::Auth),
    ("AUTHORIZATIONFAILED", ErrorClass::Auth),
    ("EXPIRED", ErrorClass::Auth),
    ("PRIVACYREQUIRED", ErrorClass::Auth),
    ("CONTACTADMIN", ErrorClass::Auth),
    ("WEBALERT", ErrorClass::Auth),
    ("UNAVAILABLE", ErrorClass::Throttle),
    ("INUSE", ErrorClass::Throttle),
    ("THROTTLED", ErrorClass::Throttle),
    ("LIMIT", ErrorClass::Throttle),
    ("OVERQUOTA", ErrorClass::Quota),
    ("TOOBIG", ErrorClass::TooBig),
    ("NONEXISTENT", ErrorClass::Vanished),
    ("TRYCREATE", ErrorClass::Vanished),
    ("EXPUNGEISSUED", ErrorClass::Vanished),
    ("SERVERBUG", ErrorClass::ServerBug),
    ("NOPERM", ErrorClass::Refused),
    ("CANNOT", ErrorClass::Refused),
    ("CORRUPTION", ErrorClass::Refused),
];

/// The error for a status that is not OK. `otherwise` is the class when neither code nor words say one.
pub(super) fn refusal(line: &StatusLine, message: String, otherwise: ErrorClass) -> TransportError {
    let lower = line.words.to_lowercase();
    let by_code = CODES
        .iter()
        .find(|(code, _)| *code == line.code)
        .map(|c| c.1);
    let fallback = if line.status == Status::Bad && otherwise == ErrorClass::Refused {
        ErrorClass::ServerBug
    } else {
        otherwise
    };
    let class = by_code.or_else(|| class_of(&lower)).unwrap_or(fallback);
    let mut error = TransportError::new(class, message).with_words(line.words.clone());
    error.retry_after = backoff(&lower);
    error.is_fatal = line.status == Status::Bye;
    match class {
        ErrorClass::Auth => error.with_next_step("Check the user name and the password; it is not tried again until one of them changes."),
        ErrorClass::Throttle => error.with_next_step("It is tried again later."),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(status: Status, code: &str, words: &str) -> StatusLine {
        StatusLine {
            status,
            code: code.into(),
            argument: String::new(),
            words: words.into(),
        }
    }

    #[test]
    fn the_table() {
        for (status, code, words, otherwise, class) in [
            (
                Status::No,
                "AUTHENTICATIONFAILED",
                "x",
                ErrorClass::Refused,
                ErrorClass::Auth,
            ),
            (
                Status::No,
                "UNAVAILABLE",
                "x",
                ErrorClass::Auth,
                ErrorClass::Throttle,
            ),
            (
                Status::No,
                "",
                "User is authenticated but not connected.",
                ErrorClass::Refused,
                ErrorClass::Throttle,
            ),
            (
                Status::Bad,
                "",
                "Request is throttled. Suggested Backoff Time: 92415 milliseconds",
                ErrorClass::Refused,
                ErrorClass::Throttle,
            ),
            (
                Status::No,
                "",
                "Quota exceeded",
                ErrorClass::Refused,
                ErrorClass::Quota,
            ),
            (
                Status::No,
                "",
                "Mailbox doesn't exist: x",
                ErrorClass::Refused,
                ErrorClass::Vanished,
            ),
            (
                Status::Bad,
                "",
                "what?",
                ErrorClass::Refused,
                ErrorClass::ServerBug,
            ),
            (Status::No, "", "no", ErrorClass::Auth, ErrorClass::Auth),
            (
                Status::No,
                "SERVERBUG",
                "x",
                ErrorClass::Refused,
                ErrorClass::ServerBug,
            ),
        ] {
            assert_eq!(
                refusal(&line(status, code, words), String::new(), otherwise).class,
                class,
                "{code} {words}"
            );
        }
    }
}

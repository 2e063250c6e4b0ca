//! What servers' words mean where they send no code: one table for all protocols.

use std::time::Duration;

use super::ErrorClass;

/// Words of servers, in lower case. The first match counts.
const WORDS: &[(&str, ErrorClass)] = &[
    ("backoff time", ErrorClass::Throttle),
    ("throttl", ErrorClass::Throttle),
    ("too many simultaneous", ErrorClass::Throttle),
    ("too many connections", ErrorClass::Throttle),
    ("maximum number of connections", ErrorClass::Throttle),
    ("try again later", ErrorClass::Throttle),
    ("temporarily unavailable", ErrorClass::Throttle),
    ("exceeded command or bandwidth limits", ErrorClass::Throttle),
    ("but not connected", ErrorClass::Throttle),
    ("quota", ErrorClass::Quota),
    ("disk full", ErrorClass::Quota),
    ("no space left", ErrorClass::Quota),
    ("message too large", ErrorClass::TooBig),
    ("too big", ErrorClass::TooBig),
    ("does not exist", ErrorClass::Vanished),
    ("doesn't exist", ErrorClass::Vanished),
    ("nonexistent", ErrorClass::Vanished),
    ("unknown mailbox", ErrorClass::Vanished),
    ("authentication failed", ErrorClass::Auth),
    ("invalid credentials", ErrorClass::Auth),
    ("login failed", ErrorClass::Auth),
    ("internal error", ErrorClass::ServerBug),
];

/// The class that words (in lower case) say.
pub(super) fn class_of(lower: &str) -> Option<ErrorClass> {
    WORDS
        .iter()
        .find(|(words, _)| lower.contains(words))
        .map(|w| w.1)
}

/// Reads `Suggested Backoff Time: 250 milliseconds` (Exchange) and `retry after 30 seconds`.
pub(super) fn backoff(words: &str) -> Option<Duration> {
    let at = words
        .find("backoff time")
        .or_else(|| words.find("retry after"))
        .or_else(|| words.find("retry-after"))?;
    let mut rest = words[at..]
        .split(|c: char| c.is_whitespace() || c == ':')
        .skip_while(|w| w.parse::<u64>().is_err());
    let count: u64 = rest.next()?.parse().ok()?;
    let unit = rest.next().unwrap_or("");
    // never longer than a day, whatever a server says
    let most = Duration::from_secs(86_400);
    let wait = if unit.starts_with("ms") || unit.starts_with("milli") {
        Duration::from_millis(count)
    } else {
        Duration::from_secs(count)
    };
    Some(wait.min(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_times() {
        for (words, wait) in [
            (
                "suggested backoff time: 92415 milliseconds",
                Some(Duration::from_millis(92_415)),
            ),
            ("retry after 30 seconds", Some(Duration::from_secs(30))),
            (
                "backoff time: 99999999999",
                Some(Duration::from_secs(86_400)),
            ),
            ("backoff time", None),
            ("no hint", None),
        ] {
            assert_eq!(backoff(words), wait, "{words}");
        }
    }
}

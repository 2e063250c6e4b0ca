//! The state's milliseconds as the views' times.

use std::time::Duration;

use jiff::Timestamp;

/// Milliseconds since 1970 as a time. What no calendar has becomes 1970.
pub(super) fn timestamp(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The same for a time that may not be there.
pub(super) fn maybe(milliseconds: Option<i64>) -> Option<Timestamp> {
    milliseconds.map(timestamp)
}

/// The time between two moments; zero when the clock went back.
pub(super) fn between(from: i64, to: i64) -> Duration {
    Duration::from_millis(u64::try_from(to.saturating_sub(from)).unwrap_or(0))
}

/// A Date header (RFC 5322 section 3.3) in milliseconds; `None` when it is none.
pub(super) fn written(date: &str) -> Option<i64> {
    let reader = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let time = reader.parse_timestamp(date).ok()?;
    Some(time.as_millisecond())
}

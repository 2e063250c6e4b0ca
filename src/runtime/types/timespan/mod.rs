//! `System.TimeSpan`.

mod format;
mod members;

use std::fmt;

pub use format::format;
pub use members::TABLE;

/// Ticks of 100 ns in a second.
pub const TICKS_PER_SECOND: i64 = 10_000_000;
/// Ticks in a millisecond.
pub const TICKS_PER_MILLISECOND: i64 = 10_000;
/// Ticks in a minute.
pub const TICKS_PER_MINUTE: i64 = 60 * TICKS_PER_SECOND;
/// Ticks in an hour.
pub const TICKS_PER_HOUR: i64 = 60 * TICKS_PER_MINUTE;
/// Ticks in a day.
pub const TICKS_PER_DAY: i64 = 24 * TICKS_PER_HOUR;

/// A length of time in ticks of 100 ns, negative when it goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct TimeSpan {
    /// Ticks of 100 ns.
    pub ticks: i64,
}

impl TimeSpan {
    /// So many seconds.
    pub fn of_seconds(seconds: f64) -> TimeSpan {
        TimeSpan {
            ticks: (seconds * TICKS_PER_SECOND as f64).round() as i64,
        }
    }

    /// So many milliseconds.
    pub fn of_milliseconds(milliseconds: i64) -> TimeSpan {
        TimeSpan {
            ticks: milliseconds.saturating_mul(TICKS_PER_MILLISECOND),
        }
    }

    /// All of it in seconds.
    pub fn total_seconds(self) -> f64 {
        self.ticks as f64 / TICKS_PER_SECOND as f64
    }

    /// The span of `[-][d.]hh:mm[:ss[.fffffff]]`, or a whole number of days; `None` when the text is none.
    pub fn parse(text: &str) -> Option<TimeSpan> {
        let text = text.trim();
        let (negative, body) = text
            .strip_prefix('-')
            .map_or((false, text), |rest| (true, rest));
        let mut pieces: Vec<&str> = body.split(':').collect();
        let ticks = if let [only] = pieces.as_slice() {
            if let Some((days, hours)) = only.split_once('.') {
                (number(days, 10_675_199)? * TICKS_PER_DAY)
                    .checked_add(number(hours, 23)? * TICKS_PER_HOUR)?
            } else {
                number(only, 10_675_199)?.checked_mul(TICKS_PER_DAY)?
            }
        } else {
            let mut days = 0;
            if let Some((d, hours)) = pieces[0].split_once('.') {
                days = number(d, 10_675_199)?;
                pieces[0] = hours;
            } else if pieces.len() == 4 {
                days = number(pieces.remove(0), 10_675_199)?;
            }
            let time = match pieces.as_slice() {
                [hours, minutes] => clock(hours, minutes)?,
                [hours, minutes, seconds] => clock(hours, minutes)? + self::seconds(seconds)?,
                _ => return None,
            };
            days.checked_mul(TICKS_PER_DAY)?.checked_add(time)?
        };
        Some(TimeSpan {
            ticks: if negative { -ticks } else { ticks },
        })
    }
}

fn number(text: &str, most: i64) -> Option<i64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
    digits
        .then(|| text.parse().ok())
        .flatten()
        .filter(|n| *n <= most)
}

fn clock(hours: &str, minutes: &str) -> Option<i64> {
    Some(number(hours, 23)? * TICKS_PER_HOUR + number(minutes, 59)? * TICKS_PER_MINUTE)
}

fn seconds(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let mut ticks = number(whole, 59)? * TICKS_PER_SECOND;
    if !part.is_empty() {
        let digits = u32::try_from(part.len()).ok().filter(|n| *n <= 7)?;
        ticks += number(part, 9_999_999)? * 10_i64.pow(7 - digits);
    }
    Some(ticks)
}

impl fmt::Display for TimeSpan {
    /// `[-][d.]hh:mm:ss[.fffffff]`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ticks = self.ticks.unsigned_abs();
        let sign = if self.ticks < 0 { "-" } else { "" };
        let (days, time) = (ticks / TICKS_PER_DAY as u64, ticks % TICKS_PER_DAY as u64);
        let day = if days > 0 {
            format!("{days}.")
        } else {
            String::new()
        };
        let seconds = time / TICKS_PER_SECOND as u64;
        let part = time % TICKS_PER_SECOND as u64;
        write!(
            f,
            "{sign}{day}{:02}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )?;
        if part > 0 {
            write!(f, ".{part:07}")
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_to_span_and_back() {
        let table = [
            ("1.00:00:00", "1.00:00:00"),
            ("0:10", "00:10:00"),
            ("-1:00", "-01:00:00"),
            ("3:00", "03:00:00"),
            ("00:00:01.5", "00:00:01.5000000"),
            ("2", "2.00:00:00"),
            ("1:2:3:4", "1.02:03:04"),
            ("27.12:00:00", "27.12:00:00"),
        ];
        for (text, shown) in table {
            assert_eq!(
                TimeSpan::parse(text).map(|s| s.to_string()).as_deref(),
                Some(shown),
                "{text}"
            );
        }
        for text in ["", "x", "25:00", "1:60", "1:2:3:4:5", "1:00:00.12345678"] {
            assert_eq!(TimeSpan::parse(text), None, "{text}");
        }
    }
}

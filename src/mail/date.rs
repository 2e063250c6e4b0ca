//! Internal dates (RFC 3501 section 9, `date-time`).

use std::fmt;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// When a message arrived: an instant, and the zone the server told it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InternalDate {
    /// Seconds since 1970-01-01 00:00:00 UTC.
    pub unix: i64,
    /// Minutes east of UTC, at most a day.
    pub offset_minutes: i16,
}

impl InternalDate {
    /// An instant told in UTC.
    pub fn utc(unix: i64) -> Self {
        Self {
            unix,
            offset_minutes: 0,
        }
    }

    /// Reads `17-Jul-1996 02:44:25 -0700`, and what servers write instead of it: one-digit days and hours, month names
    /// in any case or in full, two-digit years, a missing zone (then UTC), `GMT`, a leap second. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.trim().trim_matches('"').split_whitespace();
        let (date, time) = (words.next()?, words.next()?);
        let offset_minutes = match words.next() {
            Some(zone) => parse_zone(zone)?,
            None => 0,
        };
        if words.next().is_some() {
            return None;
        }
        let days = parse_date(date)?;
        let seconds = parse_time(time)?;
        Some(Self {
            unix: days * 86_400 + seconds - i64::from(offset_minutes) * 60,
            offset_minutes,
        })
    }

    /// Reads the date of a header field (RFC 5322 section 3.3): `Wed, 17 Jul 1996 02:44:25 -0700 (PDT)`. A zone that is only
    /// a name counts as UTC (RFC 5322 section 4.3). `None` for anything else.
    pub fn parse_header(text: &str) -> Option<Self> {
        let text = text.split('(').next().unwrap_or(text);
        let text = text.split_once(',').map_or(text, |(_, rest)| rest);
        let words: Vec<&str> = text.split_whitespace().collect();
        let [day, month, year, time, zone @ ..] = words.as_slice() else {
            return None;
        };
        let date = format!("{day}-{month}-{year} {time}");
        let zoned = zone.first().map(|zone| format!("{date} {zone}"));
        zoned
            .and_then(|text| Self::parse(&text))
            .or_else(|| Self::parse(&date))
    }

    /// The year, month (1 to 12), day, hour, minute and second on the clock of its zone.
    pub fn civil(&self) -> (i64, u32, u32, u32, u32, u32) {
        let local = self
            .unix
            .saturating_add(i64::from(self.offset_minutes) * 60);
        let (y, m, d) = civil_from_days(local.div_euclid(86_400));
        let s = u32::try_from(local.rem_euclid(86_400)).unwrap_or(0);
        (y, m, d, s / 3600, s / 60 % 60, s % 60)
    }
}

fn number(text: &str, low: i64, high: i64) -> Option<i64> {
    if text.is_empty() || text.len() > 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|n| (low..=high).contains(n))
}

fn parse_date(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (d, m, y) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let month = m
        .get(..3)
        .and_then(|m| MONTHS.iter().position(|name| name.eq_ignore_ascii_case(m)))?;
    let month = i64::try_from(month).ok()? + 1;
    let mut year = number(y, 0, 9999)?;
    if y.len() <= 2 {
        // RFC 5322 section 4.3
        year += if year < 50 { 2000 } else { 1900 };
    }
    let day = number(d, 1, 31)?;
    let days = days_from_civil(year, month, day);
    // 31-Feb must not become a day in March
    (civil_from_days(days).2 == u32::try_from(day).ok()?).then_some(days)
}

fn parse_time(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let hour = number(parts.next()?, 0, 23)?;
    let minute = number(parts.next()?, 0, 59)?;
    let second = parts.next().map_or(Some(0), |s| number(s, 0, 60))?;
    parts
        .next()
        .is_none()
        .then_some(hour * 3600 + minute * 60 + second.min(59))
}

fn parse_zone(text: &str) -> Option<i16> {
    if ["GMT", "UTC", "UT", "Z"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(text))
    {
        return Some(0);
    }
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let value = number(digits, 0, 2459).filter(|_| digits.len() == 4)?;
    let minutes = value / 100 * 60 + value % 100;
    i16::try_from(sign * minutes)
        .ok()
        .filter(|_| value % 100 < 60)
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let m = (5 * of_year + 2) / 153;
    let day = of_year - (153 * m + 2) / 5 + 1;
    let month = if m < 10 { m + 3 } else { m - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (
        year,
        u32::try_from(month).unwrap_or(1),
        u32::try_from(day).unwrap_or(1),
    )
}

/// Writes the `date-time` of RFC 3501 without its quotation marks: `17-Jul-1996 02:44:25 -0700`.
impl fmt::Display for InternalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d, h, min, s) = self.civil();
        let month = MONTHS.get(m as usize - 1).copied().unwrap_or("Jan");
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let zone = self.offset_minutes.unsigned_abs();
        write!(
            f,
            "{d:2}-{month}-{y:04} {h:02}:{min:02}:{s:02} {sign}{:02}{:02}",
            zone / 60,
            zone % 60
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn reads_what_servers_write() {
        for (text, unix, offset) in [
            ("17-Jul-1996 02:44:25 -0700", 837_596_665, -420),
            (" 1-Jan-1970 00:00:00 +0000", 0, 0),
            ("\" 1-Jan-1970 00:00:00 +0000\"", 0, 0),
            ("1-jan-1970 0:0:0 GMT", 0, 0),
            ("01-January-1970 00:00", 0, 0),
            ("31-Dec-1969 23:59:60 +0000", -1, 0),
            ("29-Feb-2024 12:00:00 +0530", 1_709_188_200, 330),
            ("30-Dec-1899 00:00:00 +0000", -2_209_161_600, 0),
            ("01-Jan-05 00:00:00 +0000", 1_104_537_600, 0),
            ("31-Dec-9999 23:59:59 +0000", 253_402_300_799, 0),
        ] {
            assert_eq!(
                InternalDate::parse(text),
                Some(InternalDate {
                    unix,
                    offset_minutes: offset
                }),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for bad in [
            "",
            "NIL",
            "--400",
            "32-Jan-2020 00:00:00 +0000",
            "31-Feb-2020 00:00:00 +0000",
            "29-Feb-2023 00:00:00 +0000",
            "1-Foo-2020 00:00:00 +0000",
            "1-Jan-2020 24:00:00 +0000",
            "1-Jan-2020 00:00:00 +2500x",
            "1-Jan-2020 00:00:00 +9900",
            "1-Jan-2020 00:00:00 0000",
            "1-Jan-99999999999999999999 00:00:00 +0000",
            "1-Jän-2020 00:00:00 +0000",
            "1-Jan-2020 00:00:00 +0000 more",
            "-1-Jan-2020 00:00:00 +0000",
        ] {
            assert_eq!(InternalDate::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        for text in [
            "17-Jul-1996 02:44:25 -0700",
            " 1-Jan-1970 00:00:00 +0000",
            "29-Feb-2000 23:59:59 +1345",
        ] {
            assert_eq!(InternalDate::parse(text).unwrap().to_string(), text);
        }
        for unix in (-5_000_000_000..5_000_000_000).step_by(86_399 * 37) {
            let date = InternalDate {
                unix,
                offset_minutes: -210,
            };
            assert_eq!(InternalDate::parse(&date.to_string()), Some(date));
        }
        let _ = InternalDate {
            unix: i64::MAX,
            offset_minutes: i16::MAX,
        }
        .to_string();
    }

    #[test]
    fn dates_of_headers() {
        for (text, unix) in [
            ("Wed, 17 Jul 1996 02:44:25 -0700 (PDT)", Some(837_596_665)),
            ("17 Jul 96 9:44:25 GMT", Some(837_596_665)),
            ("17 Jul 1996 09:44 EST", Some(837_596_640)),
            (" Thu,  1 Jan 1970 00:00:00 +0000", Some(0)),
            ("yesterday", None),
            ("", None),
            ("Wed, 32 Jul 1996 02:44:25 -0700", None),
        ] {
            let read = InternalDate::parse_header(text).map(|date| date.unix);
            assert_eq!(read, unix, "{text}");
        }
    }
}

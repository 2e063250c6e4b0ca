//! `System.DateTime`: ticks since the year 1, and the calendar over them.

pub mod exact;
pub mod format;
mod members;
pub mod parse;
pub(in crate::runtime::types) mod part;

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;

use super::timespan::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND, TimeSpan,
};
pub(super) use members::zones;
pub use members::{DAY_OF_WEEK, KIND, TABLE};

/// Whether a date is of this place, of the world, or of neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum DateKind {
    Unspecified,
    Utc,
    Local,
}

/// A date and time of day.
#[derive(Clone, Copy, Debug)]
pub struct DateTime {
    /// Ticks of 100 ns since 0001-01-01T00:00:00 in the proleptic Gregorian calendar.
    pub ticks: i64,
    /// Whose clock it shows.
    pub kind: DateKind,
}

/// The ticks of 9999-12-31T23:59:59.9999999.
pub const MAX_TICKS: i64 = 3_155_378_975_999_999_999;
/// The ticks of 1970-01-01.
pub const UNIX_EPOCH: i64 = 621_355_968_000_000_000;

impl PartialEq for DateTime {
    /// As .NET does: the kind is of no account.
    fn eq(&self, other: &DateTime) -> bool {
        self.ticks == other.ticks
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &DateTime) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &DateTime) -> Ordering {
        self.ticks.cmp(&other.ticks)
    }
}

/// The parts of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Parts {
    pub year: i64,
    /// From 1.
    pub month: i64,
    /// From 1.
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    /// Ticks within the second.
    pub fraction: i64,
}

impl DateTime {
    /// A date of these ticks; `None` outside the years 1 to 9999.
    pub fn new(ticks: i64, kind: DateKind) -> Option<DateTime> {
        (0..=MAX_TICKS)
            .contains(&ticks)
            .then_some(DateTime { ticks, kind })
    }

    /// A date of these parts; `None` when there is no such day or time.
    pub fn of_parts(parts: Parts, kind: DateKind) -> Option<DateTime> {
        let Parts {
            year,
            month,
            day,
            hour,
            minute,
            second,
            fraction,
        } = parts;
        let in_range = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in_month(year, month)
            && (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..60).contains(&second);
        if !in_range {
            return None;
        }
        let ticks = days_before(year, month, day) * TICKS_PER_DAY
            + hour * TICKS_PER_HOUR
            + minute * TICKS_PER_MINUTE
            + second * TICKS_PER_SECOND
            + fraction;
        DateTime::new(ticks, kind)
    }

    /// Midnight of a day.
    pub fn of_day(year: i64, month: i64, day: i64) -> Option<DateTime> {
        DateTime::of_parts(
            Parts {
                year,
                month,
                day,
                ..Parts::default()
            },
            DateKind::Unspecified,
        )
    }

    /// Its parts.
    pub fn parts(self) -> Parts {
        let (year, month, day) = civil_of_days(self.ticks / TICKS_PER_DAY);
        let time = self.ticks % TICKS_PER_DAY;
        Parts {
            year,
            month,
            day,
            hour: time / TICKS_PER_HOUR,
            minute: time / TICKS_PER_MINUTE % 60,
            second: time / TICKS_PER_SECOND % 60,
            fraction: time % TICKS_PER_SECOND,
        }
    }

    /// 0 is Sunday.
    pub fn day_of_week(self) -> i64 {
        (self.ticks / TICKS_PER_DAY + 1) % 7
    }

    /// From 1.
    pub fn day_of_year(self) -> i64 {
        let parts = self.parts();
        self.ticks / TICKS_PER_DAY - days_before(parts.year, 1, 1) + 1
    }

    /// Midnight of the same day.
    pub fn date(self) -> DateTime {
        DateTime {
            ticks: self.ticks - self.ticks % TICKS_PER_DAY,
            kind: self.kind,
        }
    }

    /// Time since midnight.
    pub fn time_of_day(self) -> TimeSpan {
        TimeSpan {
            ticks: self.ticks % TICKS_PER_DAY,
        }
    }

    /// Later by so many ticks; `None` outside the years 1 to 9999.
    pub fn add_ticks(self, ticks: i64) -> Option<DateTime> {
        DateTime::new(self.ticks.checked_add(ticks)?, self.kind)
    }

    /// The same day of another month, or that month's last day.
    pub fn add_months(self, months: i64) -> Option<DateTime> {
        let parts = self.parts();
        let index = parts
            .year
            .checked_mul(12)?
            .checked_add(parts.month - 1)?
            .checked_add(months)?;
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12) + 1);
        if !(1..=9999).contains(&year) {
            return None;
        }
        let day = parts.day.min(days_in_month(year, month));
        DateTime::of_parts(
            Parts {
                year,
                month,
                day,
                ..parts
            },
            self.kind,
        )
    }

    /// Its week: the first one has at least so many days in the year, and weeks begin on a day (Sunday is 0). Days before the
    /// first week belong to the last one of the year before.
    pub fn week_of_year(self, days_of_first_week: i64, first_day: i64) -> i64 {
        let day = self.ticks / TICKS_PER_DAY;
        // The first of January of the year 1 was a Monday.
        let in_week = |day: i64| (day + 1 - first_day).rem_euclid(7);
        let week = |year: i64| {
            let start = days_before(year, 1, 1);
            let first = start - in_week(start);
            let first = if first + 7 - start >= days_of_first_week {
                first
            } else {
                first + 7
            };
            (day >= first).then(|| (day - first) / 7 + 1)
        };
        let year = self.parts().year;
        week(year).or_else(|| week(year - 1)).unwrap_or(1)
    }

    /// Ticks of the zone's offset from UTC at this moment; local time is read as this machine's.
    pub fn local_offset(self) -> i64 {
        let zone = TimeZone::system();
        offset_in(self, &zone)
    }

    /// On this machine's clock. An unspecified date counts as UTC.
    pub fn to_local(self) -> DateTime {
        if self.kind == DateKind::Local {
            return self;
        }
        let offset = timestamp(self.ticks).map_or(0, |moment| {
            i64::from(TimeZone::system().to_offset(moment).seconds()) * TICKS_PER_SECOND
        });
        let ticks = self.ticks.saturating_add(offset).clamp(0, MAX_TICKS);
        DateTime {
            ticks,
            kind: DateKind::Local,
        }
    }

    /// On the world's clock. An unspecified date counts as local.
    pub fn to_utc(self) -> DateTime {
        if self.kind == DateKind::Utc {
            return self;
        }
        let ticks = self
            .ticks
            .saturating_sub(self.local_offset())
            .clamp(0, MAX_TICKS);
        DateTime {
            ticks,
            kind: DateKind::Utc,
        }
    }

    /// Seconds since 1970, of the moment it means.
    pub fn unix_seconds(self) -> i64 {
        (self.to_utc().ticks - UNIX_EPOCH).div_euclid(TICKS_PER_SECOND)
    }

    /// The moment so many seconds after 1970, as UTC.
    pub fn of_unix_seconds(seconds: i64) -> Option<DateTime> {
        DateTime::new(
            seconds
                .checked_mul(TICKS_PER_SECOND)?
                .checked_add(UNIX_EPOCH)?,
            DateKind::Utc,
        )
    }

    /// Now, on this machine's clock.
    pub fn now() -> DateTime {
        DateTime::utc_now().to_local()
    }

    /// Now, on the world's clock.
    pub fn utc_now() -> DateTime {
        let nanoseconds = Timestamp::now().as_nanosecond();
        let ticks = i64::try_from(nanoseconds / 100).unwrap_or(0) + UNIX_EPOCH;
        DateTime {
            ticks,
            kind: DateKind::Utc,
        }
    }
}

/// The instant of UTC ticks.
pub fn timestamp(utc_ticks: i64) -> Option<Timestamp> {
    Timestamp::from_nanosecond(i128::from(utc_ticks - UNIX_EPOCH) * 100).ok()
}

/// Ticks of a zone's offset at a civil time in it. A time that comes twice is the second one, as in .NET.
pub fn offset_in(date: DateTime, zone: &TimeZone) -> i64 {
    let parts = date.parts();
    let civil = civil::DateTime::new(
        parts.year as i16,
        parts.month as i8,
        parts.day as i8,
        parts.hour as i8,
        parts.minute as i8,
        parts.second as i8,
        0,
    );
    let Ok(civil) = civil else { return 0 };
    let Ok(moment) = zone.to_ambiguous_timestamp(civil).later() else {
        return 0;
    };
    i64::from(zone.to_offset(moment).seconds()) * TICKS_PER_SECOND
}

/// Whether February has 29 days.
pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// 28 to 31.
pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 0001-01-01 to a date.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let y = year - i64::from(month <= 2);
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 306
}

/// Year, month and day of a number of days since 0001-01-01.
fn civil_of_days(days: i64) -> (i64, i64, i64) {
    let z = days + 306;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_calendar_goes_there_and_back() {
        for (year, month, day) in [
            (1, 1, 1),
            (1970, 1, 1),
            (2000, 2, 29),
            (2021, 12, 31),
            (9999, 12, 31),
        ] {
            let date = DateTime::of_day(year, month, day).unwrap();
            let parts = date.parts();
            assert_eq!((parts.year, parts.month, parts.day), (year, month, day));
        }
        assert_eq!(DateTime::of_day(1970, 1, 1).unwrap().ticks, UNIX_EPOCH);
        assert_eq!(DateTime::of_day(2021, 3, 15).unwrap().day_of_week(), 1);
        assert_eq!(DateTime::of_day(2021, 3, 15).unwrap().day_of_year(), 74);
        assert!(DateTime::of_day(2021, 2, 29).is_none());
        let end = DateTime::of_day(2021, 1, 31)
            .unwrap()
            .add_months(1)
            .unwrap()
            .parts();
        assert_eq!((end.month, end.day), (2, 28));
    }
}

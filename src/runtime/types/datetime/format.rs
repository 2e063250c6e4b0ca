//! Dates to text: the standard formats and the custom ones.

use super::{DateKind, DateTime, Parts};
use crate::runtime::types::culture::{Culture, EN_US, INVARIANT};
use crate::runtime::types::timespan::{TICKS_PER_HOUR, TICKS_PER_MINUTE};

/// As inside an expandable string: `02/03/2021 04:05:06`.
pub fn invariant(date: DateTime) -> String {
    custom(date, "MM/dd/yyyy HH:mm:ss", &INVARIANT, 0)
}

/// As `ToString()` and tables show it: `2/3/2021 4:05:06 AM`.
pub fn current(date: DateTime) -> String {
    format(date, "G", &EN_US).unwrap_or_default()
}

/// A standard format of one letter, or a custom one; `None` when it is neither.
pub fn format(date: DateTime, format: &str, culture: &Culture) -> Option<String> {
    format_with_offset(date, format, culture, None)
}

/// As [`format()`], for a date whose offset from UTC (in ticks) is known.
pub fn format_with_offset(
    date: DateTime,
    format: &str,
    culture: &Culture,
    offset: Option<i64>,
) -> Option<String> {
    let zone = offset.unwrap_or_else(|| {
        if date.kind == DateKind::Utc {
            0
        } else {
            date.local_offset()
        }
    });
    let mut letters = format.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        let text = if format.is_empty() {
            return self::format_with_offset(date, "G", culture, offset);
        } else {
            format
        };
        let date_kind = if offset.is_some() {
            DateTime {
                kind: DateKind::Local,
                ..date
            }
        } else {
            date
        };
        return Some(custom(date_kind, text, culture, zone));
    };
    let both = |a: &str, b: &str| Some(custom(date, &format!("{a} {b}"), culture, zone));
    let one = |pattern: &str| Some(custom(date, pattern, culture, zone));
    let invariant = |pattern: &str, date: DateTime| Some(custom(date, pattern, &INVARIANT, zone));
    match letter {
        'd' => one(culture.short_date),
        'D' => one(culture.long_date),
        'f' => both(culture.long_date, culture.short_time),
        'F' => both(culture.long_date, culture.long_time),
        'g' => both(culture.short_date, culture.short_time),
        'G' => both(culture.short_date, culture.long_time),
        'm' | 'M' => one(culture.month_day),
        'o' | 'O' => invariant(
            if offset.is_some() {
                "yyyy-MM-ddTHH:mm:ss.fffffffzzz"
            } else {
                "yyyy-MM-ddTHH:mm:ss.fffffffK"
            },
            date,
        ),
        'r' | 'R' => {
            let utc = offset.map_or(date, |o| DateTime {
                ticks: date.ticks - o,
                ..date
            });
            invariant("ddd, dd MMM yyyy HH:mm:ss 'GMT'", utc)
        }
        's' => invariant("yyyy-MM-ddTHH:mm:ss", date),
        't' => one(culture.short_time),
        'T' => one(culture.long_time),
        'u' => {
            let utc = offset.map_or(date, |o| DateTime {
                ticks: date.ticks - o,
                ..date
            });
            invariant("yyyy-MM-dd HH:mm:ss'Z'", utc)
        }
        'U' => {
            let utc = date.to_utc();
            Some(custom(
                utc,
                &format!("{} {}", culture.long_date, culture.long_time),
                culture,
                0,
            ))
        }
        'y' | 'Y' => one(culture.year_month),
        _ => None,
    }
}

/// A custom format. `zone` is the offset that `z` shows, in ticks.
fn custom(date: DateTime, format: &str, culture: &Culture, zone: i64) -> String {
    let parts = date.parts();
    let letters: Vec<char> = format.chars().collect();
    let mut out = String::new();
    let mut i = 0;
    while let Some(&letter) = letters.get(i) {
        let run = letters[i..].iter().take_while(|c| **c == letter).count();
        match letter {
            '\\' => {
                out.extend(letters.get(i + 1));
                i += 2;
                continue;
            }
            '%' => {
                i += 1;
                continue;
            }
            '\'' | '"' => {
                let quoted: String = letters[i + 1..]
                    .iter()
                    .take_while(|c| **c != letter)
                    .collect();
                i += quoted.chars().count() + 2;
                out.push_str(&quoted);
                continue;
            }
            _ => {}
        }
        if field(&mut out, letter, run, date, parts, culture, zone) {
            i += run;
        } else {
            out.push(letter);
            i += 1;
        }
    }
    out
}

/// Writes one field; `false` when the letter is none.
fn field(
    out: &mut String,
    letter: char,
    run: usize,
    date: DateTime,
    parts: Parts,
    culture: &Culture,
    zone: i64,
) -> bool {
    let text = match (letter, run) {
        ('d', 1 | 2) => padded(parts.day, run),
        ('d', 3) => pick(&culture.short_days, date.day_of_week()),
        ('d', _) => pick(&culture.days, date.day_of_week()),
        ('M', 1 | 2) => padded(parts.month, run),
        ('M', 3) => pick(&culture.short_months, parts.month - 1),
        ('M', _) => pick(&culture.months, parts.month - 1),
        ('y', 1 | 2) => padded(parts.year % 100, run),
        ('y', _) => padded(parts.year, run),
        ('h', _) => padded((parts.hour + 11) % 12 + 1, run.min(2)),
        ('H', _) => padded(parts.hour, run.min(2)),
        ('m', _) => padded(parts.minute, run.min(2)),
        ('s', _) => padded(parts.second, run.min(2)),
        ('f', _) => fraction(parts.fraction, run),
        ('F', _) => {
            let digits = fraction(parts.fraction, run);
            let kept = digits.trim_end_matches('0');
            if kept.is_empty() && out.ends_with('.') {
                out.pop();
            }
            kept.to_owned()
        }
        ('t', 1) => pick(&culture.designators, parts.hour / 12)
            .chars()
            .take(1)
            .collect(),
        ('t', _) => pick(&culture.designators, parts.hour / 12),
        ('g', _) => "A.D.".to_owned(),
        ('z', _) => offset(zone, run),
        ('K', _) => match date.kind {
            DateKind::Utc => "Z".to_owned(),
            DateKind::Local => offset(zone, 3),
            DateKind::Unspecified => String::new(),
        },
        ('/', _) => culture.date_separator.repeat(run),
        _ => return false,
    };
    out.push_str(&text);
    true
}

fn padded(n: i64, width: usize) -> String {
    format!("{n:0width$}")
}

fn pick(names: &[&str], index: i64) -> String {
    usize::try_from(index)
        .ok()
        .and_then(|i| names.get(i))
        .map_or_else(String::new, |name| (*name).to_owned())
}

fn fraction(ticks: i64, run: usize) -> String {
    let digits = format!("{ticks:07}");
    digits.chars().take(run).collect()
}

fn offset(ticks: i64, run: usize) -> String {
    let sign = if ticks < 0 { '-' } else { '+' };
    let (hours, minutes) = (
        ticks.abs() / TICKS_PER_HOUR,
        ticks.abs() / TICKS_PER_MINUTE % 60,
    );
    match run {
        1 => format!("{sign}{hours}"),
        2 => format!("{sign}{hours:02}"),
        _ => format!("{sign}{hours:02}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn formats_of_one_date() {
        let date = DateTime::of_parts(
            Parts {
                year: 2021,
                month: 3,
                day: 5,
                hour: 14,
                minute: 7,
                second: 9,
                fraction: 1_230_000,
            },
            DateKind::Utc,
        )
        .unwrap();
        let table = [
            ("fff", "123"),
            ("HH:mm:ss.f", "14:07:09.1"),
            ("yyyy'y'MM", "2021y03"),
            ("dddd", "Friday"),
            ("%d", "5"),
            ("MMM d", "Mar 5"),
            ("hh:mm tt", "02:07 PM"),
            ("d", "3/5/2021"),
            ("D", "Friday, March 5, 2021"),
            ("g", "3/5/2021 2:07 PM"),
            ("s", "2021-03-05T14:07:09"),
            ("u", "2021-03-05 14:07:09Z"),
            ("o", "2021-03-05T14:07:09.1230000Z"),
            ("R", "Fri, 05 Mar 2021 14:07:09 GMT"),
            ("yyyyMMdd-HHmmss", "20210305-140709"),
            ("ss.FFFF", "09.123"),
        ];
        for (pattern, text) in table {
            assert_eq!(
                format(date, pattern, &EN_US).as_deref(),
                Some(text),
                "{pattern}"
            );
        }
        assert_eq!(invariant(date), "03/05/2021 14:07:09");
        assert_eq!(format(date, "Q", &EN_US), None);
    }
}

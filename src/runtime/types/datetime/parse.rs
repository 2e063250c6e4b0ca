//! Text to a date, as the invariant culture reads it.

use super::{DateKind, DateTime, Parts, days_in_month};
use crate::runtime::types::culture::{Culture, INVARIANT};
use crate::runtime::types::timespan::{TICKS_PER_HOUR, TICKS_PER_MINUTE};

/// A date read, and the offset from UTC that stood after it, in ticks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Read {
    /// As the text shows it.
    pub date: DateTime,
    /// What the text said about the zone.
    pub offset: Option<i64>,
}

/// What `System.Globalization.DateTimeStyles` says about the zone of a date.
#[derive(Clone, Copy, Debug, Default)]
pub struct Zones {
    /// `AdjustToUniversal`: the result is UTC.
    pub adjust_to_universal: bool,
    /// `AssumeLocal`: a text without zone is local.
    pub assume_local: bool,
    /// `AssumeUniversal`: a text without zone is UTC.
    pub assume_universal: bool,
    /// `RoundtripKind`: what was UTC stays so.
    pub round_trip: bool,
}

impl Read {
    /// The date; an offset makes it local unless the style says otherwise. `None` when that leaves the years 1 to 9999.
    pub fn in_zone(self, zones: Zones) -> Option<DateTime> {
        let offset = match self.offset {
            None if zones.assume_universal => Some(0),
            given => given,
        };
        let Some(offset) = offset else {
            let local = DateTime {
                kind: DateKind::Local,
                ..self.date
            };
            return Some(match zones {
                Zones {
                    assume_local: true,
                    adjust_to_universal: true,
                    ..
                } => local.to_utc(),
                Zones {
                    assume_local: true, ..
                } => local,
                _ => self.date,
            });
        };
        let utc = DateTime::new(self.date.ticks - offset, DateKind::Utc)?;
        let stays = zones.adjust_to_universal || zones.round_trip && offset == 0;
        Some(if stays { utc } else { utc.to_local() })
    }
}

/// The date of a text; an offset in it makes the result local, as casts do. `None` when it is no date.
pub fn date(text: &str) -> Option<DateTime> {
    read(text, &INVARIANT)?.in_zone(Zones::default())
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// Its value and number of digits.
    Number(i64, usize),
    /// Letters, lower case.
    Word(String),
    /// Any other sign; blanks and commas are dropped.
    Sign(char),
}

/// The date and offset of a text; `None` when it is no date.
pub fn read(text: &str, culture: &Culture) -> Option<Read> {
    let tokens = tokens(text)?;
    let mut found = Found::default();
    let mut i = 0;
    while i < tokens.len() {
        i += step(&tokens[i..], &mut found, culture)?;
    }
    found.finish(culture)
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let letters: Vec<char> = text.trim().chars().collect();
    let mut all = Vec::new();
    let mut i = 0;
    while let Some(&c) = letters.get(i) {
        let run = |test: fn(&char) -> bool| {
            letters[i..]
                .iter()
                .take_while(|c| test(c))
                .collect::<String>()
        };
        if c.is_ascii_digit() {
            let digits = run(char::is_ascii_digit);
            i += digits.len();
            all.push(Token::Number(
                digits.get(..18).unwrap_or(&digits).parse().ok()?,
                digits.len(),
            ));
        } else if c.is_alphabetic() {
            let word = run(|c| c.is_alphabetic());
            i += word.chars().count();
            all.push(Token::Word(word.to_lowercase()));
        } else {
            if !c.is_whitespace() && c != ',' {
                all.push(Token::Sign(c));
            }
            i += 1;
        }
    }
    (!all.is_empty() && all.len() <= 40).then_some(all)
}

/// What was found so far.
#[derive(Default)]
struct Found {
    /// Numbers of the date in order, with their digits.
    numbers: Vec<(i64, usize)>,
    /// The place among the numbers of a month given by name, and the month.
    month: Option<(usize, i64)>,
    weekday: Option<i64>,
    /// Hour, minute, second, fraction.
    time: Option<(i64, i64, i64, i64)>,
    afternoon: Option<bool>,
    offset: Option<i64>,
}

/// Takes one or more tokens; `None` when they have no place in a date.
fn step(tokens: &[Token], found: &mut Found, culture: &Culture) -> Option<usize> {
    match tokens {
        [
            Token::Number(hour, ..=2),
            Token::Sign(':'),
            Token::Number(minute, ..=2),
            rest @ ..,
        ] if found.time.is_none() => {
            let (second, fraction, used) = seconds(rest)?;
            found.time = Some((*hour, *minute, second, fraction));
            Some(3 + used)
        }
        [Token::Number(hour, ..=2), Token::Word(word), ..]
            if found.time.is_none() && is_designator(word) =>
        {
            found.time = Some((*hour, 0, 0, 0));
            Some(1)
        }
        [Token::Sign(sign @ ('+' | '-')), rest @ ..] if found.time.is_some() => {
            let (ticks, used) = offset(rest)?;
            found.offset = Some(if *sign == '-' { -ticks } else { ticks });
            Some(1 + used)
        }
        [Token::Sign('-' | '/' | '.'), ..] => {
            (!found.numbers.is_empty() || found.month.is_some() || found.weekday.is_some())
                .then_some(1)
        }
        [Token::Number(n, digits), ..] => {
            found.numbers.push((*n, *digits));
            (found.numbers.len() <= 3).then_some(1)
        }
        [Token::Word(word), ..] => word_step(word, found, culture),
        _ => None,
    }
}

fn is_designator(word: &str) -> bool {
    matches!(word, "am" | "pm" | "a" | "p")
}

fn word_step(word: &str, found: &mut Found, culture: &Culture) -> Option<usize> {
    match word {
        "t" if !found.numbers.is_empty() && found.time.is_none() => return Some(1),
        "z" | "gmt" | "utc" if found.time.is_some() => {
            found.offset = Some(found.offset.unwrap_or(0));
            return Some(1);
        }
        _ if is_designator(word) && found.time.is_some() => {
            found.afternoon = Some(word.starts_with('p'));
            return Some(1);
        }
        _ => {}
    }
    if let Some(month) = name_index(word, &culture.months, &culture.short_months) {
        let first = found.month.is_none();
        found.month = Some((found.numbers.len(), month + 1));
        return first.then_some(1);
    }
    found.weekday = Some(name_index(word, &culture.days, &culture.short_days)?);
    Some(1)
}

fn name_index(word: &str, long: &[&str], short: &[&str]) -> Option<i64> {
    let fits = |name: &&str| name.to_lowercase().trim_end_matches('.') == word;
    long.iter()
        .position(&fits)
        .or_else(|| short.iter().position(fits))
        .map(|i| i as i64)
}

/// Seconds, their fraction in ticks, and the tokens used.
fn seconds(rest: &[Token]) -> Option<(i64, i64, usize)> {
    match rest {
        [
            Token::Sign(':'),
            Token::Number(second, ..=2),
            Token::Sign('.'),
            Token::Number(part, digits),
            ..,
        ] => {
            let digits = u32::try_from(*digits).ok()?;
            let ticks = if digits <= 7 {
                part * 10_i64.pow(7 - digits)
            } else {
                part / 10_i64.checked_pow(digits - 7)?
            };
            Some((*second, ticks, 4))
        }
        [Token::Sign(':'), Token::Number(second, ..=2), ..] => Some((*second, 0, 2)),
        [Token::Sign(':'), ..] => None,
        _ => Some((0, 0, 0)),
    }
}

/// `02:00`, `0200`, `2`.
fn offset(rest: &[Token]) -> Option<(i64, usize)> {
    let (hours, minutes, used) = match rest {
        [
            Token::Number(h, ..=2),
            Token::Sign(':'),
            Token::Number(m, 2),
            ..,
        ] => (*h, *m, 3),
        [Token::Number(n, 4), ..] => (n / 100, n % 100, 1),
        [Token::Number(h, ..=2), ..] => (*h, 0, 1),
        _ => return None,
    };
    (hours <= 14 && minutes < 60)
        .then_some((hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE, used))
}

impl Found {
    fn finish(self, culture: &Culture) -> Option<Read> {
        let today = DateTime::now().parts();
        let (year, month, day) = match (self.month, self.numbers.as_slice()) {
            (Some((at, month)), numbers) => named_month(at, month, numbers, today.year)?,
            (None, []) if self.time.is_some() => (today.year, today.month, today.day),
            (None, numbers) => numeric(numbers, culture.day_first, today.year)?,
        };
        let (mut hour, minute, second, fraction) = self.time.unwrap_or_default();
        if let Some(afternoon) = self.afternoon {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + if afternoon { 12 } else { 0 };
        }
        let parts = Parts {
            year,
            month,
            day,
            hour,
            minute,
            second,
            fraction,
        };
        let date = DateTime::of_parts(parts, DateKind::Unspecified)?;
        if self
            .weekday
            .is_some_and(|weekday| weekday != date.day_of_week())
        {
            return None;
        }
        Some(Read {
            date,
            offset: self.offset,
        })
    }
}

/// Years of two digits lie between 1950 and 2049.
fn full_year((n, digits): (i64, usize)) -> Option<i64> {
    match digits {
        1 | 2 => Some(if n >= 50 { 1900 + n } else { 2000 + n }),
        3 | 4 => Some(n),
        _ => None,
    }
}

/// `Feb 3, 2021`, `3 February 2021`, `March 2021`, `Feb 3`, `2021 March 3`.
fn named_month(
    at: usize,
    month: i64,
    numbers: &[(i64, usize)],
    this_year: i64,
) -> Option<(i64, i64, i64)> {
    match numbers {
        [only] if only.1 >= 3 => Some((full_year(*only)?, month, 1)),
        [(day, _)] if *day <= days_in_month(this_year, month) => Some((this_year, month, *day)),
        [year, (day, _)] if year.1 >= 3 => Some((full_year(*year)?, month, *day)),
        [(day, ..=2), year] if at <= 1 => Some((full_year(*year)?, month, *day)),
        _ => None,
    }
}

/// Without names: year first when it has more than two digits, else month/day/year or day/month/year.
fn numeric(numbers: &[(i64, usize)], day_first: bool, this_year: i64) -> Option<(i64, i64, i64)> {
    let two = |a: i64, b: i64| if day_first { (b, a) } else { (a, b) };
    match numbers {
        [year, (month, ..=2), (day, ..=2)] if year.1 >= 3 => {
            Some((full_year(*year)?, *month, *day))
        }
        [(a, ..=2), (b, ..=2), year] => {
            let (month, day) = two(*a, *b);
            Some((full_year(*year)?, month, day))
        }
        [year, (month, ..=2)] if year.1 >= 3 => Some((full_year(*year)?, *month, 1)),
        [(month, ..=2), year] if year.1 >= 3 => Some((full_year(*year)?, *month, 1)),
        [(a, ..=2), (b, ..=2)] => {
            let (month, day) = two(*a, *b);
            Some((this_year, month, day))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::format::{format, invariant};
    use super::*;

    #[test]
    fn dates_in_the_ways_people_write_them() {
        let table = [
            ("2021-02-03", "02/03/2021 00:00:00"),
            ("2/3/2021 4:05 PM", "02/03/2021 16:05:00"),
            ("2021-02-03T10:20:30", "02/03/2021 10:20:30"),
            ("2021-12-01 15:30", "12/01/2021 15:30:00"),
            ("Feb 3, 2021", "02/03/2021 00:00:00"),
            ("3 February 2021", "02/03/2021 00:00:00"),
            ("March 2021", "03/01/2021 00:00:00"),
            ("2021-03", "03/01/2021 00:00:00"),
            ("2021.03.04", "03/04/2021 00:00:00"),
            ("05-Mar-2021 1 AM", "03/05/2021 01:00:00"),
            ("Friday, March 5, 2021 2:07:09 PM", "03/05/2021 14:07:09"),
            ("12/31/99", "12/31/1999 00:00:00"),
        ];
        for (text, wanted) in table {
            assert_eq!(date(text).map(invariant).as_deref(), Some(wanted), "{text}");
        }
        for text in [
            "",
            "z",
            "hello",
            "2021-13-01",
            "2/30/2021",
            "25:00",
            "1.2.3.4",
            "2021",
            "12",
            "Mon, 05 Mar 2021",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn an_offset_names_a_moment() {
        for text in [
            "2021-06-01T10:00:00Z",
            "Tue, 01 Jun 2021 10:00:00 GMT",
            "2021-06-01T12:00:00+02:00",
            "2021-06-01 04:30 -0530",
        ] {
            let utc = date(text).map(|d| format(d.to_utc(), "s", &INVARIANT).unwrap_or_default());
            assert_eq!(utc.as_deref(), Some("2021-06-01T10:00:00"), "{text}");
        }
    }
}

//! Text to a date by one format: `ParseExact`.

use super::parse::Read;
use super::{DateKind, DateTime, Parts};
use crate::runtime::types::culture::Culture;
use crate::runtime::types::timespan::{TICKS_PER_HOUR, TICKS_PER_MINUTE};

/// The date of a text that has exactly this format, a standard or a custom one; `None` when it has not.
pub fn parse_exact(text: &str, format: &str, culture: &Culture) -> Option<Read> {
    let pattern = match format {
        "d" => culture.short_date.to_owned(),
        "D" => culture.long_date.to_owned(),
        "f" => format!("{} {}", culture.long_date, culture.short_time),
        "F" => format!("{} {}", culture.long_date, culture.long_time),
        "g" => format!("{} {}", culture.short_date, culture.short_time),
        "G" => format!("{} {}", culture.short_date, culture.long_time),
        "t" => culture.short_time.to_owned(),
        "T" => culture.long_time.to_owned(),
        "s" => "yyyy-MM-ddTHH:mm:ss".to_owned(),
        "u" => "yyyy-MM-dd HH:mm:ssZ".to_owned(),
        "o" | "O" => "yyyy-MM-ddTHH:mm:ss.fffffffK".to_owned(),
        "r" | "R" => "ddd, dd MMM yyyy HH:mm:ss 'GMT'".to_owned(),
        other => other.to_owned(),
    };
    let mut reader = Reader {
        text,
        culture,
        ..Reader::new()
    };
    reader.pattern(&pattern)?;
    reader.text.is_empty().then_some(())?;
    reader.finish()
}

/// What is left of the text and what was read of it.
struct Reader<'a> {
    text: &'a str,
    culture: &'a Culture,
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    hour: i64,
    twelve: bool,
    afternoon: Option<bool>,
    minute: i64,
    second: i64,
    fraction: i64,
    offset: Option<i64>,
}

impl<'a> Reader<'a> {
    fn new() -> Reader<'a> {
        Reader {
            text: "",
            culture: &crate::runtime::types::culture::INVARIANT,
            year: None,
            month: None,
            day: None,
            hour: 0,
            twelve: false,
            afternoon: None,
            minute: 0,
            second: 0,
            fraction: 0,
            offset: None,
        }
    }

    fn pattern(&mut self, pattern: &str) -> Option<()> {
        let letters: Vec<char> = pattern.chars().collect();
        let mut i = 0;
        while let Some(&letter) = letters.get(i) {
            let run = letters[i..].iter().take_while(|c| **c == letter).count();
            match letter {
                '\\' => {
                    self.literal(*letters.get(i + 1)?)?;
                    i += 2;
                }
                '%' => i += 1,
                '\'' | '"' => {
                    let quoted: Vec<char> = letters[i + 1..]
                        .iter()
                        .copied()
                        .take_while(|c| *c != letter)
                        .collect();
                    quoted.iter().try_for_each(|c| self.literal(*c))?;
                    i += quoted.len() + 2;
                }
                'd' | 'M' | 'y' | 'h' | 'H' | 'm' | 's' | 'f' | 'F' | 't' | 'z' | 'K' => {
                    self.field(letter, run)?;
                    i += run;
                }
                '/' => {
                    let separator = self.culture.date_separator;
                    self.text = self.text.strip_prefix(separator)?;
                    i += 1;
                }
                other => {
                    self.literal(other)?;
                    i += 1;
                }
            }
        }
        Some(())
    }

    fn literal(&mut self, c: char) -> Option<()> {
        self.text = self.text.strip_prefix(c)?;
        Some(())
    }

    fn field(&mut self, letter: char, run: usize) -> Option<()> {
        match (letter, run) {
            ('d', 1 | 2) => self.day = Some(self.number(run, 2)?),
            ('d', 3) => drop(self.name(&self.culture.short_days)?),
            ('d', _) => drop(self.name(&self.culture.days)?),
            ('M', 1 | 2) => self.month = Some(self.number(run, 2)?),
            ('M', 3) => self.month = Some(self.name(&self.culture.short_months)? + 1),
            ('M', _) => self.month = Some(self.name(&self.culture.months)? + 1),
            ('y', 1 | 2) => {
                let n = self.number(run, 2)?;
                self.year = Some(if n >= 50 { 1900 + n } else { 2000 + n });
            }
            ('y', _) => self.year = Some(self.number(run, run)?),
            ('h', _) => {
                self.twelve = true;
                self.hour = self.number(run.min(2), 2)?;
            }
            ('H', _) => self.hour = self.number(run.min(2), 2)?,
            ('m', _) => self.minute = self.number(run.min(2), 2)?,
            ('s', _) => self.second = self.number(run.min(2), 2)?,
            ('f', 1..=7) => self.fraction = self.fraction(run, run)?,
            ('F', 1..=7) => self.fraction = self.fraction(0, run)?,
            ('t', _) => {
                let short = |word: &str| {
                    if run == 1 {
                        word.get(..1).unwrap_or(word).to_owned()
                    } else {
                        word.to_owned()
                    }
                };
                let words = self.culture.designators.map(short);
                let words = [words[0].as_str(), words[1].as_str()];
                self.afternoon = Some(self.name(&words)? == 1);
            }
            ('z', _) => self.offset = Some(self.offset()?),
            ('K', _) if self.text.starts_with('Z') => {
                self.text = &self.text[1..];
                self.offset = Some(0);
            }
            ('K', _) if self.text.starts_with(['+', '-']) => self.offset = Some(self.offset()?),
            ('K', _) => {}
            _ => return None,
        }
        Some(())
    }

    /// A number of `least` to `most` digits; one digit asks for as many as there are, up to `most`.
    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let count = self
            .text
            .bytes()
            .take(most)
            .take_while(u8::is_ascii_digit)
            .count();
        (count >= least).then_some(())?;
        let (digits, rest) = self.text.split_at(count);
        self.text = rest;
        digits.parse().ok()
    }

    fn fraction(&mut self, least: usize, most: usize) -> Option<i64> {
        let before = self.text.len();
        if least == 0 && !self.text.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(0);
        }
        let n = self.number(least.max(1), most)?;
        let digits = u32::try_from(before - self.text.len()).ok()?;
        Some(n * 10_i64.pow(7 - digits))
    }

    fn name(&mut self, names: &[&str]) -> Option<i64> {
        let fits = |name: &&str| {
            self.text
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let index = names.iter().position(fits)?;
        self.text = &self.text[names[index].len()..];
        Some(index as i64)
    }

    fn offset(&mut self) -> Option<i64> {
        let negative = self.text.starts_with('-');
        self.text = self.text.strip_prefix(['+', '-'])?;
        let hours = self.number(1, 2)?;
        let colon = self.text.strip_prefix(':');
        self.text = colon.unwrap_or(self.text);
        let minutes = if self.text.starts_with(|c: char| c.is_ascii_digit()) {
            self.number(2, 2)?
        } else {
            0
        };
        let ticks = hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE;
        Some(if negative { -ticks } else { ticks })
    }

    fn finish(self) -> Option<Read> {
        let today = DateTime::now().parts();
        let has_date = self.year.is_some() || self.month.is_some() || self.day.is_some();
        let or_today = |today: i64| if has_date { 1 } else { today };
        if self.twelve && !(1..=12).contains(&self.hour) {
            return None;
        }
        let hour = match self.afternoon {
            Some(afternoon) => self.hour % 12 + if afternoon { 12 } else { 0 },
            None => self.hour,
        };
        let parts = Parts {
            year: self.year.unwrap_or(today.year),
            month: self.month.unwrap_or_else(|| or_today(today.month)),
            day: self.day.unwrap_or_else(|| or_today(today.day)),
            hour,
            minute: self.minute,
            second: self.second,
            fraction: self.fraction,
        };
        Some(Read {
            date: DateTime::of_parts(parts, DateKind::Unspecified)?,
            offset: self.offset,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::format::invariant;
    use super::*;
    use crate::runtime::types::culture::INVARIANT;

    #[test]
    fn the_text_must_have_the_format() {
        let table = [
            ("20210305", "yyyyMMdd", Some("03/05/2021 00:00:00")),
            (
                "05.03.2021 14:07",
                "dd.MM.yyyy HH:mm",
                Some("03/05/2021 14:07:00"),
            ),
            (
                "5 Mar 2021 2:07 PM",
                "d MMM yyyy h:mm tt",
                Some("03/05/2021 14:07:00"),
            ),
            ("2021-03-05T14:07:09", "s", Some("03/05/2021 14:07:09")),
            ("2021-3-5", "yyyy-MM-dd", None),
            ("20210305x", "yyyyMMdd", None),
            ("20211305", "yyyyMMdd", None),
        ];
        for (text, format, wanted) in table {
            let found = parse_exact(text, format, &INVARIANT).map(|read| invariant(read.date));
            assert_eq!(found.as_deref(), wanted, "{text}");
        }
    }
}

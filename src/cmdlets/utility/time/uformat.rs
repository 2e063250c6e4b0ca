//! Dates in the forms of Unix `date`.

use crate::runtime::types::culture::EN_US;
use crate::runtime::types::datetime::DateTime;
use crate::runtime::types::datetime::format::format as dotnet;

/// A date as text; the percent sign before the first letter may be left out.
pub fn format(date: DateTime, form: &str) -> String {
    let form = form.strip_prefix('+').unwrap_or(form);
    let mut out = String::new();
    let mut chars = form.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some(letter) => out.push_str(&part(date, letter)),
            None => out.push('%'),
        }
    }
    out
}

fn part(date: DateTime, letter: char) -> String {
    let parts = date.parts();
    let net = |form: &str| dotnet(date, form, &EN_US).unwrap_or_default();
    let twelve = (parts.hour + 11) % 12 + 1;
    let week = date.day_of_week();
    match letter {
        'A' => net("dddd"),
        'a' => net("ddd"),
        'B' => net("MMMM"),
        'b' | 'h' => net("MMM"),
        'C' => (parts.year / 100).to_string(),
        'c' => net("ddd dd MMM yyyy HH:mm:ss"),
        'D' | 'x' => net("MM/dd/yy"),
        'd' => net("dd"),
        'e' => format!("{:>2}", parts.day),
        'F' => net("yyyy-MM-dd"),
        'H' => net("HH"),
        'I' => format!("{twelve:02}"),
        'j' => format!("{:03}", date.day_of_year()),
        'k' => format!("{:>2}", parts.hour),
        'l' => format!("{twelve:>2}"),
        'M' => net("mm"),
        'm' => net("MM"),
        'n' => "\n".to_owned(),
        'p' => net("tt"),
        'R' => net("HH:mm"),
        'r' => net("hh:mm:ss tt"),
        'S' => net("ss"),
        's' => date.to_utc().unix_seconds().to_string(),
        'T' | 'X' => net("HH:mm:ss"),
        't' => "\t".to_owned(),
        'u' => (if week == 0 { 7 } else { week }).to_string(),
        'U' | 'W' | 'V' => format!("{:02}", (date.day_of_year() - 1) / 7 + 1),
        'w' => week.to_string(),
        'Y' => net("yyyy"),
        'y' => net("yy"),
        'Z' => net("zz"),
        '%' => "%".to_owned(),
        other => other.to_string(),
    }
}

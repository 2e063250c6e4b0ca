//! Time spans to text.

use super::{TICKS_PER_DAY, TICKS_PER_SECOND, TimeSpan};

/// A standard format (`c`, `g`, `G`) or a custom one; `None` when it is neither.
pub fn format(span: TimeSpan, format: &str) -> Option<String> {
    match format {
        "" | "c" | "t" | "T" => Some(span.to_string()),
        "g" => Some(general(span, false)),
        "G" => Some(general(span, true)),
        other => custom(span, other),
    }
}

/// Days, hours, minutes, seconds, ticks; all without sign.
fn parts(span: TimeSpan) -> [u64; 5] {
    let ticks = span.ticks.unsigned_abs();
    let seconds = ticks % TICKS_PER_DAY as u64 / TICKS_PER_SECOND as u64;
    [
        ticks / TICKS_PER_DAY as u64,
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        ticks % TICKS_PER_SECOND as u64,
    ]
}

fn general(span: TimeSpan, long: bool) -> String {
    let [days, hours, minutes, seconds, ticks] = parts(span);
    let sign = if span.ticks < 0 { "-" } else { "" };
    if long {
        return format!("{sign}{days}:{hours:02}:{minutes:02}:{seconds:02}.{ticks:07}");
    }
    let day = if days > 0 {
        format!("{days}:")
    } else {
        String::new()
    };
    let digits = format!("{ticks:07}");
    let digits = digits.trim_end_matches('0');
    let part = if digits.is_empty() {
        String::new()
    } else {
        format!(".{digits}")
    };
    format!("{sign}{day}{hours}:{minutes:02}:{seconds:02}{part}")
}

/// Every letter must be a field, quoted or escaped.
fn custom(span: TimeSpan, format: &str) -> Option<String> {
    let [days, hours, minutes, seconds, ticks] = parts(span);
    let letters: Vec<char> = format.chars().collect();
    let mut out = String::new();
    let mut i = 0;
    while let Some(&letter) = letters.get(i) {
        let run = letters[i..].iter().take_while(|c| **c == letter).count();
        let text = match letter {
            '\\' => {
                out.push(*letters.get(i + 1)?);
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
            'd' if run <= 8 => format!("{days:0run$}"),
            'h' if run <= 2 => format!("{hours:0run$}"),
            'm' if run <= 2 => format!("{minutes:0run$}"),
            's' if run <= 2 => format!("{seconds:0run$}"),
            'f' if run <= 7 => format!("{ticks:07}").chars().take(run).collect(),
            'F' if run <= 7 => {
                let digits: String = format!("{ticks:07}").chars().take(run).collect();
                digits.trim_end_matches('0').to_owned()
            }
            _ => return None,
        };
        out.push_str(&text);
        i += run;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_one_span() {
        let span = TimeSpan {
            ticks: TimeSpan::parse("1.02:03:04.5").map_or(0, |s| s.ticks),
        };
        let table = [
            ("c", "1.02:03:04.5000000"),
            ("g", "1:2:03:04.5"),
            ("G", "1:02:03:04.5000000"),
            ("hh\\:mm\\:ss", "02:03:04"),
            ("d' days 'h' hours'", "1 days 2 hours"),
            ("%m", "3"),
            ("s\\.ff", "4.50"),
        ];
        for (pattern, text) in table {
            assert_eq!(format(span, pattern).as_deref(), Some(text), "{pattern}");
        }
        assert_eq!(format(span, "hh:mm"), None);
    }
}

//! Dates in JSON: ISO 8601, as `2017-12-04T08:30:00Z`.

use crate::runtime::types::culture::INVARIANT;
use crate::runtime::types::datetime::format::format;
use crate::runtime::types::datetime::{DateTime, parse};

/// A date as text, with the zone when it is known.
pub fn text(date: DateTime) -> String {
    format(date, "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", &INVARIANT).unwrap_or_default()
}

/// The date of a text that has this very form; `None` for all others.
pub fn read(text: &str) -> Option<DateTime> {
    let form = b"dddd-dd-ddTdd:dd:dd";
    let bytes = text.as_bytes();
    let fits = bytes.len() >= form.len()
        && form.iter().zip(bytes).all(|(f, b)| {
            if *f == b'd' {
                b.is_ascii_digit()
            } else {
                f == b
            }
        });
    // A date of UTC stays one, so that it is written again as it was read.
    let zones = parse::Zones {
        round_trip: true,
        ..parse::Zones::default()
    };
    if fits {
        parse::read(text, &INVARIANT)?.in_zone(zones)
    } else {
        None
    }
}

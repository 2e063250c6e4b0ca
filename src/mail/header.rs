//! Header fields: taken apart, and told to people (RFC 5322 section 2.2, RFC 2047).

use base64::{Engine, engine::general_purpose::STANDARD};

/// The fields of a header: name and value as it stands, up to the empty line. Lines that belong to no field are left out.
pub(super) fn fields(header: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = header;
    std::iter::from_fn(move || {
        loop {
            let (field, after) = rest.split_at(field_end(rest));
            if field.iter().all(|b| matches!(b, b'\r' | b'\n')) {
                return None;
            }
            rest = after;
            let colon = field.iter().position(|&b| b == b':');
            if let Some((name, value)) = colon.and_then(|at| field.split_at_checked(at)) {
                return Some((name.trim_ascii(), value.get(1..).unwrap_or_default()));
            }
        }
    })
}

/// Where the first field of a text ends, with the lines it is folded into.
fn field_end(text: &[u8]) -> usize {
    let mut from = 0;
    while let Some(found) = text
        .get(from..)
        .and_then(|rest| rest.iter().position(|&b| b == b'\n'))
    {
        from += found + 1;
        let is_empty_line = text
            .get(..from)
            .is_some_and(|line| line.iter().all(|b| matches!(b, b'\r' | b'\n')));
        if is_empty_line || !matches!(text.get(from), Some(b' ' | b'\t')) {
            return from;
        }
    }
    text.len()
}

/// What people know a message by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Subject, decoded; empty when there is none.
    pub subject: String,
    /// From, decoded; empty when there is none.
    pub sender: String,
    /// To, decoded; empty when there is none.
    pub recipient: String,
    /// Date as it stands; empty when there is none.
    pub date: String,
}

impl Summary {
    /// Reads a header, whole or in part. Of a field that stands several times the first counts.
    pub fn of(header: &[u8]) -> Self {
        let mut summary = Self::default();
        for (name, value) in fields(header) {
            let place = match name.to_ascii_lowercase().as_slice() {
                b"subject" => &mut summary.subject,
                b"from" => &mut summary.sender,
                b"to" => &mut summary.recipient,
                b"date" => &mut summary.date,
                _ => continue,
            };
            if place.is_empty() {
                *place = decode(value);
            }
        }
        summary
    }
}

/// The longest value that is kept of a field, in characters.
const LONGEST: usize = 500;

/// A value as people read it: encoded words decoded, folding and control characters gone. What cannot be decoded stays as it is.
fn decode(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut decoded = String::new();
    let mut was_encoded = false;
    for (at, word) in words.into_iter().enumerate() {
        let (text, is_encoded) = match encoded_word(word) {
            Some(text) => (text, true),
            None => (word.to_owned(), false),
        };
        // the blank between two encoded words is not part of the text
        if at > 0 && !(was_encoded && is_encoded) {
            decoded.push(' ');
        }
        decoded.push_str(&text);
        was_encoded = is_encoded;
    }
    let shown = decoded.chars().filter(|c| !c.is_control());
    shown.take(LONGEST).collect()
}

/// `=?charset?Q|B?text?=` as text (RFC 2047 section 2); `None` for anything else and for characters we do not know.
fn encoded_word(word: &str) -> Option<String> {
    let inner = word.strip_prefix("=?")?.strip_suffix("?=")?;
    let mut parts = inner.splitn(3, '?');
    let (charset, encoding, text) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = match encoding {
        "B" | "b" => STANDARD.decode(text).ok()?,
        "Q" | "q" => quoted(text)?,
        _ => return None,
    };
    // RFC 2231 section 5: a language may follow
    let charset = charset.split('*').next().unwrap_or_default();
    match charset.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" | "us-ascii" => String::from_utf8(bytes).ok(),
        "iso-8859-1" | "iso-8859-15" | "windows-1252" | "latin1" => {
            Some(bytes.iter().map(|&byte| western(byte)).collect())
        }
        _ => None,
    }
}

/// A byte of Windows-1252, which holds the printable ones of ISO 8859-1.
fn western(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let high = usize::from(byte).checked_sub(0x80);
    high.and_then(|at| HIGH.get(at))
        .copied()
        .unwrap_or(char::from(byte))
}

/// The Q encoding (RFC 2047 section 4.2).
fn quoted(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'_' => b' ',
            b'=' => {
                let pair = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?
            }
            byte => byte,
        });
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_read() {
        for (value, text) in [
            (&b" Hello\r\n\tyou"[..], "Hello you"),
            (b" =?utf-8?Q?Gr=C3=BC=C3=9Fe?= x", "Grüße x"),
            (b" =?UTF-8*de?b?R3LDvMOfZQ==?=", "Grüße"),
            (b"=?iso-8859-1?q?a_=E4?=\r\n =?windows-1252?Q?=80?=", "a ä€"),
            (b"=?koi8-r?B?8PLJ?=", "=?koi8-r?B?8PLJ?="),
            (
                b"=?utf-8?Q?=C3?= =?utf-8?Q?=?=",
                "=?utf-8?Q?=C3?= =?utf-8?Q?=?=",
            ),
            (b"raw \xff\x07", "raw \u{fffd}"),
            (b"=??= =?", "=??= =?"),
        ] {
            assert_eq!(decode(value), text);
        }
    }

    #[test]
    fn the_first_of_each_field_counts() {
        let header = b"Subject: a\r\nsubject: b\r\nTO: x,\r\n y\r\nDate: now\r\n\r\nFrom: body";
        let summary = Summary::of(header);
        assert_eq!(
            (
                summary.subject.as_str(),
                summary.recipient.as_str(),
                summary.date.as_str()
            ),
            ("a", "x, y", "now")
        );
        assert_eq!(summary.sender, "");
    }
}

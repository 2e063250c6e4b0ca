//! Text encodings of files: what -Encoding names, reading by mark, writing.

use crate::param_enum;

param_enum! {
    /// What -Encoding takes.
    pub enum EncodingName = "System.Text.Encoding" {
        UTF8, UTF8BOM, UTF8NoBOM, ASCII, ANSI, OEM, Default, Unicode, BigEndianUnicode, UTF32, String, Byte, Unknown, UTF7,
    }
}

/// How text is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Encoding {
    #[default]
    Utf8,
    Utf8Mark,
    Ascii,
    Latin1,
    Utf16,
    Utf16Big,
    Utf32,
}

impl From<EncodingName> for Encoding {
    fn from(name: EncodingName) -> Encoding {
        match name {
            EncodingName::UTF8BOM => Encoding::Utf8Mark,
            EncodingName::ASCII | EncodingName::UTF7 => Encoding::Ascii,
            EncodingName::ANSI => Encoding::Latin1,
            EncodingName::Unicode | EncodingName::String => Encoding::Utf16,
            EncodingName::BigEndianUnicode => Encoding::Utf16Big,
            EncodingName::UTF32 => Encoding::Utf32,
            _ => Encoding::Utf8,
        }
    }
}

impl Encoding {
    /// The bytes that a fresh file begins with.
    pub fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1 => &[],
            Encoding::Utf8Mark => &[0xef, 0xbb, 0xbf],
            Encoding::Utf16 => &[0xff, 0xfe],
            Encoding::Utf16Big => &[0xfe, 0xff],
            Encoding::Utf32 => &[0xff, 0xfe, 0, 0],
        }
    }

    /// Text as bytes; what the encoding lacks becomes `?`.
    pub fn encode(self, text: &str) -> Vec<u8> {
        let narrow = |limit: u32| {
            text.chars()
                .map(|c| if u32::from(c) < limit { c as u8 } else { b'?' })
                .collect()
        };
        match self {
            Encoding::Utf8 | Encoding::Utf8Mark => text.as_bytes().to_vec(),
            Encoding::Ascii => narrow(0x80),
            Encoding::Latin1 => narrow(0x100),
            Encoding::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Big => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Utf32 => text
                .chars()
                .flat_map(|c| u32::from(c).to_le_bytes())
                .collect(),
        }
    }
}

/// Bytes as text: by the mark at their beginning, else as asked, else as UTF-8, and as Windows-1252 when they are not.
pub fn decode(bytes: &[u8], asked: Option<Encoding>) -> String {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, 0, 0, rest @ ..] => utf32(rest),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match asked {
            Some(Encoding::Utf16) => utf16(bytes, u16::from_le_bytes),
            Some(Encoding::Utf16Big) => utf16(bytes, u16::from_be_bytes),
            Some(Encoding::Utf32) => utf32(bytes),
            Some(Encoding::Latin1) => windows_1252(bytes),
            Some(_) => String::from_utf8_lossy(bytes).into_owned(),
            None => match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => windows_1252(bytes),
            },
        },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn utf32(bytes: &[u8]) -> String {
    let codes = bytes
        .chunks_exact(4)
        .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    codes
        .map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// Windows-1252, in which older exports of other mail systems are written.
fn windows_1252(bytes: &[u8]) -> String {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    bytes
        .iter()
        .map(|&b| {
            if (0x80..0xa0).contains(&b) {
                HIGH[usize::from(b - 0x80)]
            } else {
                char::from(b)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_decide_and_unmarked_text_is_utf8_or_windows_1252() {
        for encoding in [
            Encoding::Utf8Mark,
            Encoding::Utf16,
            Encoding::Utf16Big,
            Encoding::Utf32,
        ] {
            let mut bytes = encoding.mark().to_vec();
            bytes.extend(encoding.encode("Grüße €"));
            assert_eq!(decode(&bytes, None), "Grüße €", "{encoding:?}");
        }
        assert_eq!(decode("Grüße".as_bytes(), None), "Grüße");
        assert_eq!(decode(b"Gr\xfc\xdfe \x80", None), "Grüße €");
        assert_eq!(Encoding::Ascii.encode("ü"), b"?");
    }
}

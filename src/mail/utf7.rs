//! Modified UTF-7 (RFC 3501 section 5.1.3), the way mailbox names go over the wire. Total: no input fails or panics.

/// The base64 alphabet of modified UTF-7: `,` in the place of `/`, no padding.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/// Text to modified UTF-7. `&` becomes `&-`; everything outside printable ASCII becomes a base64 run of UTF-16.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<u16> = Vec::new();
    for c in text.chars() {
        if !matches!(c, ' '..='~') {
            run.extend_from_slice(c.encode_utf16(&mut [0; 2]));
            continue;
        }
        flush(&mut run, &mut out);
        out.push(c);
        if c == '&' {
            out.push('-');
        }
    }
    flush(&mut run, &mut out);
    out
}

fn flush(run: &mut Vec<u16>, out: &mut String) {
    if run.is_empty() {
        return;
    }
    out.push('&');
    let (mut bits, mut count) = (0u32, 0u32);
    for unit in run.drain(..) {
        bits = bits << 16 | u32::from(unit);
        count += 16;
        while count >= 6 {
            count -= 6;
            out.push(digit(bits >> count));
            bits &= (1 << count) - 1;
        }
    }
    if count > 0 {
        out.push(digit(bits << (6 - count)));
    }
    out.push('-');
}

fn digit(bits: u32) -> char {
    char::from(ALPHABET[(bits & 63) as usize])
}

/// Modified UTF-7 to text, or `None` when the bytes are not the one encoding of any text (RFC 3501 wants it unique).
pub fn decode_strict(wire: &[u8]) -> Option<String> {
    let text = decode_any(wire)?;
    (encode(&text).as_bytes() == wire).then_some(text)
}

/// Modified UTF-7 to text, always: what is not modified UTF-7 is read as UTF-8, and what is not UTF-8 as Latin-1.
///
/// The result serves people and mapping; to open the folder again the bytes themselves must be kept.
pub fn decode(wire: &[u8]) -> String {
    if let Some(text) = decode_any(wire) {
        return text;
    }
    match std::str::from_utf8(wire) {
        Ok(text) => text.to_owned(),
        Err(_) => wire.iter().map(|&b| char::from(b)).collect(),
    }
}

/// Accepts any run that gives valid UTF-16, also ones that another encoder would have written differently.
fn decode_any(wire: &[u8]) -> Option<String> {
    let mut out = String::with_capacity(wire.len());
    let mut rest = wire;
    while let Some((&first, tail)) = rest.split_first() {
        match first {
            b'&' => {
                let end = tail.iter().position(|&b| b == b'-')?;
                if end == 0 {
                    out.push('&');
                } else {
                    decode_run(&tail[..end], &mut out)?;
                }
                rest = &tail[end + 1..];
            }
            b' '..=b'~' => {
                out.push(char::from(first));
                rest = tail;
            }
            _ => return None,
        }
    }
    Some(out)
}

fn decode_run(run: &[u8], out: &mut String) -> Option<()> {
    let (mut bits, mut count) = (0u32, 0u32);
    let mut units = Vec::with_capacity(run.len() / 2);
    for &b in run {
        let value = ALPHABET.iter().position(|&a| a == b)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
        count += 6;
        if count >= 16 {
            count -= 16;
            units.push(u16::try_from(bits >> count).ok()?);
            bits &= (1 << count) - 1;
        }
    }
    if count >= 6 || bits != 0 {
        return None;
    }
    for c in char::decode_utf16(units) {
        out.push(c.ok()?);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn both_ways() {
        for (text, wire) in [
            ("", ""),
            ("INBOX", "INBOX"),
            ("R&D", "R&-D"),
            ("Entwürfe", "Entw&APw-rfe"),
            ("日本語", "&ZeVnLIqe-"),
            ("台北", "&U,BTFw-"),
            ("😀 emoji", "&2D3eAA- emoji"),
            ("Gelöschte Objekte", "Gel&APY-schte Objekte"),
            ("a\u{1}b\r\n", "a&AAE-b&AA0ACg-"),
            ("&", "&-"),
        ] {
            assert_eq!(encode(text), wire);
            assert_eq!(decode_strict(wire.as_bytes()).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_not_modified_utf7_is_still_read() {
        for (wire, text) in [
            (&b"&!!-"[..], "&!!-"),
            (b"100%&2D3-", "100%&2D3-"),
            (b"a&", "a&"),
            (b"R&D", "R&D"),
            ("Größe".as_bytes(), "Größe"),
            (b"Gr\xf6\xdfe", "Größe"),
            (b"\0", "\0"),
        ] {
            assert_eq!(decode_strict(wire), None, "{wire:?}");
            assert_eq!(decode(wire), text);
        }
    }

    #[test]
    fn every_two_bytes_after_an_ampersand_end_well() {
        for a in 0..=255u8 {
            for b in 0..=255u8 {
                let wire = [b'&', a, b, b'-'];
                let text = decode(&wire);
                if decode_strict(&wire).is_some() {
                    assert_eq!(encode(&text).as_bytes(), wire);
                }
            }
        }
    }

    #[test]
    fn a_second_spelling_is_read_but_not_taken_for_the_first() {
        assert_eq!(decode(b"&AGE-"), "a");
        assert_eq!(decode_strict(b"&AGE-"), None);
    }
}

//! Bytes to text: UTF-8 with or without a byte order mark, UTF-16 of either order.

use std::borrow::Cow;

use super::MAX_BYTES;

/// The text of a file, or what is wrong with it.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    if bytes.len() > MAX_BYTES {
        return Err("The CSV file is larger than 10 MB.".into());
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        [first, 0, ..] if *first != 0 => utf16(bytes, u16::from_le_bytes)?,
        [0, second, ..] if *second != 0 => utf16(bytes, u16::from_be_bytes)?,
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest)?,
        _ => utf8(bytes)?,
    };
    if text.trim().is_empty() {
        return Err("Upload file can't be empty.".into());
    }
    Ok(text)
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        format!("The CSV file is neither UTF-8 nor UTF-16: line {line} has a byte that does not fit. Save it as \"CSV UTF-8\".")
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'static, str>, String> {
    let broken = || "The CSV file begins as UTF-16 and is broken further on.".to_owned();
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(broken());
    }
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .collect::<Result<String, _>>()
        .map(Cow::Owned)
        .map_err(|_| broken())
}

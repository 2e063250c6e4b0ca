//! What holds for every input, whatever it is. The fuzz targets give bytes that a fuzzer found; the tests give texts made from a
//! seed. A property panics when it does not hold.
#![allow(dead_code, clippy::unwrap_used)]

pub mod conversion;
pub mod csv;
pub mod formats;
pub mod mail;
pub mod parser;
pub mod patterns;

/// Separates the texts of an input that has several.
pub const BETWEEN: u8 = 0xff;

/// The input as text; what is not UTF-8 becomes U+FFFD.
pub fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// The first texts of an input; those that are missing are empty.
pub fn texts<const N: usize>(data: &[u8]) -> [String; N] {
    let mut pieces = data.splitn(N, |byte| *byte == BETWEEN);
    std::array::from_fn(|_| text(pieces.next().unwrap_or_default()))
}

//! Text to number in the spelling of number literals: `0x1F`, `1e3`, `10MB`, `5L`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::runtime::value::Number;

/// The number a text spells, in the type its size asks for; `None` when it spells none. Blanks around it do not count.
pub fn scan_number(text: &str) -> Option<Number> {
    let text = text.trim();
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let (digits, factor) = multiplier(digits);
    let hex = digits
        .strip_prefix("0x")
        .or_else(|| digits.strip_prefix("0X"));
    let (digits, suffix) = suffix(digits, hex.is_some());
    if let Some(hex) = hex {
        let hex = hex.get(..hex.len().checked_sub(suffix.len())?)?;
        return scale_hex(hex, negative, suffix, factor);
    }
    if suffix == "d" {
        return Some(Number::Decimal(scale_decimal(
            &plain_decimal(digits)?,
            negative,
            factor,
        )?));
    }
    if !suffix.is_empty() {
        let n: i128 = digits.parse().ok().filter(|_| starts_with_digit(digits))?;
        return with_suffix(signed(n, negative).checked_mul(i128::from(factor))?, suffix);
    }
    if digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty() {
        return match digits
            .parse::<i128>()
            .ok()
            .and_then(|n| n.checked_mul(i128::from(factor)))
        {
            Some(n) => Some(smallest(signed(n, negative))),
            None => real(digits, negative, factor),
        };
    }
    real(digits, negative, factor)
}

fn starts_with_digit(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

fn signed(n: i128, negative: bool) -> i128 {
    if negative { -n } else { n }
}

/// `kb` to `pb` at the end, and what is left.
fn multiplier(text: &str) -> (&str, i64) {
    let units = [("kb", 10), ("mb", 20), ("gb", 30), ("tb", 40), ("pb", 50)];
    for (unit, bits) in units {
        if let Some(start) = text.len().checked_sub(2)
            && text
                .get(start..)
                .is_some_and(|end| end.eq_ignore_ascii_case(unit))
        {
            return (&text[..start], 1 << bits);
        }
    }
    (text, 1)
}

/// The type suffix in lower case and what is left.
fn suffix(text: &str, is_hex: bool) -> (&str, &'static str) {
    for suffix in ["ul", "us", "uy", "l", "s", "y", "u", "n", "d"] {
        if is_hex && suffix == "d" {
            continue;
        }
        if let Some(start) = text.len().checked_sub(suffix.len())
            && text
                .get(start..)
                .is_some_and(|end| end.eq_ignore_ascii_case(suffix))
        {
            return (&text[..start], suffix);
        }
    }
    (text, "")
}

fn with_suffix(n: i128, suffix: &str) -> Option<Number> {
    Some(match suffix {
        "l" => Number::Int64(n.try_into().ok()?),
        "ul" => Number::UInt64(n.try_into().ok()?),
        "s" => Number::Int16(n.try_into().ok()?),
        "us" => Number::UInt16(n.try_into().ok()?),
        "y" => Number::SByte(n.try_into().ok()?),
        "uy" => Number::Byte(n.try_into().ok()?),
        "u" => u32::try_from(n)
            .map(Number::UInt32)
            .or_else(|_| u64::try_from(n).map(Number::UInt64))
            .ok()?,
        _ => return None,
    })
}

/// Int32, Int64, Decimal or Double: the first that holds it.
fn smallest(n: i128) -> Number {
    if let Ok(n) = i32::try_from(n) {
        Number::Int32(n)
    } else if let Ok(n) = i64::try_from(n) {
        Number::Int64(n)
    } else if let Ok(n) = Decimal::try_from_i128_with_scale(n, 0) {
        Number::Decimal(n)
    } else {
        Number::Double(n as f64)
    }
}

/// Hex of 32 or 64 bits is read as their bit pattern: `0xFFFFFFFF` is -1.
fn scale_hex(hex: &str, negative: bool, suffix: &str, factor: i64) -> Option<Number> {
    if hex.is_empty() || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let significant = hex.trim_start_matches('0');
    let bits = u64::from_str_radix(
        if significant.is_empty() {
            "0"
        } else {
            significant
        },
        16,
    )
    .ok()?;
    let n = match hex.len() {
        ..=8 if suffix.is_empty() => i128::from(bits as u32 as i32),
        _ if suffix.starts_with('u') => i128::from(bits),
        ..=8 => i128::from(bits),
        _ if significant.len() <= 16 => i128::from(bits as i64),
        _ => return None,
    };
    let n = signed(n, negative).checked_mul(i128::from(factor))?;
    if suffix.is_empty() {
        Some(smallest(n))
    } else {
        with_suffix(n, suffix)
    }
}

fn plain_decimal(digits: &str) -> Option<Decimal> {
    if !digits.bytes().any(|b| b.is_ascii_digit()) || digits.starts_with(['+', '-']) {
        return None;
    }
    digits
        .parse::<Decimal>()
        .or_else(|_| Decimal::from_scientific(digits))
        .ok()
}

fn scale_decimal(n: &Decimal, negative: bool, factor: i64) -> Option<Decimal> {
    let scaled = if factor == 1 {
        *n
    } else {
        n.checked_mul(Decimal::from(factor))?
    };
    Some(if negative { -scaled } else { scaled })
}

/// A number with a point, an exponent, or too many digits.
fn real(digits: &str, negative: bool, factor: i64) -> Option<Number> {
    let allowed = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-');
    if !digits.bytes().all(allowed)
        || !digits
            .bytes()
            .next()
            .is_some_and(|b| b.is_ascii_digit() || b == b'.')
    {
        return None;
    }
    let n: f64 = digits.parse().ok()?;
    let n = n * factor.to_f64()?;
    Some(Number::Double(if negative { -n } else { n }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn literals_in_text_have_their_types() {
        let table = [
            ("5", Number::Int32(5)),
            (" -7 ", Number::Int32(-7)),
            ("0x1F", Number::Int32(31)),
            ("0xFFFFFFFF", Number::Int32(-1)),
            ("0x100000000", Number::Int64(4_294_967_296)),
            ("1e3", Number::Double(1000.0)),
            ("1.5kb", Number::Double(1536.0)),
            ("10MB", Number::Int32(10_485_760)),
            ("3gb", Number::Int64(3_221_225_472)),
            ("5L", Number::Int64(5)),
            ("2Lkb", Number::Int64(2048)),
            ("1.10d", Number::Decimal(Decimal::new(110, 2))),
            ("3000000000", Number::Int64(3_000_000_000)),
            (".5", Number::Double(0.5)),
            ("5.", Number::Double(5.0)),
            ("7u", Number::UInt32(7)),
        ];
        for (text, number) in table {
            assert_eq!(scan_number(text), Some(number), "{text}");
        }
        for text in [
            "", "x", "1x", "-", "0x", "1,000", "--1", "1 2", "NaN", "inf", "e5",
        ] {
            assert_eq!(scan_number(text), None, "{text}");
        }
    }
}

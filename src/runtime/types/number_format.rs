//! Numbers to text by the standard numeric formats (`N2`, `X4`, `P1`); custom ones are in [`super::custom_number`].

use rust_decimal::{Decimal, RoundingStrategy};

use super::culture::Culture;
use super::custom_number;
use crate::runtime::convert::{self, integral, number_text};
use crate::runtime::value::Number;

/// More digits than this after the point nobody may ask for.
const MAX_PRECISION: usize = 999;

/// The number in a format; `None` when the format is none of its type's.
pub fn format(number: Number, format: &str, culture: &Culture) -> Option<String> {
    if let Some(word) = not_finite(number) {
        return Some(word);
    }
    let mut letters = format.chars();
    let letter = letters.next().unwrap_or('G');
    let digits = letters.as_str();
    let is_standard = letter.is_ascii_alphabetic()
        && digits.len() <= 3
        && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_standard {
        return Some(custom_number::format(number, format, culture));
    }
    let precision = if digits.is_empty() {
        None
    } else {
        Some(digits.parse().ok().filter(|p| *p <= MAX_PRECISION)?)
    };
    standard(number, letter, precision, culture)
}

fn not_finite(number: Number) -> Option<String> {
    let finite = match number {
        Number::Double(n) => n.is_finite(),
        Number::Single(n) => n.is_finite(),
        _ => true,
    };
    (!finite).then(|| number_text(number))
}

fn standard(
    number: Number,
    letter: char,
    precision: Option<usize>,
    culture: &Culture,
) -> Option<String> {
    let signed = |text: String| {
        if is_negative(number) {
            format!("-{text}")
        } else {
            text
        }
    };
    Some(match letter.to_ascii_uppercase() {
        'N' => signed(grouped(&fixed(number, precision.unwrap_or(2), 0), culture)),
        'F' => signed(localized(
            &fixed(number, precision.unwrap_or(2), 0),
            culture,
        )),
        'P' => {
            let text = grouped(&fixed(number, precision.unwrap_or(2), 2), culture);
            signed(culture.percent_form.replace("{n}", &text))
        }
        'C' => {
            let text = grouped(&fixed(number, precision.unwrap_or(2), 0), culture);
            signed(
                culture
                    .currency_form
                    .replace("{s}", culture.currency)
                    .replace("{n}", &text),
            )
        }
        'D' => {
            let digits = integral(number)?.unsigned_abs().to_string();
            signed(format!("{digits:0>width$}", width = precision.unwrap_or(0)))
        }
        'X' => hex(number, letter == 'X', precision.unwrap_or(0))?,
        'B' => format!(
            "{:0>width$}",
            format!("{:b}", bits(number)?),
            width = precision.unwrap_or(0)
        ),
        'E' => signed(exponential(
            number,
            precision.unwrap_or(6),
            letter,
            3,
            culture,
        )),
        'G' => general(number, precision.filter(|p| *p > 0), letter, culture),
        'R' => localized(&number_text(number), culture),
        _ => return None,
    })
}

fn is_negative(number: Number) -> bool {
    match number {
        Number::Double(n) => n.is_sign_negative(),
        Number::Single(n) => n.is_sign_negative(),
        Number::Decimal(n) => n.is_sign_negative() && !n.is_zero(),
        other => integral(other).is_some_and(|n| n < 0),
    }
}

/// Digits without sign and with so many after the point, times ten to the power of `shift`.
fn fixed(number: Number, decimals: usize, shift: usize) -> String {
    let text = match number {
        Number::Double(n) => format!("{:.*}", decimals + shift, n.abs()),
        Number::Single(n) => format!("{:.*}", decimals + shift, f64::from(n).abs()),
        Number::Decimal(n) => fixed_decimal(n.abs(), decimals + shift),
        other => {
            let digits = integral(other)
                .unwrap_or_default()
                .unsigned_abs()
                .to_string();
            if decimals + shift == 0 {
                digits
            } else {
                format!("{digits}.{}", "0".repeat(decimals + shift))
            }
        }
    };
    shifted(&text, shift)
}

fn fixed_decimal(n: Decimal, decimals: usize) -> String {
    let kept = u32::try_from(decimals).unwrap_or(28).min(28);
    let rounded = n
        .round_dp_with_strategy(kept, RoundingStrategy::MidpointAwayFromZero)
        .to_string();
    let have = rounded
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    let point = if have == 0 && decimals > 0 && !rounded.contains('.') {
        "."
    } else {
        ""
    };
    format!(
        "{rounded}{point}{}",
        "0".repeat(decimals.saturating_sub(have))
    )
}

/// Moves the point to the right.
fn shifted(text: &str, places: usize) -> String {
    if places == 0 {
        return text.to_owned();
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let (moved, rest) = fraction.split_at(places.min(fraction.len()));
    let whole = format!("{whole}{moved}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{rest}")
    }
}

/// With the culture's point.
fn localized(text: &str, culture: &Culture) -> String {
    if culture.decimal_point == "." {
        text.to_owned()
    } else {
        text.replace('.', culture.decimal_point)
    }
}

/// With the culture's point and groups of three.
pub fn grouped(text: &str, culture: &Culture) -> String {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push_str(culture.group_separator);
        }
        out.push(c);
    }
    if !fraction.is_empty() {
        out.push_str(culture.decimal_point);
        out.push_str(fraction);
    }
    out
}

/// The number's bits in its own width.
fn bits(number: Number) -> Option<u64> {
    Some(match number {
        Number::SByte(n) => u64::from(n as u8),
        Number::Byte(n) => u64::from(n),
        Number::Int16(n) => u64::from(n as u16),
        Number::UInt16(n) => u64::from(n),
        Number::Int32(n) => u64::from(n as u32),
        Number::UInt32(n) => u64::from(n),
        Number::Int64(n) => n as u64,
        Number::UInt64(n) => n,
        Number::Single(_) | Number::Double(_) | Number::Decimal(_) => return None,
    })
}

fn hex(number: Number, upper: bool, width: usize) -> Option<String> {
    let bits = bits(number)?;
    Some(if upper {
        format!("{bits:0width$X}")
    } else {
        format!("{bits:0width$x}")
    })
}

/// `1.23E+003` without sign.
fn exponential(
    number: Number,
    decimals: usize,
    letter: char,
    least: usize,
    culture: &Culture,
) -> String {
    let text = match number {
        Number::Decimal(_) => format!("{:.*e}", decimals, convert::double_of(number).abs()),
        Number::Double(n) => format!("{:.*e}", decimals, n.abs()),
        Number::Single(n) => format!("{:.*e}", decimals, n.abs()),
        other => format!(
            "{:.*e}",
            decimals,
            integral(other).unwrap_or_default() as f64
        )
        .replace('-', ""),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if exponent < 0 { '-' } else { '+' };
    let mark = if letter.is_lowercase() { 'e' } else { 'E' };
    format!(
        "{}{mark}{sign}{:0least$}",
        localized(mantissa, culture),
        exponent.abs()
    )
}

/// The shorter of fixed and scientific with so many significant digits.
fn general(number: Number, precision: Option<usize>, letter: char, culture: &Culture) -> String {
    let Some(precision) = precision else {
        return localized(&number_text(number), culture);
    };
    let double = convert::double_of(number);
    if double == 0.0 {
        return "0".to_owned();
    }
    let text = format!("{:.*e}", precision - 1, double.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let sign = if double < 0.0 { "-" } else { "" };
    let shown = if exponent >= precision as i32 || exponent < -5 {
        let (head, tail) = digits.split_at(1.min(digits.len()));
        let point = if tail.is_empty() { "" } else { "." };
        let mark = if letter.is_lowercase() { 'e' } else { 'E' };
        let direction = if exponent < 0 { '-' } else { '+' };
        format!("{head}{point}{tail}{mark}{direction}{:02}", exponent.abs())
    } else if exponent < 0 {
        format!("0.{}{digits}", "0".repeat((-exponent - 1) as usize))
    } else {
        let point = exponent as usize + 1;
        if digits.len() <= point {
            format!("{digits}{}", "0".repeat(point - digits.len()))
        } else {
            format!("{}.{}", &digits[..point], &digits[point..])
        }
    };
    localized(&format!("{sign}{shown}"), culture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::types::culture::{self, EN_US};

    #[test]
    fn standard_formats() {
        let double = Number::Double;
        let int = Number::Int32;
        let table = [
            (double(1234.5678), "N2", "1,234.57"),
            (double(1234.5678), "F0", "1235"),
            (int(1_234_567), "N0", "1,234,567"),
            (int(255), "X4", "00FF"),
            (int(255), "x", "ff"),
            (int(-1), "X", "FFFFFFFF"),
            (int(-5), "D4", "-0005"),
            (double(0.256), "P1", "25.6 %"),
            (double(1234.56), "E2", "1.23E+003"),
            (double(1234.5), "G", "1234.5"),
            (double(1234.5), "G2", "1.2E+03"),
            (double(0.5), "C", "$0.50"),
            (double(-1234.0), "C0", "-$1,234"),
            (Number::Decimal(Decimal::new(25, 1)), "F0", "3"),
            (Number::Decimal(Decimal::new(5, 0)), "N1", "5.0"),
            (double(12.345), "C", "$12.35"),
            (double(0.0), "N", "0.00"),
        ];
        for (number, pattern, text) in table {
            assert_eq!(
                format(number, pattern, &EN_US).as_deref(),
                Some(text),
                "{pattern}"
            );
        }
        assert_eq!(format(double(1.5), "D", &EN_US), None);
        let german = culture::find("de-DE").and_then(|de| format(double(1234.5), "N2", de));
        assert_eq!(german.as_deref(), Some("1.234,50"));
    }
}

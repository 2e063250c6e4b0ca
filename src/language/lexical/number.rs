//! Numbers: how they are written and which type they get.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while1};
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{consumed, map, not, opt, peek, recognize, value};
use nom::sequence::preceded;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::{Lexed, dash};
use crate::language::ast::NumberValue;

/// `number = [ dash | "+" ] ( hex | binary | real ) [ "l" | "d" ] multiplier ;`
///
/// Gives the spelling and the value, `None` when no type can hold it. Who calls looks at what follows.
pub(in crate::language) fn number(input: &str) -> Lexed<'_, (&str, Option<NumberValue>)> {
    let sign = opt(alt((map(dash, |_| true), value(false, char('+')))));
    let parts = (
        sign,
        alt((hex, binary, real)),
        opt(one_of("lLdD")),
        multiplier,
    );
    let typed = |(negative, digits, suffix, factor)| {
        evaluate(negative == Some(true), digits, suffix, factor)
    };
    consumed(map(parts, typed)).parse(input)
}

/// The digits of a number by their notation.
enum Digits<'a> {
    /// Base and digits.
    Radix(u32, &'a str),
    /// Only digits.
    Whole(&'a str),
    /// With a point or an exponent.
    Real(&'a str),
}

/// `hex = "0x" ( "0".."9" | "a".."f" ) { "0".."9" | "a".."f" } ;`
fn hex(input: &str) -> Lexed<'_, Digits<'_>> {
    let digits = take_while1(|c: char| c.is_ascii_hexdigit());
    map(preceded(tag_no_case("0x"), digits), |digits| {
        Digits::Radix(16, digits)
    })
    .parse(input)
}

/// `binary = "0b" ( "0" | "1" ) { "0" | "1" } ;`
fn binary(input: &str) -> Lexed<'_, Digits<'_>> {
    let digits = take_while1(|c: char| c == '0' || c == '1');
    map(preceded(tag_no_case("0b"), digits), |digits| {
        Digits::Radix(2, digits)
    })
    .parse(input)
}

/// `real = digits [ "." [ digits ] ] [ exponent ] | "." digits [ exponent ] ;`
fn real(input: &str) -> Lexed<'_, Digits<'_>> {
    let fraction = (char('.'), peek(not(char('.'))), opt(digits));
    let whole = (digits, opt(fraction), opt(exponent));
    let read = alt((
        recognize((char('.'), digits, opt(exponent))),
        recognize(whole),
    ));
    let kind = |text: &'_ str| text.bytes().all(|b| b.is_ascii_digit());
    map(read, move |text| {
        if kind(text) {
            Digits::Whole(text)
        } else {
            Digits::Real(text)
        }
    })
    .parse(input)
}

/// `digits = "0".."9" { "0".."9" } ;`
pub(in crate::language) fn digits(input: &str) -> Lexed<'_, &str> {
    digit1(input)
}

/// `exponent = "e" [ dash | "+" ] digits ;`
fn exponent(input: &str) -> Lexed<'_, &str> {
    recognize((one_of("eE"), opt(alt((dash, char('+')))), digits)).parse(input)
}

/// `multiplier = [ "kb" | "mb" | "gb" | "tb" | "pb" ] ;`
///
/// 1 when there is none.
fn multiplier(input: &str) -> Lexed<'_, i64> {
    let factor = alt((
        value(1 << 10, tag_no_case("kb")),
        value(1 << 20, tag_no_case("mb")),
        value(1 << 30, tag_no_case("gb")),
        value(1 << 40, tag_no_case("tb")),
        value(1i64 << 50, tag_no_case("pb")),
    ));
    map(opt(factor), |factor| factor.unwrap_or(1)).parse(input)
}

fn evaluate(
    negative: bool,
    digits: Digits<'_>,
    suffix: Option<char>,
    factor: i64,
) -> Option<NumberValue> {
    let suffix = suffix.map(|c| c.to_ascii_lowercase());
    let signed = |magnitude: i128| {
        if negative {
            magnitude.checked_neg()
        } else {
            Some(magnitude)
        }
    };
    match digits {
        Digits::Radix(base, digits) => whole(
            signed(from_bits(base, digits)?)?.checked_mul(factor.into())?,
            suffix,
        ),
        Digits::Whole(digits) => {
            let exact = digits
                .parse::<i128>()
                .ok()
                .and_then(signed)
                .and_then(|n| n.checked_mul(factor.into()));
            match exact {
                Some(n) => whole(n, suffix),
                None if suffix.is_some() => None,
                None => Some(NumberValue::Double(float(negative, digits, factor)?)),
            }
        }
        Digits::Real(text) => match suffix {
            None => Some(NumberValue::Double(float(negative, text, factor)?)),
            Some(suffix) => {
                let exact = Decimal::from_str_exact(&plain(text))
                    .or_else(|_| Decimal::from_scientific(&plain(text)))
                    .ok()?;
                let exact = exact.checked_mul(Decimal::from_i64(factor)?)?;
                let exact = if negative { -exact } else { exact };
                match suffix {
                    'd' => Some(NumberValue::Decimal(exact)),
                    _ => exact.round().to_i64().map(NumberValue::Long),
                }
            }
        },
    }
}

/// The smallest type that holds a whole number.
fn whole(n: i128, suffix: Option<char>) -> Option<NumberValue> {
    match suffix {
        Some('d') => Decimal::from_i128(n).map(NumberValue::Decimal),
        Some(_) => n.try_into().ok().map(NumberValue::Long),
        None => Some(
            match (i32::try_from(n), i64::try_from(n), Decimal::from_i128(n)) {
                (Ok(n), _, _) => NumberValue::Int(n),
                (_, Ok(n), _) => NumberValue::Long(n),
                (_, _, Some(n)) => NumberValue::Decimal(n),
                _ => NumberValue::Double(n as f64),
            },
        ),
    }
}

/// Digits that fill all 32 or 64 bits are the bits of a signed number: `0xFFFFFFFF` is -1.
fn from_bits(base: u32, digits: &str) -> Option<i128> {
    let bits = u64::from_str_radix(digits, base).ok()?;
    let short = if base == 16 { 8 } else { 32 };
    Some(match u32::try_from(bits) {
        Ok(bits) if digits.len() <= short => i128::from(bits as i32),
        _ => i128::from(bits as i64),
    })
}

fn float(negative: bool, text: &str, factor: i64) -> Option<f64> {
    let value = plain(text).parse::<f64>().ok()? * factor as f64;
    Some(if negative { -value } else { value })
}

/// The text with plain dashes.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if super::dash_char(c) { '-' } else { c })
        .collect()
}

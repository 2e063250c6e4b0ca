//! Quotes, escapes and the plain pieces of strings.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{anychar, satisfy};
use nom::combinator::{map, map_opt};
use nom::sequence::{delimited, preceded};

use super::{Lexed, double_quote_char, single_quote_char};

/// `single_quote = "'" | "\u{2018}" | "\u{2019}" | "\u{201a}" | "\u{201b}" ;`
pub(in crate::language) fn single_quote(input: &str) -> Lexed<'_, char> {
    satisfy(single_quote_char).parse(input)
}

/// `double_quote = '"' | "\u{201c}" | "\u{201d}" | "\u{201e}" ;`
pub(in crate::language) fn double_quote(input: &str) -> Lexed<'_, char> {
    satisfy(double_quote_char).parse(input)
}

/// `verbatim_text = ( any - single_quote ) { any - single_quote } ;`
///
/// A piece of `'…'` without a quote.
pub(in crate::language) fn verbatim_text(input: &str) -> Lexed<'_, &str> {
    take_while1(|c| !single_quote_char(c)).parse(input)
}

/// ``string_text = ( any - ( double_quote | "$" | "`" | "\n" | "\r" ) ) { any - ( double_quote | "$" |
///   "`" | "\n" | "\r" ) } ;``
///
/// A piece of `"…"` without a quote, an escape, a `$` or the end of a line.
pub(in crate::language) fn string_text(input: &str) -> Lexed<'_, &str> {
    take_while1(|c| !double_quote_char(c) && !matches!(c, '$' | '`' | '\n' | '\r')).parse(input)
}

/// ``escape = "`" ( code_point | any - ( "\n" | "\r" ) ) ;``
pub(in crate::language) fn escape(input: &str) -> Lexed<'_, char> {
    preceded(tag("`"), alt((code_point, map(anychar, escaped)))).parse(input)
}

/// `code_point = 'u{' ( "0".."9" | "a".."f" ) { "0".."9" | "a".."f" } "}" ;`
///
/// Reads `u{1F600}` after a backtick.
fn code_point(input: &str) -> Lexed<'_, char> {
    let hex = take_while_m_n(1, 6, |c: char| c.is_ascii_hexdigit());
    let value = |digits: &str| {
        u32::from_str_radix(digits, 16)
            .ok()
            .and_then(char::from_u32)
    };
    map_opt(delimited(tag("u{"), hex, tag("}")), value).parse(input)
}

/// What a letter after a backtick stands for; any other stands for itself.
fn escaped(c: char) -> char {
    match c {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'e' => '\u{1b}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        other => other,
    }
}

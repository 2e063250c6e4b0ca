//! Blanks, line ends and comments.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_until, take_while1};
use nom::combinator::recognize;
use nom::sequence::delimited;

use super::{Lexed, blank_char};

/// `newline = "\r\n" | "\n" | "\r" ;`
pub(in crate::language) fn newline(input: &str) -> Lexed<'_, &str> {
    alt((tag("\r\n"), tag("\n"), tag("\r"))).parse(input)
}

/// `blank = blank_char { blank_char } ;`
pub(in crate::language) fn blank(input: &str) -> Lexed<'_, &str> {
    take_while1(blank_char).parse(input)
}

/// ``line_continuation = "`" newline ;``
pub(in crate::language) fn line_continuation(input: &str) -> Lexed<'_, &str> {
    recognize((tag("`"), newline)).parse(input)
}

/// `line_comment = "#" { any - ( "\n" | "\r" ) } ;`
pub(in crate::language) fn line_comment(input: &str) -> Lexed<'_, &str> {
    recognize((tag("#"), take_till(|c| c == '\n' || c == '\r'))).parse(input)
}

/// `block_comment = "<#" ( { any } - { any } "#>" { any } ) "#>" ;`
///
/// The text between may hold single `#`; the rule names a part of what is read, so that sentences can be made from it.
pub(in crate::language) fn block_comment(input: &str) -> Lexed<'_, &str> {
    recognize(delimited(tag("<#"), take_until("#>"), tag("#>"))).parse(input)
}

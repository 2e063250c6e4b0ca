//! Names of variables, without their `$`, `@` and braces.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, none_of, one_of};
use nom::combinator::{not, opt, peek, recognize};
use nom::multi::many0_count;
use nom::sequence::{preceded, terminated};

use super::{Lexed, is_name};

/// `variable_name = special_variable | [ variable_word ":" ] variable_word ;`
///
/// `special_variable` is one of `$ ^ ?`. A `::` after the word belongs to a static member, not to the name.
pub(in crate::language) fn variable_name(input: &str) -> Lexed<'_, &str> {
    let drive = terminated(
        variable_word,
        (char(':'), not(char(':')), peek(variable_word)),
    );
    alt((
        recognize(one_of("$^?")),
        recognize((opt(drive), variable_word)),
    ))
    .parse(input)
}

/// Letters, digits, `_` and `?`.
fn variable_word(input: &str) -> Lexed<'_, &str> {
    take_while1(|c| is_name(c) || c == '?').parse(input)
}

/// ``braced_name = braced_char { braced_char } ;``
///
/// The text between `${` and `}`, escapes not yet read.
pub(in crate::language) fn braced_name(input: &str) -> Lexed<'_, &str> {
    let escaped = preceded(tag("`"), nom::character::complete::anychar);
    recognize(many0_count(alt((escaped, none_of("}{`"))))).parse(input)
}

//! Names of variables, without their `$`, `@` and braces.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while};
use nom::character::complete::{anychar, char, none_of, one_of, satisfy};
use nom::combinator::{not, opt, peek, recognize};
use nom::multi::many1_count;
use nom::sequence::{preceded, terminated};

use super::{Lexed, name_char};

/// `variable_name = "$" | "^" | "?" | [ variable_word ":" ] variable_word ;`
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

/// `variable_word = name_char { name_char | "?" } ;`
///
/// Letters, digits, `_` and `?`.
fn variable_word(input: &str) -> Lexed<'_, &str> {
    recognize((satisfy(name_char), take_while(|c| name_char(c) || c == '?'))).parse(input)
}

/// ``braced_name = ( any - ( "{" | "}" | "`" ) | "`" any ) { any - ( "{" | "}" | "`" ) | "`" any } ;``
///
/// The text between `${` and `}`, escapes not yet read.
pub(in crate::language) fn braced_name(input: &str) -> Lexed<'_, &str> {
    let escaped = preceded(tag("`"), anychar);
    recognize(many1_count(alt((escaped, none_of("}{`"))))).parse(input)
}

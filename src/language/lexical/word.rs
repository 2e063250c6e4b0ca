//! Names and words.

use nom::Parser;
use nom::bytes::complete::{take_while, take_while1};
use nom::character::complete::satisfy;
use nom::combinator::recognize;

use super::{Lexed, ends_word, is_double_quote, is_name, is_single_quote, starts_name};

/// `identifier = name_start { name_char } ;`
pub(in crate::language) fn identifier(input: &str) -> Lexed<'_, &str> {
    recognize((satisfy(starts_name), take_while(is_name))).parse(input)
}

/// `word_text = word_char { word_char } ;`
///
/// A piece of a bareword without quotes, escapes and `$`.
pub(in crate::language) fn word_text(input: &str) -> Lexed<'_, &str> {
    take_while1(|c| {
        !ends_word(c) && !is_single_quote(c) && !is_double_quote(c) && c != '$' && c != '`'
    })
    .parse(input)
}

/// `parameter_name = ( name_start | "?" ) { parameter_char } ;`
///
/// A point or a bracket ends it: `-foo.bar` is `-foo` and `.bar`.
pub(in crate::language) fn parameter_name(input: &str) -> Lexed<'_, &str> {
    let stops = |c| {
        ends_word(c)
            || is_single_quote(c)
            || is_double_quote(c)
            || matches!(c, ':' | '.' | '[' | '$' | '`')
    };
    recognize((
        satisfy(|c| starts_name(c) || c == '?'),
        take_while(move |c| !stops(c)),
    ))
    .parse(input)
}

/// `type_word = name_start { type_char } ;`
///
/// A name with its namespaces: points, `+` before a nested type, a backtick before the number of generic arguments.
pub(in crate::language) fn type_word(input: &str) -> Lexed<'_, &str> {
    recognize((
        satisfy(starts_name),
        take_while(|c| is_name(c) || matches!(c, '.' | '+' | '`')),
    ))
    .parse(input)
}

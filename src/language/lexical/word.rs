//! Names and words.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{take_while, take_while1};
use nom::character::complete::{char, satisfy};
use nom::combinator::recognize;
use nom::multi::many0_count;

use super::{Lexed, digits, name_char, name_start, word_char};

/// `identifier = name_start { name_char } ;`
pub(in crate::language) fn identifier(input: &str) -> Lexed<'_, &str> {
    recognize((satisfy(name_start), take_while(name_char))).parse(input)
}

/// `word_text = word_char { word_char } ;`
///
/// A piece of a bareword without quotes, escapes and `$`.
pub(in crate::language) fn word_text(input: &str) -> Lexed<'_, &str> {
    take_while1(word_char).parse(input)
}

/// `parameter_name = ( name_start | "?" ) { word_char - ( ":" | "." | "[" ) } ;`
///
/// A point or a bracket ends it: `-foo.bar` is `-foo` and `.bar`.
pub(in crate::language) fn parameter_name(input: &str) -> Lexed<'_, &str> {
    let follows = |c| word_char(c) && !matches!(c, ':' | '.' | '[');
    recognize((satisfy(|c| name_start(c) || c == '?'), take_while(follows))).parse(input)
}

/// ``type_word = name_start { name_char | "." | "+" | "`" digits } ;``
///
/// A name with its namespaces: points, `+` before a nested type, a backtick before the number of generic arguments.
pub(in crate::language) fn type_word(input: &str) -> Lexed<'_, &str> {
    let plain = take_while1(|c| name_char(c) || matches!(c, '.' | '+'));
    let arity = recognize((char('`'), digits));
    recognize((satisfy(name_start), many0_count(alt((plain, arity))))).parse(input)
}

/// `reserved_word = "begin" | "break" | "catch" | "class" | "configuration" | "continue" | "data" |
///   "define" | "do" | "dynamicparam" | "else" | "elseif" | "end" | "enum" | "exit" | "filter" |
///   "finally" | "for" | "foreach" | "from" | "function" | "if" | "in" | "parallel" | "param" |
///   "process" | "return" | "sequence" | "switch" | "throw" | "trap" | "try" | "until" | "using" |
///   "var" | "while" | "workflow" | "default" ;`
///
/// The words that mean something at the beginning of a statement or after one.
pub(in crate::language) fn reserved_word(word: &str) -> bool {
    const WORDS: [&str; 38] = [
        "begin",
        "break",
        "catch",
        "class",
        "configuration",
        "continue",
        "data",
        "define",
        "do",
        "dynamicparam",
        "else",
        "elseif",
        "end",
        "enum",
        "exit",
        "filter",
        "finally",
        "for",
        "foreach",
        "from",
        "function",
        "if",
        "in",
        "parallel",
        "param",
        "process",
        "return",
        "sequence",
        "switch",
        "throw",
        "trap",
        "try",
        "until",
        "using",
        "var",
        "while",
        "workflow",
        "default",
    ];
    WORDS
        .iter()
        .any(|reserved| word.eq_ignore_ascii_case(reserved))
}

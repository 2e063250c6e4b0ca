//! Operators.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, one_of, satisfy};
use nom::combinator::{map, map_opt, opt, value};
use nom::sequence::{preceded, terminated};

use super::{Lexed, dash_char, identifier};
use crate::language::ast::{AssignmentOperator, BinaryOperator, Case, Stream, UnaryOperator};

/// `dash = "-" | "\u{2013}" | "\u{2014}" | "\u{2015}" ;`
pub(in crate::language) fn dash(input: &str) -> Lexed<'_, char> {
    satisfy(dash_char).parse(input)
}

/// `assignment_operator = "=" | "+=" | dash "=" | "*=" | "/=" | "%=" | "??=" ;`
pub(in crate::language) fn assignment_operator(input: &str) -> Lexed<'_, AssignmentOperator> {
    use AssignmentOperator as A;
    alt((
        value(A::Assign, tag("=")),
        value(A::Add, tag("+=")),
        value(A::Subtract, (dash, tag("="))),
        value(A::Multiply, tag("*=")),
        value(A::Divide, tag("/=")),
        value(A::Remainder, tag("%=")),
        value(A::Coalesce, tag("??=")),
    ))
    .parse(input)
}

/// `binary_operator = dash binary_word | ".." | "??" | "+" | dash | "*" | "/" | "%" ;`
pub(in crate::language) fn binary_operator(input: &str) -> Lexed<'_, BinaryOperator> {
    use BinaryOperator as B;
    alt((
        map_opt(preceded(dash, identifier), binary_word),
        value(B::Range, tag("..")),
        value(B::Coalesce, tag("??")),
        value(B::Add, char('+')),
        value(B::Subtract, dash),
        value(B::Multiply, char('*')),
        value(B::Divide, char('/')),
        value(B::Remainder, char('%')),
    ))
    .parse(input)
}

/// `unary_operator = dash unary_word | "!" | "," | "+" | dash ;`
pub(in crate::language) fn unary_operator(input: &str) -> Lexed<'_, UnaryOperator> {
    use UnaryOperator as U;
    alt((
        map_opt(preceded(dash, identifier), unary_word),
        value(U::Not, char('!')),
        value(U::Comma, char(',')),
        value(U::Plus, char('+')),
        value(U::Minus, dash),
    ))
    .parse(input)
}

/// `merging_redirection = ( "*" | "2".."6" ) ">&1" ;`
///
/// Gives the stream that goes into the output.
pub(in crate::language) fn merging_redirection(input: &str) -> Lexed<'_, Stream> {
    terminated(map(one_of("*23456"), |mark| stream(Some(mark))), tag(">&1")).parse(input)
}

/// `file_redirection = [ "*" | "1".."6" ] ( ">>" | ">" ) ;`
///
/// Gives the stream and whether it is appended.
pub(in crate::language) fn file_redirection(input: &str) -> Lexed<'_, (Stream, bool)> {
    let append = alt((value(true, tag(">>")), value(false, tag(">"))));
    (map(opt(one_of("*123456")), stream), append).parse(input)
}

fn stream(mark: Option<char>) -> Stream {
    match mark {
        Some('*') => Stream::All,
        Some('2') => Stream::Error,
        Some('3') => Stream::Warning,
        Some('4') => Stream::Verbose,
        Some('5') => Stream::Debug,
        Some('6') => Stream::Information,
        _ => Stream::Output,
    }
}

/// `unary_word = "not" | "bnot" | "join" | "split" | "isplit" | "csplit" ;`
fn unary_word(word: &str) -> Option<UnaryOperator> {
    Some(match word.to_ascii_lowercase().as_str() {
        "not" => UnaryOperator::Not,
        "bnot" => UnaryOperator::BitNot,
        "join" => UnaryOperator::Join,
        "split" => UnaryOperator::Split(Case::Default),
        "isplit" => UnaryOperator::Split(Case::Insensitive),
        "csplit" => UnaryOperator::Split(Case::Sensitive),
        _ => return None,
    })
}

/// `binary_word = "and" | "or" | "xor" | "band" | "bor" | "bxor" | "shl" | "shr" | "is" | "isnot" | "as"
///   | "f" | "join" | [ "c" | "i" ] comparison ;`
fn binary_word(word: &str) -> Option<BinaryOperator> {
    use BinaryOperator as B;
    let word = word.to_ascii_lowercase();
    Some(match word.as_str() {
        "and" => B::And,
        "or" => B::Or,
        "xor" => B::Xor,
        "band" => B::BitAnd,
        "bor" => B::BitOr,
        "bxor" => B::BitXor,
        "shl" => B::ShiftLeft,
        "shr" => B::ShiftRight,
        "is" => B::Is,
        "isnot" => B::IsNot,
        "as" => B::As,
        "f" => B::Format,
        "join" => B::Join,
        plain => match comparison(plain, Case::Default) {
            Some(operator) => operator,
            None => match plain.strip_prefix('c') {
                Some(rest) => comparison(rest, Case::Sensitive)?,
                None => comparison(plain.strip_prefix('i')?, Case::Insensitive)?,
            },
        },
    })
}

/// `comparison = "eq" | "ne" | "ge" | "gt" | "lt" | "le" | "like" | "notlike" | "match" | "notmatch" |
///   "replace" | "contains" | "notcontains" | "in" | "notin" | "split" ;`
fn comparison(word: &str, case: Case) -> Option<BinaryOperator> {
    use BinaryOperator as B;
    Some(match word {
        "eq" => B::Equal(case),
        "ne" => B::NotEqual(case),
        "ge" => B::GreaterOrEqual(case),
        "gt" => B::GreaterThan(case),
        "lt" => B::LessThan(case),
        "le" => B::LessOrEqual(case),
        "like" => B::Like(case),
        "notlike" => B::NotLike(case),
        "match" => B::Match(case),
        "notmatch" => B::NotMatch(case),
        "replace" => B::Replace(case),
        "contains" => B::Contains(case),
        "notcontains" => B::NotContains(case),
        "in" => B::In(case),
        "notin" => B::NotIn(case),
        "split" => B::Split(case),
        _ => return None,
    })
}

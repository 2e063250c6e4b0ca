//! Words, numbers, variables and blanks: what is read character by character. Blanks count here and nowhere else.
//! Each function is the rule of its name in `grammar/lexical.ebnf`; none of them looks further than it reads.

mod blank;
mod number;
mod operator;
mod string;
mod variable;
mod word;

use nom::IResult;

pub(super) use blank::{blank, block_comment, line_comment, line_continuation, newline};
pub(super) use number::{digits, number};
pub(super) use operator::{
    assignment_operator, binary_operator, dash, file_redirection, merging_redirection,
    unary_operator,
};
pub(super) use string::{double_quote, escape, single_quote, string_text, verbatim_text};
pub(super) use variable::{braced_name, variable_name};
pub(super) use word::{identifier, parameter_name, reserved_word, type_word, word_text};

/// What a rule gives: the rest of the text and what was read.
pub(super) type Lexed<'a, T> = IResult<&'a str, T>;

/// A number may end here in an expression though a word could not.
pub(super) fn number_end(c: char) -> bool {
    word_end(c)
        || matches!(
            c,
            '!' | '<' | '>' | '%' | '*' | '+' | '-' | '.' | '/' | '=' | '?' | ']' | ':'
        )
        || dash_char(c)
}

/// `word_end = "&" | "(" | ")" | "," | ";" | "{" | "|" | "}" | "\n" | "\r" | "\0" | blank_char ;`
///
/// Ends a bareword.
pub(super) fn word_end(c: char) -> bool {
    matches!(
        c,
        '&' | '(' | ')' | ',' | ';' | '{' | '|' | '}' | '\n' | '\r' | '\0'
    ) || blank_char(c)
}

/// ``word_char = any - ( word_end | single_quote | double_quote | "$" | "`" ) ;``
///
/// Goes on in a bareword.
pub(super) fn word_char(c: char) -> bool {
    !word_end(c) && !single_quote_char(c) && !double_quote_char(c) && c != '$' && c != '`'
}

/// `blank_char = " " | "\t" | "\u{b}" | "\u{c}" | "\u{85}" | "\u{a0}" | "\u{1680}" |
///   "\u{2000}".."\u{200a}" | "\u{2028}" | "\u{2029}" | "\u{202f}" | "\u{205f}" | "\u{3000}" ;`
///
/// White space that is not the end of a line.
pub(super) fn blank_char(c: char) -> bool {
    matches!(c, ' ' | '\t') || (c.is_whitespace() && c != '\n' && c != '\r')
}

/// The hyphen and what word processors make of it.
pub(super) fn dash_char(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2015}')
}

/// The apostrophe and its curly forms.
pub(super) fn single_quote_char(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}')
}

/// The quotation mark and its curly forms.
pub(super) fn double_quote_char(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

/// `name_start = "_" | letter ;`
///
/// Starts a name.
pub(super) fn name_start(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

/// `name_char = "_" | letter | digit ;`
///
/// Goes on in a name.
pub(super) fn name_char(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

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
pub(super) use number::number;
pub(super) use operator::{
    assignment_operator, binary_operator, dash, redirection_operator, unary_operator,
};
pub(super) use string::{double_quote, escape, single_quote, string_text, verbatim_text};
pub(super) use variable::{braced_name, variable_name};
pub(super) use word::{identifier, parameter_name, type_word, word_text};

/// What a rule gives: the rest of the text and what was read.
pub(super) type Lexed<'a, T> = IResult<&'a str, T>;

/// A number may end here in an expression though a word could not.
pub(super) fn ends_number(c: char) -> bool {
    ends_word(c)
        || matches!(
            c,
            '!' | '%' | '*' | '+' | '-' | '.' | '/' | '=' | '?' | ']' | ':'
        )
        || is_dash(c)
}

/// Ends a bareword.
pub(super) fn ends_word(c: char) -> bool {
    matches!(
        c,
        '&' | '(' | ')' | ',' | ';' | '{' | '|' | '}' | '<' | '>' | '\n' | '\r' | '\0'
    ) || is_blank(c)
}

/// White space that is not the end of a line.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t') || (c.is_whitespace() && c != '\n' && c != '\r')
}

/// The hyphen and what word processors make of it.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2015}')
}

/// The apostrophe and its curly forms.
pub(super) fn is_single_quote(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}')
}

/// The quotation mark and its curly forms.
pub(super) fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

/// Starts a name.
pub(super) fn starts_name(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

/// Goes on in a name.
pub(super) fn is_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

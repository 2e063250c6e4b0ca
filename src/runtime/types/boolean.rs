//! `System.Boolean` and `System.Char`.

use super::args::Args;
use super::table::{Call, Fault, Kind, Method, Property, TypeTable};
use crate::runtime::convert;
use crate::runtime::value::{Number, Value};

fn read(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// `System.Boolean`
pub static BOOLEAN: TypeTable = TypeTable {
    name: "System.Boolean",
    aliases: &["bool"],
    base: "System.ValueType",
    interfaces: &["System.IComparable", "System.IConvertible"],
    kind: Kind::Struct,
    // A switch parameter is a plain truth value here; scripts ask it so.
    properties: &[Property::read("bool IsPresent {get;}", |v| Ok(v.clone()))],
    methods: &[
        Method::new("int CompareTo(bool value)", |c| {
            Ok(Value::int(convert::to_bool(c.this).cmp(&c.flag(0)) as i32))
        }),
        Method::new("bool ToBool()", |c| Ok(c.this.clone())),
    ],
    static_properties: &[
        Property::read("string TrueString {get;}", |_| Ok("True".into())),
        Property::read("string FalseString {get;}", |_| Ok("False".into())),
    ],
    static_methods: &[
        Method::new("bool Parse(string value)", |c| {
            let text = c.text(0);
            let failed = || {
                Fault::format(format!(
                    "String '{text}' was not recognized as a valid Boolean."
                ))
            };
            read(&text).map(Value::Bool).ok_or_else(failed)
        }),
        Method::new("bool TryParse(string value, [ref] bool result)", |c| {
            let found = read(&c.text(0));
            c.give(1, Value::Bool(found.unwrap_or(false)));
            Ok(Value::Bool(found.is_some()))
        }),
    ],
    ..TypeTable::EMPTY
};

/// The letter of the first argument, or of a text at the place of the second.
fn letter(call: &Call<'_>) -> char {
    match (call.arg(0), call.args.get(1)) {
        (Value::Str(text), Some(place)) => convert::to_usize(place)
            .ok()
            .and_then(|at| super::units::letter(text, at))
            .unwrap_or('\0'),
        _ => call.letter(0),
    }
}

fn one(mut mapped: impl Iterator<Item = char>, own: char) -> Value {
    Value::Char(match (mapped.next(), mapped.next()) {
        (Some(only), None) => only,
        _ => own,
    })
}

macro_rules! tests {
    ($($plain:literal, $placed:literal => $test:expr;)*) => {
        &[
            $(
                Method::new($plain, |c| Ok(Value::Bool($test(letter(c))))),
                Method::new($placed, |c| Ok(Value::Bool($test(letter(c))))),
            )*
            Method::new("char ToUpper(char c)", |c| Ok(one(letter(c).to_uppercase(), letter(c)))),
            Method::new("char ToLower(char c)", |c| Ok(one(letter(c).to_lowercase(), letter(c)))),
            Method::new("char ToUpperInvariant(char c)", |c| Ok(one(letter(c).to_uppercase(), letter(c)))),
            Method::new("char ToLowerInvariant(char c)", |c| Ok(one(letter(c).to_lowercase(), letter(c)))),
            Method::new("double GetNumericValue(char c)", |c| Ok(Value::double(letter(c).to_digit(10).map_or(-1.0, f64::from)))),
            Method::new("string ConvertFromUtf32(int utf32)", |c| {
                    let found = u32::try_from(c.long(0)).ok().and_then(char::from_u32);
                    let outside = || Fault::out_of_range("A valid UTF32 value is between 0x000000 and 0x10ffff, inclusive, and should not include surrogate codepoint values (0x00d800 ~ 0x00dfff).", "utf32");
                    found.map(|c| Value::str(c.to_string())).ok_or_else(outside)
                }),
            Method::new("int ConvertToUtf32(string s, int index)", |c| Ok(Value::int(letter(c) as i32))),
            Method::new("char Parse(string s)", |c| Ok(Value::Char(letter(c)))),
            Method::new("string ToString(char c)", |c| Ok(Value::str(letter(c).to_string()))),
        ]
    };
}

fn is_symbol(c: char) -> bool {
    matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' | '¢'..='©' | '¬' | '®'..='±' | '´' | '¸' | '×' | '÷' | '€')
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() && !is_symbol(c)
        || matches!(c, '«' | '»' | '¡' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}')
}

/// `System.Char`
pub static CHAR: TypeTable = TypeTable {
    name: "System.Char",
    aliases: &["char"],
    base: "System.ValueType",
    interfaces: &["System.IComparable", "System.IConvertible"],
    kind: Kind::Struct,
    methods: &[Method::new("int CompareTo(char value)", |c| match c.this {
        Value::Char(own) => Ok(Value::int(*own as i32 - c.letter(0) as i32)),
        _ => Ok(Value::int(0)),
    })],
    static_properties: &[
        Property::read("char MaxValue {get;}", |_| Ok(Value::Char('\u{ffff}'))),
        Property::read("char MinValue {get;}", |_| Ok(Value::Char('\0'))),
    ],
    static_methods: tests! {
        "bool IsDigit(char c)", "bool IsDigit(string s, int index)" => |c: char| c.is_ascii_digit();
        "bool IsNumber(char c)", "bool IsNumber(string s, int index)" => char::is_numeric;
        "bool IsLetter(char c)", "bool IsLetter(string s, int index)" => char::is_alphabetic;
        "bool IsLetterOrDigit(char c)", "bool IsLetterOrDigit(string s, int index)" => char::is_alphanumeric;
        "bool IsUpper(char c)", "bool IsUpper(string s, int index)" => char::is_uppercase;
        "bool IsLower(char c)", "bool IsLower(string s, int index)" => char::is_lowercase;
        "bool IsWhiteSpace(char c)", "bool IsWhiteSpace(string s, int index)" => char::is_whitespace;
        "bool IsPunctuation(char c)", "bool IsPunctuation(string s, int index)" => is_punctuation;
        "bool IsSymbol(char c)", "bool IsSymbol(string s, int index)" => is_symbol;
        "bool IsControl(char c)", "bool IsControl(string s, int index)" => char::is_control;
        "bool IsSeparator(char c)", "bool IsSeparator(string s, int index)" => |c| matches!(c, ' ' | '\u{a0}' | '\u{2028}' | '\u{2029}');
        "bool IsSurrogate(char c)", "bool IsSurrogate(string s, int index)" => |_| false;
    },
    ..TypeTable::EMPTY
};

/// The code of a letter.
pub fn code(value: char) -> Number {
    Number::Int32(value as i32)
}

//! Members of `System.String`.

mod comparison;
mod edit;
mod pieces;
mod search;

use std::rc::Rc;

use super::args::Args;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::units;
use crate::runtime::convert;
use crate::runtime::value::Value;
use comparison::{compare, comparison, equal, order};
use edit::{cased, insert, pad, remove, replace, substring, to_char_array, trim};
use pieces::{concat, format, join, split};
use search::{
    ends, find, index_of, index_of_any, last_index_of, last_index_of_any, letters, starts,
};

pub use comparison::{COMPARER, STRING_COMPARISON, comparer_ignores_case};
pub use pieces::SPLIT_OPTIONS;

fn own(call: &Call<'_>) -> Rc<str> {
    convert::to_rc_text(call.this)
}

fn bad_length() -> Fault {
    Fault::out_of_range(
        "Index and length must refer to a location within the string.",
        "length",
    )
}

fn bad_start() -> Fault {
    Fault::out_of_range(
        "startIndex cannot be larger than length of string.",
        "startIndex",
    )
}

/// A place in the text from an argument.
fn place(call: &Call<'_>, text: &str, index: usize) -> Result<usize, Fault> {
    let n = call.long(index);
    if n < 0 {
        return Err(Fault::out_of_range(
            "StartIndex cannot be less than zero.",
            "startIndex",
        ));
    }
    usize::try_from(n)
        .ok()
        .filter(|n| *n <= units::len(text))
        .ok_or_else(bad_start)
}

fn length(call: &Call<'_>, index: usize) -> Result<usize, Fault> {
    usize::try_from(call.long(index))
        .map_err(|_| Fault::out_of_range("Length cannot be less than zero.", "length"))
}

/// The UTF-16 unit at the place that the first argument names.
fn letter_at(call: &mut Call<'_>) -> Answer {
    let found = usize::try_from(call.long(0))
        .ok()
        .and_then(|at| units::letter(&own(call), at));
    let outside = || {
        Fault::Exception(
            "System.IndexOutOfRangeException",
            "Index was outside the bounds of the array.".into(),
        )
    };
    found.map(Value::Char).ok_or_else(outside)
}

/// `System.String`
pub static TABLE: TypeTable = TypeTable {
    name: "System.String",
    aliases: &["string"],
    interfaces: &[
        "System.IComparable",
        "System.ICloneable",
        "System.IConvertible",
        "System.Collections.IEnumerable",
    ],
    constructors: &[
        Method::new("string new(char c, int count)", |c| {
            let count = usize::try_from(c.long(1))
                .ok()
                .filter(|n| *n <= 100_000_000);
            let count = count
                .ok_or_else(|| Fault::out_of_range("'count' must be non-negative.", "count"))?;
            Ok(std::iter::repeat_n(c.letter(0), count)
                .collect::<String>()
                .into())
        }),
        Method::new("string new(char[] value)", |c| {
            Ok(letters(c, 0).into_iter().collect::<String>().into())
        }),
        Method::new(
            "string new(char[] value, int startIndex, int length)",
            |c| {
                let all: String = letters(c, 0).into_iter().collect();
                let piece =
                    units::slice(&all, place(c, &all, 1)?, length(c, 2)?).ok_or_else(bad_length)?;
                Ok(piece.into())
            },
        ),
    ],
    properties: &[Property::read("int Length {get;}", |v| match v {
        Value::Str(text) => Ok(Value::int(units::len(text) as i32)),
        other => Ok(Value::int(units::len(&convert::to_text(other)) as i32)),
    })],
    methods: &[
        Method::new("System.Object Clone()", |c| Ok(c.this.clone())),
        Method::new("int CompareTo(string strB)", |c| {
            Ok(Value::int(order(&own(c), &c.text(0), &Value::Null)))
        }),
        Method::new("bool Contains(string value)", |c| {
            Ok(Value::Bool(own(c).contains(&*c.text(0))))
        }),
        Method::new("bool Contains(char value)", |c| {
            Ok(Value::Bool(own(c).contains(c.letter(0))))
        }),
        Method::new(
            "bool Contains(string value, System.StringComparison comparisonType)",
            |c| {
                let ignore = comparison(c.arg(1)).0;
                Ok(Value::Bool(find(&own(c), &c.text(0), 0, ignore).is_some()))
            },
        ),
        Method::new(
            "void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)",
            |_| {
                Err(Fault::Exception(
                    "System.NotSupportedException",
                    "Use ToCharArray instead of CopyTo.".into(),
                ))
            },
        ),
        Method::new("bool EndsWith(string value)", |c| {
            Ok(Value::Bool(own(c).ends_with(&*c.text(0))))
        }),
        Method::new("bool EndsWith(char value)", |c| {
            Ok(Value::Bool(own(c).ends_with(c.letter(0))))
        }),
        Method::new(
            "bool EndsWith(string value, System.StringComparison comparisonType)",
            |c| {
                let text = own(c);
                Ok(Value::Bool(if comparison(c.arg(1)).0 {
                    ends(&text, &c.text(0))
                } else {
                    text.ends_with(&*c.text(0))
                }))
            },
        ),
        Method::new(
            "bool EndsWith(string value, bool ignoreCase, cultureinfo culture)",
            |c| {
                Ok(Value::Bool(if c.flag(1) {
                    ends(&own(c), &c.text(0))
                } else {
                    own(c).ends_with(&*c.text(0))
                }))
            },
        ),
        Method::new("bool Equals(string value)", |c| {
            Ok(Value::Bool(
                matches!(c.arg(0), Value::Str(b) if **b == *own(c)),
            ))
        }),
        Method::new(
            "bool Equals(string value, System.StringComparison comparisonType)",
            |c| Ok(Value::Bool(equal(&own(c), &c.text(0), c.arg(1)))),
        ),
        Method::new("System.CharEnumerator GetEnumerator()", |c| {
            Ok(super::enumerator::of(
                own(c).chars().map(Value::Char).collect(),
            ))
        }),
        Method::new("int IndexOf(string value)", index_of),
        Method::new("int IndexOf(char value)", index_of),
        Method::new("int IndexOf(string value, int startIndex)", index_of),
        Method::new("int IndexOf(char value, int startIndex)", index_of),
        Method::new(
            "int IndexOf(string value, int startIndex, int count)",
            index_of,
        ),
        Method::new(
            "int IndexOf(string value, System.StringComparison comparisonType)",
            index_of,
        ),
        Method::new(
            "int IndexOf(string value, int startIndex, System.StringComparison comparisonType)",
            index_of,
        ),
        Method::new("int IndexOfAny(char[] anyOf)", index_of_any),
        Method::new("int IndexOfAny(char[] anyOf, int startIndex)", index_of_any),
        Method::new("string Insert(int startIndex, string value)", insert),
        Method::new("bool IsNormalized()", |_| Ok(Value::Bool(true))),
        Method::new("int LastIndexOf(string value)", last_index_of),
        Method::new("int LastIndexOf(char value)", last_index_of),
        Method::new(
            "int LastIndexOf(string value, int startIndex)",
            last_index_of,
        ),
        Method::new(
            "int LastIndexOf(string value, System.StringComparison comparisonType)",
            last_index_of,
        ),
        Method::new("int LastIndexOfAny(char[] anyOf)", last_index_of_any),
        Method::new("string PadLeft(int totalWidth)", |c| pad(c, true)),
        Method::new("string PadLeft(int totalWidth, char paddingChar)", |c| {
            pad(c, true)
        }),
        Method::new("string PadRight(int totalWidth)", |c| pad(c, false)),
        Method::new("string PadRight(int totalWidth, char paddingChar)", |c| {
            pad(c, false)
        }),
        Method::new("string Remove(int startIndex)", remove),
        Method::new("string Remove(int startIndex, int count)", remove),
        Method::new("string Replace(string oldValue, string newValue)", replace),
        Method::new("string Replace(char oldChar, char newChar)", replace),
        Method::new(
            "string Replace(string oldValue, string newValue, System.StringComparison comparisonType)",
            replace,
        ),
        Method::new(
            "string Replace(string oldValue, string newValue, bool ignoreCase, cultureinfo culture)",
            replace,
        ),
        Method::new("string[] Split()", split),
        Method::new("string[] Split(string separator)", split),
        Method::new("string[] Split(char separator)", split),
        Method::new("string[] Split(Params char[] separator)", split),
        Method::new("string[] Split(char separator, int count)", split),
        Method::new("string[] Split(string separator, int count)", split),
        Method::new("string[] Split(char[] separator, int count)", split),
        Method::new(
            "string[] Split(char separator, System.StringSplitOptions options)",
            split,
        ),
        Method::new(
            "string[] Split(string separator, System.StringSplitOptions options)",
            split,
        ),
        Method::new(
            "string[] Split(string[] separator, System.StringSplitOptions options)",
            split,
        ),
        Method::new(
            "string[] Split(char[] separator, System.StringSplitOptions options)",
            split,
        ),
        Method::new(
            "string[] Split(string separator, int count, System.StringSplitOptions options)",
            split,
        ),
        Method::new(
            "string[] Split(char[] separator, int count, System.StringSplitOptions options)",
            split,
        ),
        Method::new(
            "string[] Split(string[] separator, int count, System.StringSplitOptions options)",
            split,
        ),
        Method::new("bool StartsWith(string value)", |c| {
            Ok(Value::Bool(own(c).starts_with(&*c.text(0))))
        }),
        Method::new("bool StartsWith(char value)", |c| {
            Ok(Value::Bool(own(c).starts_with(c.letter(0))))
        }),
        Method::new(
            "bool StartsWith(string value, System.StringComparison comparisonType)",
            |c| {
                let text = own(c);
                let ignore = comparison(c.arg(1)).0;
                Ok(Value::Bool(if ignore {
                    starts(&text, &c.text(0)).is_some()
                } else {
                    text.starts_with(&*c.text(0))
                }))
            },
        ),
        Method::new(
            "bool StartsWith(string value, bool ignoreCase, cultureinfo culture)",
            |c| {
                let text = own(c);
                Ok(Value::Bool(if c.flag(1) {
                    starts(&text, &c.text(0)).is_some()
                } else {
                    text.starts_with(&*c.text(0))
                }))
            },
        ),
        Method::new("string Substring(int startIndex)", substring),
        Method::new("string Substring(int startIndex, int length)", substring),
        Method::new("char[] ToCharArray()", to_char_array),
        Method::new(
            "char[] ToCharArray(int startIndex, int length)",
            to_char_array,
        ),
        Method::new("string ToLower()", |c| Ok(cased(&own(c), false).into())),
        Method::new("string ToLower(cultureinfo culture)", |c| {
            Ok(cased(&own(c), false).into())
        }),
        Method::new("string ToLowerInvariant()", |c| {
            Ok(cased(&own(c), false).into())
        }),
        Method::new("string ToUpper()", |c| Ok(cased(&own(c), true).into())),
        Method::new("string ToUpper(cultureinfo culture)", |c| {
            Ok(cased(&own(c), true).into())
        }),
        Method::new("string ToUpperInvariant()", |c| {
            Ok(cased(&own(c), true).into())
        }),
        Method::new("string Trim()", |c| trim(c, true, true)),
        Method::new("string Trim(Params char[] trimChars)", |c| {
            trim(c, true, true)
        }),
        Method::new("string TrimEnd()", |c| trim(c, false, true)),
        Method::new("string TrimEnd(Params char[] trimChars)", |c| {
            trim(c, false, true)
        }),
        Method::new("string TrimStart()", |c| trim(c, true, false)),
        Method::new("string TrimStart(Params char[] trimChars)", |c| {
            trim(c, true, false)
        }),
        Method::new("char get_Chars(int index)", letter_at),
        Method::new("char Chars(int index)", letter_at),
        Method::new("string Normalize()", |c| Ok(c.this.clone())),
    ],
    static_properties: &[Property::read("string Empty {get;}", |_| Ok("".into()))],
    static_methods: &[
        Method::new("int Compare(string strA, string strB)", compare),
        Method::new(
            "int Compare(string strA, string strB, bool ignoreCase)",
            compare,
        ),
        Method::new(
            "int Compare(string strA, string strB, System.StringComparison comparisonType)",
            compare,
        ),
        Method::new("int CompareOrdinal(string strA, string strB)", |c| {
            let (a, b) = (c.text(0), c.text(1));
            let first = a.chars().zip(b.chars()).find(|(a, b)| a != b);
            let difference = first.map_or(a.len() as i32 - b.len() as i32, |(a, b)| {
                a as i32 - b as i32
            });
            Ok(Value::int(difference))
        }),
        Method::new("string Concat(Params System.Object[] args)", concat),
        Method::new("string Copy(string str)", |c| Ok(c.arg(0).clone())),
        Method::new("bool Equals(string a, string b)", |c| {
            Ok(Value::Bool(
                c.text(0) == c.text(1) && c.arg(0).is_null() == c.arg(1).is_null(),
            ))
        }),
        Method::new(
            "bool Equals(string a, string b, System.StringComparison comparisonType)",
            |c| Ok(Value::Bool(equal(&c.text(0), &c.text(1), c.arg(2)))),
        ),
        Method::new(
            "string Format(string format, Params System.Object[] args)",
            format,
        ),
        Method::new(
            "string Format(System.IFormatProvider provider, string format, Params System.Object[] args)",
            format,
        ),
        Method::new("bool IsNullOrEmpty(string value)", |c| {
            Ok(Value::Bool(c.text(0).is_empty()))
        }),
        Method::new("bool IsNullOrWhiteSpace(string value)", |c| {
            Ok(Value::Bool(c.text(0).trim().is_empty()))
        }),
        Method::new(
            "string Join(string separator, Params System.Object[] values)",
            join,
        ),
        Method::new(
            "string Join(string separator, System.Collections.IEnumerable values)",
            join,
        ),
        Method::new(
            "string Join(string separator, string[] value, int startIndex, int count)",
            join,
        ),
    ],
    ..TypeTable::EMPTY
};

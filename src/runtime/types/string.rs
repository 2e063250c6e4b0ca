//! Members of `System.String`.

use std::cmp::Ordering;
use std::rc::Rc;

use super::args::Args;
use super::culture_info::culture_of;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::{TypeRef, enums, key, units};
use crate::runtime::collate::{collate, same};
use crate::runtime::value::Value;
use crate::runtime::{convert, format_string};

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

/// Whether a `StringComparison` ignores case, and whether it compares letter by letter.
fn comparison(value: &Value) -> (bool, bool) {
    match value {
        Value::Enum(member) => (member.value % 2 == 1, member.value >= 4),
        Value::Native(native) => (
            native.text().ends_with("IgnoreCase"),
            native.text().starts_with("Ordinal"),
        ),
        Value::Bool(ignore) => (*ignore, false),
        _ => (false, false),
    }
}

fn equal(a: &str, b: &str, how: &Value) -> bool {
    match comparison(how) {
        (ignore, true) => key::same_text(a, b, !ignore),
        (ignore, false) => same(a, b, !ignore),
    }
}

fn order(a: &str, b: &str, how: &Value) -> i32 {
    let order = match comparison(how) {
        (false, true) => a.cmp(b),
        (true, true) => a.to_uppercase().cmp(&b.to_uppercase()),
        (ignore, false) => collate(a, b, !ignore),
    };
    order as i32
}

/// The byte offset of a text in another from a byte offset on.
fn find(text: &str, wanted: &str, from: usize, ignore: bool) -> Option<usize> {
    let rest = text.get(from..)?;
    if !ignore {
        return rest.find(wanted).map(|at| from + at);
    }
    rest.char_indices()
        .map(|(at, _)| at)
        .chain([rest.len()])
        .find_map(|at| starts(&rest[at..], wanted).map(|_| from + at))
}

/// The bytes of the beginning that is `wanted` in any case.
fn starts(text: &str, wanted: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for w in wanted.chars() {
        let (_, c) = letters.next()?;
        if c != w && !c.to_lowercase().eq(w.to_lowercase()) {
            return None;
        }
    }
    Some(letters.next().map_or(text.len(), |(at, _)| at))
}

fn ends(text: &str, wanted: &str) -> bool {
    let count = wanted.chars().count();
    let from = text
        .char_indices()
        .rev()
        .nth(count.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    count == 0
        || (text.chars().count() >= count
            && starts(&text[from..], wanted) == Some(text.len() - from))
}

fn position(text: &str, byte: Option<usize>) -> Answer {
    Ok(Value::int(
        byte.map_or(-1, |at| units::unit_of(text, at) as i32),
    ))
}

/// `IndexOf(value[, startIndex[, count]][, comparison])`
fn index_of(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let wanted = call.text(0);
    let mut numbers = call
        .args
        .iter()
        .skip(1)
        .filter(|arg| matches!(arg, Value::Number(_)));
    let (ignore, _) = call.args.last().map_or((false, false), comparison);
    let start = match numbers.next() {
        None => 0,
        Some(n) => {
            let n = convert::to_i64(n).unwrap_or(-1);
            usize::try_from(n)
                .ok()
                .and_then(|n| units::byte_at(&text, n))
                .ok_or_else(bad_start)?
        }
    };
    let end = match numbers.next() {
        None => text.len(),
        Some(n) => {
            let count =
                usize::try_from(convert::to_i64(n).unwrap_or(-1)).map_err(|_| bad_length())?;
            units::byte_at(&text, units::unit_of(&text, start) + count).ok_or_else(bad_length)?
        }
    };
    position(&text, find(&text[..end], &wanted, start, ignore))
}

fn last_index_of(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let wanted = call.text(0);
    let (ignore, _) = call.args.last().map_or((false, false), comparison);
    let end = match call.args.get(1) {
        Some(n @ Value::Number(_)) => {
            let n = usize::try_from(convert::to_i64(n).unwrap_or(-1)).map_err(|_| bad_start())?;
            units::byte_at(&text, n + 1).unwrap_or(text.len())
        }
        _ => text.len(),
    };
    let head = &text[..end];
    let found = if ignore {
        head.char_indices()
            .map(|(at, _)| at)
            .chain([head.len()])
            .rfind(|at| starts(&head[*at..], &wanted).is_some())
    } else {
        head.rfind(&*wanted)
    };
    position(&text, found)
}

fn letters(call: &Call<'_>, index: usize) -> Vec<char> {
    call.list(index)
        .iter()
        .filter_map(|item| convert::to_text(item).chars().next())
        .collect()
}

fn index_of_any(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let any = letters(call, 0);
    let from = if call.args.len() > 1 {
        units::byte_at(&text, place(call, &text, 1)?).unwrap_or(0)
    } else {
        0
    };
    position(
        &text,
        text[from..].find(|c| any.contains(&c)).map(|at| from + at),
    )
}

fn last_index_of_any(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let any = letters(call, 0);
    position(&text, text.rfind(|c| any.contains(&c)))
}

/// Trims white space, or the letters of the arguments.
fn trim(call: &mut Call<'_>, start: bool, end: bool) -> Answer {
    let text = own(call);
    let set: Vec<char> = if call.args.is_empty() {
        Vec::new()
    } else {
        letters(call, 0)
    };
    let test = |c: char| {
        if set.is_empty() {
            c.is_whitespace()
        } else {
            set.contains(&c)
        }
    };
    let mut rest = &*text;
    if start {
        rest = rest.trim_start_matches(test);
    }
    if end {
        rest = rest.trim_end_matches(test);
    }
    Ok(rest.into())
}

fn pad(call: &mut Call<'_>, left: bool) -> Answer {
    let text = own(call);
    let width = usize::try_from(call.long(0))
        .map_err(|_| Fault::out_of_range("Non-negative number required.", "totalWidth"))?;
    if width > 100_000_000 {
        return Err(Fault::Exception(
            "System.OutOfMemoryException",
            "Insufficient memory to continue.".into(),
        ));
    }
    let letter = if call.args.len() > 1 {
        call.letter(1)
    } else {
        ' '
    };
    let padding: String =
        std::iter::repeat_n(letter, width.saturating_sub(units::len(&text))).collect();
    Ok(if left {
        format!("{padding}{text}")
    } else {
        format!("{text}{padding}")
    }
    .into())
}

/// Cuts at separators. The arguments: separators (letters or texts), then perhaps a count, then perhaps options.
fn split(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let separators: Vec<String> = match call.args.first() {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Str(separator)) => vec![separator.to_string()],
        Some(Value::Char(c)) => vec![c.to_string()],
        Some(_) => call.list(0).iter().map(convert::to_text).collect(),
    };
    let mut count = usize::MAX;
    let mut options = 0;
    for arg in call.args.iter().skip(1) {
        match arg {
            Value::Number(_) => {
                let n = convert::to_i64(arg).unwrap_or(-1);
                count = usize::try_from(n)
                    .map_err(|_| Fault::out_of_range("Count cannot be less than zero.", "count"))?;
            }
            Value::Enum(member) => options = member.value,
            _ => {}
        }
    }
    Ok(convert::array_of(
        TypeRef::string(),
        pieces(&text, &separators, count, options),
    ))
}

fn pieces(text: &str, separators: &[String], count: usize, options: i64) -> Vec<Value> {
    let (drop_empty, trim) = (options & 1 != 0, options & 2 != 0);
    let separators: Vec<&str> = separators
        .iter()
        .map(String::as_str)
        .filter(|s| !s.is_empty())
        .collect();
    let next = |from: usize| -> Option<(usize, usize)> {
        let rest = &text[from..];
        if separators.is_empty() {
            return rest.find(char::is_whitespace).map(|at| {
                let width = rest[at..].chars().next().map_or(1, char::len_utf8);
                (from + at, from + at + width)
            });
        }
        let found = separators
            .iter()
            .filter_map(|s| rest.find(s).map(|at| (at, s.len())));
        found
            .min_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)))
            .map(|(at, width)| (from + at, from + at + width))
    };
    let clean = |piece: &str| {
        if trim {
            piece.trim().to_owned()
        } else {
            piece.to_owned()
        }
    };
    let mut out = Vec::new();
    let mut start = 0;
    if count == 0 {
        return out;
    }
    while out.len() + 1 < count {
        let Some((at, after)) = next(start) else {
            break;
        };
        let piece = clean(&text[start..at]);
        if !(drop_empty && piece.is_empty()) {
            out.push(Value::from(piece));
        }
        start = after;
    }
    if drop_empty {
        while let Some((at, after)) = next(start).filter(|(at, _)| *at == start) {
            let _ = at;
            start = after;
        }
    }
    let last = clean(&text[start..]);
    if !(drop_empty && last.is_empty()) {
        out.push(Value::from(last));
    }
    out
}

fn replace(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let (old, new) = (call.text(0), call.text(1));
    if old.is_empty() {
        return Err(Fault::argument(
            "String cannot be of zero length. (Parameter 'oldValue')",
        ));
    }
    if !call.args.get(2).is_some_and(|how| comparison(how).0) {
        return Ok(text.replace(&*old, &new).into());
    }
    let mut out = String::new();
    let mut from = 0;
    while let Some(at) = find(&text, &old, from, true) {
        out.push_str(&text[from..at]);
        out.push_str(&new);
        from = at + starts(&text[at..], &old).unwrap_or(old.len());
    }
    out.push_str(&text[from..]);
    Ok(out.into())
}

fn substring(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let start = place(call, &text, 0)?;
    let length = if call.args.len() > 1 {
        length(call, 1)?
    } else {
        units::len(&text) - start
    };
    units::slice(&text, start, length)
        .map(Value::from)
        .ok_or_else(bad_length)
}

fn remove(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let start = place(call, &text, 0)?;
    let length = if call.args.len() > 1 {
        length(call, 1)?
    } else {
        units::len(&text) - start
    };
    let cut = units::slice(&text, start, length).ok_or_else(bad_length)?;
    let at = units::byte_at(&text, start).unwrap_or(0);
    Ok(format!("{}{}", &text[..at], &text[at + cut.len()..]).into())
}

fn insert(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let at = units::byte_at(&text, place(call, &text, 0)?).unwrap_or(0);
    Ok(format!("{}{}{}", &text[..at], call.text(1), &text[at..]).into())
}

fn to_char_array(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let piece = match call.args.len() {
        2 => {
            units::slice(&text, place(call, &text, 0)?, length(call, 1)?).ok_or_else(bad_length)?
        }
        _ => &text,
    };
    Ok(convert::array_of(
        TypeRef::char(),
        piece.chars().map(Value::Char).collect(),
    ))
}

/// Words of Unicode's own upper and lower case, which .NET maps letter by letter.
fn cased(text: &str, upper: bool) -> String {
    let one = |c: char| {
        let mut mapped: Box<dyn Iterator<Item = char>> = if upper {
            Box::new(c.to_uppercase())
        } else {
            Box::new(c.to_lowercase())
        };
        match (mapped.next(), mapped.next()) {
            (Some(only), None) => only,
            _ => c,
        }
    };
    text.chars().map(one).collect()
}

fn join(call: &mut Call<'_>) -> Answer {
    let items = call.list(1);
    let texts: Vec<String> = items.iter().map(convert::to_text).collect();
    let texts = match (call.args.get(2), call.args.get(3)) {
        (Some(_), Some(_)) => {
            let start = usize::try_from(call.long(2)).unwrap_or(usize::MAX);
            let count = usize::try_from(call.long(3)).unwrap_or(usize::MAX);
            let end = start
                .checked_add(count)
                .filter(|end| *end <= texts.len())
                .ok_or_else(bad_length)?;
            texts[start..end].to_vec()
        }
        _ => texts,
    };
    Ok(texts.join(&call.text(0)).into())
}

fn concat(call: &mut Call<'_>) -> Answer {
    let mut out = String::new();
    for i in 0..call.args.len() {
        match call.arg(i) {
            Value::Array(array) => array
                .items
                .borrow()
                .iter()
                .for_each(|item| out.push_str(&crate::runtime::members::text(item))),
            other => out.push_str(&crate::runtime::members::text(other)),
        }
    }
    Ok(out.into())
}

fn format(call: &mut Call<'_>) -> Answer {
    let (culture, at) = match call.arg(0) {
        provider @ Value::Native(_) => (culture_of(provider), 1),
        _ => (culture_of(&Value::Null), 0),
    };
    let values = call.list(at + 1);
    format_string::compose(&call.text(at), &values, culture)
        .map(Value::from)
        .map_err(Fault::format)
}

fn compare(call: &mut Call<'_>) -> Answer {
    let how = call.args.get(2).cloned().unwrap_or_default();
    Ok(Value::int(order(&call.text(0), &call.text(1), &how)))
}

const COMPARISON: &str = "System.StringComparison";

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
        Method {
            signature: "string new(char c, int count)",
            call: |c| {
                let count = usize::try_from(c.long(1))
                    .ok()
                    .filter(|n| *n <= 100_000_000);
                let count = count
                    .ok_or_else(|| Fault::out_of_range("'count' must be non-negative.", "count"))?;
                Ok(std::iter::repeat_n(c.letter(0), count)
                    .collect::<String>()
                    .into())
            },
        },
        Method {
            signature: "string new(char[] value)",
            call: |c| Ok(letters(c, 0).into_iter().collect::<String>().into()),
        },
        Method {
            signature: "string new(char[] value, int startIndex, int length)",
            call: |c| {
                let all: String = letters(c, 0).into_iter().collect();
                let piece =
                    units::slice(&all, place(c, &all, 1)?, length(c, 2)?).ok_or_else(bad_length)?;
                Ok(piece.into())
            },
        },
    ],
    properties: &[Property {
        signature: "int Length {get;}",
        get: |v| match v {
            Value::Str(text) => Ok(Value::int(units::len(text) as i32)),
            other => Ok(Value::int(units::len(&convert::to_text(other)) as i32)),
        },
        set: None,
    }],
    methods: &[
        Method {
            signature: "System.Object Clone()",
            call: |c| Ok(c.this.clone()),
        },
        Method {
            signature: "int CompareTo(string strB)",
            call: |c| Ok(Value::int(order(&own(c), &c.text(0), &Value::Null))),
        },
        Method {
            signature: "bool Contains(string value)",
            call: |c| Ok(Value::Bool(own(c).contains(&*c.text(0)))),
        },
        Method {
            signature: "bool Contains(char value)",
            call: |c| Ok(Value::Bool(own(c).contains(c.letter(0)))),
        },
        Method {
            signature: "bool Contains(string value, System.StringComparison comparisonType)",
            call: |c| {
                let ignore = comparison(c.arg(1)).0;
                Ok(Value::Bool(find(&own(c), &c.text(0), 0, ignore).is_some()))
            },
        },
        Method {
            signature: "void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)",
            call: |_| {
                Err(Fault::Exception(
                    "System.NotSupportedException",
                    "Use ToCharArray instead of CopyTo.".into(),
                ))
            },
        },
        Method {
            signature: "bool EndsWith(string value)",
            call: |c| Ok(Value::Bool(own(c).ends_with(&*c.text(0)))),
        },
        Method {
            signature: "bool EndsWith(char value)",
            call: |c| Ok(Value::Bool(own(c).ends_with(c.letter(0)))),
        },
        Method {
            signature: "bool EndsWith(string value, System.StringComparison comparisonType)",
            call: |c| {
                let text = own(c);
                Ok(Value::Bool(if comparison(c.arg(1)).0 {
                    ends(&text, &c.text(0))
                } else {
                    text.ends_with(&*c.text(0))
                }))
            },
        },
        Method {
            signature: "bool EndsWith(string value, bool ignoreCase, cultureinfo culture)",
            call: |c| {
                Ok(Value::Bool(if c.flag(1) {
                    ends(&own(c), &c.text(0))
                } else {
                    own(c).ends_with(&*c.text(0))
                }))
            },
        },
        Method {
            signature: "bool Equals(string value)",
            call: |c| {
                Ok(Value::Bool(
                    matches!(c.arg(0), Value::Str(b) if **b == *own(c)),
                ))
            },
        },
        Method {
            signature: "bool Equals(string value, System.StringComparison comparisonType)",
            call: |c| Ok(Value::Bool(equal(&own(c), &c.text(0), c.arg(1)))),
        },
        Method {
            signature: "System.CharEnumerator GetEnumerator()",
            call: |c| {
                Ok(super::enumerator::of(
                    own(c).chars().map(Value::Char).collect(),
                ))
            },
        },
        Method {
            signature: "int IndexOf(string value)",
            call: index_of,
        },
        Method {
            signature: "int IndexOf(char value)",
            call: index_of,
        },
        Method {
            signature: "int IndexOf(string value, int startIndex)",
            call: index_of,
        },
        Method {
            signature: "int IndexOf(char value, int startIndex)",
            call: index_of,
        },
        Method {
            signature: "int IndexOf(string value, int startIndex, int count)",
            call: index_of,
        },
        Method {
            signature: "int IndexOf(string value, System.StringComparison comparisonType)",
            call: index_of,
        },
        Method {
            signature: "int IndexOf(string value, int startIndex, System.StringComparison comparisonType)",
            call: index_of,
        },
        Method {
            signature: "int IndexOfAny(char[] anyOf)",
            call: index_of_any,
        },
        Method {
            signature: "int IndexOfAny(char[] anyOf, int startIndex)",
            call: index_of_any,
        },
        Method {
            signature: "string Insert(int startIndex, string value)",
            call: insert,
        },
        Method {
            signature: "bool IsNormalized()",
            call: |_| Ok(Value::Bool(true)),
        },
        Method {
            signature: "int LastIndexOf(string value)",
            call: last_index_of,
        },
        Method {
            signature: "int LastIndexOf(char value)",
            call: last_index_of,
        },
        Method {
            signature: "int LastIndexOf(string value, int startIndex)",
            call: last_index_of,
        },
        Method {
            signature: "int LastIndexOf(string value, System.StringComparison comparisonType)",
            call: last_index_of,
        },
        Method {
            signature: "int LastIndexOfAny(char[] anyOf)",
            call: last_index_of_any,
        },
        Method {
            signature: "string PadLeft(int totalWidth)",
            call: |c| pad(c, true),
        },
        Method {
            signature: "string PadLeft(int totalWidth, char paddingChar)",
            call: |c| pad(c, true),
        },
        Method {
            signature: "string PadRight(int totalWidth)",
            call: |c| pad(c, false),
        },
        Method {
            signature: "string PadRight(int totalWidth, char paddingChar)",
            call: |c| pad(c, false),
        },
        Method {
            signature: "string Remove(int startIndex)",
            call: remove,
        },
        Method {
            signature: "string Remove(int startIndex, int count)",
            call: remove,
        },
        Method {
            signature: "string Replace(string oldValue, string newValue)",
            call: replace,
        },
        Method {
            signature: "string Replace(char oldChar, char newChar)",
            call: replace,
        },
        Method {
            signature: "string Replace(string oldValue, string newValue, System.StringComparison comparisonType)",
            call: replace,
        },
        Method {
            signature: "string Replace(string oldValue, string newValue, bool ignoreCase, cultureinfo culture)",
            call: replace,
        },
        Method {
            signature: "string[] Split()",
            call: split,
        },
        Method {
            signature: "string[] Split(string separator)",
            call: split,
        },
        Method {
            signature: "string[] Split(char separator)",
            call: split,
        },
        Method {
            signature: "string[] Split(Params char[] separator)",
            call: split,
        },
        Method {
            signature: "string[] Split(char separator, int count)",
            call: split,
        },
        Method {
            signature: "string[] Split(string separator, int count)",
            call: split,
        },
        Method {
            signature: "string[] Split(char[] separator, int count)",
            call: split,
        },
        Method {
            signature: "string[] Split(char separator, System.StringSplitOptions options)",
            call: split,
        },
        Method {
            signature: "string[] Split(string separator, System.StringSplitOptions options)",
            call: split,
        },
        Method {
            signature: "string[] Split(string[] separator, System.StringSplitOptions options)",
            call: split,
        },
        Method {
            signature: "string[] Split(char[] separator, System.StringSplitOptions options)",
            call: split,
        },
        Method {
            signature: "string[] Split(string separator, int count, System.StringSplitOptions options)",
            call: split,
        },
        Method {
            signature: "string[] Split(char[] separator, int count, System.StringSplitOptions options)",
            call: split,
        },
        Method {
            signature: "string[] Split(string[] separator, int count, System.StringSplitOptions options)",
            call: split,
        },
        Method {
            signature: "bool StartsWith(string value)",
            call: |c| Ok(Value::Bool(own(c).starts_with(&*c.text(0)))),
        },
        Method {
            signature: "bool StartsWith(char value)",
            call: |c| Ok(Value::Bool(own(c).starts_with(c.letter(0)))),
        },
        Method {
            signature: "bool StartsWith(string value, System.StringComparison comparisonType)",
            call: |c| {
                let text = own(c);
                let ignore = comparison(c.arg(1)).0;
                Ok(Value::Bool(if ignore {
                    starts(&text, &c.text(0)).is_some()
                } else {
                    text.starts_with(&*c.text(0))
                }))
            },
        },
        Method {
            signature: "bool StartsWith(string value, bool ignoreCase, cultureinfo culture)",
            call: |c| {
                let text = own(c);
                Ok(Value::Bool(if c.flag(1) {
                    starts(&text, &c.text(0)).is_some()
                } else {
                    text.starts_with(&*c.text(0))
                }))
            },
        },
        Method {
            signature: "string Substring(int startIndex)",
            call: substring,
        },
        Method {
            signature: "string Substring(int startIndex, int length)",
            call: substring,
        },
        Method {
            signature: "char[] ToCharArray()",
            call: to_char_array,
        },
        Method {
            signature: "char[] ToCharArray(int startIndex, int length)",
            call: to_char_array,
        },
        Method {
            signature: "string ToLower()",
            call: |c| Ok(cased(&own(c), false).into()),
        },
        Method {
            signature: "string ToLower(cultureinfo culture)",
            call: |c| Ok(cased(&own(c), false).into()),
        },
        Method {
            signature: "string ToLowerInvariant()",
            call: |c| Ok(cased(&own(c), false).into()),
        },
        Method {
            signature: "string ToUpper()",
            call: |c| Ok(cased(&own(c), true).into()),
        },
        Method {
            signature: "string ToUpper(cultureinfo culture)",
            call: |c| Ok(cased(&own(c), true).into()),
        },
        Method {
            signature: "string ToUpperInvariant()",
            call: |c| Ok(cased(&own(c), true).into()),
        },
        Method {
            signature: "string Trim()",
            call: |c| trim(c, true, true),
        },
        Method {
            signature: "string Trim(Params char[] trimChars)",
            call: |c| trim(c, true, true),
        },
        Method {
            signature: "string TrimEnd()",
            call: |c| trim(c, false, true),
        },
        Method {
            signature: "string TrimEnd(Params char[] trimChars)",
            call: |c| trim(c, false, true),
        },
        Method {
            signature: "string TrimStart()",
            call: |c| trim(c, true, false),
        },
        Method {
            signature: "string TrimStart(Params char[] trimChars)",
            call: |c| trim(c, true, false),
        },
        Method {
            signature: "char get_Chars(int index)",
            call: |c| {
                let found = usize::try_from(c.long(0))
                    .ok()
                    .and_then(|i| units::letter(&own(c), i));
                let outside = || {
                    Fault::Exception(
                        "System.IndexOutOfRangeException",
                        "Index was outside the bounds of the array.".into(),
                    )
                };
                found.map(Value::Char).ok_or_else(outside)
            },
        },
        Method {
            signature: "char Chars(int index)",
            call: |c| {
                let found = usize::try_from(c.long(0))
                    .ok()
                    .and_then(|i| units::letter(&own(c), i));
                let outside = || {
                    Fault::Exception(
                        "System.IndexOutOfRangeException",
                        "Index was outside the bounds of the array.".into(),
                    )
                };
                found.map(Value::Char).ok_or_else(outside)
            },
        },
        Method {
            signature: "string Normalize()",
            call: |c| Ok(c.this.clone()),
        },
    ],
    static_properties: &[Property {
        signature: "string Empty {get;}",
        get: |_| Ok("".into()),
        set: None,
    }],
    static_methods: &[
        Method {
            signature: "int Compare(string strA, string strB)",
            call: compare,
        },
        Method {
            signature: "int Compare(string strA, string strB, bool ignoreCase)",
            call: compare,
        },
        Method {
            signature: "int Compare(string strA, string strB, System.StringComparison comparisonType)",
            call: compare,
        },
        Method {
            signature: "int CompareOrdinal(string strA, string strB)",
            call: |c| {
                let (a, b) = (c.text(0), c.text(1));
                let first = a.chars().zip(b.chars()).find(|(a, b)| a != b);
                let difference = first.map_or(a.len() as i32 - b.len() as i32, |(a, b)| {
                    a as i32 - b as i32
                });
                Ok(Value::int(difference))
            },
        },
        Method {
            signature: "string Concat(Params System.Object[] args)",
            call: concat,
        },
        Method {
            signature: "string Copy(string str)",
            call: |c| Ok(c.arg(0).clone()),
        },
        Method {
            signature: "bool Equals(string a, string b)",
            call: |c| {
                Ok(Value::Bool(
                    c.text(0) == c.text(1) && c.arg(0).is_null() == c.arg(1).is_null(),
                ))
            },
        },
        Method {
            signature: "bool Equals(string a, string b, System.StringComparison comparisonType)",
            call: |c| Ok(Value::Bool(equal(&c.text(0), &c.text(1), c.arg(2)))),
        },
        Method {
            signature: "string Format(string format, Params System.Object[] args)",
            call: format,
        },
        Method {
            signature: "string Format(System.IFormatProvider provider, string format, Params System.Object[] args)",
            call: format,
        },
        Method {
            signature: "bool IsNullOrEmpty(string value)",
            call: |c| Ok(Value::Bool(c.text(0).is_empty())),
        },
        Method {
            signature: "bool IsNullOrWhiteSpace(string value)",
            call: |c| Ok(Value::Bool(c.text(0).trim().is_empty())),
        },
        Method {
            signature: "string Join(string separator, Params System.Object[] values)",
            call: join,
        },
        Method {
            signature: "string Join(string separator, System.Collections.IEnumerable values)",
            call: join,
        },
        Method {
            signature: "string Join(string separator, string[] value, int startIndex, int count)",
            call: join,
        },
    ],
    ..TypeTable::EMPTY
};

/// `System.StringComparison`
pub static STRING_COMPARISON: TypeTable = enums::table(
    COMPARISON,
    &[
        ("CurrentCulture", 0),
        ("CurrentCultureIgnoreCase", 1),
        ("InvariantCulture", 2),
        ("InvariantCultureIgnoreCase", 3),
        ("Ordinal", 4),
        ("OrdinalIgnoreCase", 5),
    ],
    false,
);

/// `System.StringSplitOptions`
pub static SPLIT_OPTIONS: TypeTable = enums::table(
    "System.StringSplitOptions",
    &[("None", 0), ("RemoveEmptyEntries", 1), ("TrimEntries", 2)],
    true,
);

/// A comparer of texts, for sets and tables.
struct Comparer(&'static str);

impl crate::runtime::value::Native for Comparer {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(COMPARER.name)
    }

    fn text(&self) -> String {
        self.0.to_owned()
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// Whether a comparer ignores case; `None` when the value is none.
pub fn comparer_ignores_case(value: &Value) -> Option<bool> {
    value
        .downcast::<Comparer>()
        .map(|comparer| comparer.0.ends_with("IgnoreCase"))
}

macro_rules! comparer {
    ($name:literal, $signature:literal) => {
        Property {
            signature: $signature,
            get: |_| Ok(Value::native(Comparer($name))),
            set: None,
        }
    };
}

/// `System.StringComparer`
pub static COMPARER: TypeTable = TypeTable {
    name: "System.StringComparer",
    interfaces: &[
        "System.Collections.IComparer",
        "System.Collections.IEqualityComparer",
    ],
    static_properties: &[
        comparer!(
            "CurrentCulture",
            "System.StringComparer CurrentCulture {get;}"
        ),
        comparer!(
            "CurrentCultureIgnoreCase",
            "System.StringComparer CurrentCultureIgnoreCase {get;}"
        ),
        comparer!(
            "InvariantCulture",
            "System.StringComparer InvariantCulture {get;}"
        ),
        comparer!(
            "InvariantCultureIgnoreCase",
            "System.StringComparer InvariantCultureIgnoreCase {get;}"
        ),
        comparer!("Ordinal", "System.StringComparer Ordinal {get;}"),
        comparer!(
            "OrdinalIgnoreCase",
            "System.StringComparer OrdinalIgnoreCase {get;}"
        ),
    ],
    methods: &[
        Method {
            signature: "int Compare(string x, string y)",
            call: |c| {
                let how = c.this.clone();
                Ok(Value::int(order(&c.text(0), &c.text(1), &how)))
            },
        },
        Method {
            signature: "bool Equals(string x, string y)",
            call: |c| {
                let how = c.this.clone();
                Ok(Value::Bool(
                    order(&c.text(0), &c.text(1), &how) == Ordering::Equal as i32,
                ))
            },
        },
    ],
    ..TypeTable::EMPTY
};

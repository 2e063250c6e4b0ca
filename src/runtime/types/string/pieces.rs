//! Texts cut into pieces, and put together.

use super::{bad_length, own};
use crate::runtime::types::args::Args;
use crate::runtime::types::culture_info::culture_of;
use crate::runtime::types::table::{Answer, Call, Fault, TypeTable};
use crate::runtime::types::{TypeRef, enums};
use crate::runtime::value::Value;
use crate::runtime::{convert, format_string};

/// Cuts at separators. The arguments: separators (letters or texts), then perhaps a count, then perhaps options.
pub(super) fn split(call: &mut Call<'_>) -> Answer {
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

pub(super) fn pieces(text: &str, separators: &[String], count: usize, options: i64) -> Vec<Value> {
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

pub(super) fn join(call: &mut Call<'_>) -> Answer {
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

pub(super) fn concat(call: &mut Call<'_>) -> Answer {
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

pub(super) fn format(call: &mut Call<'_>) -> Answer {
    let (culture, at) = match call.arg(0) {
        provider @ Value::Native(_) => (culture_of(provider), 1),
        _ => (culture_of(&Value::Null), 0),
    };
    let values = call.list(at + 1);
    format_string::compose(&call.text(at), &values, culture)
        .map(Value::from)
        .map_err(Fault::format)
}

/// `System.StringSplitOptions`
pub static SPLIT_OPTIONS: TypeTable = enums::table(
    "System.StringSplitOptions",
    &[("None", 0), ("RemoveEmptyEntries", 1), ("TrimEntries", 2)],
    true,
);

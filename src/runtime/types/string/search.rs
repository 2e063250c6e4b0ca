//! Where a text stands in another.

use super::comparison::comparison;
use super::{bad_length, bad_start, own, place};
use crate::runtime::convert;
use crate::runtime::types::args::Args;
use crate::runtime::types::table::{Answer, Call};
use crate::runtime::types::units;
use crate::runtime::value::Value;

/// The byte offset of a text in another from a byte offset on.
pub(super) fn find(text: &str, wanted: &str, from: usize, ignore: bool) -> Option<usize> {
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
pub(super) fn starts(text: &str, wanted: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for w in wanted.chars() {
        let (_, c) = letters.next()?;
        if c != w && !c.to_lowercase().eq(w.to_lowercase()) {
            return None;
        }
    }
    Some(letters.next().map_or(text.len(), |(at, _)| at))
}

pub(super) fn ends(text: &str, wanted: &str) -> bool {
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

pub(super) fn position(text: &str, byte: Option<usize>) -> Answer {
    Ok(Value::int(
        byte.map_or(-1, |at| units::unit_of(text, at) as i32),
    ))
}

/// `IndexOf(value[, startIndex[, count]][, comparison])`
pub(super) fn index_of(call: &mut Call<'_>) -> Answer {
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

pub(super) fn last_index_of(call: &mut Call<'_>) -> Answer {
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

pub(super) fn letters(call: &Call<'_>, index: usize) -> Vec<char> {
    call.list(index)
        .iter()
        .filter_map(|item| convert::to_text(item).chars().next())
        .collect()
}

pub(super) fn index_of_any(call: &mut Call<'_>) -> Answer {
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

pub(super) fn last_index_of_any(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let any = letters(call, 0);
    position(&text, text.rfind(|c| any.contains(&c)))
}

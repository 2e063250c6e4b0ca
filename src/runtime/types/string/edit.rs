//! Texts trimmed, filled up, replaced, cut out.

use super::comparison::comparison;
use super::search::{find, letters, starts};
use super::{bad_length, length, own, place};
use crate::runtime::convert;
use crate::runtime::types::args::Args;
use crate::runtime::types::table::{Answer, Call, Fault};
use crate::runtime::types::{TypeRef, units};
use crate::runtime::value::Value;

/// Trims white space, or the letters of the arguments.
pub(super) fn trim(call: &mut Call<'_>, start: bool, end: bool) -> Answer {
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

pub(super) fn pad(call: &mut Call<'_>, left: bool) -> Answer {
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

pub(super) fn replace(call: &mut Call<'_>) -> Answer {
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

/// Start and length of a piece of the text, in UTF-16 units: the first two arguments, or the first and all that follows.
fn stretch(call: &Call<'_>, text: &str) -> Result<(usize, usize), Fault> {
    let start = place(call, text, 0)?;
    let length = if call.args.len() > 1 {
        length(call, 1)?
    } else {
        units::len(text) - start
    };
    Ok((start, length))
}

pub(super) fn substring(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let (start, length) = stretch(call, &text)?;
    units::slice(&text, start, length)
        .map(Value::from)
        .ok_or_else(bad_length)
}

pub(super) fn remove(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let (start, length) = stretch(call, &text)?;
    let cut = units::slice(&text, start, length).ok_or_else(bad_length)?;
    let at = units::byte_at(&text, start).unwrap_or(0);
    Ok(format!("{}{}", &text[..at], &text[at + cut.len()..]).into())
}

pub(super) fn insert(call: &mut Call<'_>) -> Answer {
    let text = own(call);
    let at = units::byte_at(&text, place(call, &text, 0)?).unwrap_or(0);
    Ok(format!("{}{}{}", &text[..at], call.text(1), &text[at..]).into())
}

pub(super) fn to_char_array(call: &mut Call<'_>) -> Answer {
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
pub(super) fn cased(text: &str, upper: bool) -> String {
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

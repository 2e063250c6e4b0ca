//! Replacement patterns.

use std::rc::Rc;

use super::Found;

/// A piece of a replacement.
pub(super) enum Part {
    Text(String),
    /// The group at this place.
    Group(usize),
    /// Before the match.
    Before,
    /// After the match.
    After,
    /// The whole text.
    Whole,
    /// The last group that matched.
    Last,
}

/// Reads a replacement; what names no group stays as it is.
pub(super) fn read(replacement: &str, names: &[Rc<str>]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = replacement;
    while let Some(at) = rest.find('$') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match reference(rest, names) {
            Some((part, used)) => {
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                parts.push(part);
                rest = &rest[used..];
            }
            None => text.push('$'),
        }
    }
    text.push_str(rest);
    parts.push(Part::Text(text));
    parts
}

/// Numbers of the groups: those of groups with names follow those without.
fn numbers(names: &[Rc<str>]) -> Vec<usize> {
    let mut next = 0;
    let number = |name: &Rc<str>| {
        let number = name.parse().unwrap_or(next);
        next = number + 1;
        number
    };
    names.iter().map(number).collect()
}

/// What stands after a `$`, and its bytes.
fn reference(rest: &str, names: &[Rc<str>]) -> Option<(Part, usize)> {
    let numbered = |digits: &str| {
        let wanted: usize = digits.parse().ok()?;
        numbers(names).iter().position(|number| *number == wanted)
    };
    let place = |name: &str| match names.iter().position(|known| **known == *name) {
        Some(place) => Some(place),
        None => numbered(name),
    };
    match rest.chars().next()? {
        '$' => Some((Part::Text("$".to_owned()), 1)),
        '&' => Some((Part::Group(0), 1)),
        '`' => Some((Part::Before, 1)),
        '\'' => Some((Part::After, 1)),
        '+' => Some((Part::Last, 1)),
        '_' => Some((Part::Whole, 1)),
        '{' => {
            let end = rest.find('}')?;
            place(&rest[1..end]).map(|group| (Part::Group(group), end + 1))
        }
        c if c.is_ascii_digit() => {
            // All digits are the number: `$10` is no first group followed by a zero.
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            numbered(&rest[..digits]).map(|group| (Part::Group(group), digits))
        }
        _ => None,
    }
}

/// Writes a replacement for one match.
pub(super) fn write(out: &mut String, parts: &[Part], text: &str, found: &Found) {
    let piece = |span: Option<(usize, usize)>| {
        span.and_then(|(start, end)| text.get(start..end))
            .unwrap_or_default()
    };
    for part in parts {
        out.push_str(match part {
            Part::Text(text) => text,
            Part::Group(n) => piece(found.groups.get(*n).and_then(|group| group.span)),
            Part::Before => piece(Some((0, found.start()))),
            Part::After => piece(Some((found.end(), text.len()))),
            Part::Whole => text,
            Part::Last => piece(found.groups.iter().rev().find_map(|group| group.span)),
        });
    }
}

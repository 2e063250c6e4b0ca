//! Places in a text as .NET counts them: in UTF-16 units. A place inside a pair of units counts as the one after it.

/// Length of a text.
pub fn len(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

/// The byte offset of a place; `None` past the end.
pub fn byte_at(text: &str, unit: usize) -> Option<usize> {
    if text.is_ascii() {
        return (unit <= text.len()).then_some(unit);
    }
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        if seen >= unit {
            return Some(at);
        }
        seen += c.len_utf16();
    }
    (seen >= unit).then_some(text.len())
}

/// The place of a byte offset.
pub fn unit_of(text: &str, byte: usize) -> usize {
    len(text.get(..byte).unwrap_or(text))
}

/// The piece of a text from a place on, so many units long; `None` when it leaves the text.
pub fn slice(text: &str, start: usize, length: usize) -> Option<&str> {
    let from = byte_at(text, start)?;
    let to = byte_at(text, start.checked_add(length)?)?;
    text.get(from..to)
}

/// The letter at a place.
pub fn letter(text: &str, unit: usize) -> Option<char> {
    byte_at(text, unit)
        .and_then(|at| text.get(at..))
        .and_then(|rest| rest.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_utf16_units() {
        let text = "aé😀b";
        assert_eq!(len(text), 5);
        assert_eq!(
            (slice(text, 1, 1), slice(text, 2, 2), slice(text, 4, 1)),
            (Some("é"), Some("😀"), Some("b"))
        );
        assert_eq!(
            (slice(text, 4, 2), letter(text, 9), unit_of(text, 7)),
            (None, None, 4)
        );
    }
}

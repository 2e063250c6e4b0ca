//! Screen cells: how wide a text is and where to cut it.

use unicode_width::UnicodeWidthChar;

/// Cells of one character; control characters count as one, as in the console host.
pub fn char_width(c: char) -> usize {
    c.width().unwrap_or(1)
}

/// Cells of a text.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(char_width).sum()
}

/// The longest head that fits into so many cells.
pub fn head(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += char_width(c);
        if used > cells {
            return &text[..at];
        }
    }
    text
}

/// The longest tail that fits into so many cells.
pub fn tail(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices().rev() {
        used += char_width(c);
        if used > cells {
            return &text[at + c.len_utf8()..];
        }
    }
    text
}

/// The first line, with `...` when more follow.
pub fn first_line(text: &str) -> String {
    match text.find(['\n', '\r']) {
        Some(end) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// So many blanks.
pub fn blanks(count: usize) -> String {
    " ".repeat(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_cells_and_are_never_halved() {
        assert_eq!((width("abc"), width("日本"), width("e\u{301}")), (3, 4, 1));
        assert_eq!((head("日本語", 5), tail("日本語", 5)), ("日本", "本語"));
        assert_eq!((head("abc", 9), tail("abc", 0)), ("abc", ""));
    }
}

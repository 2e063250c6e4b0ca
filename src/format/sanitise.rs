//! The one place where text from outside is made harmless for a terminal.

use std::borrow::Cow;

/// Text that cannot steer a terminal: control characters become visible, and characters that reorder or hide others go
/// away. Line ends and tabs stay. A character never becomes wider than it was counted.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.replace("\r\n", "\n")
            .chars()
            .filter_map(harmless)
            .collect(),
    )
}

fn is_harmless(c: char) -> bool {
    harmless(c) == Some(c)
}

fn harmless(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)),
        '\x7f' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
        '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            None
        }
        '\u{e0000}'..='\u{e007f}' => None,
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_marks_lose_their_power() {
        assert_eq!(sanitise("plain\ttext\n"), "plain\ttext\n");
        assert_eq!(sanitise("\x1b[31mred\x07"), "\u{241b}[31mred\u{2407}");
        assert_eq!(sanitise("a\u{202e}cba\u{9b}2J"), "acba\u{fffd}2J");
        assert_eq!(sanitise("one\r\ntwo\rthree"), "one\ntwo\u{240d}three");
    }
}

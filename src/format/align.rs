//! Fitting a text into a field: padded when it is shorter, cut with `...` when it is longer.

use super::cells::{blanks, first_line, head, tail, width};

/// On which side of its field a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

/// What stands for the part that was cut.
const ELLIPSIS: &str = "...";

/// One line of exactly `cells` cells. Numbers (right) lose their head, everything else its tail.
pub fn fit(text: &str, cells: usize, align: Align) -> String {
    pad(&cut(&first_line(text), cells, align), cells, align)
}

/// Fills a shorter text up.
pub fn pad(text: &str, cells: usize, align: Align) -> String {
    let missing = cells.saturating_sub(width(text));
    match align {
        _ if missing == 0 => text.to_owned(),
        Align::Left => format!("{text}{}", blanks(missing)),
        Align::Right => format!("{}{text}", blanks(missing)),
        Align::Center => format!(
            "{}{text}{}",
            blanks(missing / 2),
            blanks(missing - missing / 2)
        ),
    }
}

fn cut(text: &str, cells: usize, align: Align) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let kept = if cells > ELLIPSIS.len() {
        cells - ELLIPSIS.len()
    } else {
        cells
    };
    let mark = if kept < cells { ELLIPSIS } else { "" };
    match align {
        Align::Right => format!("{mark}{}", tail(text, kept)),
        Align::Left | Align::Center => format!("{}{mark}", head(text, kept)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_padded_and_long_ones_cut() {
        let cases = [
            ("ab", 4, Align::Left, "ab  "),
            ("ab", 4, Align::Right, "  ab"),
            ("ab", 5, Align::Center, " ab  "),
            ("123456", 5, Align::Right, "...56"),
            ("abcdef", 5, Align::Left, "ab..."),
            ("tail", 3, Align::Left, "tai"),
            ("123456789", 2, Align::Right, "89"),
            ("one\r\ntwo", 6, Align::Left, "one..."),
            ("日本", 3, Align::Left, "日 "),
        ];
        for (text, cells, align, expected) in cases {
            assert_eq!(fit(text, cells, align), expected, "{text} in {cells}");
        }
    }
}

//! Breaking a text into lines of a width, at blanks where there are some.

use super::cells::{char_width, width};

/// The lines of a text, none wider than `cells`. A blank at which a line ends stays at its end.
pub fn lines(text: &str, cells: usize) -> Vec<String> {
    let mut all = Vec::new();
    for line in text.replace("\r\n", "\n").split('\n') {
        if width(line) <= cells || cells == 0 {
            all.push(line.to_owned());
        } else {
            wrap(line, cells, &mut all);
        }
    }
    all
}

fn wrap(line: &str, cells: usize, all: &mut Vec<String>) {
    let mut current = String::new();
    let mut left = cells;
    for word in line.split_inclusive([' ', '\t']) {
        let wide = width(word);
        if wide > cells {
            for c in word.chars() {
                let (c, wide) = match char_width(c) {
                    wide if wide > cells => ('?', 1),
                    wide => (c, wide),
                };
                if wide > left {
                    all.push(std::mem::take(&mut current));
                    left = cells;
                }
                current.push(c);
                left -= wide;
            }
            continue;
        }
        if wide > left {
            all.push(std::mem::take(&mut current));
            left = cells;
        }
        current.push_str(word);
        left -= wide;
    }
    all.push(current);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_long_words_anywhere() {
        assert_eq!(lines("one two three", 8), ["one two ", "three"]);
        assert_eq!(lines("ab\r\ncd", 8), ["ab", "cd"]);
        assert_eq!(lines("abcdefghij kl", 4), ["abcd", "efgh", "ij ", "kl"]);
        assert_eq!(lines("", 4), [""]);
        assert_eq!(lines("日本", 1), ["?", "?"]);
    }
}

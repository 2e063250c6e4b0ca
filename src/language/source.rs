//! A text, where it came from, and its lines.

use std::cell::OnceCell;

use super::Span;

/// The text of a script. Offsets are bytes, lines and columns start at 1, columns count characters.
#[derive(Clone, Debug)]
pub struct Source {
    text: Box<str>,
    file: Option<Box<str>>,
    line_starts: OnceCell<Vec<u32>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.file == other.file
    }
}

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column in characters.
    pub column: u32,
}

impl Source {
    /// A text typed or made; `file` names the script it was read from.
    pub fn new(text: &str, file: Option<&str>) -> Self {
        Self {
            text: text.into(),
            file: file.map(Into::into),
            line_starts: OnceCell::new(),
        }
    }

    /// All of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The script it was read from.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The text of a span; what lies past the end is left out.
    pub fn slice(&self, span: Span) -> &str {
        let end = self.floor(span.end);
        let start = self.floor(span.start).min(end);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Line and column of an offset. An offset past the end counts on from the last line.
    pub fn position(&self, offset: u32) -> Position {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= offset).max(1);
        let start = starts.get(line - 1).copied().unwrap_or_default();
        let inside = self.slice(Span::new(start, offset)).chars().count() as u32;
        let past = offset.saturating_sub(self.text.len() as u32);
        Position {
            line: line as u32,
            column: inside + past + 1,
        }
    }

    /// The text of a line, from 1, without its end.
    pub fn line(&self, line: u32) -> &str {
        let starts = self.line_starts();
        let Some(&start) = starts.get(line.saturating_sub(1) as usize) else {
            return "";
        };
        let end = starts
            .get(line as usize)
            .copied()
            .unwrap_or(self.text.len() as u32);
        self.slice(Span::new(start, end))
            .trim_end_matches(['\r', '\n'])
    }

    /// The nearest character boundary at or before an offset.
    fn floor(&self, offset: u32) -> usize {
        let mut at = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let after_end = |(i, &b): (usize, &u8)| {
                let ends = b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
                ends.then_some(i as u32 + 1)
            };
            std::iter::once(0)
                .chain(bytes.iter().enumerate().filter_map(after_end))
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_all_line_ends() {
        let source = Source::new("é$x\r\nb\rc\nd", None);
        let at = |offset| {
            let p = source.position(offset);
            (p.line, p.column)
        };
        assert_eq!(
            (at(0), at(2), at(6), at(8), at(10)),
            ((1, 1), (1, 2), (2, 1), (3, 1), (4, 1))
        );
        assert_eq!((at(11), at(12)), ((4, 2), (4, 3)));
        assert_eq!(
            (
                source.line(1),
                source.line(3),
                source.line(4),
                source.line(9)
            ),
            ("é$x", "c", "d", "")
        );
    }
}

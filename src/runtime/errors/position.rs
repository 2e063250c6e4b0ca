//! The printed form of a place in a script: `At file:line char:column`, the line, and the piece underlined.

use super::error::Position;
use crate::language::Source;

/// Characters of the source line that are shown.
const SHOWN: usize = 69;
/// Characters kept before and after a long piece, where there are so many.
const BEFORE: usize = 12;
const AFTER: usize = 8;

impl Position {
    /// `InvocationInfo.PositionMessage`: three lines without a last line end. Typed text has no file and says `line`.
    pub fn message(&self) -> String {
        let at = self.source.position(self.span.start);
        let file = self.source.file().unwrap_or("line");
        let excerpt = Excerpt::new(&self.source, self.span.start, self.span.end);
        format!(
            "At {file}:{} char:{}\n+ {}",
            at.line,
            at.column,
            excerpt.underlined("+ ")
        )
    }

    /// The line and, below, the piece underlined, with a prefix on the second line; for other layouts.
    pub fn underlined(&self, prefix: &str) -> String {
        Excerpt::new(&self.source, self.span.start, self.span.end).underlined(prefix)
    }

    /// The line number, from 1.
    pub fn line(&self) -> u32 {
        self.source.position(self.span.start).line
    }
}

/// A source line cut around the piece to show.
struct Excerpt {
    line: Vec<char>,
    before: usize,
    length: usize,
    cut_head: bool,
    cut_tail: bool,
}

impl Excerpt {
    fn new(source: &Source, start: u32, end: u32) -> Excerpt {
        let (from, to) = (source.position(start), source.position(end));
        let line: Vec<char> = source.line(from.line).trim_end().chars().collect();
        let before = (from.column as usize - 1).min(line.len());
        let end = if from.line == to.line {
            to.column as usize - 1
        } else {
            line.len()
        };
        let length = end.clamp(before, line.len()) - before;
        let mut excerpt = Excerpt {
            line,
            before,
            length,
            cut_head: false,
            cut_tail: false,
        };
        excerpt.expand_tabs();
        excerpt.fit();
        excerpt
    }

    fn expand_tabs(&mut self) {
        if !self.line.contains(&'\t') {
            return;
        }
        let expand = |part: &[char]| -> Vec<char> {
            part.iter()
                .collect::<String>()
                .replace('\t', "    ")
                .chars()
                .collect()
        };
        let head = expand(&self.line[..self.before]);
        let piece = expand(&self.line[self.before..self.before + self.length]);
        let tail = expand(&self.line[self.before + self.length..]);
        self.before = head.len();
        self.length = piece.len();
        self.line = [head, piece, tail].concat();
    }

    fn fit(&mut self) {
        let total = self.line.len();
        if total <= SHOWN {
            return;
        }
        let rest = total - self.before - self.length;
        let mut head = self.before.min(BEFORE);
        let mut tail = rest.min(AFTER);
        if head + self.length + tail >= SHOWN {
            self.length = self.length.min(SHOWN - head);
            tail = SHOWN - head - self.length;
        } else {
            head += (self.before - head).min(SHOWN - head - self.length - tail);
            tail += (rest - tail).min(SHOWN - head - self.length - tail);
        }
        let from = self.before - head;
        let to = self.before + self.length + tail.min(rest);
        self.cut_head = from > 0;
        self.cut_tail = to < total;
        self.line = self.line[from..to].to_vec();
        self.before = head;
    }

    fn underlined(&self, prefix: &str) -> String {
        let (dots, gap) = if self.cut_head {
            ("... ", "    ")
        } else {
            ("", "")
        };
        let end = if self.cut_tail { " ..." } else { "" };
        let line: String = self.line.iter().collect();
        if line.is_empty() {
            return String::new();
        }
        let blanks = " ".repeat(self.before);
        let marks = "~".repeat(self.length.max(1));
        format!("{dots}{line}{end}\n{prefix}{gap}{blanks}{marks}")
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::language::Span;

    fn message(text: &str, piece: &str) -> String {
        let start = text.find(piece).unwrap_or_default() as u32;
        let span = Span::new(start, start + piece.len() as u32);
        Position {
            source: Rc::new(Source::new(text, None)),
            span,
        }
        .message()
    }

    #[test]
    fn short_lines_are_shown_whole() {
        assert_eq!(
            message("'a'\n\tGet-X 1  \n", "Get-X"),
            "At line:2 char:2\n+     Get-X 1\n+     ~~~~~"
        );
        assert_eq!(
            message("throw \"a\nb\"", "throw \"a\nb\""),
            "At line:1 char:1\n+ throw \"a\n+ ~~~~~~~~"
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_piece() {
        let text =
            "1..3 | ForEach-Object { if ($_ -eq 2) { Get-Nothing $_ } else { \"item $_\" } }";
        assert_eq!(
            message(text, "Get-Nothing"),
            "At line:1 char:41\n+ 1..3 | ForEach-Object { if ($_ -eq 2) { Get-Nothing $_ } else { \"item ...\n+ \
             \u{20}                                       ~~~~~~~~~~~"
        );
        let text = "[pscustomobject]@{A=1;B=2} | Export-Csv c4.csv; [pscustomobject]@{A=3;C=4} | Export-Csv c4.csv -Append -ErrorAction SilentlyContinue; $error[0].Exception";
        let shown = message(
            text,
            "Export-Csv c4.csv -Append -ErrorAction SilentlyContinue",
        );
        assert!(shown.contains("\n+ ... {A=3;C=4} | Export-Csv c4.csv -Append -ErrorAction SilentlyContinue;  ...\n"), "{shown}");
    }
}

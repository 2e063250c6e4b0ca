//! `Write-Progress`: bars under the output on a terminal, one plain line per change elsewhere.

use unicode_width::UnicodeWidthStr;

use crate::runtime::ui::Progress;

/// The bars shown now.
#[derive(Default)]
pub struct Bars {
    shown: Vec<Progress>,
    /// Terminal lines the bars take at this moment.
    drawn: usize,
    /// What was last said in plain lines, by bar.
    said: Vec<(i32, String)>,
}

impl Bars {
    /// Takes a change in; gives the text that brings a terminal of `width` columns up to date.
    pub fn update(&mut self, progress: &Progress, width: usize) -> String {
        let mut text = self.erase();
        self.shown.retain(|bar| {
            !(progress.completed && (bar.id == progress.id || bar.parent_id == progress.id))
        });
        if !progress.completed {
            match self.shown.iter_mut().find(|bar| bar.id == progress.id) {
                Some(bar) => bar.clone_from(progress),
                None => self.shown.push(progress.clone()),
            }
        }
        text.push_str(&self.draw(width));
        text
    }

    /// The text that removes the bars from the terminal; they are drawn again with the next change.
    pub fn erase(&mut self) -> String {
        let lines = std::mem::take(&mut self.drawn);
        match lines {
            0 => String::new(),
            1 => "\r\x1b[J".into(),
            _ => format!("\r\x1b[{}A\x1b[J", lines - 1),
        }
    }

    /// Forgets all bars: the pipeline that showed them has ended. Gives the text that removes them.
    pub fn clear(&mut self) -> String {
        let text = self.erase();
        self.shown.clear();
        self.said.clear();
        text
    }

    fn draw(&mut self, width: usize) -> String {
        let lines: Vec<String> = self
            .shown
            .iter()
            .map(|bar| line(bar, self.depth(bar), width))
            .collect();
        self.drawn = lines.len();
        lines.join("\n")
    }

    fn depth(&self, bar: &Progress) -> usize {
        let mut depth = 0;
        let mut parent = bar.parent_id;
        while depth < self.shown.len() {
            let Some(found) = self.shown.iter().find(|b| b.id == parent && b.id != bar.id) else {
                break;
            };
            depth += 1;
            parent = found.parent_id;
        }
        depth
    }

    /// Takes a change in; gives the line to print where no cursor moves, `None` when it would say nothing new.
    /// Percentages count in steps of ten.
    pub fn plain(&mut self, progress: &Progress) -> Option<String> {
        if progress.completed {
            self.said.retain(|(id, _)| *id != progress.id);
            return None;
        }
        let percent = progress.percent.map(|p| format!("{}%", p / 10 * 10));
        let parts = [&progress.activity, &progress.status, &progress.operation];
        let mut words: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.trim().is_empty())
            .collect();
        words.extend(percent.as_deref());
        let text = words.join(" - ");
        match self.said.iter_mut().find(|(id, _)| *id == progress.id) {
            Some((_, before)) if *before == text => return None,
            Some((_, before)) => before.clone_from(&text),
            None => self.said.push((progress.id, text.clone())),
        }
        Some(text)
    }
}

/// One bar as one line: ` activity  status  [####    ]  42%  3:05 left`.
fn line(bar: &Progress, depth: usize, width: usize) -> String {
    let width = width.saturating_sub(1).max(20);
    let mut tail = String::new();
    if let Some(percent) = bar.percent {
        let cells = (width / 4).clamp(5, 30);
        let full = cells * usize::from(percent.min(100)) / 100;
        tail = format!(
            " [{}{}] {percent:>3}%",
            "#".repeat(full),
            " ".repeat(cells - full)
        );
    }
    if let Some(seconds) = bar.seconds_remaining {
        tail.push_str(&format!(" {} left", clock(seconds)));
    }
    let parts = [&bar.activity, &bar.status, &bar.operation];
    let words: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.trim().is_empty())
        .collect();
    let head = format!("{}{}", "  ".repeat(depth), words.join("  "));
    let head = cut(&head, width.saturating_sub(tail.width()));
    format!("{head}{tail}")
}

fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// The text without control characters, no wider than `width` columns, with `...` where it was cut.
fn cut(text: &str, width: usize) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    if text.width() <= width {
        return text;
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if kept.width() + 3 > width {
            kept.pop();
            break;
        }
    }
    kept.push_str("...");
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(id: i32, parent_id: i32, status: &str, percent: Option<u8>) -> Progress {
        Progress {
            id,
            parent_id,
            activity: format!("Bar{id}"),
            status: status.into(),
            percent,
            ..Progress::default()
        }
    }

    #[test]
    fn bars_are_drawn_over_and_taken_away() {
        let mut bars = Bars::default();
        let first = bars.update(&step(0, -1, "a", Some(50)), 41);
        assert_eq!(first, "Bar0  a [#####     ]  50%");
        let second = bars.update(&step(1, 0, "b", None), 41);
        assert_eq!(second, "\r\x1b[JBar0  a [#####     ]  50%\n  Bar1  b");
        assert_eq!(bars.erase(), "\r\x1b[1A\x1b[J");
        assert_eq!(bars.erase(), "");
        let done = Progress {
            completed: true,
            ..step(0, -1, "", None)
        };
        assert_eq!(bars.update(&done, 41), "");
        assert_eq!(
            bars.update(&step(2, -1, "long ".repeat(20).as_str(), Some(1)), 30)
                .width(),
            29
        );
    }

    #[test]
    fn plain_lines_say_what_changed() {
        let mut bars = Bars::default();
        assert_eq!(
            bars.plain(&step(0, -1, "a", Some(11))),
            Some("Bar0 - a - 10%".into())
        );
        assert_eq!(bars.plain(&step(0, -1, "a", Some(19))), None);
        assert_eq!(
            bars.plain(&step(0, -1, "a", Some(20))),
            Some("Bar0 - a - 20%".into())
        );
    }
}

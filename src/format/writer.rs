//! Packets to lines: one document after the other, with the blank lines between their parts.

use std::rc::Rc;
use std::time::{Duration, Instant};

use super::packet::{Entry, Packet, Shape};
use super::table::Table;
use super::{list, wide};

/// A table settles its widths by what comes within this time.
const SETTLING: Duration = Duration::from_millis(300);

/// Whether a piece of finished text is output or an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Belongs to the output.
    Output,
    /// The text of an error record.
    Error,
}

/// Turns packets into text for a screen of a width.
pub struct Writer {
    screen: usize,
    state: State,
    /// Entries that wait until the widths are settled.
    waiting: Vec<Packet>,
    since: Option<Instant>,
    done: Vec<(Kind, String)>,
}

enum State {
    /// Between documents.
    Outside,
    /// In a document; entries wait or not.
    Inside {
        shape: Rc<Shape>,
        table: Option<Table>,
        wide: Vec<String>,
        in_group: bool,
    },
}

impl Writer {
    /// A writer for a screen of so many columns.
    pub fn new(screen: usize) -> Writer {
        Writer {
            screen: screen.max(1),
            state: State::Outside,
            waiting: Vec::new(),
            since: None,
            done: Vec::new(),
        }
    }

    /// Takes a packet.
    pub fn packet(&mut self, packet: Packet) {
        match packet {
            Packet::Start(shape) => self.start(shape),
            Packet::GroupStart(heading) => self.group_start(heading),
            Packet::GroupEnd => self.group_end(),
            Packet::End => self.end_document(),
            entry @ (Packet::Entry(_) | Packet::OutOfBand(_)) => self.entry(entry),
        }
    }

    /// Closes what is open. Widths of a table that was cut off in the middle of a group stay unsettled, as its columns
    /// share the screen then.
    pub fn finish(&mut self) {
        self.settle(false);
        self.flush_wide();
        self.state = State::Outside;
    }

    /// Settles the widths with what is there, so that nothing waits.
    pub fn settle_now(&mut self) {
        if !self.waiting.is_empty() {
            self.settle(true);
        }
    }

    /// The text that is ready.
    pub fn take(&mut self) -> Vec<(Kind, String)> {
        std::mem::take(&mut self.done)
    }

    fn start(&mut self, shape: Rc<Shape>) {
        if matches!(self.state, State::Inside { .. }) {
            self.group_end();
            self.end_document();
        }
        self.line("");
        self.state = State::Inside {
            shape,
            table: None,
            wide: Vec::new(),
            in_group: false,
        };
    }

    fn group_start(&mut self, heading: Option<String>) {
        let State::Inside {
            shape, in_group, ..
        } = &mut self.state
        else {
            return;
        };
        *in_group = true;
        let blank = !matches!(**shape, Shape::Table { .. } | Shape::Text);
        let waits = matches!(**shape, Shape::Table { .. });
        if let Some(heading) = heading {
            self.line("");
            self.line(&heading);
            self.line("");
        }
        if blank {
            self.line("");
        }
        self.since = waits.then(Instant::now);
    }

    fn entry(&mut self, packet: Packet) {
        match self.since {
            Some(since) => {
                if self.auto_size() || since.elapsed() < SETTLING {
                    self.waiting.push(packet);
                    return;
                }
                self.settle(true);
                self.show(packet);
            }
            None => self.show(packet),
        }
    }

    fn auto_size(&self) -> bool {
        matches!(&self.state, State::Inside { shape, .. } if matches!(**shape, Shape::Table { auto_size: true, .. }))
    }

    /// Fixes the widths and shows what waited.
    fn settle(&mut self, whole: bool) {
        if self.since.take().is_none() {
            return;
        }
        let waiting = std::mem::take(&mut self.waiting);
        let State::Inside { shape, table, .. } = &mut self.state else {
            return;
        };
        let Shape::Table {
            columns,
            hide_headers,
            auto_size,
        } = &**shape
        else {
            return;
        };
        let rows: Vec<&[String]> = waiting
            .iter()
            .filter_map(|packet| match packet {
                Packet::Entry(Entry::Row(cells, _)) => Some(cells.as_slice()),
                _ => None,
            })
            .collect();
        let open = columns.first().is_some_and(|column| column.width == 0);
        let by_content = whole && (*auto_size || open);
        let settled = Table::new(columns.clone(), self.screen, by_content.then_some(&rows));
        let mut header = String::new();
        if !*hide_headers {
            settled.header(&mut header);
        }
        *table = Some(settled);
        self.text(Kind::Output, header);
        for packet in waiting {
            self.show(packet);
        }
    }

    fn show(&mut self, packet: Packet) {
        match packet {
            Packet::OutOfBand(entry) => self.out_of_band(entry),
            Packet::Entry(entry) => self.in_band(entry),
            _ => {}
        }
    }

    fn in_band(&mut self, entry: Entry) {
        let State::Inside {
            shape, table, wide, ..
        } = &mut self.state
        else {
            return self.out_of_band(entry);
        };
        let mut out = String::new();
        match entry {
            Entry::Row(cells, wrap) => {
                if let Some(table) = table {
                    table.row(&cells, wrap, &mut out);
                }
            }
            Entry::List(fields) => {
                list::write(&fields, self.screen, &mut out);
                out.push('\n');
            }
            Entry::Wide(value) => {
                wide.push(value);
                if let Shape::Wide { columns } = **shape
                    && columns > 0
                    && wide.len() >= columns
                {
                    wide::write(&std::mem::take(wide), columns, self.screen, &mut out);
                }
            }
            Entry::Text(text) => {
                out.push_str(&text);
                out.push('\n');
            }
            Entry::Error(text) => return self.text(Kind::Error, text + "\n"),
            Entry::Page(page) => out.push_str(&page.text(self.screen)),
        }
        self.text(Kind::Output, out);
    }

    fn out_of_band(&mut self, entry: Entry) {
        self.flush_wide();
        match entry {
            Entry::List(fields) => {
                let mut out = String::from("\n");
                list::write(&fields, self.screen, &mut out);
                out.push('\n');
                self.text(Kind::Output, out);
            }
            Entry::Row(cells, _) => self.line(&cells.join(" ")),
            Entry::Wide(text) | Entry::Text(text) => self.line(&text),
            Entry::Error(text) => self.text(Kind::Error, text + "\n"),
            Entry::Page(page) => self.text(Kind::Output, page.text(self.screen)),
        }
    }

    fn flush_wide(&mut self) {
        let State::Inside { shape, wide, .. } = &mut self.state else {
            return;
        };
        let Shape::Wide { columns } = **shape else {
            return;
        };
        let values = std::mem::take(wide);
        let mut out = String::new();
        if !values.is_empty() {
            wide::write(&values, columns, self.screen, &mut out);
        }
        self.text(Kind::Output, out);
    }

    fn group_end(&mut self) {
        self.settle(true);
        self.flush_wide();
        if let State::Inside { in_group, .. } = &mut self.state
            && std::mem::take(in_group)
        {
            self.line("");
        }
    }

    fn end_document(&mut self) {
        if matches!(self.state, State::Inside { .. }) {
            self.state = State::Outside;
            self.line("");
        }
    }

    fn line(&mut self, line: &str) {
        self.text(Kind::Output, format!("{line}\n"));
    }

    fn text(&mut self, kind: Kind, text: String) {
        if text.is_empty() {
            return;
        }
        match self.done.last_mut() {
            Some((last, ready)) if *last == kind => ready.push_str(&text),
            _ => self.done.push((kind, text)),
        }
    }
}

//! Rows under headers.

use super::align::{Align, fit, pad};
use super::cells::{blanks, width};
use super::widths;
use super::wrap;

/// A column as its shape declares it.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The header.
    pub label: String,
    /// Cells; 0 to be found out from the content.
    pub width: usize,
    /// On which side its cells stand.
    pub align: Align,
}

/// A table with settled column widths, which writes lines.
pub struct Table {
    columns: Vec<Column>,
}

impl Table {
    /// Settles the widths for a screen. With `rows`, columns become as wide as their content.
    pub fn new(mut columns: Vec<Column>, screen: usize, rows: Option<&[&[String]]>) -> Table {
        if let Some(rows) = rows {
            for (k, column) in columns.iter_mut().enumerate() {
                let content = rows
                    .iter()
                    .filter_map(|row| row.get(k))
                    .map(|cell| width(cell));
                column.width = content.chain([width(&column.label)]).max().unwrap_or(0);
            }
        }
        let mut settled: Vec<usize> = columns.iter().map(|column| column.width).collect();
        widths::assign(&mut settled, screen);
        for (column, width) in columns.iter_mut().zip(settled) {
            column.width = width;
        }
        Table { columns }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.columns.iter().all(|column| column.width == 0)
    }

    /// Headers and the dashes under them.
    pub fn header(&self, out: &mut String) {
        if self.is_empty() {
            return;
        }
        let labels: Vec<String> = self
            .columns
            .iter()
            .map(|column| column.label.clone())
            .collect();
        self.row(&labels, true, out);
        let dashes: Vec<String> = self
            .columns
            .iter()
            .map(|column| "-".repeat(width(&column.label).min(column.width)))
            .collect();
        self.row(&dashes, false, out);
    }

    /// One row; with `wrap` on as many lines as its cells need.
    pub fn row(&self, cells: &[String], wrap: bool, out: &mut String) {
        if self.is_empty() {
            return;
        }
        let shown = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.width > 0);
        let fields: Vec<Vec<String>> = shown
            .clone()
            .map(|(k, column)| field(cells.get(k).map_or("", String::as_str), column, wrap))
            .collect();
        let height = fields.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            for (nth, ((_, column), field)) in shown.clone().zip(&fields).enumerate() {
                if nth > 0 {
                    out.push(' ');
                }
                match field.get(line) {
                    Some(text) => out.push_str(text),
                    None => out.push_str(&blanks(column.width)),
                }
            }
            out.push('\n');
        }
    }
}

fn field(cell: &str, column: &Column, wrap: bool) -> Vec<String> {
    if !wrap {
        return vec![fit(cell, column.width, column.align)];
    }
    let lines = wrap::lines(cell, column.width);
    lines
        .iter()
        .map(|line| pad(line, column.width, column.align))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(label: &str, width: usize, align: Align) -> Column {
        Column {
            label: label.to_owned(),
            width,
            align,
        }
    }

    #[test]
    fn headers_wrap_and_dashes_follow_the_label() {
        let columns = vec![column("Name", 3, Align::Left), column("V", 2, Align::Right)];
        let table = Table::new(columns, 80, None);
        let mut out = String::new();
        table.header(&mut out);
        table.row(
            &["abcdef".to_owned(), "123456789".to_owned()],
            false,
            &mut out,
        );
        assert_eq!(out, "Nam  V\ne     \n---  -\nabc 89\n");
    }

    #[test]
    fn wrapped_cells_make_taller_rows() {
        let rows = [["x".to_owned(), "one\ntwo".to_owned()]];
        let shown: Vec<&[String]> = rows.iter().map(|row| row.as_slice()).collect();
        let table = Table::new(
            vec![column("A", 0, Align::Left), column("B", 0, Align::Left)],
            80,
            Some(&shown),
        );
        let mut out = String::new();
        table.row(&rows[0], true, &mut out);
        assert_eq!(out, "x one    \n  two    \n");
    }
}

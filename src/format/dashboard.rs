//! Framed tables, for reports that have no form in PowerShell.

use comfy_table::presets::{ASCII_FULL, UTF8_FULL};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};

use super::sanitise::sanitise;

/// One column of a dashboard.
pub struct Column {
    /// What stands above it.
    pub title: &'static str,
    /// Numbers stand at the right.
    pub right: bool,
}

/// Draws rows of cells in a frame, wrapped into `width` columns of the screen. `plain` uses no line-drawing characters.
pub fn draw(columns: &[Column], rows: &[Vec<String>], width: usize, plain: bool) -> String {
    let mut table = Table::new();
    table
        .load_style(if plain { ASCII_FULL } else { UTF8_FULL })
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width.max(20)).unwrap_or(u16::MAX))
        .set_header(columns.iter().map(|column| column.title));
    for row in rows {
        table.add_row(row.iter().zip(columns).map(|(text, column)| {
            let side = if column.right {
                CellAlignment::Right
            } else {
                CellAlignment::Left
            };
            Cell::new(sanitise(text)).set_alignment(side)
        }));
    }
    table.trim_fmt() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_the_width_and_shows_no_escapes() {
        let columns = [
            Column {
                title: "Mailbox",
                right: false,
            },
            Column {
                title: "Items",
                right: true,
            },
        ];
        let rows = vec![vec![
            "ann\u{1b}[31m@contoso.edu".to_owned(),
            "1200".to_owned(),
        ]];
        let text = draw(&columns, &rows, 30, true);
        assert!(
            text.lines().all(|line| line.chars().count() <= 30),
            "{text}"
        );
        assert!(!text.contains('\u{1b}'), "{text}");
        assert!(text.contains("  1200 |"), "{text}");
    }
}

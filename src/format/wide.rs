//! One value an object, in columns side by side.

use super::align::Align;
use super::cells::width;
use super::table::{Column, Table};

/// Writes values row by row. `columns` 0 makes as many columns as fit the longest value.
pub fn write(values: &[String], columns: usize, screen: usize, out: &mut String) {
    let columns = match columns {
        0 => fitting(values, screen),
        // More columns than the screen is wide show nothing.
        given => given.min(screen.max(1)),
    };
    let empty = Column {
        label: String::new(),
        width: 0,
        align: Align::Left,
    };
    let table = Table::new(vec![empty; columns], screen, None);
    for row in values.chunks(columns) {
        table.row(row, false, out);
    }
}

fn fitting(values: &[String], screen: usize) -> usize {
    let longest = values.iter().map(|value| width(value)).max().unwrap_or(0);
    (screen / (longest + 1)).max(1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_share_the_screen() {
        let values: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let mut out = String::new();
        super::write(&values, 2, 9, &mut out);
        assert_eq!(out, "a    b   \nc        \n");
        out.clear();
        super::write(&values, 0, 4, &mut out);
        assert_eq!(out, "a  b\nc   \n");
    }
}

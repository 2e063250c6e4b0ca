//! One property a line, `Name : value`.

use super::cells::{blanks, width};
use super::wrap;

const SEPARATOR: &str = " : ";

/// Writes one object's properties; long values go on below themselves.
pub fn write(fields: &[(String, String)], screen: usize, out: &mut String) {
    let longest = fields
        .iter()
        .map(|(name, _)| width(name))
        .max()
        .unwrap_or(0);
    let indent = longest + SEPARATOR.len();
    let room = screen.saturating_sub(indent).max(1);
    for (name, value) in fields {
        for (nth, line) in wrap::lines(value, room).iter().enumerate() {
            if nth == 0 {
                out.push_str(name);
                out.push_str(&blanks(longest - width(name)));
                out.push_str(SEPARATOR);
            } else {
                out.push_str(&blanks(indent));
            }
            out.push_str(line);
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn values_go_on_below_themselves() {
        let mut out = String::new();
        let fields = [
            ("A".to_owned(), "one two three".to_owned()),
            ("Long".to_owned(), String::new()),
        ];
        super::write(&fields, 15, &mut out);
        assert_eq!(out, "A    : one two \n       three\nLong : \n");
    }
}

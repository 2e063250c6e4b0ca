//! Colours, where the terminal takes them.

use std::io::IsTerminal;

/// Whether to colour what goes to a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Escape sequences may be written.
    pub colour: bool,
}

impl Style {
    /// Colours for a stream that is a terminal, unless `NO_COLOR` is set (<https://no-color.org>) or the terminal is dumb.
    pub fn of(stream: &impl IsTerminal) -> Style {
        Style {
            colour: stream.is_terminal() && !is_dumb() && !no_colour(),
        }
    }

    /// The text between an SGR sequence and its reset; as it is without colours. The text's line end stays outside.
    pub fn paint(self, sgr: &str, text: &str) -> String {
        if !self.colour || sgr.is_empty() || text.is_empty() {
            return text.to_owned();
        }
        let body = text.trim_end_matches(['\n', '\r']);
        format!("\x1b[{sgr}m{body}\x1b[0m{}", &text[body.len()..])
    }
}

/// Whether the terminal moves no cursor: `TERM=dumb`, or none named.
pub fn is_dumb() -> bool {
    match std::env::var("TERM") {
        Ok(term) => matches!(term.as_str(), "" | "dumb" | "cons25" | "emacs"),
        Err(_) => !cfg!(windows),
    }
}

fn no_colour() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// The SGR number of a `System.ConsoleColor`; 10 more for a background. Unknown names give `None`.
pub fn console_colour(name: &str) -> Option<u8> {
    const COLOURS: [(&str, u8); 16] = [
        ("Black", 30),
        ("DarkRed", 31),
        ("DarkGreen", 32),
        ("DarkYellow", 33),
        ("DarkBlue", 34),
        ("DarkMagenta", 35),
        ("DarkCyan", 36),
        ("Gray", 37),
        ("DarkGray", 90),
        ("Red", 91),
        ("Green", 92),
        ("Yellow", 93),
        ("Blue", 94),
        ("Magenta", 95),
        ("Cyan", 96),
        ("White", 97),
    ];
    let found = COLOURS.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
    found.map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paint_leaves_the_line_end_outside() {
        let on = Style { colour: true };
        assert_eq!(on.paint("31", "x\n"), "\x1b[31mx\x1b[0m\n");
        assert_eq!(on.paint("31", ""), "");
        assert_eq!(Style { colour: false }.paint("31", "x\n"), "x\n");
        assert_eq!(console_colour("darkyellow"), Some(33));
        assert_eq!(console_colour("Pink"), None);
    }
}

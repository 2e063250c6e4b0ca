//! The properties of `tests/fuzz` on texts made from a seed: a minute's worth with `FUZZ_TURNS=200000`, a moment's otherwise.

#[path = "../fuzz/properties/mod.rs"]
mod properties;

use properties::BETWEEN;

/// What means something somewhere: in scripts, numbers, dates, formats, patterns, tables, names of folders.
const PIECES: &[&str] = &[
    "0",
    "1",
    "9",
    "99999999999999999999",
    "2021",
    "-",
    "+",
    ":",
    "/",
    ".",
    ",",
    " ",
    ";",
    "\t",
    "T",
    "Z",
    "e",
    "E+",
    "0x",
    "kb",
    "L",
    "d",
    "AM",
    "Mar",
    "Friday",
    "{",
    "}",
    "{0",
    "{0:",
    "N2",
    "#",
    "##0.00;(0)",
    "%",
    "'",
    "\"",
    "\\",
    "(",
    ")",
    "(?<n>",
    "(?i)",
    "[",
    "]",
    "^",
    "$",
    "$1",
    "${n}",
    "*",
    "+?",
    "{2,3}",
    "|",
    "é",
    "😀",
    "\n",
    "\r\n",
    "\0",
    "yyyy",
    "ffff",
    "zzz",
    "[int]",
    "List[",
    "string",
    "`",
    "\u{301}",
    "-[",
    "\\p{L}",
    "\\k<n>",
    "\\1",
    "\\b",
    "(?=",
    "ß",
    "\u{feff}",
    "function f { ",
    "param($a) ",
    "@{ a = ",
    "@(",
    "$(",
    "@'\n",
    "\n'@",
    "if (",
    "# c\n",
    "<#",
    "#>",
    "-eq ",
    "-f ",
    "2>&1",
    "EmailAddress",
    "UserName",
    "Password",
    "a@b.example",
    "&",
    "&-",
    "&AOk-",
    "1:5",
    "4294967295",
    "*:4",
    "01-Jan-2021 00:00:00 +0000",
    "\u{ffff}",
    "::",
    "\u{a0}",
    "–",
    "“",
];

/// Numbers from a seed, the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    fn text(&mut self, longest: usize) -> Vec<u8> {
        let count = self.below(longest);
        let mut bytes: Vec<u8> = (0..count)
            .flat_map(|_| PIECES[self.below(PIECES.len())].bytes())
            .collect();
        if self.below(20) == 0 {
            bytes.push(self.below(256) as u8);
        }
        bytes
    }
}

/// Inputs of so many texts each.
fn inputs(seed: u64, texts: usize, longest: usize, turns: usize, property: fn(&[u8])) {
    let given = std::env::var("FUZZ_TURNS").map(|n| n.parse().unwrap());
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
    for _ in 0..given.unwrap_or(turns) {
        let pieces: Vec<Vec<u8>> = (0..texts).map(|_| dice.text(longest)).collect();
        let input = pieces.join(&BETWEEN);
        let held = std::panic::catch_unwind(|| property(&input));
        assert!(held.is_ok(), "{:?}", String::from_utf8_lossy(&input));
    }
}

#[test]
fn any_text_is_parsed() {
    inputs(1, 1, 40, 600, properties::parser::holds);
}

#[test]
fn any_text_is_converted_or_refused() {
    inputs(2, 2, 8, 600, properties::conversion::holds);
}

#[test]
fn any_format_is_filled_or_refused() {
    inputs(3, 1, 8, 1500, properties::formats::holds);
}

#[test]
fn any_pattern_matches_or_is_refused() {
    inputs(4, 3, 8, 400, properties::patterns::holds);
}

#[test]
fn any_table_is_read_or_refused() {
    inputs(5, 1, 30, 1000, properties::csv::holds);
}

#[test]
fn any_name_set_date_or_address_is_read_or_refused() {
    inputs(6, 1, 8, 5000, properties::mail::holds);
}

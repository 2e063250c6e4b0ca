//! Random texts made of everything the language knows: no panic, no lost text, no endless loop.

use std::path::Path;

use mailtern::language::{Parsed, parse};

use crate::cases::tokens_cover;

const PIECES: [&str; 76] = [
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "$(",
    "@(",
    "@{",
    "\"",
    "'",
    "“",
    "’",
    "$a",
    "${b c}",
    "$",
    "a",
    "Get-X",
    "1",
    "0x",
    "1.5e",
    " ",
    " ",
    "\n",
    "\r\n",
    ";",
    "|",
    "||",
    "&",
    "&&",
    ",",
    ".b",
    ".",
    "::",
    "..",
    "=",
    "+=",
    "==",
    "-x",
    "-x:",
    "-eq ",
    "-not ",
    "–",
    "+",
    "++",
    "--",
    "`",
    "`\n",
    "#",
    "<#",
    "#>",
    "@'\n",
    "@\"\n",
    "\n\"@",
    "\n'@",
    "if ",
    "else",
    "foreach",
    "in ",
    "param",
    "function f",
    "switch",
    "default",
    "try",
    "catch",
    "begin",
    "<",
    ">",
    "2>&1",
    "?",
    "??",
    "?.",
    ":",
    "--%",
    "😀",
    "é\u{301}",
];

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

fn check(parsed: &Parsed) {
    let length = parsed.script.source.text().len() as u32;
    tokens_cover(parsed, Path::new("soup"));
    for error in &parsed.errors {
        assert!(
            error.span.start <= length + 1 && error.span.end >= error.span.start,
            "{error:?}"
        );
        assert!(
            !error.id.is_empty() && !error.message.contains("{0}"),
            "{error:?}"
        );
        parsed.script.source.position(error.span.start);
    }
}

#[test]
fn soup_is_read_to_the_end() {
    let turns = std::env::var("SOUPS").map_or(4000, |n| n.parse().unwrap());
    for seed in 1..=turns {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15u64.wrapping_mul(seed));
        let count = 1 + dice.below(40);
        let text: String = (0..count)
            .map(|_| PIECES[dice.below(PIECES.len())])
            .collect();
        check(&parse(&text));
    }
}

#[test]
fn a_good_script_with_one_piece_changed_is_read_to_the_end() {
    let good = concat!(
        include_str!("../../grammar/cases/ok/document_pop_migration.ps1"),
        include_str!("../../grammar/cases/ok/nested.ps1"),
        include_str!("../../grammar/cases/ok/switch.ps1"),
    );
    let ends: Vec<usize> = good.char_indices().map(|(at, _)| at).collect();
    let mut dice = Dice(7);
    for _ in 0..400 {
        let (from, piece) = (dice.below(ends.len() - 4), PIECES[dice.below(PIECES.len())]);
        let text = format!(
            "{}{piece}{}",
            &good[..ends[from]],
            &good[ends[from + dice.below(3)]..]
        );
        check(&parse(&text));
    }
}

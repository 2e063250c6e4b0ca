//! The order of texts: letters before case, accents after letters, signs before digits before letters.

use std::cmp::Ordering;

/// Order as a dictionary has it. Without case, letters of both cases are the same; with it, lower case comes first when
/// nothing else differs.
pub fn collate(a: &str, b: &str, sensitive: bool) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    if a.is_ascii() && b.is_ascii() {
        return ascii(a.as_bytes(), b.as_bytes(), sensitive);
    }
    let (a_keys, b_keys) = (keys(a), keys(b));
    let primary = a_keys.iter().map(|k| k.0).cmp(b_keys.iter().map(|k| k.0));
    let accents = || a_keys.iter().map(|k| k.1).cmp(b_keys.iter().map(|k| k.1));
    let case = || {
        if sensitive {
            case_order(a, b)
        } else {
            Ordering::Equal
        }
    };
    primary.then_with(accents).then_with(case)
}

/// Whether two texts are the same in the shell's culture: `ß` is `ss`.
pub fn same(a: &str, b: &str, sensitive: bool) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return if sensitive {
            a == b
        } else {
            a.eq_ignore_ascii_case(b)
        };
    }
    collate(a, b, sensitive) == Ordering::Equal
}

fn ascii(a: &[u8], b: &[u8], sensitive: bool) -> Ordering {
    let primary = a
        .iter()
        .map(|c| ASCII_ORDER[usize::from(*c)])
        .cmp(b.iter().map(|c| ASCII_ORDER[usize::from(*c)]));
    let case = || {
        a.iter()
            .map(u8::is_ascii_uppercase)
            .cmp(b.iter().map(u8::is_ascii_uppercase))
    };
    if sensitive {
        primary.then_with(case)
    } else {
        primary
    }
}

fn case_order(a: &str, b: &str) -> Ordering {
    a.chars()
        .map(char::is_uppercase)
        .cmp(b.chars().map(char::is_uppercase))
        .then_with(|| a.cmp(b))
}

/// The weight of each ASCII sign; letters of both cases weigh the same.
static ASCII_ORDER: [u8; 128] = ascii_order();

const fn ascii_order() -> [u8; 128] {
    let signs = *b"\t\n\x0b\x0c\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
    let mut order = [0; 128];
    let mut i = 0;
    while i < signs.len() {
        order[signs[i] as usize] = 20 + i as u8;
        i += 1;
    }
    let mut c = 0;
    while c < 128_u8 {
        if c.is_ascii_digit() {
            order[c as usize] = 70 + (c - b'0');
        } else if c.is_ascii_lowercase() {
            order[c as usize] = 80 + (c - b'a');
        } else if c.is_ascii_uppercase() {
            order[c as usize] = 80 + (c - b'A');
        }
        c += 1;
    }
    order
}

/// Weight of the letter, and of its accent.
fn keys(text: &str) -> Vec<(u32, u32)> {
    let mut keys = Vec::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match split(c) {
            Some((base, accent)) => {
                let mut accent = accent;
                for letter in base.chars() {
                    keys.push((weight(letter), accent));
                    accent = 0;
                }
            }
            None if ('\u{300}'..='\u{36f}').contains(&c) => {
                if let Some(last) = keys.last_mut() {
                    last.1 = accent_of(c);
                }
            }
            None => keys.push((weight(c), 0)),
        }
    }
    keys
}

fn weight(c: char) -> u32 {
    if c.is_ascii() {
        u32::from(ASCII_ORDER[c as usize])
    } else {
        1000 + u32::from(c)
    }
}

fn accent_of(mark: char) -> u32 {
    match mark {
        '\u{301}' => 1,
        '\u{300}' => 2,
        '\u{306}' => 3,
        '\u{302}' => 4,
        '\u{30c}' => 5,
        '\u{30a}' => 6,
        '\u{308}' => 7,
        '\u{303}' => 8,
        '\u{327}' => 9,
        other => 20 + u32::from(other),
    }
}

/// The plain letters of an accented one (lower case), and a number for its accent. Latin letters of Europe.
fn split(c: char) -> Option<(&'static str, u32)> {
    Some(match c {
        'ß' => ("ss", 0),
        'æ' => ("ae", 30),
        'œ' => ("oe", 30),
        'ø' => ("o", 31),
        'đ' | 'ð' => ("d", 31),
        'ł' => ("l", 31),
        'þ' => ("th", 31),
        'á' => ("a", 1),
        'à' => ("a", 2),
        'ă' => ("a", 3),
        'â' => ("a", 4),
        'å' => ("a", 6),
        'ä' => ("a", 7),
        'ã' => ("a", 8),
        'ą' => ("a", 10),
        'ā' => ("a", 11),
        'ç' => ("c", 9),
        'ć' => ("c", 1),
        'č' => ("c", 5),
        'ď' => ("d", 5),
        'é' => ("e", 1),
        'è' => ("e", 2),
        'ê' => ("e", 4),
        'ě' => ("e", 5),
        'ë' => ("e", 7),
        'ę' => ("e", 10),
        'ē' => ("e", 11),
        'ğ' => ("g", 3),
        'í' => ("i", 1),
        'ì' => ("i", 2),
        'î' => ("i", 4),
        'ï' => ("i", 7),
        'ī' => ("i", 11),
        'ñ' => ("n", 8),
        'ń' => ("n", 1),
        'ň' => ("n", 5),
        'ó' => ("o", 1),
        'ò' => ("o", 2),
        'ô' => ("o", 4),
        'ö' => ("o", 7),
        'õ' => ("o", 8),
        'ő' => ("o", 12),
        'ř' => ("r", 5),
        'ś' => ("s", 1),
        'š' => ("s", 5),
        'ş' => ("s", 9),
        'ť' => ("t", 5),
        'ţ' => ("t", 9),
        'ú' => ("u", 1),
        'ù' => ("u", 2),
        'û' => ("u", 4),
        'ů' => ("u", 6),
        'ü' => ("u", 7),
        'ű' => ("u", 12),
        'ū' => ("u", 11),
        'ý' => ("y", 1),
        'ÿ' => ("y", 7),
        'ź' => ("z", 1),
        'ž' => ("z", 5),
        'ż' => ("z", 13),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dictionary_order() {
        let rising = ["", "_a", "-a", "1", "9", "a", "A", "ab", "é", "f", "Z"];
        for pair in rising.windows(2) {
            assert_eq!(collate(pair[0], pair[1], true), Ordering::Less, "{pair:?}");
        }
        assert_eq!(collate("a", "A", false), Ordering::Equal);
        assert_eq!(collate("a", "B", false), Ordering::Less);
        assert!(
            same("ß", "SS", false)
                && same("é", "É", false)
                && !same("é", "e", false)
                && !same("é", "É", true)
        );
    }
}

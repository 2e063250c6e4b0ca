//! Names of commands: by their beginning, else by an abbreviation, else by a part.

use super::{World, begins};

/// What fits the word, in the order of the names.
pub fn candidates(word: &str, world: &dyn World) -> Vec<String> {
    let names = world.commands();
    let pick = |fits: &dyn Fn(&str) -> bool| {
        names
            .iter()
            .filter(|name| fits(name))
            .cloned()
            .collect::<Vec<_>>()
    };
    let found = pick(&|name| begins(name, word));
    if !found.is_empty() || word.is_empty() {
        return found;
    }
    let found = pick(&|name| abbreviates(word, name));
    if !found.is_empty() {
        return found;
    }
    let lower = word.to_lowercase();
    pick(&|name| word.chars().count() > 2 && name.to_lowercase().contains(&lower))
}

/// Whether `short` stands for a command: both parts begin alike, and each further piece begins where the name has a capital.
/// `n-mb` and `new-migb` stand for `New-MigrationBatch`.
fn abbreviates(short: &str, name: &str) -> bool {
    match (short.split_once('-'), name.split_once('-')) {
        (Some((short_verb, short_noun)), Some((verb, noun))) => {
            humps(&fold(short_verb), verb)
                && (short_noun.is_empty() || humps(&fold(short_noun), noun))
        }
        _ => false,
    }
}

fn fold(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Whether the letters are beginnings of the pieces of `name`, in order, the first piece included.
fn humps(short: &[char], name: &str) -> bool {
    let mut pieces: Vec<Vec<char>> = Vec::new();
    for c in name.chars() {
        if c.is_uppercase() || pieces.is_empty() {
            pieces.push(Vec::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.extend(c.to_lowercase());
        }
    }
    match pieces.first().zip(short.first()) {
        Some((piece, letter)) if piece.first() == Some(letter) => fit(short, &pieces),
        _ => short.is_empty(),
    }
}

fn fit(short: &[char], pieces: &[Vec<char>]) -> bool {
    if short.is_empty() {
        return true;
    }
    let Some((piece, rest)) = pieces.split_first() else {
        return false;
    };
    let common = short.iter().zip(piece).take_while(|(a, b)| a == b).count();
    (1..=common).rev().any(|count| fit(&short[count..], rest)) || fit(short, rest)
}

#[cfg(test)]
mod tests {
    use super::abbreviates;

    #[test]
    fn abbreviations() {
        let cases = [
            ("n-mb", "New-MigrationBatch", true),
            ("new-migb", "New-MigrationBatch", true),
            ("N-MBatch", "New-MigrationBatch", true),
            ("gmb-", "Get-MigrationBatch", false),
            ("n-xb", "New-MigrationBatch", false),
            ("i-c", "Import-Csv", true),
            ("t-msa", "Test-MigrationServerAvailability", true),
        ];
        for (short, name, fits) in cases {
            assert_eq!(abbreviates(short, name), fits, "{short}");
        }
    }
}

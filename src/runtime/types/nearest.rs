//! The names most like a wrong one.

/// Up to three of the names that are a slip away from `wanted`, nearest first.
pub fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = wanted.to_lowercase();
    let limit = (wanted.chars().count() / 3).clamp(1, 3);
    let mut near: Vec<(usize, &str)> = names
        .filter_map(|name| {
            let lower = name.to_lowercase();
            let apart = distance(&wanted, &lower);
            let starts = wanted.len() > 2 && lower.starts_with(&wanted);
            (apart <= limit || starts).then_some((apart.min(limit), name))
        })
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// Letters to add, drop or change, until one text is the other. Texts longer than 64 letters are told apart at once.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len() > 64 || b.len() > 64 || a.len().abs_diff(b.len()) > 3 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_neighbour() {
        let names = ["Substring", "Split", "StartsWith", "ToUpper"];
        assert_eq!(nearest("Substr", names.into_iter()), ["Substring"]);
        assert_eq!(nearest("splitt", names.into_iter()), ["Split"]);
        assert!(nearest("Frobnicate", names.into_iter()).is_empty());
    }
}

//! A map whose keys are names without regard to letter case, in order of appearance.

use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::rc::Rc;

use indexmap::{Equivalent, IndexMap};

/// A map from names (any letter case) to `T`; iteration follows insertion.
pub struct NameMap<T> {
    map: IndexMap<Name, T, BuildHasherDefault<Ready>>,
}

impl<T> Default for NameMap<T> {
    fn default() -> Self {
        NameMap {
            map: IndexMap::default(),
        }
    }
}

impl<T> NameMap<T> {
    /// The entry of this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.map.get(&Wanted(name))
    }

    /// Puts an entry; an old one keeps its place and its spelling.
    pub fn insert(&mut self, name: Rc<str>, value: T) -> Option<T> {
        self.map.insert(Name(name), value)
    }

    /// Takes an entry out, keeping the order of the others.
    pub fn remove(&mut self, name: &str) -> Option<T> {
        self.map.shift_remove(&Wanted(name))
    }

    /// Names and entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Rc<str>, &T)> {
        self.map.iter().map(|(name, value)| (&name.0, value))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }
}

/// A stored name.
struct Name(Rc<str>);

/// A name looked for.
struct Wanted<'a>(&'a str);

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(hash(&self.0));
    }
}

impl Hash for Wanted<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(hash(self.0));
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        same_name(&self.0, &other.0)
    }
}

impl Eq for Name {}

impl Equivalent<Name> for Wanted<'_> {
    fn equivalent(&self, key: &Name) -> bool {
        same_name(self.0, &key.0)
    }
}

/// Whether two names are the same without regard to letter case.
pub fn same_name(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
        || (!a.is_ascii()
            && !b.is_ascii()
            && a.chars()
                .flat_map(char::to_lowercase)
                .eq(b.chars().flat_map(char::to_lowercase)))
}

/// FNV-1a over the lower-cased characters.
pub(super) fn hash(name: &str) -> u64 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |n: u64| state = (state ^ n).wrapping_mul(0x0100_0000_01b3);
    if name.is_ascii() {
        name.bytes()
            .for_each(|b| add(u64::from(b.to_ascii_lowercase())));
    } else {
        name.chars()
            .flat_map(char::to_lowercase)
            .for_each(|c| add(u64::from(c)));
    }
    state ^ (state >> 29)
}

/// Passes a finished hash on.
#[derive(Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(b);
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_case_does_not_count_and_order_is_kept() {
        let mut map = NameMap::default();
        map.insert("Zeta".into(), 1);
        map.insert("Größe".into(), 2);
        map.insert("zETA".into(), 3);
        assert_eq!(
            (
                map.len(),
                map.get("ZETA"),
                map.get("GRÖSSE"),
                map.get("gRÖßE")
            ),
            (2, Some(&3), None, Some(&2))
        );
        assert_eq!(map.iter().next().map(|(name, _)| &**name), Some("Zeta"));
        assert_eq!((map.remove("zeta"), map.get("zeta")), (Some(3), None));
    }
}

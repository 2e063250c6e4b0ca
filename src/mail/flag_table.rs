//! The flags of all messages of a folder in little room: a set of UIDs for each distinct set of flags.

use std::collections::HashMap;

use super::{FlagSet, UidSet};

/// Which message has which flags. A message is in at most one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlagTable {
    rows: HashMap<FlagSet, UidSet>,
    all: UidSet,
}

/// The same change for some messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlagChange {
    /// The messages.
    pub uids: UidSet,
    /// Flags to set.
    pub add: FlagSet,
    /// Flags to clear.
    pub remove: FlagSet,
}

impl FlagTable {
    /// No message.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives one message these flags. Cheap when UIDs come in ascending order.
    pub fn insert(&mut self, uid: u32, flags: FlagSet) {
        if !self.all.insert(uid) {
            for row in self.rows.values_mut() {
                row.remove(uid);
            }
        }
        self.rows.entry(flags).or_default().insert(uid);
    }

    /// Gives messages these flags.
    pub fn put(&mut self, flags: FlagSet, uids: &UidSet) {
        if !self.all.intersect(uids).is_empty() {
            for row in self.rows.values_mut() {
                *row = row.subtract(uids);
            }
        }
        self.all.extend_set(uids);
        self.rows.entry(flags).or_default().extend_set(uids);
    }

    /// Gives the messages of another table the flags they have there.
    pub fn put_all(&mut self, other: &Self) {
        for (flags, uids) in other.rows() {
            self.put(flags.clone(), uids);
        }
    }

    /// The messages in it.
    pub fn uids(&self) -> &UidSet {
        &self.all
    }

    /// True when no message is in it.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The rows, in no order; none is empty.
    pub fn rows(&self) -> impl Iterator<Item = (&FlagSet, &UidSet)> {
        self.rows.iter().filter(|(_, uids)| !uids.is_empty())
    }

    /// The flags of a message.
    pub fn get(&self, uid: u32) -> Option<&FlagSet> {
        self.rows()
            .find(|(_, uids)| uids.contains(uid))
            .map(|(flags, _)| flags)
    }

    /// The same for some of the messages.
    #[must_use]
    pub fn only(&self, uids: &UidSet) -> Self {
        let rows = self
            .rows()
            .map(|(flags, row)| (flags.clone(), row.intersect(uids)));
        Self {
            rows: rows.filter(|(_, row)| !row.is_empty()).collect(),
            all: self.all.intersect(uids),
        }
    }

    /// What changed between this table and a later one, for the messages of the later one: few changes for many messages.
    /// A message that is new in the later table has its flags set and none cleared.
    pub fn changes(&self, later: &Self) -> Vec<FlagChange> {
        let none = FlagSet::new();
        let before = self.segments();
        let mut before = before.iter().peekable();
        let mut found: HashMap<(FlagSet, FlagSet), UidSet> = HashMap::new();
        let mut note = |uids: (u32, u32), was: &FlagSet, is: &FlagSet| {
            if was != is {
                let delta = (is.minus(was), was.minus(is));
                found.entry(delta).or_default().insert_range(uids.0, uids.1);
            }
        };
        for (first, last, is) in later.segments() {
            let mut next = first;
            while let Some(&&(a, b, was)) = before.peek() {
                if a > last {
                    break;
                }
                if b >= next {
                    if a > next {
                        note((next, a - 1), &none, is);
                    }
                    note((a.max(next), b.min(last)), was, is);
                    next = b.min(last).saturating_add(1);
                }
                if b > last {
                    break;
                }
                before.next();
            }
            if next <= last && next > 0 {
                note((next, last), &none, is);
            }
        }
        let changes =
            found
                .into_iter()
                .map(|((add, remove), uids)| FlagChange { uids, add, remove });
        let mut changes: Vec<FlagChange> = changes
            .filter(|change| !change.add.is_empty() || !change.remove.is_empty())
            .collect();
        changes.sort_by_key(|change| change.uids.first());
        changes
    }

    /// The ranges of all rows in ascending order.
    fn segments(&self) -> Vec<(u32, u32, &FlagSet)> {
        let mut all: Vec<(u32, u32, &FlagSet)> = self
            .rows()
            .flat_map(|(flags, uids)| uids.ranges().map(move |r| (*r.start(), *r.end(), flags)))
            .collect();
        all.sort_unstable_by_key(|segment| segment.0);
        all
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use std::collections::BTreeMap;

    fn flags(text: &str) -> FlagSet {
        FlagSet::from_names(text.split_whitespace())
    }

    fn set(text: &str) -> UidSet {
        text.parse().unwrap()
    }

    #[test]
    fn equal_changes_are_one_change() {
        let (mut was, mut is) = (FlagTable::new(), FlagTable::new());
        was.put(flags(""), &set("1:100"));
        was.put(flags("\\Flagged"), &set("50"));
        is.put(flags("\\Seen"), &set("1:99"));
        is.put(flags("\\Seen \\Flagged"), &set("50"));
        is.put(flags("$x"), &set("101"));
        let changes = was.changes(&is);
        assert_eq!(changes.len(), 2, "{changes:?}");
        assert_eq!(
            (changes[0].uids.clone(), changes[0].add.to_string()),
            (set("1:99"), "\\Seen".into())
        );
        assert_eq!(
            (changes[1].uids.clone(), changes[1].add.to_string()),
            (set("101"), "$x".into())
        );
        assert!(is.changes(&is).is_empty());
        let back = is.only(&set("50,60")).changes(&was.only(&set("50,60")));
        assert_eq!(back.len(), 1);
        assert_eq!(
            (back[0].add.to_string(), back[0].remove.to_string()),
            (String::new(), "\\Seen".into())
        );
    }

    #[test]
    fn changes_agree_with_a_plain_comparison() {
        let mut seed = 11u32;
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % below
        };
        let names = ["", "\\Seen", "\\Seen \\Flagged", "$x", "$X \\Draft"];
        for _ in 0..300 {
            let mut make = || {
                let mut table = FlagTable::new();
                let mut plain = BTreeMap::new();
                for _ in 0..next(40) {
                    let (uid, set) = (next(30) + 1, flags(names[next(5) as usize]));
                    table.insert(uid, set.clone());
                    plain.insert(uid, set);
                }
                (table, plain)
            };
            let ((was, plain_was), (is, plain_is)) = (make(), make());
            let changes = was.changes(&is);
            let mut result = plain_was.clone();
            for change in &changes {
                for uid in change.uids.iter() {
                    let before = result.remove(&uid).unwrap_or_default();
                    result.insert(uid, before.minus(&change.remove).plus(&change.add));
                }
            }
            for (uid, expected) in &plain_is {
                let got = result.get(uid).cloned().unwrap_or_default();
                assert!(got.minus(expected).is_empty() && expected.minus(&got).is_empty());
                assert_eq!(is.get(*uid), Some(expected));
            }
            let mut both = was.clone();
            both.put_all(&is);
            assert_eq!(both.changes(&is), vec![]);
            assert_eq!(
                was.uids().iter().collect::<Vec<_>>(),
                plain_was.keys().copied().collect::<Vec<_>>()
            );
        }
    }
}

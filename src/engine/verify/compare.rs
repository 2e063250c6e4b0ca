//! Comparing the prints of two sides: a pure function.

use super::print::Print;
use crate::mail::UidSet;

/// UIDs of missing messages that are told.
const TOLD: usize = 1000;

/// What differs between two folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// Messages of the source that are not at the target.
    pub missing: u64,
    /// Messages of the target that are not at the source.
    pub extra: u64,
    /// Messages on both sides with other flags.
    pub flags: u64,
    /// Messages on both sides with another date.
    pub dates: u64,
    /// Some of the missing.
    pub missing_uids: UidSet,
}

/// Compares as multisets: a message that is there twice at the source must be there twice at the target.
pub(super) fn compare(mut source: Vec<Print>, mut target: Vec<Print>) -> Difference {
    source.sort_unstable();
    target.sort_unstable();
    let mut difference = Difference::default();
    let (mut at, mut there) = (0, 0);
    while at < source.len() || there < target.len() {
        let identity = match (source.get(at), target.get(there)) {
            (Some(one), Some(other)) => one.identity.min(other.identity),
            (Some(one), None) | (None, Some(one)) => one.identity,
            (None, None) => break,
        };
        let ours = same(&source[at..], identity);
        let theirs = same(&target[there..], identity);
        difference.add(&source[at..at + ours], &target[there..there + theirs]);
        at += ours;
        there += theirs;
    }
    difference
}

fn same(prints: &[Print], identity: [u8; 16]) -> usize {
    prints
        .iter()
        .take_while(|print| print.identity == identity)
        .count()
}

impl Difference {
    /// Counts the messages of one identity on both sides.
    fn add(&mut self, ours: &[Print], theirs: &[Print]) {
        let both = ours.len().min(theirs.len());
        self.missing += (ours.len() - both) as u64;
        self.extra += (theirs.len() - both) as u64;
        for print in &ours[both..] {
            if self.missing_uids.len() < TOLD as u64 && print.uid != 0 {
                self.missing_uids.insert(print.uid);
            }
        }
        self.flags += unlike(ours, theirs, both, |print| print.flags);
        self.dates += unlike(ours, theirs, both, |print| print.date);
    }
}

/// How many of the `both` pairs cannot have the same value.
fn unlike<T: Ord>(ours: &[Print], theirs: &[Print], both: usize, value: fn(&Print) -> T) -> u64 {
    let sorted = |prints: &[Print]| {
        let mut values: Vec<T> = prints.iter().map(value).collect();
        values.sort();
        values
    };
    let (ours, theirs) = (sorted(ours), sorted(theirs));
    let (mut at, mut there, mut equal) = (0, 0, 0);
    while let (Some(one), Some(other)) = (ours.get(at), theirs.get(there)) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => there += 1,
            std::cmp::Ordering::Equal => {
                at += 1;
                there += 1;
                equal += 1;
            }
        }
    }
    both.saturating_sub(equal) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(identity: u8, flags: u64, date: i64, uid: u32) -> Print {
        Print {
            identity: [identity; 16],
            flags,
            date,
            uid,
        }
    }

    #[test]
    fn messages_are_matched_by_their_number() {
        let source = vec![print(1, 0, 0, 1), print(1, 0, 0, 2), print(2, 0, 0, 3)];
        let target = vec![print(1, 0, 0, 9), print(3, 0, 0, 8), print(3, 0, 0, 7)];
        let found = compare(source.clone(), target);
        assert_eq!((found.missing, found.extra), (2, 2));
        assert_eq!(found.missing_uids.to_string(), "2:3");
        let same = compare(source.clone(), source);
        assert_eq!(same, Difference::default());
    }

    #[test]
    fn flags_and_dates_are_counted_apart() {
        let source = vec![print(1, 5, 7, 1), print(1, 6, 8, 2), print(2, 5, 7, 3)];
        let target = vec![print(1, 6, 7, 1), print(1, 6, 9, 2), print(2, 5, 7, 3)];
        let found = compare(source, target);
        assert_eq!((found.missing, found.extra), (0, 0));
        assert_eq!((found.flags, found.dates), (1, 1));
    }
}

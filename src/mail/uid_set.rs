//! Sets of UIDs as ranges, written as IMAP sequence-set text (RFC 3501 section 9, `sequence-set`).

use std::{fmt, ops::RangeInclusive, str::FromStr};

/// A set of UIDs (1 to 4,294,967,295), kept as ascending ranges that neither meet nor touch.
///
/// Its text form is a sequence-set without `*`: `1:500,502:600`. The empty set is the empty text.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct UidSet {
    ranges: Vec<(u32, u32)>,
}

/// Why a text is not a set of UIDs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a set of message numbers such as 1:500,502:600")]
pub struct UidSetError(pub String);

impl UidSet {
    /// The empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The range `first..=last`, whichever way round; 0 is no UID and falls out.
    pub fn range(first: u32, last: u32) -> Self {
        let mut set = Self::new();
        set.insert_range(first, last);
        set
    }

    /// How many UIDs are in it.
    pub fn len(&self) -> u64 {
        self.ranges.iter().map(|&(a, b)| u64::from(b - a) + 1).sum()
    }

    /// True when no UID is in it.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The lowest UID.
    pub fn first(&self) -> Option<u32> {
        self.ranges.first().map(|r| r.0)
    }

    /// The highest UID.
    pub fn last(&self) -> Option<u32> {
        self.ranges.last().map(|r| r.1)
    }

    /// True when `uid` is in it.
    pub fn contains(&self, uid: u32) -> bool {
        let i = self.ranges.partition_point(|r| r.1 < uid);
        self.ranges.get(i).is_some_and(|r| r.0 <= uid)
    }

    /// Adds one UID; true when it was not in it. Cheap when UIDs come in ascending order.
    pub fn insert(&mut self, uid: u32) -> bool {
        if self.contains(uid) {
            return false;
        }
        self.insert_range(uid, uid);
        uid != 0
    }

    /// Adds `first..=last`, whichever way round.
    pub fn insert_range(&mut self, first: u32, last: u32) {
        let (mut low, mut high) = (first.min(last).max(1), first.max(last));
        if high == 0 {
            return;
        }
        // the ranges that the new one meets or touches
        let from = self.ranges.partition_point(|r| r.1 < low.saturating_sub(1));
        let to = self
            .ranges
            .partition_point(|r| r.0 <= high.saturating_add(1));
        if from < to {
            low = low.min(self.ranges[from].0);
            high = high.max(self.ranges[to - 1].1);
        }
        self.ranges.splice(from..to.max(from), [(low, high)]);
    }

    /// Takes one UID out; true when it was in it.
    pub fn remove(&mut self, uid: u32) -> bool {
        if !self.contains(uid) {
            return false;
        }
        *self = self.subtract(&Self::range(uid, uid));
        true
    }

    /// Adds all of `other`, in time proportional to the ranges of both.
    pub fn extend_set(&mut self, other: &Self) {
        // at the end of the set or with few ranges, inserting moves little
        let is_behind = other.first() > self.last();
        if is_behind || other.ranges.len() < 4 {
            for &(a, b) in &other.ranges {
                self.insert_range(a, b);
            }
            return;
        }
        let (mut i, mut k) = (0, 0);
        let mut ranges: Vec<(u32, u32)> =
            Vec::with_capacity(self.ranges.len() + other.ranges.len());
        loop {
            let (a, b) = match (self.ranges.get(i), other.ranges.get(k)) {
                (Some(&one), Some(&two)) if one.0 > two.0 => {
                    k += 1;
                    two
                }
                (Some(&one), _) => {
                    i += 1;
                    one
                }
                (None, Some(&two)) => {
                    k += 1;
                    two
                }
                (None, None) => break,
            };
            match ranges.last_mut() {
                Some(last) if a <= last.1.saturating_add(1) => last.1 = last.1.max(b),
                _ => ranges.push((a, b)),
            }
        }
        self.ranges = ranges;
    }

    /// What is in both.
    pub fn intersect(&self, other: &Self) -> Self {
        let (mut i, mut k) = (0, 0);
        let mut ranges = Vec::new();
        while let (Some(&(a, b)), Some(&(c, d))) = (self.ranges.get(i), other.ranges.get(k)) {
            if a.max(c) <= b.min(d) {
                ranges.push((a.max(c), b.min(d)));
            }
            if b < d { i += 1 } else { k += 1 }
        }
        Self { ranges }
    }

    /// What is in this one and not in `other`.
    pub fn subtract(&self, other: &Self) -> Self {
        let mut ranges = Vec::new();
        let mut k = 0;
        for &(a, b) in &self.ranges {
            let mut low = Some(a);
            while let Some(&(c, d)) = other.ranges.get(k).filter(|r| r.0 <= b) {
                if let Some(from) = low.filter(|&from| from < c) {
                    ranges.push((from, c - 1));
                }
                if low.is_some_and(|from| d >= from) {
                    low = d.checked_add(1);
                }
                if d > b {
                    break;
                }
                k += 1;
            }
            if let Some(from) = low.filter(|&from| from <= b) {
                ranges.push((from, b));
            }
        }
        Self { ranges }
    }

    /// The UIDs in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.ranges.iter().flat_map(|&(a, b)| a..=b)
    }

    /// The ranges in ascending order.
    pub fn ranges(&self) -> impl Iterator<Item = RangeInclusive<u32>> + '_ {
        self.ranges.iter().map(|&(a, b)| a..=b)
    }

    /// Cuts off and returns the lowest `count` UIDs (fewer when there are no more).
    pub fn take(&mut self, count: usize) -> Self {
        self.take_within(count, usize::MAX)
    }

    /// As [`UidSet::take`], and few enough that their text has at most about `max_text` bytes; at least one range.
    pub fn take_within(&mut self, count: usize, max_text: usize) -> Self {
        let mut left = u64::try_from(count).unwrap_or(u64::MAX);
        let mut text = 0;
        let mut whole = 0;
        for &(a, b) in &self.ranges {
            // a comma, and a colon with the end of the range
            text += 1 + digits(a) + if a == b { 0 } else { 1 + digits(b) };
            let size = u64::from(b - a) + 1;
            if size > left || (text > max_text && whole > 0) {
                break;
            }
            left -= size;
            whole += 1;
        }
        let is_cut_by_text = text > max_text && whole > 0;
        let mut taken: Vec<(u32, u32)> = self.ranges.drain(..whole).collect();
        if let Some(next) = self
            .ranges
            .first_mut()
            .filter(|_| left > 0 && !is_cut_by_text)
        {
            // the range is longer than what is left, so the sum stays inside it
            let cut = next.0 + u32::try_from(left).unwrap_or(0);
            taken.push((next.0, cut - 1));
            next.0 = cut;
        }
        Self { ranges: taken }
    }
}

fn digits(n: u32) -> usize {
    n.checked_ilog10().map_or(1, |log| log as usize + 1)
}

impl FromIterator<u32> for UidSet {
    fn from_iter<I: IntoIterator<Item = u32>>(uids: I) -> Self {
        let mut uids: Vec<u32> = uids.into_iter().filter(|&uid| uid != 0).collect();
        uids.sort_unstable();
        let mut set = Self::new();
        for uid in uids {
            match set.ranges.last_mut() {
                Some(last) if uid <= last.1 => {}
                Some(last) if uid == last.1 + 1 => last.1 = uid,
                _ => set.ranges.push((uid, uid)),
            }
        }
        set
    }
}

impl Extend<u32> for UidSet {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, uids: I) {
        self.extend_set(&uids.into_iter().collect());
    }
}

impl FromStr for UidSet {
    type Err = UidSetError;

    fn from_str(text: &str) -> Result<Self, UidSetError> {
        let wrong = || UidSetError(text.chars().take(80).collect());
        let number = |t: &str| -> Result<u32, UidSetError> {
            if !t.bytes().all(|b| b.is_ascii_digit()) {
                return Err(wrong());
            }
            t.parse().ok().filter(|&n| n > 0).ok_or_else(wrong)
        };
        let mut set = Self::new();
        if text.is_empty() {
            return Ok(set);
        }
        for part in text.split(',') {
            match part.split_once(':') {
                Some((a, b)) => set.insert_range(number(a)?, number(b)?),
                None => {
                    set.insert(number(part)?);
                }
            }
        }
        Ok(set)
    }
}

impl fmt::Display for UidSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, &(a, b)) in self.ranges.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            if a == b {
                write!(f, "{comma}{a}")?;
            } else {
                write!(f, "{comma}{a}:{b}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for UidSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{self}}}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use std::collections::BTreeSet;

    fn set(text: &str) -> UidSet {
        text.parse().unwrap()
    }

    #[test]
    fn text_both_ways() {
        for (text, canonical) in [
            ("", ""),
            ("1", "1"),
            ("1:500,502:600", "1:500,502:600"),
            ("3,2,1", "1:3"),
            ("9:5,4", "4:9"),
            ("1:4294967295", "1:4294967295"),
            ("4294967295,1", "1,4294967295"),
        ] {
            assert_eq!(set(text).to_string(), canonical);
        }
        for bad in [
            "0",
            "1:",
            ":1",
            "a",
            "1,,2",
            "*",
            "1:*",
            "-1",
            "+1",
            "4294967296",
            " 1",
        ] {
            assert!(bad.parse::<UidSet>().is_err(), "{bad}");
        }
    }

    #[test]
    fn algebra_agrees_with_a_plain_set() {
        // a small linear congruential generator: the same numbers every time
        let mut seed = 7u32;
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % below
        };
        for _ in 0..400 {
            let mut make = || {
                (0..next(30))
                    .map(|_| next(40) + 1)
                    .collect::<BTreeSet<u32>>()
            };
            let (a, b) = (make(), make());
            let (x, y): (UidSet, UidSet) =
                (a.iter().copied().collect(), b.iter().copied().collect());
            assert_eq!(x.iter().collect::<BTreeSet<_>>(), a);
            assert_eq!(x.len(), a.len() as u64);
            assert_eq!(x.subtract(&y).iter().collect::<BTreeSet<_>>(), &a - &b);
            assert_eq!(x.intersect(&y).iter().collect::<BTreeSet<_>>(), &a & &b);
            let mut both = x.clone();
            both.extend_set(&y);
            assert_eq!(both, (&a | &b).into_iter().collect());
            let mut one_by_one = UidSet::new();
            for uid in b.iter().rev().chain(&a) {
                one_by_one.insert(*uid);
            }
            assert_eq!(one_by_one, both);
            for uid in 0..45 {
                assert_eq!(x.contains(uid), a.contains(&uid));
            }
            let mut rest = x.clone();
            let head = rest.take(5);
            assert_eq!(
                head.iter().collect::<Vec<_>>(),
                a.iter().copied().take(5).collect::<Vec<_>>()
            );
            assert_eq!(rest, x.subtract(&head));
        }
    }

    #[test]
    fn pieces_fit_into_a_command() {
        let all: UidSet = (1..5000).map(|n| n * 2).collect();
        let mut rest = all.clone();
        let mut again = UidSet::new();
        while !rest.is_empty() {
            let piece = rest.take_within(300, 100);
            assert!(!piece.is_empty() && piece.to_string().len() <= 100 && piece.len() <= 300);
            again.extend_set(&piece);
        }
        assert_eq!(again, all);
        assert_eq!(set("7:9").take_within(5, 1).to_string(), "7:9");
        assert_eq!(set("7:9,11").take_within(2, 1).len(), 2);
        assert_eq!(set("7:9,11").take_within(0, 9), UidSet::new());
    }

    #[test]
    fn the_ends_of_the_number_space() {
        let all = UidSet::range(0, u32::MAX);
        assert_eq!(all.len(), u64::from(u32::MAX));
        assert_eq!(all.subtract(&set("4294967295")).last(), Some(u32::MAX - 1));
        assert_eq!(all.subtract(&all), UidSet::new());
        assert!(UidSet::range(0, 0).is_empty());
        let mut set = set("1:3");
        assert!(!set.insert(0) && set.remove(2) && !set.remove(2));
        assert_eq!(set.to_string(), "1,3");
    }
}

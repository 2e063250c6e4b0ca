//! Finding messages of one side among those of the other, as multisets: N equal ones stay N. Pure.

use crate::mail::{Identity, Sighting, UidSet, size_tolerance};

/// Messages that were seen at the target and are not taken yet.
pub(super) struct Pool {
    /// In the order of identity, size, date, UID.
    there: Vec<Sighting>,
    /// For each place the next one that may be free, itself when it is.
    free: Vec<u32>,
}

/// Two messages that are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    /// UID at the source.
    pub(super) source: u32,
    /// UID at the target.
    pub(super) target: u32,
    /// Bytes at the source.
    pub(super) size: u32,
}

impl Pool {
    /// A pool of what was seen.
    pub(super) fn new(mut there: Vec<Sighting>) -> Self {
        there.sort_unstable();
        let free = (0..=u32::try_from(there.len()).unwrap_or(u32::MAX)).collect();
        Self { there, free }
    }

    /// Whether a message of this identity is or was in it.
    pub(super) fn knows(&self, identity: &Identity) -> bool {
        let at = self.there.partition_point(|one| one.identity < *identity);
        self.there
            .get(at)
            .is_some_and(|one| one.identity == *identity)
    }

    /// Whether it has so few messages that looking at sizes first is cheaper than looking at all headers of the source.
    pub(super) fn is_small(&self, wanted: u64) -> bool {
        (self.there.len() as u64).saturating_mul(4) < wanted
    }

    /// The sizes that a message may have to be one of these.
    pub(super) fn sizes(&self) -> UidSet {
        let mut sizes = UidSet::new();
        for one in &self.there {
            let tolerance = size_tolerance(one.size);
            sizes.insert_range(
                one.size.saturating_sub(tolerance).max(1),
                one.size.saturating_add(tolerance),
            );
        }
        sizes
    }

    /// The first free place from this one on.
    fn next_free(&mut self, from: usize) -> usize {
        let mut at = from;
        while let Some(&next) = self.free.get(at).filter(|&&next| next as usize != at) {
            at = next as usize;
        }
        // the way is short the next time
        let end = u32::try_from(at).unwrap_or(u32::MAX);
        let mut way = from;
        while way != at {
            let Some(place) = self.free.get_mut(way) else {
                break;
            };
            way = *place as usize;
            *place = end;
        }
        at
    }

    /// Takes the first free message at or after the place of `least` that fits.
    fn take(&mut self, least: Sighting, fits: impl Fn(&Sighting) -> bool) -> Option<u32> {
        let from = self.there.partition_point(|one| *one < least);
        let at = self.next_free(from);
        let found = *self.there.get(at).filter(|one| fits(one))?;
        if let Some(place) = self.free.get_mut(at) {
            *place += 1;
        }
        Some(found.uid)
    }

    /// Finds each of these messages in the pool and takes it out. The closest go first: equal in size and date, equal in size,
    /// different in size by no more than what servers change. The last needs a Message-ID, and a message without any header must
    /// be equal in all: taking another message for it would lose it.
    pub(super) fn find(&mut self, mut wanted: Vec<Sighting>) -> Vec<Match> {
        wanted.retain(|one| self.knows(&one.identity));
        wanted.sort_unstable();
        let mut found = Vec::new();
        for closeness in [Self::same, Self::same_size, Self::similar] {
            wanted.retain(|one| match closeness(self, one) {
                Some(target) => {
                    found.push(Match {
                        source: one.uid,
                        target,
                        size: one.size,
                    });
                    false
                }
                None => true,
            });
        }
        found.sort_unstable();
        found
    }

    fn same(&mut self, one: &Sighting) -> Option<u32> {
        let least = Sighting { uid: 0, ..*one };
        self.take(least, |at| Sighting { uid: 0, ..*at } == least)
    }

    fn same_size(&mut self, one: &Sighting) -> Option<u32> {
        if one.identity == Identity::of(b"") {
            return None;
        }
        let least = Sighting {
            uid: 0,
            date: 0,
            ..*one
        };
        self.take(least, |at| {
            (at.identity, at.size) == (one.identity, one.size)
        })
    }

    fn similar(&mut self, one: &Sighting) -> Option<u32> {
        if !one.identity.has_message_id() {
            return None;
        }
        let tolerance = size_tolerance(one.size);
        let least = Sighting {
            uid: 0,
            date: 0,
            size: one.size.saturating_sub(tolerance),
            ..*one
        };
        self.take(least, |at| {
            at.identity == one.identity && at.size <= one.size.saturating_add(tolerance)
        })
    }
}

/// Parts matches into few groups in each of which source and target UIDs ascend together, so that two sets are enough to keep
/// them.
pub(super) fn ascending(mut found: Vec<Match>) -> Vec<Vec<Match>> {
    found.sort_unstable();
    // the last target UID of each group, in descending order
    let mut groups: Vec<Vec<Match>> = Vec::new();
    for one in found {
        let last = |group: &Vec<Match>| group.last().map_or(0, |last| last.target);
        let at = groups.partition_point(|group| last(group) > one.target);
        match groups.get_mut(at) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn seen(uid: u32, name: &str, size: u32, date: u32) -> Sighting {
        Sighting {
            identity: Identity::of(format!("Message-ID: {name}\r\n").as_bytes()),
            size,
            date,
            uid,
        }
    }

    fn pairs(there: &[Sighting], wanted: &[Sighting]) -> Vec<(u32, u32)> {
        let found = Pool::new(there.to_vec()).find(wanted.to_vec());
        found.iter().map(|one| (one.source, one.target)).collect()
    }

    #[test]
    fn equal_messages_are_matched_by_count() {
        let twin = |uid| seen(uid, "twin", 500, 7);
        let there = [twin(1), twin(2), seen(3, "other", 500, 7)];
        let wanted = [twin(11), twin(12), twin(13), twin(14)];
        assert_eq!(pairs(&there, &wanted), [(11, 1), (12, 2)]);
        let many: Vec<Sighting> = (1..=3000).map(twin).collect();
        assert_eq!(pairs(&many, &many).len(), 3000);
        assert_eq!(pairs(&[], &wanted), []);
    }

    #[test]
    fn the_closest_goes_first() {
        let there = [
            seen(1, "a", 1000, 5),
            seen(2, "a", 1000, 6),
            seen(3, "a", 1010, 7),
        ];
        for (wanted, expected) in [
            (vec![seen(9, "a", 1000, 6)], vec![(9, 2)]),
            (vec![seen(9, "a", 1010, 1)], vec![(9, 3)]),
            (vec![seen(9, "a", 1005, 1)], vec![(9, 1)]),
            // neither the one nor the other loses its own to a stranger
            (
                vec![seen(8, "a", 1005, 5), seen(9, "a", 1000, 5)],
                vec![(8, 2), (9, 1)],
            ),
            (vec![seen(9, "a", 2000, 5)], vec![]),
            (vec![seen(9, "b", 1000, 5)], vec![]),
        ] {
            assert_eq!(pairs(&there, &wanted), expected, "{wanted:?}");
        }
    }

    #[test]
    fn what_has_little_to_be_known_by_must_be_more_alike() {
        let seen = |uid, header: &str, size, date| Sighting {
            identity: Identity::of(header.as_bytes()),
            size,
            date,
            uid,
        };
        for (header, size, date, is_found) in [
            ("", 500, 7, true),
            ("", 500, 8, false),
            ("", 501, 7, false),
            ("Subject: a\r\n", 500, 8, true),
            ("Subject: a\r\n", 501, 7, false),
            ("Message-ID: a\r\n", 501, 8, true),
        ] {
            let found = pairs(&[seen(1, header, 500, 7)], &[seen(2, header, size, date)]);
            assert_eq!(!found.is_empty(), is_found, "{header:?} {size} {date}");
        }
    }

    #[test]
    fn groups_ascend_on_both_sides_and_are_few() {
        let all = |pairs: &[(u32, u32)]| {
            let found = pairs.iter().map(|&(source, target)| Match {
                source,
                target,
                size: 1,
            });
            ascending(found.collect())
        };
        assert_eq!(all(&[(1, 5), (2, 6), (3, 9)]).len(), 1);
        assert_eq!(all(&[(3, 9), (1, 5), (2, 6)]).len(), 1);
        assert_eq!(all(&[(1, 3), (2, 2), (3, 1)]).len(), 3);
        assert_eq!(all(&[]).len(), 0);
        // a simple generator: the same numbers every time
        let mut seed = 9u64;
        let mut targets: Vec<u32> = (1..=2000).collect();
        for i in (1..targets.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            targets.swap(i, (seed >> 33) as usize % (i + 1));
        }
        let mixed: Vec<(u32, u32)> = (1..=2000).zip(targets).collect();
        let groups = all(&mixed);
        assert!(
            groups.len() < 2 * 2000_usize.isqrt() + 20,
            "{}",
            groups.len()
        );
        assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), 2000);
        for group in groups {
            assert!(group.is_sorted_by_key(|one| one.source));
            assert!(group.is_sorted_by_key(|one| one.target));
        }
    }
}

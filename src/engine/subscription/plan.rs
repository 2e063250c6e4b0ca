//! Which messages of a maildrop are new: pure. A message is known by its name at the server as long as the server is true to
//! it, and by its content otherwise.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use crate::store::{DropMessage, DropState};
use crate::transport::pop3::Listed;

/// A name at the server as it is remembered: 96 bits of its SHA-256.
pub(super) fn name_hash(name: &[u8]) -> [u8; 12] {
    let mut hash = [0; 12];
    hash.copy_from_slice(&Sha256::digest(name)[..12]);
    hash
}

/// What is remembered of an account, while it is compared with what the account has.
pub(super) struct Memory {
    messages: BTreeMap<u32, DropMessage>,
    /// By content: those that no listed message was found to be.
    unmatched: HashMap<[u8; 12], Vec<u32>>,
    /// Listed number → ours.
    pub(super) here: BTreeMap<u32, u32>,
    /// Messages whose memory changed.
    changed: Vec<u32>,
    /// By content: messages of the mailbox that we did not bring, and how many of each.
    foreign: HashMap<[u8; 12], u32>,
}

/// Compares. Gives the memory, and what must be read, (number, size), in the order of the list.
///
/// A name alone is believed when it was listed all the time, with the same size. A name that had vanished, or that the server
/// was told to delete, may have been given to another message since.
pub(super) fn compare(listed: &[Listed], known: Vec<DropMessage>) -> (Memory, Vec<(u32, u64)>) {
    let by_name: HashMap<[u8; 12], u32> = known
        .iter()
        .filter(|one| one.state == DropState::Stored && one.gone_at.is_none())
        .filter_map(|one| one.name.map(|name| (name, one.number)))
        .collect();
    let messages: BTreeMap<u32, DropMessage> =
        known.into_iter().map(|one| (one.number, one)).collect();
    let mut here = BTreeMap::new();
    let mut read = Vec::new();
    for one in listed {
        let name = one.name.as_deref().map(name_hash);
        let ours = name.and_then(|name| by_name.get(&name));
        match ours.and_then(|ours| messages.get(ours)) {
            Some(known) if known.size == one.size => {
                here.insert(one.number, known.number);
            }
            _ => read.push((one.number, one.size)),
        }
    }
    let mut unmatched: HashMap<[u8; 12], Vec<u32>> = HashMap::new();
    let matched: std::collections::HashSet<u32> = here.values().copied().collect();
    for one in messages
        .values()
        .filter(|one| !matched.contains(&one.number))
    {
        unmatched.entry(one.content).or_default().push(one.number);
    }
    let memory = Memory {
        messages,
        unmatched,
        here,
        changed: Vec::new(),
        foreign: HashMap::new(),
    };
    (memory, read)
}

impl Memory {
    /// Whether a message that was read is one that we have: by its content, each of ours once. One that the server was told to
    /// delete is so only under its own name, because another that is equal may come later.
    pub(super) fn recognise(&mut self, listed: &Listed, content: [u8; 12]) -> bool {
        let name = listed.name.as_deref().map(name_hash);
        let Some(candidates) = self.unmatched.get_mut(&content) else {
            return false;
        };
        let is_named_so = |number: &u32| {
            let known = self.messages.get(number);
            known.is_some_and(|known| known.name.is_some() && known.name == name)
        };
        let is_still_there = |number: &u32| {
            let known = self.messages.get(number);
            known.is_some_and(|known| known.state == DropState::Stored)
        };
        let found = candidates
            .iter()
            .position(is_named_so)
            .or_else(|| candidates.iter().position(is_still_there));
        let Some(number) = found.map(|at| candidates.swap_remove(at)) else {
            return false;
        };
        if let Some(known) = self.messages.get_mut(&number) {
            known.name = name;
            known.size = listed.size;
            known.state = DropState::Stored;
            known.gone_at = None;
            self.changed.push(number);
        }
        self.here.insert(listed.number, number);
        true
    }

    /// Takes in what the mailbox has before the first poll came to its end, of another tool or of a state that was lost; what
    /// we brought ourselves is among it and does not count.
    pub(super) fn found(&mut self, contents: impl IntoIterator<Item = [u8; 12]>) {
        for content in contents {
            *self.foreign.entry(content).or_default() += 1;
        }
        for ours in self.messages.values() {
            if let Some(count) = self.foreign.get_mut(&ours.content) {
                *count = count.saturating_sub(1);
            }
        }
    }

    /// Whether the mailbox has a message that somebody else brought: each of those once.
    pub(super) fn adopt(&mut self, content: [u8; 12]) -> bool {
        match self.foreign.get_mut(&content) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// Takes in a message that is to be kept with the next changes.
    pub(super) fn adopted(&mut self, listed: u32, message: DropMessage) {
        self.changed.push(message.number);
        self.stored(listed, message);
    }

    /// Takes in a message that is stored now.
    pub(super) fn stored(&mut self, listed: u32, message: DropMessage) {
        self.here.insert(listed, message.number);
        self.messages.insert(message.number, message);
    }

    /// What changed since the last call, and with `now` also what is not listed any more.
    pub(super) fn changes(&mut self, now: Option<i64>) -> Vec<DropMessage> {
        if let Some(now) = now {
            let here: std::collections::HashSet<u32> = self.here.values().copied().collect();
            for (number, one) in &mut self.messages {
                if one.gone_at.is_none() && !here.contains(number) {
                    one.gone_at = Some(now);
                    self.changed.push(*number);
                }
            }
        }
        let changed = std::mem::take(&mut self.changed);
        changed
            .iter()
            .filter_map(|number| self.messages.get(number).cloned())
            .collect()
    }

    /// What the server is told to delete: our memory of these listed messages, as it is from then on.
    pub(super) fn deleted(&mut self, listed: &[u32], now: i64) -> Vec<DropMessage> {
        for one in listed {
            let ours = self.here.get(one);
            if let Some(known) = ours.and_then(|ours| self.messages.get_mut(ours)) {
                known.state = DropState::Deleted;
                known.gone_at = Some(now);
                self.changed.push(known.number);
            }
        }
        self.changes(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(number: u32, name: Option<&str>, content: u8, size: u64) -> DropMessage {
        DropMessage {
            number,
            state: DropState::Stored,
            name: name.map(|name| name_hash(name.as_bytes())),
            content: [content; 12],
            size,
            gone_at: None,
        }
    }

    fn listed(number: u32, name: &str, size: u64) -> Listed {
        let name = (!name.is_empty()).then(|| name.as_bytes().to_vec());
        Listed { number, size, name }
    }

    #[test]
    fn a_name_is_believed_while_it_stays_with_its_size() {
        let mut gone = known(3, Some("c"), 3, 30);
        gone.gone_at = Some(1);
        let mut deleted = known(4, Some("d"), 4, 40);
        deleted.state = DropState::Deleted;
        let memory = vec![
            known(1, Some("a"), 1, 10),
            known(2, Some("b"), 2, 20),
            gone,
            deleted,
        ];
        let list = [
            listed(1, "b", 20),
            listed(2, "a", 11),
            listed(3, "c", 30),
            listed(4, "d", 40),
            listed(5, "e", 1),
            listed(6, "", 2),
        ];
        let (memory, read) = compare(&list, memory);
        assert_eq!(read, [(2, 11), (3, 30), (4, 40), (5, 1), (6, 2)]);
        assert_eq!(memory.here.into_iter().collect::<Vec<_>>(), [(1, 2)]);
    }

    #[test]
    fn new_names_for_old_messages_are_recognised_each_once() {
        let old = vec![
            known(1, Some("a"), 7, 10),
            known(2, Some("b"), 7, 10),
            known(3, Some("c"), 9, 10),
        ];
        let list = [
            listed(1, "x", 10),
            listed(2, "y", 10),
            listed(3, "z", 10),
            listed(4, "c", 10),
        ];
        let (mut memory, read) = compare(&list, old);
        assert_eq!(read.len(), 3);
        let recognised: Vec<bool> = list[..3]
            .iter()
            .map(|one| memory.recognise(one, [7; 12]))
            .collect();
        assert_eq!(recognised, [true, true, false]);
        let changed = memory.changes(Some(5));
        assert_eq!(changed.len(), 2);
        assert!(changed.iter().all(|one| one.gone_at.is_none()));
        // under the new names they are believed from now on
        let (_, read) = compare(&list, changed);
        assert_eq!(read.iter().map(|one| one.0).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn a_name_that_was_used_again_is_another_message() {
        let (mut memory, read) = compare(&[listed(1, "a", 11)], vec![known(1, Some("a"), 1, 10)]);
        assert_eq!(read, [(1, 11)]);
        assert!(!memory.recognise(&listed(1, "a", 11), [2; 12]));
        memory.stored(1, known(2, Some("a"), 2, 11));
        let changed = memory.changes(Some(5));
        assert_eq!(
            (changed.len(), changed[0].number, changed[0].gone_at),
            (1, 1, Some(5))
        );
    }

    #[test]
    fn what_others_brought_counts_and_what_we_brought_does_not() {
        let (mut memory, _) = compare(&[], vec![known(1, Some("a"), 7, 10)]);
        memory.found([[7; 12], [7; 12], [8; 12]]);
        let adopted = [[7; 12], [7; 12], [8; 12], [8; 12], [9; 12]].map(|one| memory.adopt(one));
        assert_eq!(adopted, [true, false, true, false, false]);
    }

    #[test]
    fn what_was_deleted_is_known_by_its_own_name_only() {
        let list = [listed(1, "a", 10), listed(2, "b", 10)];
        let (mut memory, _) = compare(
            &list,
            vec![known(1, Some("a"), 1, 10), known(2, Some("b"), 2, 10)],
        );
        let deleted = memory.deleted(&[1, 2], 9);
        assert!(
            deleted.len() == 2
                && deleted
                    .iter()
                    .all(|one| one.state == DropState::Deleted && one.gone_at == Some(9))
        );
        // the connection broke before the server deleted them
        let (mut memory, read) = compare(&list, deleted.clone());
        assert_eq!(read.len(), 2);
        assert!(memory.recognise(&list[0], [1; 12]));
        assert_eq!(memory.changes(None)[0].state, DropState::Stored);
        // an equal message that comes later is a message
        let (mut memory, _) = compare(&[listed(1, "new", 10)], deleted);
        assert!(!memory.recognise(&listed(1, "new", 10), [1; 12]));
    }
}

//! What changed at the source since the last pass: pure functions from what it shows now and what the state knows.

use crate::mail::{FlagChange, FlagTable, UidSet};
use crate::store::FolderRecord;
use crate::transport::imap::{FolderState, FolderStatus};

/// How an open folder is to be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Look {
    /// Its UIDs are enough: no flag can have changed that was carried over before.
    Uids,
    /// Its UIDs, and the flags that changed after this HIGHESTMODSEQ (RFC 7162).
    Since(u64),
    /// UIDs and flags of all messages, to be compared.
    Whole,
}

/// Chooses the cheapest way that cannot miss a change. A HIGHESTMODSEQ that went back was a restored server's: it says nothing.
pub(in crate::engine) fn look(known: &FolderRecord, state: &FolderState) -> Look {
    let has_copies = known.copied_items + known.adopted_items > 0;
    if !has_copies || known.uid_validity != state.uid_validity {
        return Look::Uids;
    }
    match (known.highest_modseq, state.highest_modseq) {
        (was @ 1.., Some(is)) if is == was => Look::Uids,
        (was @ 1.., Some(is)) if is > was => Look::Since(was),
        _ => Look::Whole,
    }
}

/// True only when the folder was synced whole and its counts say that nothing happened since, so that it need not be opened.
/// New mail shows in UIDNEXT, mail that went in MESSAGES, changed flags in HIGHESTMODSEQ; without that one only a folder
/// that was and is empty is sure not to have changed.
pub(in crate::engine) fn is_unchanged(known: &FolderRecord, status: Option<&FolderStatus>) -> bool {
    let Some(status) = status else { return false };
    let is_same = known.synced_at.is_some()
        && known.open_items() == 0
        && status.uid_validity != 0
        && status.uid_validity == known.uid_validity
        && status.uid_next != 0
        && status.uid_next == known.uid_next
        && u64::from(status.messages) == known.source_items;
    let has_same_flags = match status.highest_modseq {
        Some(modseq) => modseq == known.highest_modseq,
        None => status.messages == 0,
    };
    is_same && has_same_flags
}

/// Why the counts of a folder are not to be believed, if they are not. Servers that show only part of a folder over IMAP
/// stop at a round number, or count messages that they then do not list.
pub(in crate::engine) fn hidden(exists: u64, listed: u64) -> Option<String> {
    if listed < exists {
        return Some(format!(
            "The source says that it has {exists} messages, and lists {listed}."
        ));
    }
    [1_000, 10_000].contains(&listed).then(|| {
        format!(
            "It shows exactly {listed} messages, where some servers stop to show more. Compare the number with what the user sees."
        )
    })
}

/// Flag changes to carry over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct FlagPlan {
    /// The changes, by the source's UIDs.
    pub changes: Vec<FlagChange>,
    /// What the state is to know when they are carried over; `None` when it knows it already.
    pub known: Option<FlagTable>,
}

/// Plans flag changes: `known` is what was carried over last, `seen` what the source shows of all or some messages,
/// `stored` which messages the target has. Only what changed at the source since is in the plan, so that what somebody
/// changed at the target stays. Where nothing is known of a message (it was found at the target), its flags are added.
pub(in crate::engine) fn flags(known: FlagTable, seen: &FlagTable, stored: &UidSet) -> FlagPlan {
    let seen = seen.only(stored);
    let changes = known.changes(&seen);
    let is_news = !changes.is_empty() || !seen.uids().subtract(known.uids()).is_empty();
    let known = is_news.then(|| {
        let mut known = known;
        known.put_all(&seen);
        known
    });
    FlagPlan { changes, known }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::mail::FlagSet;

    fn set(text: &str) -> UidSet {
        text.parse().unwrap()
    }

    fn table(rows: &[(&str, &str)]) -> FlagTable {
        let mut table = FlagTable::new();
        for (flags, uids) in rows {
            table.put(FlagSet::from_names(flags.split_whitespace()), &set(uids));
        }
        table
    }

    fn known(modseq: u64) -> FolderRecord {
        FolderRecord {
            uid_validity: 7,
            uid_next: 4,
            highest_modseq: modseq,
            total_items: 3,
            copied_items: 3,
            source_items: 3,
            synced_at: Some(1),
            ..FolderRecord::default()
        }
    }

    #[test]
    fn the_cheapest_look_that_misses_nothing() {
        let state = |uid_validity, highest_modseq| FolderState {
            uid_validity,
            highest_modseq,
            ..FolderState::default()
        };
        for (was, validity, is, expected) in [
            (5, 7, Some(5), Look::Uids),
            (5, 7, Some(9), Look::Since(5)),
            (5, 7, Some(4), Look::Whole),
            (5, 7, None, Look::Whole),
            (0, 7, Some(9), Look::Whole),
            (0, 7, None, Look::Whole),
            (5, 8, Some(9), Look::Uids),
        ] {
            assert_eq!(look(&known(was), &state(validity, is)), expected);
        }
        assert_eq!(look(&FolderRecord::default(), &state(7, None)), Look::Uids);
    }

    #[test]
    fn a_folder_stays_closed_only_when_every_count_is_the_same() {
        let same = FolderStatus {
            messages: 3,
            uid_next: 4,
            uid_validity: 7,
            highest_modseq: Some(5),
            size: None,
        };
        assert!(is_unchanged(&known(5), Some(&same)));
        assert!(!is_unchanged(&known(5), None));
        let open = FolderRecord {
            total_items: 4,
            ..known(5)
        };
        assert!(!is_unchanged(&open, Some(&same)));
        let never = FolderRecord {
            synced_at: None,
            ..known(5)
        };
        assert!(!is_unchanged(&never, Some(&same)));
        for other in [
            FolderStatus {
                messages: 2,
                ..same
            },
            FolderStatus {
                uid_next: 5,
                ..same
            },
            FolderStatus {
                uid_validity: 8,
                ..same
            },
            FolderStatus {
                highest_modseq: Some(6),
                ..same
            },
            FolderStatus {
                highest_modseq: None,
                ..same
            },
        ] {
            assert!(!is_unchanged(&known(5), Some(&other)), "{other:?}");
        }
        let empty = FolderRecord {
            source_items: 0,
            ..known(0)
        };
        let status = FolderStatus {
            messages: 0,
            highest_modseq: None,
            ..same
        };
        assert!(is_unchanged(&empty, Some(&status)));
    }

    #[test]
    fn round_numbers_and_missing_messages_are_doubted() {
        for (exists, listed, is_doubted) in [
            (0, 0, false),
            (999, 999, false),
            (1_000, 1_000, true),
            (10_000, 10_000, true),
            (25_000, 10_000, true),
            (3, 2, true),
            // one came in between
            (3, 4, false),
        ] {
            assert_eq!(
                hidden(exists, listed).is_some(),
                is_doubted,
                "{exists} {listed}"
            );
        }
    }

    #[test]
    fn only_what_changed_at_the_source_is_carried_over() {
        let was = table(&[("", "1:5"), ("\\Seen", "6:9")]);
        let plan = flags(was.clone(), &was, &set("1:9"));
        assert_eq!(plan, FlagPlan::default());
        // 3 was read, 6 was unread again, 20 is not at the target, 10 was found there
        let seen = table(&[("\\Seen", "3,20"), ("", "6"), ("\\Flagged", "10")]);
        let plan = flags(was, &seen, &set("1:10"));
        let texts: Vec<(String, String, String)> = plan
            .changes
            .iter()
            .map(|c| (c.uids.to_string(), c.add.to_string(), c.remove.to_string()))
            .collect();
        let text = |uids: &str, add: &str, remove: &str| (uids.into(), add.into(), remove.into());
        assert_eq!(
            texts,
            [
                text("3", "\\Seen", ""),
                text("6", "", "\\Seen"),
                text("10", "\\Flagged", "")
            ]
        );
        let known = plan.known.unwrap();
        assert_eq!(known.uids(), &set("1:10"));
        assert_eq!(flags(known, &seen, &set("1:10")), FlagPlan::default());
    }
}

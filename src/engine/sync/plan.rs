//! What is to be done: pure functions from what the source shows and the state knows.

use std::collections::{HashMap, HashSet};

use super::changes::is_unchanged;
use super::filter::FolderFilter;
use crate::mail::{FolderPath, SpecialUse, UidSet};
use crate::store::FolderRecord;
use crate::transport::TargetMap;
use crate::transport::imap::{FolderState, FolderStatus, ListedFolder, WireName};

/// A source folder that is to be brought in step.
#[derive(Clone, Debug)]
pub(in crate::engine) struct FolderPlan {
    /// Name for the server.
    pub wire: WireName,
    /// Where it goes at the target.
    pub path: FolderPath,
    /// Special use, if it has one.
    pub special_use: Option<SpecialUse>,
    /// Whether the user subscribed to it.
    pub is_subscribed: bool,
    /// The counts of the listing.
    pub status: Option<FolderStatus>,
    /// What the state knows of it; a fresh record (id 0) for a new folder.
    pub record: FolderRecord,
    /// Nothing happened since it was last synced whole: it need not be opened.
    pub is_unchanged: bool,
}

/// The folders to do, and what to tell about the listing.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct AccountPlan {
    /// In the order of work: the inbox first, then by path.
    pub folders: Vec<FolderPlan>,
    /// Folders that another source folder is merged with at the target.
    pub merged: Vec<String>,
    /// How many folders the filter left out.
    pub left_out: usize,
    /// Folders that the source has no more, as they are to be kept: what was counted in them and never copied is nobody's now.
    pub gone: Vec<FolderRecord>,
}

/// Plans an account. Folders that hold no mail of their own (`\Noselect`) are made again only through those below them.
pub(in crate::engine) fn account(
    listed: Vec<ListedFolder>,
    known: Vec<FolderRecord>,
    filter: &FolderFilter,
    map: &TargetMap,
) -> AccountPlan {
    let here: HashSet<Vec<u8>> = listed
        .iter()
        .filter(|folder| folder.is_selectable)
        .map(|folder| folder.wire.0.clone())
        .collect();
    let mut known: HashMap<Vec<u8>, FolderRecord> = known
        .into_iter()
        .map(|record| (record.source_name.clone(), record))
        .collect();
    let mut plan = AccountPlan::default();
    let mut targets = HashSet::new();
    for folder in listed.into_iter().filter(|folder| folder.is_selectable) {
        if !filter.takes(&folder.path, folder.special_use) {
            plan.left_out += 1;
            continue;
        }
        let record = known.remove(&folder.wire.0);
        // a folder keeps the place it once got
        let place = record.as_ref().and_then(|one| one.target_name.parse().ok());
        let path: FolderPath = place.unwrap_or_else(|| map.place(&folder.path, folder.special_use));
        let name = path.to_string();
        if !targets.insert(name.clone()) {
            plan.merged.push(name.clone());
        }
        let record = record.unwrap_or_else(|| fresh(&folder, &name));
        plan.folders.push(FolderPlan {
            is_unchanged: is_unchanged(&record, folder.status.as_ref()),
            wire: folder.wire,
            path,
            special_use: folder.special_use,
            is_subscribed: folder.is_subscribed,
            status: folder.status,
            record,
        });
    }
    plan.gone = known
        .into_values()
        .filter(|record| !here.contains(&record.source_name) && record.open_items() > 0)
        .map(without_open)
        .collect();
    plan.folders.sort_by(|a, b| {
        let order = |one: &FolderPlan| (!one.path.is_inbox(), one.record.display_name.clone());
        order(a).cmp(&order(b))
    });
    plan
}

fn without_open(mut record: FolderRecord) -> FolderRecord {
    record.total_items -= record.open_items();
    record.total_bytes = record.copied_bytes;
    record
}

fn fresh(folder: &ListedFolder, target_name: &str) -> FolderRecord {
    let status = folder.status.unwrap_or_default();
    FolderRecord {
        source_name: folder.wire.0.clone(),
        display_name: folder.path.to_string(),
        target_name: target_name.to_owned(),
        uid_validity: status.uid_validity,
        total_items: u64::from(status.messages),
        total_bytes: status.size.unwrap_or(0),
        ..FolderRecord::default()
    }
}

/// Whether the UIDs of what was copied mean nothing any more; copying by them would double everything.
pub(in crate::engine) fn is_renumbered(record: &FolderRecord, state: &FolderState) -> bool {
    record.uid_validity != state.uid_validity && record.copied_items + record.adopted_items > 0
}

/// Plans an opened folder: what was listed, less what the target has, less what was skipped for good. Gives the UIDs without
/// a verdict, and the record with the counts that hold from now on.
pub(in crate::engine) fn folder(
    record: &FolderRecord,
    state: &FolderState,
    listed: &UidSet,
    stored: &UidSet,
    skipped: &UidSet,
) -> (UidSet, FolderRecord) {
    let uids = listed.subtract(stored).subtract(skipped);
    let mut record = record.clone();
    if record.uid_validity != state.uid_validity {
        record.uid_validity = state.uid_validity;
        record.skipped_items = 0;
        record.vanished_items = 0;
        record.uid_next = 0;
        record.highest_modseq = 0;
    }
    let done =
        record.copied_items + record.adopted_items + record.skipped_items + record.vanished_items;
    record.total_items = done + uids.len();
    (uids, record)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn set(text: &str) -> UidSet {
        text.parse().unwrap()
    }

    fn record(validity: u32, copied: u64, skipped: u64) -> FolderRecord {
        FolderRecord {
            uid_validity: validity,
            copied_items: copied,
            skipped_items: skipped,
            ..FolderRecord::default()
        }
    }

    fn state(validity: u32) -> FolderState {
        FolderState {
            uid_validity: validity,
            ..FolderState::default()
        }
    }

    #[test]
    fn what_has_a_verdict_is_not_copied_again() {
        let (known, is) = (record(7, 3, 1), state(7));
        let (uids, record) = folder(&known, &is, &set("1:10"), &set("1:3"), &set("5"));
        assert_eq!(uids, set("4,6:10"));
        assert_eq!((record.total_items, record.open_items()), (10, 6));
    }

    #[test]
    fn what_went_away_at_the_source_after_it_was_copied_still_counts() {
        let (known, is) = (record(7, 3, 0), state(7));
        let (uids, record) = folder(&known, &is, &set("3:4"), &set("1:3"), &set(""));
        assert_eq!((uids, record.total_items), (set("4"), 4));
    }

    #[test]
    fn another_validity_matters_only_when_something_was_copied() {
        assert!(is_renumbered(&record(7, 3, 0), &state(8)));
        assert!(!is_renumbered(&record(7, 3, 0), &state(7)));
        let known = record(7, 0, 2);
        assert!(!is_renumbered(&known, &state(8)));
        let (uids, record) = folder(&known, &state(8), &set("1:3"), &set(""), &set(""));
        assert_eq!(
            (uids.len(), record.uid_validity, record.total_items),
            (3, 8, 3)
        );
    }
}

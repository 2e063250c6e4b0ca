//! Removing from the target what is gone at the source, which is done only when it was asked for, and within limits.
//!
//! It is the last work of a pass, when all folders are copied: mail that was moved is in its new folder before its old copy goes.
//! (Moved mail comes over the wire again: the new copy is then as sure as any other, and the old one may belong to nobody yet.)

use super::account::{Account, End};
use super::folder::Step;
use super::plan::FolderPlan;
use crate::mail::{FlagTable, FolderPath, UidSet};
use crate::store::FolderRecord;
use crate::transport::imap::{FolderState, ImapTarget, WireName};
use crate::transport::{ErrorClass, Target};

/// Messages that one pass over a mailbox removes at most, when no limit was given.
const MOST: u64 = 1_000;
/// A folder may lose so many messages without a look at its share.
const FEW: u64 = 10;

/// Messages of a folder that are to be removed.
pub(super) struct Gone {
    record: FolderRecord,
    wire: WireName,
    path: FolderPath,
    uids: UidSet,
}

/// Why nothing may be removed from a folder, if so. `stored` were copied, `listed` are at the source, `missing` are not.
fn refusal(
    known: &FolderRecord,
    exists: u64,
    listed: u64,
    stored: u64,
    missing: u64,
    limit: Option<u32>,
) -> Option<String> {
    if known.synced_at.is_none() {
        return Some("it was not synced whole before".into());
    }
    if let Some(reason) = super::changes::hidden(exists, listed) {
        return Some(reason);
    }
    if listed == 0 {
        return Some("it is suddenly empty at the source".into());
    }
    let is_most = missing > FEW && missing.saturating_mul(2) > stored;
    (limit.is_none() && is_most).then(|| {
        format!("{missing} of {stored} messages are gone at the source at once; -RemoveMissingLimit allows it")
    })
}

impl Account {
    /// Keeps what is to be removed from a folder for the end of the pass.
    pub(super) async fn plan_removal(
        &mut self,
        folder: &FolderPlan,
        step: &Step,
        state: &FolderState,
        listed: &UidSet,
    ) -> Result<(), End> {
        let missing = step.stored.subtract(listed);
        if !self.batch.remove_missing || missing.is_empty() {
            return Ok(());
        }
        let refused = refusal(
            &step.record,
            u64::from(state.exists),
            listed.len(),
            step.stored.len(),
            missing.len(),
            self.batch.remove_missing_limit,
        );
        if let Some(reason) = refused {
            let name = &step.record.display_name;
            self.warn(&format!("Nothing is removed from \"{name}\": {reason}."))
                .await?;
            return Ok(());
        }
        self.gone.push(Gone {
            record: step.record.clone(),
            wire: folder.wire.clone(),
            path: folder.path.clone(),
            uids: missing,
        });
        Ok(())
    }

    /// Removes what is gone at the source, or nothing when it is too much.
    pub(super) async fn remove_gone(&mut self) -> Result<(), End> {
        let gone = std::mem::take(&mut self.gone);
        let count: u64 = gone.iter().map(|one| one.uids.len()).sum();
        let most = self.batch.remove_missing_limit.map_or(MOST, u64::from);
        if count > most {
            self.warn(&format!(
                "Nothing is removed: {count} messages are gone at the source, and one pass removes at most {most} (-RemoveMissingLimit)."
            ))
            .await?;
            return Ok(());
        }
        for one in gone {
            if self.stop.is_cancelled() {
                return Err(End::Stopped);
            }
            self.remove(one).await?;
        }
        Ok(())
    }

    async fn remove(&self, gone: Gone) -> Result<(), End> {
        let (id, validity) = (gone.record.id, gone.record.uid_validity);
        let own = self.store.own_copies(id, validity).await?;
        let uids = gone.uids.intersect(&own);
        let known = self.store.flags(id).await?.only(&uids);
        let removed = match &self.target {
            _ if uids.is_empty() => UidSet::new(),
            Target::Maildir(mailbox) if self.target.is_ready(&gone.path, false).await => {
                let origin = self.origin(&gone.wire, validity);
                mailbox.remove(&gone.path, &origin, known).await?
            }
            Target::Maildir(_) => UidSet::new(),
            Target::Imap(target) => self.remove_there(target, &gone, &known).await?,
        };
        if !removed.is_empty() {
            self.store
                .forget_removed(self.user.id, id, validity, &removed)
                .await?;
            let missing = gone.uids.subtract(&removed);
            self.store.set_missing(id, &missing).await?;
        }
        let (count, kept) = (removed.len(), gone.uids.len() - removed.len());
        let kept = match kept {
            0 => String::new(),
            kept => format!(
                " {kept} stay: they were changed at the target, or were there before the migration."
            ),
        };
        self.report(&format!(
            "{count} messages of \"{}\" that are gone at the source were removed at the target.{kept}",
            gone.record.display_name
        ))
        .await?;
        Ok(())
    }

    /// Removes messages on a server. Gives the source UIDs of those that are not there any more.
    async fn remove_there(
        &self,
        target: &ImapTarget,
        gone: &Gone,
        known: &FlagTable,
    ) -> Result<UidSet, End> {
        let (id, validity) = (gone.record.id, gone.record.uid_validity);
        if !self.target.is_ready(&gone.path, false).await {
            return Ok(UidSet::new());
        }
        let into = self.target.ensure_folder(&gone.path, None, false).await?;
        let pairs = self
            .store
            .target_uids(id, validity, into.uid_validity, known.uids())
            .await?;
        let mut expected = FlagTable::new();
        for (flags, row) in known.rows() {
            let there: UidSet = row
                .iter()
                .filter_map(|uid| pairs.get(&uid).copied())
                .collect();
            expected.put(flags.clone(), &there);
        }
        if expected.is_empty() {
            return Ok(UidSet::new());
        }
        let kept = match target.remove(&into, expected).await {
            Ok(kept) => kept,
            Err(error) if !error.is_fatal && error.class == ErrorClass::Refused => {
                let name = &gone.record.display_name;
                self.warn(&format!("Nothing is removed from \"{name}\": {error}"))
                    .await?;
                return Ok(UidSet::new());
            }
            Err(error) => return Err(error.into()),
        };
        let removed = pairs
            .into_iter()
            .filter(|(_, there)| !kept.contains(*there));
        Ok(removed.map(|(source, _)| source).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_accident_is_not_followed() {
        let synced = FolderRecord {
            synced_at: Some(1),
            ..FolderRecord::default()
        };
        let fresh = FolderRecord::default();
        for (record, exists, listed, stored, missing, limit, is_refused) in [
            (&synced, 95, 95, 100, 5, None, false),
            (&synced, 1, 1, 10, 9, None, false),
            (&synced, 40, 40, 100, 60, None, true),
            (&synced, 40, 40, 100, 60, Some(60), false),
            (&synced, 0, 0, 5, 5, None, true),
            (&synced, 0, 0, 5, 5, Some(100), true),
            (&synced, 100, 95, 100, 5, None, true),
            (&synced, 1000, 1000, 1003, 3, None, true),
            (&fresh, 95, 95, 100, 5, None, true),
        ] {
            let refused = refusal(record, exists, listed, stored, missing, limit);
            assert_eq!(
                refused.is_some(),
                is_refused,
                "{listed} {missing}: {refused:?}"
            );
        }
    }
}

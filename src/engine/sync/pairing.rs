//! Which message of the target is which of the source. The journal says so where the server told its UIDs; where it did not, or
//! numbered its messages again since, they are found once by identity and kept.

use super::account::{Account, End};
use super::folder::Opened;
use super::matching::{Pool, ascending};
use super::settle::{find, found_group};
use crate::mail::{FlagChange, UidSet};
use crate::store::{Found, Pairs};
use crate::transport::Target;
use crate::transport::imap::{ImapSource, ImapTarget};

impl Account {
    /// The same changes by the UIDs of the target, where it goes by them. Messages that it has no longer fall out.
    pub(super) async fn at_target(
        &self,
        source: &mut ImapSource,
        opened: &Opened,
        listed: &UidSet,
        changes: Vec<FlagChange>,
    ) -> Result<Vec<FlagChange>, End> {
        let Target::Imap(target) = &self.target else {
            return Ok(changes);
        };
        let mut pairs = self.pairs_of(opened).await?;
        if pairs.iter().any(|row| !is_named(row, opened)) {
            self.pair_again(source, target, opened, listed, &pairs)
                .await?;
            pairs = self.pairs_of(opened).await?;
        }
        pairs.retain(|row| is_named(row, opened));
        Ok(translated(&pairs, changes))
    }

    /// Finds everything again when the target numbered its messages anew. New mail must not be taken for mail that is known.
    pub(super) async fn follow_target_validity(
        &self,
        source: &mut ImapSource,
        opened: &Opened,
        listed: &UidSet,
    ) -> Result<(), End> {
        let Target::Imap(target) = &self.target else {
            return Ok(());
        };
        let pairs = self.pairs_of(opened).await?;
        let validity = opened.into.uid_validity;
        if pairs.iter().all(|row| row.target_uid_validity == validity) {
            return Ok(());
        }
        self.report(&format!(
            "The target gave the folder \"{}\" new message numbers. The messages are found again by what they are.",
            opened.record.display_name
        ))
        .await?;
        self.pair_again(source, target, opened, listed, &pairs)
            .await
    }

    async fn pairs_of(&self, opened: &Opened) -> Result<Vec<Pairs>, End> {
        let (folder, validity) = (opened.record.id, opened.origin.uid_validity);
        Ok(self.store.pairs(folder, validity).await?)
    }

    async fn pair_again(
        &self,
        source: &mut ImapSource,
        target: &ImapTarget,
        opened: &Opened,
        listed: &UidSet,
        pairs: &[Pairs],
    ) -> Result<(), End> {
        let into = &opened.into;
        let mut wanted = UidSet::new();
        let mut first = u32::MAX;
        for row in pairs.iter().filter(|row| !is_named(row, opened)) {
            wanted.extend_set(&row.sources);
            // looked for below that UIDNEXT before, or sent above it
            let is_same = row.target_uid_validity == into.uid_validity;
            first = first.min(if is_same {
                row.target_uid_next.max(1)
            } else {
                1
            });
        }
        // what the source no longer has cannot be known again
        wanted = wanted.intersect(listed);
        let mut groups = Vec::new();
        if !wanted.is_empty() && (into.uid_next == 0 || first < into.uid_next) && into.exists > 0 {
            let mut strange = target.uids_since(&into.path, first).await?;
            let name = &opened.record.target_name;
            for row in self.store.pairs_at(self.user.id, name).await? {
                if let Some(targets) = row
                    .targets
                    .filter(|_| row.target_uid_validity == into.uid_validity)
                {
                    strange = strange.subtract(&targets);
                }
            }
            let mut pool = Pool::new(target.identify(&into.path, &strange).await?);
            let found = ascending(find(source, &mut pool, &wanted).await?);
            groups = found
                .iter()
                .map(|group| found_group(opened, group))
                .collect();
        }
        let found = Found {
            folder: opened.record.id,
            uid_validity: opened.origin.uid_validity,
            target_uid_validity: into.uid_validity,
            target_uid_next: into.uid_next,
            groups,
            at: self.shared.now(),
        };
        Ok(self.store.pair_again(&found).await?)
    }
}

/// Whether the target UIDs of these messages are known and mean something.
fn is_named(row: &Pairs, opened: &Opened) -> bool {
    row.targets.is_some() && row.target_uid_validity == opened.into.uid_validity
}

/// Changes by source UIDs as changes by target UIDs.
fn translated(pairs: &[Pairs], changes: Vec<FlagChange>) -> Vec<FlagChange> {
    let translate = |change: FlagChange| {
        let touched = pairs
            .iter()
            .filter(|row| !row.sources.intersect(&change.uids).is_empty());
        let uids = touched
            .flat_map(Pairs::iter)
            .filter(|(source, _)| change.uids.contains(*source))
            .map(|(_, target)| target);
        FlagChange {
            uids: uids.collect(),
            ..change
        }
    };
    changes
        .into_iter()
        .map(translate)
        .filter(|change| !change.uids.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::mail::FlagSet;

    #[test]
    fn the_nth_of_a_row_is_the_nth_of_the_other_side() {
        let row = |sources: &str, targets: &str| Pairs {
            sources: sources.parse().unwrap(),
            targets: Some(targets.parse().unwrap()),
            target_uid_validity: 1,
            target_uid_next: 1,
        };
        let pairs = [row("1:3,7", "11:13,20"), row("4:6", "1:3")];
        let change = |uids: &str| FlagChange {
            uids: uids.parse().unwrap(),
            add: FlagSet::from_names(["\\Seen"]),
            remove: FlagSet::new(),
        };
        let result = translated(&pairs, vec![change("3:5,7"), change("9")]);
        assert_eq!(result, [change("1:2,13,20")]);
    }
}

//! What the target has already, of intents that a crash or a cut left without an end, of a state that was lost, or from another
//! tool: it is found, taken into the journal, and not sent again.
//!
//! The mail store tells by file names what it has of a source folder; other files in it are compared by identity. An IMAP server is asked for the UIDs that the journal does
//! not account for; what they are is compared by identity, as a multiset.

use super::account::{Account, End};
use super::folder::Opened;
use super::matching::{Match, Pool, ascending};
use crate::mail::UidSet;
use crate::store::{Found, FoundGroup, Pairs};
use crate::transport::Target;
use crate::transport::imap::{ImapSource, ImapTarget, WireName};
use crate::transport::maildir::Mailbox;

/// Messages of the source that are looked at in one go.
const WINDOW: usize = 5000;

impl Account {
    /// Takes what the target has of these messages. Gives the ones that are left to copy.
    pub(super) async fn settle(
        &self,
        source: &mut ImapSource,
        opened: &Opened,
        uids: UidSet,
    ) -> Result<UidSet, End> {
        let groups = match &self.target {
            Target::Maildir(mailbox) => self.in_store(source, mailbox, opened, &uids).await?,
            Target::Imap(target) => self.by_identity(source, target, opened, &uids).await?,
        };
        let mut left = uids;
        for group in &groups {
            left = left.subtract(&group.sources);
        }
        if groups.is_empty() && opened.doubtful.is_empty() {
            return Ok(left);
        }
        let found = Found {
            folder: opened.record.id,
            uid_validity: opened.origin.uid_validity,
            target_uid_validity: opened.into.uid_validity,
            target_uid_next: opened.into.uid_next,
            groups,
            at: self.shared.now(),
        };
        self.store.settle(self.user.id, &found).await?;
        Ok(left)
    }

    /// What the mail store has: by name, and in a folder that was never synced whole also what others delivered there.
    async fn in_store(
        &self,
        source: &mut ImapSource,
        mailbox: &Mailbox,
        opened: &Opened,
        uids: &UidSet,
    ) -> Result<Vec<FoundGroup>, End> {
        let path = &opened.into.path;
        let present = mailbox.present(path, &opened.origin).await?;
        let mut groups = by_name(opened, &present.intersect(uids));
        let left = uids.subtract(&present);
        if left.is_empty() || opened.record.synced_at.is_some() {
            return Ok(groups);
        }
        let mut origins = vec![opened.origin.clone()];
        for one in self.store.folders(self.user.id).await? {
            if one.target_name == opened.record.target_name {
                origins.push(self.origin(&WireName(one.source_name), one.uid_validity));
            }
        }
        let strangers = mailbox.strangers(path, &origins).await?;
        if strangers.is_empty() {
            return Ok(groups);
        }
        let mut pool = Pool::new(strangers);
        // what was adopted before has no name of ours, and is there once
        let mut before = UidSet::new();
        let (folder, validity) = (opened.record.id, opened.origin.uid_validity);
        for pairs in self.store.pairs(folder, validity).await? {
            before.extend_set(&pairs.sources);
        }
        let before = before.subtract(&present);
        if !before.is_empty() {
            find(source, &mut pool, &before).await?;
        }
        let found = find(source, &mut pool, &left).await?;
        let sources: UidSet = found.iter().map(|one| one.source).collect();
        if !sources.is_empty() {
            groups.push(FoundGroup {
                adopted: sources.clone(),
                sources,
                targets: None,
                bytes: 0,
            });
        }
        Ok(groups)
    }

    async fn by_identity(
        &self,
        source: &mut ImapSource,
        target: &ImapTarget,
        opened: &Opened,
        uids: &UidSet,
    ) -> Result<Vec<FoundGroup>, End> {
        let into = &opened.into;
        if into.exists == 0 || uids.is_empty() {
            return Ok(Vec::new());
        }
        let mut known = self
            .store
            .pairs_at(self.user.id, &opened.record.target_name)
            .await?;
        known.retain(|pairs| pairs.target_uid_validity == into.uid_validity);
        let first = first_unknown(&known, opened);
        if into.uid_next != 0 && first >= into.uid_next {
            return Ok(Vec::new());
        }
        let mut strange = target.uids_since(&into.path, first).await?;
        for pairs in &known {
            if let Some(targets) = &pairs.targets {
                strange = strange.subtract(targets);
            }
        }
        if strange.is_empty() {
            return Ok(Vec::new());
        }
        let mut pool = Pool::new(target.identify(&into.path, &strange).await?);
        // what was sent without the server telling its UIDs lies among the strange ones and is nobody else's
        let mut unnamed = UidSet::new();
        for pairs in self
            .store
            .pairs(opened.record.id, opened.origin.uid_validity)
            .await?
        {
            if pairs.targets.is_none() && pairs.target_uid_next >= first {
                unnamed.extend_set(&pairs.sources);
            }
        }
        if !unnamed.is_empty() {
            find(source, &mut pool, &unnamed).await?;
        }
        let found = find(source, &mut pool, uids).await?;
        let groups = ascending(found).into_iter();
        Ok(groups.map(|group| found_group(opened, &group)).collect())
    }
}

/// Where the journal's knowledge of the target ends: what lies below is accounted for, or was looked at before.
fn first_unknown(known: &[Pairs], opened: &Opened) -> u32 {
    let ours = known.iter().map(|pairs| {
        let last = pairs.targets.as_ref().and_then(UidSet::last);
        last.map_or(pairs.target_uid_next, |last| last.saturating_add(1))
    });
    let first = ours.max().unwrap_or(1);
    let doubtful = opened.intents.iter().map(|intent| {
        if intent.target_uid_validity == opened.into.uid_validity {
            intent.target_uid_next
        } else {
            1
        }
    });
    doubtful
        .min()
        .map_or(first, |doubt| doubt.min(first))
        .max(1)
}

/// Finds messages of the source in the pool. Where the pool is small, only those are looked at whose size can be in it.
pub(super) async fn find(
    source: &mut ImapSource,
    pool: &mut Pool,
    uids: &UidSet,
) -> Result<Vec<Match>, End> {
    let mut rest = uids.clone();
    let mut wanted = Vec::new();
    let sizes = pool.sizes();
    while !rest.is_empty() {
        let mut window = rest.take(WINDOW);
        if pool.is_small(uids.len()) {
            let metas = source.list_messages(&window).await?;
            let may_be = metas.iter().filter(|meta| {
                meta.size
                    .and_then(|size| u32::try_from(size).ok())
                    .is_none_or(|size| sizes.contains(size.max(1)))
            });
            window = may_be.map(|meta| meta.uid).collect();
        }
        if !window.is_empty() {
            let seen = source.identify(&window).await?;
            wanted.extend(seen.into_iter().filter(|one| pool.knows(&one.identity)));
        }
    }
    Ok(pool.find(wanted))
}

/// What the mail store has, by name.
fn by_name(opened: &Opened, there: &UidSet) -> Vec<FoundGroup> {
    if there.is_empty() {
        return Vec::new();
    }
    vec![FoundGroup {
        sources: there.clone(),
        targets: None,
        adopted: there.subtract(&opened.doubtful),
        bytes: 0,
    }]
}

pub(super) fn found_group(opened: &Opened, group: &[Match]) -> FoundGroup {
    let sources: UidSet = group.iter().map(|one| one.source).collect();
    let own = group
        .iter()
        .filter(|one| opened.doubtful.contains(one.source));
    FoundGroup {
        adopted: sources.subtract(&opened.doubtful),
        sources,
        targets: Some(group.iter().map(|one| one.target).collect()),
        bytes: own.map(|one| u64::from(one.size)).sum(),
    }
}

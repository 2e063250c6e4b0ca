//! The side of a copy that waits for the target's answers and writes the dones, in the order the groups were sent in.

use std::sync::atomic::Ordering;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::copy::{FolderCopy, Sealed};
use crate::engine::failure::Failure;
use crate::mail::{InternalDate, UidSet};
use crate::store::GroupDone;
use crate::transport::imap::RefusedMessage;
use crate::transport::{ErrorClass, Receipt, Target};

/// Ends groups that were sent.
pub(super) struct Closer<'a> {
    pub(super) copy: FolderCopy<'a>,
    /// Set when nothing more is to be sent.
    pub(super) broken: &'a CancellationToken,
}

/// What became of the groups.
#[derive(Default)]
pub(super) struct Closed {
    /// Why there is no going on.
    pub(super) failure: Option<Failure>,
    /// Messages that the target does not take, each for itself.
    pub(super) refused: Vec<RefusedMessage>,
    /// Messages that were refused together with others.
    pub(super) again: UidSet,
    /// Source UID and date of some messages, to be looked at.
    pub(super) dates: Vec<(u32, InternalDate)>,
}

impl Closer<'_> {
    /// Ends every group that comes, also after one that could not be ended: its neighbours may have arrived.
    pub(super) async fn all(self, mut sent: mpsc::Receiver<Sealed>) -> Closed {
        let mut closed = Closed::default();
        while let Some(group) = sent.recv().await {
            if let Err(failure) = self.one(group, &mut closed).await {
                closed.failure.get_or_insert(failure);
                self.broken.cancel();
            }
        }
        closed
    }

    /// The target's answer, then the done. The place of the group is free when both are there.
    async fn one(&self, group: Sealed, closed: &mut Closed) -> Result<(), Failure> {
        let Sealed {
            delivery,
            intent,
            dates,
            flags,
            place,
        } = group;
        let copy = self.copy;
        let mut receipt = delivery.commit().await?;
        self.learn(&receipt).await?;
        let done = GroupDone {
            flags: flags.only(&receipt.stored),
            adopted: receipt.replaced.subtract(copy.doubtful),
            stored: std::mem::take(&mut receipt.stored),
            target_uids: receipt.target_uids.take(),
            bytes: receipt.bytes,
            metadata_losses: receipt.keywords_dropped,
            at: (copy.now)(),
            ..GroupDone::default()
        };
        copy.store.finish(copy.user, &intent, &done).await?;
        drop(place);
        copy.meter.messages(done.stored.len());
        closed.dates.extend(sample(&dates, &done.stored));
        closed.refused.append(&mut receipt.refused);
        match receipt.problem {
            Some(error) if error.class.is_transient() || is_of_all(error.class) => {
                Err(error.into())
            }
            _ => {
                closed.again.extend_set(&receipt.again);
                Ok(())
            }
        }
    }

    /// Counts the target's UIDNEXT on. Where it does not tell its UIDs, it is asked.
    async fn learn(&self, receipt: &Receipt) -> Result<(), Failure> {
        let Target::Imap(target) = self.copy.target else {
            return Ok(());
        };
        let next = match &receipt.target_uids {
            Some(uids) => uids.last().map_or(0, |last| last.saturating_add(1)),
            None if receipt.stored.is_empty() => return Ok(()),
            None => target.uid_next(&self.copy.into.path).await?,
        };
        self.copy.uid_next.fetch_max(next, Ordering::SeqCst);
        Ok(())
    }
}

/// Whether a refusal is about every message that could follow.
fn is_of_all(class: ErrorClass) -> bool {
    matches!(
        class,
        ErrorClass::Quota | ErrorClass::Vanished | ErrorClass::Auth
    )
}

/// The first, the middle and the last of a group, and every date that servers are known to have trouble with.
fn sample<'a>(
    dates: &'a [(u32, Option<InternalDate>)],
    stored: &'a UidSet,
) -> impl Iterator<Item = (u32, InternalDate)> + 'a {
    let (middle, last) = (dates.len() / 2, dates.len().saturating_sub(1));
    dates
        .iter()
        .enumerate()
        .filter_map(move |(at, (uid, date))| {
            let date = (*date)?;
            let is_odd = date.unix < 315_532_800 || date.unix > i64::from(i32::MAX);
            let is_wanted = is_odd || at == 0 || at == middle || at == last;
            (is_wanted && stored.contains(*uid)).then_some((*uid, date))
        })
}

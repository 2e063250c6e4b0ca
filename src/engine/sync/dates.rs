//! Whether the target kept the internal dates. A server that does not, does so for all messages or for odd dates, so a few of
//! each group and all odd ones are looked at; only when one is wrong, all are.

use super::account::{Account, End};
use super::folder::Opened;
use crate::mail::{InternalDate, UidSet};
use crate::transport::Target;
use crate::transport::imap::ImapSource;

/// Messages whose dates are looked at in one go.
const WINDOW: usize = 5000;

impl Account {
    /// Counts the messages copied now that have another date at the target, and tells of them.
    pub(super) async fn check_dates(
        &self,
        source: &mut ImapSource,
        opened: &mut Opened,
        copied: &UidSet,
    ) -> Result<(), End> {
        let sample = std::mem::take(&mut opened.dates);
        if self.lost_dates(opened, &sample).await? == 0 {
            return Ok(());
        }
        let (mut rest, mut lost) = (copied.clone(), 0);
        while !rest.is_empty() {
            let metas = source.list_messages(&rest.take(WINDOW)).await?;
            let dates = metas
                .iter()
                .filter_map(|meta| Some((meta.uid, meta.internal_date?)));
            lost += self.lost_dates(opened, &dates.collect::<Vec<_>>()).await?;
        }
        self.store.add_losses(self.user.id, lost).await?;
        self.warn(&format!(
            "The target did not keep the dates of {lost} messages of \"{}\".",
            opened.record.display_name
        ))
        .await?;
        Ok(())
    }

    /// How many of these messages, given by source UID and date, have another date at the target. Those whose target UID is not
    /// known are not looked at.
    async fn lost_dates(&self, opened: &Opened, dates: &[(u32, InternalDate)]) -> Result<u64, End> {
        let Target::Imap(target) = &self.target else {
            return Ok(0);
        };
        if dates.is_empty() {
            return Ok(0);
        }
        let into = &opened.into;
        let sources: UidSet = dates.iter().map(|one| one.0).collect();
        let pairs = self
            .store
            .target_uids(
                opened.record.id,
                opened.origin.uid_validity,
                into.uid_validity,
                &sources,
            )
            .await?;
        if pairs.is_empty() {
            return Ok(0);
        }
        let there = target
            .dates(&into.path, &pairs.values().copied().collect())
            .await?;
        let is_lost = |(source, date): &&(u32, InternalDate)| {
            let found = pairs.get(source).and_then(|uid| there.get(uid));
            found.is_some_and(|found| found.map(|found| found.unix) != Some(date.unix))
        };
        Ok(dates.iter().filter(is_lost).count() as u64)
    }
}

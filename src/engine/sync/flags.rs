//! Carrying over what changed in the flags of messages that the target has.

use super::account::{Account, End};
use super::changes::{self, FlagPlan};
use super::folder::{Listing, Opened};
use crate::mail::{FlagTable, UidSet};
use crate::transport::ErrorClass;
use crate::transport::imap::ImapSource;

impl Account {
    /// Plans the flags of messages that the target has. Those of which nothing is known yet are asked for: they were found at
    /// the target, or a crash came before their flags were kept.
    pub(super) async fn plan_flags(
        &self,
        source: &mut ImapSource,
        folder: i64,
        stored: &UidSet,
        listing: &Listing,
    ) -> Result<FlagPlan, End> {
        if stored.is_empty() {
            return Ok(FlagPlan::default());
        }
        let known = self.store.flags(folder).await?;
        let unknown = stored
            .intersect(&listing.uids)
            .subtract(known.uids())
            .subtract(listing.flags.uids());
        if unknown.is_empty() {
            return Ok(changes::flags(known, &listing.flags, stored));
        }
        let mut seen = listing.flags.clone();
        seen.put_all(&source.list_flags(&unknown, None).await?);
        Ok(changes::flags(known, &seen, stored))
    }

    /// Adds the flags of messages that this pass found at the target.
    pub(super) async fn add_flags_of_found(
        &mut self,
        source: &mut ImapSource,
        opened: &Opened,
        listed: &UidSet,
    ) -> Result<(), End> {
        let (folder, validity) = (opened.record.id, opened.origin.uid_validity);
        let (stored, _) = self.store.journal_of(folder, validity).await?;
        let unseen = Listing {
            uids: listed.clone(),
            flags: FlagTable::new(),
        };
        let plan = self.plan_flags(source, folder, &stored, &unseen).await?;
        self.change_flags(source, opened, listed, plan).await
    }

    /// Target first, state second: what a crash leaves undone between them is done again, which changes nothing more.
    pub(super) async fn change_flags(
        &mut self,
        source: &mut ImapSource,
        opened: &Opened,
        listed: &UidSet,
        plan: FlagPlan,
    ) -> Result<(), End> {
        if !plan.changes.is_empty() {
            let changes = self.at_target(source, opened, listed, plan.changes).await?;
            let receipt = self
                .target
                .change_flags(&opened.into, &opened.origin, changes)
                .await;
            match receipt {
                Ok(receipt) => {
                    self.changed_flags += receipt.changed;
                    if receipt.dropped > 0 {
                        self.store.add_losses(self.user.id, receipt.dropped).await?;
                    }
                }
                Err(error) if !error.is_fatal && error.class == ErrorClass::Refused => {
                    let name = &opened.record.display_name;
                    self.warn(&format!(
                        "The target refused changes of flags in \"{name}\". {error}"
                    ))
                    .await?;
                    self.store.add_losses(self.user.id, 1).await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        if let Some(known) = plan.known {
            self.store.set_flags(opened.record.id, &known).await?;
        }
        Ok(())
    }
}

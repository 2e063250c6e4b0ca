//! Messages that the target has and the source no longer has: counted and told, and nothing more unless it is asked for.

use super::account::{Account, End};
use super::folder::Step;
use crate::mail::UidSet;
use crate::transport::imap::FolderState;

impl Account {
    /// Keeps which of the messages that the target had before this pass are gone at the source. A listing that shows fewer
    /// messages than the folder has says nothing of what is gone.
    pub(super) async fn note_missing(
        &self,
        step: &Step,
        state: &FolderState,
        listed: &UidSet,
    ) -> Result<(), End> {
        let known = &step.record.missing;
        let missing = step.stored.subtract(listed);
        if listed.len() < u64::from(state.exists) || missing == *known {
            return Ok(());
        }
        let count = missing.subtract(known).len();
        if count > 0 {
            self.report(&format!(
                "{count} messages of \"{}\" are gone at the source.{}",
                step.record.display_name,
                if self.batch.remove_missing {
                    ""
                } else {
                    " The target keeps its copies (-RemoveMissing removes them)."
                }
            ))
            .await?;
        }
        self.store.set_missing(step.record.id, &missing).await?;
        Ok(())
    }
}

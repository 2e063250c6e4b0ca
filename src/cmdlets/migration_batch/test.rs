//! `Test-MigrationBatch`.

use super::one::one_batch;
use crate::cmdlet;
use crate::cmdlets::migration::call::{answer, call};
use crate::cmdlets::migration::errors::record;
use crate::cmdlets::migration::identity::BatchId;
use crate::cmdlets::migration::show;
use crate::engine::user::UserFilter;
use crate::engine::verify::{FolderCheckView, VerifyLevel};
use crate::runtime::cx::Cx;
use crate::runtime::object::PsObject;
use crate::runtime::{Cmdlet, Run, Value};

/// Type name of the results.
pub const TYPE: &str = "Mailtern.MigrationFolderCheck";

cmdlet! {
    /// Compares the mailboxes of a batch at source and target as they are now.
    ///
    /// It is a cmdlet of this shell. What was copied is not asked of the memory of the migration: both servers are read, and one
    /// object is written for each folder. Result is Identical, TargetHasMore when the target has all of the source and more, or
    /// Different. Nothing is changed on either side.
    ///
    /// -Verify Count compares how many messages there are. Headers compares which ones, by Message-ID, Date, From and Subject.
    /// Full reads every message and compares all bytes, flags and dates; it takes as long as a migration.
    ///
    /// Mail that came to the old server since the last sync is missing at the target until the next one; messages that were left
    /// out (Get-MigrationUserStatistics -IncludeSkippedItems) are missing too.
    pub struct TestMigrationBatch("Test", "MigrationBatch")
        .outputs(&[TYPE])
        .class("Microsoft.Exchange.Management.Migration.TestMigrationBatch")
    {
        /// Name or GUID of the batch. Without it the only batch there is.
        identity: Option<BatchId> = param("Identity").position(0).by_value().by_property_name(),
        /// How deep to look: Count, Headers or Full.
        verify: Option<VerifyLevel> = param("Verify").default_text("Headers"),
        /// Only the mailbox of this address.
        email_address: Option<String> = param("EmailAddress"),
    }
    example "Test-MigrationBatch IMAPBatch1" => "Compares which messages the mailboxes of a batch have.";
    example "Test-MigrationBatch IMAPBatch1 -Verify Full | Where-Object Result -eq Different" => "Compares every byte and shows only what differs.";
    example "Test-MigrationBatch IMAPBatch1 -Verify Count | Measure-Object MissingCount -Sum" => "Counts how many messages are missing.";
}

impl Cmdlet for TestMigrationBatch {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(batch) = one_batch(self.identity.as_ref(), cx)? else {
            return Ok(());
        };
        let filter = UserFilter {
            batch: Some(batch.identity),
            email_address: self.email_address.clone(),
            ..UserFilter::default()
        };
        let level = self.verify.unwrap_or(VerifyLevel::Headers);
        let users = answer(cx, |engine| async move { engine.get_users(filter).await })?;
        for user in users.unwrap_or_default() {
            let guid = user.guid.to_string();
            let checked = call(cx, |engine| async move {
                engine.verify_user(&guid, level).await
            })?;
            match checked {
                Ok(folders) => {
                    for folder in &folders {
                        cx.write(object(folder))?;
                    }
                }
                // the other mailboxes can be compared
                Err(error) => cx.error(record(&error))?,
            }
        }
        Ok(())
    }
}

fn object(view: &FolderCheckView) -> Value {
    PsObject::view(
        TYPE,
        vec![
            ("Identity", Value::str(&view.identity)),
            ("BatchId", Value::str(&view.batch_id)),
            ("Folder", Value::str(&view.folder)),
            ("Result", Value::str(view.result.name())),
            ("SourceCount", show::count(view.source_count)),
            ("TargetCount", show::count(view.target_count)),
            ("MissingCount", show::count(view.missing_count)),
            ("ExtraCount", show::count(view.extra_count)),
            (
                "DifferentFlagsCount",
                show::count(view.different_flags_count),
            ),
            (
                "DifferentDatesCount",
                show::count(view.different_dates_count),
            ),
            ("UnreadableCount", show::count(view.unreadable_count)),
            ("MissingUids", Value::str(&view.missing_uids)),
            ("SourceFolders", show::texts(&view.source_folders)),
            ("Verify", Value::str(view.level.name())),
        ],
    )
}

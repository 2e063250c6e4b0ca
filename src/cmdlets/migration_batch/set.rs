//! `Set-MigrationBatch`.

use super::one::one_batch;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::errors::invalid_argument;
use crate::cmdlets::migration::field::{CsvBytes, Moment, Unlimited};
use crate::cmdlets::migration::identity::BatchId;
use crate::cmdlets::migration::show;
use crate::engine::batch::SetBatch;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Changes a batch, adds mailboxes to it, or brings new mail now.
    ///
    /// What is not given stays as it is. Mailboxes at work keep the settings they began with; the new ones hold from their next
    /// pass on.
    ///
    /// After the first copy a synced batch looks for new mail once a day (see Set-MigrationConfig -SyncInterval). -SyncNow does
    /// it at once, for example right after the MX record was switched.
    pub struct SetMigrationBatch("Set", "MigrationBatch")
        .should_process(Impact::Low)
        .class("Microsoft.Exchange.Management.Migration.SetMigrationBatch")
    {
        /// Name or GUID of the batch. Without it the only batch there is.
        identity: Option<BatchId> = param("Identity").position(0).by_value().by_property_name(),
        /// Bring new and changed mail of the synced mailboxes now. Mailboxes that failed are not tried again by it.
        sync_now: bool = param("SyncNow"),
        /// Add the rows of -CSVData to the batch; rows of mailboxes that are in it already are passed over.
        add_users: bool = param("AddUsers"),
        /// The bytes of the CSV file for -AddUsers.
        csv_data: Option<CsvBytes> = param("CSVData"),
        /// Ignore columns of the CSV file that are not known, instead of refusing the file.
        allow_unknown_columns_in_csv: Option<bool> = param("AllowUnknownColumnsInCsv"),
        /// Whether the batch looks for new mail after the first copy.
        allow_incremental_syncs: Option<bool> = param("AllowIncrementalSyncs"),
        /// How often a mailbox that failed is tried again by itself.
        auto_retry_count: Option<i32> = param("AutoRetryCount").validate(Validate::Range(0, 1000)),
        /// How many corrupt messages a mailbox may have before it fails.
        bad_item_limit: Option<Unlimited> = param("BadItemLimit"),
        /// How many messages larger than the target takes a mailbox may have before it fails.
        large_item_limit: Option<Unlimited> = param("LargeItemLimit"),
        /// Whether what was deleted at the source after it was copied is removed from the target too. See New-MigrationBatch.
        remove_missing: Option<bool> = param("RemoveMissing"),
        /// How many messages one pass over a mailbox may remove with -RemoveMissing $true, in place of the built-in limits.
        remove_missing_limit: Option<i32> = param("RemoveMissingLimit").validate(Validate::Range(1, 10_000_000)),
        /// Copy nothing before this moment; $null is at once. A date without a zone is UTC.
        start_after: Option<Moment> = param("StartAfter"),
        /// When the batch is completed by itself, once it is synced; $null is when Complete-MigrationBatch asks for it. A date
        /// without a zone is UTC.
        complete_after: Option<Moment> = param("CompleteAfter"),
        /// Who gets status mails. They are left in the folder outbox of the state folder, as .eml files.
        notification_emails: Option<Vec<String>> = param("NotificationEmails"),
        /// Time between two writings of the reports and status mails while the batch is at work; 0 is none.
        report_interval: Option<TimeSpan> = param("ReportInterval"),
        /// Whether no reports and no status mails are written.
        skip_reports: Option<bool> = param("SkipReports"),
    }
    refused "ApproveSkippedItems" => "an IMAP migration needs no approval of skipped items; Get-MigrationUserStatistics -IncludeSkippedItems lists them";
    refused "DomainController" => "there is no directory service here";
    refused "MoveOptions" => "it belongs to mailbox moves inside Exchange";
    refused "Partition" => "it belongs to Exchange's own service";
    refused "SkipMerging" => "it is for Exchange's own support";
    refused "SkipMoving" => "it is for Exchange's own support";
    refused "SourcePublicFolderDatabase" => "public folders are not migrated";
    refused "Update" => "it is not needed: changed settings hold from each mailbox's next pass on";
    example "Set-MigrationBatch IMAPBatch1 -SyncNow" => "Brings what came to the old server meanwhile.";
    example "Set-MigrationBatch NewBatch -AddUsers -CSVData ([System.IO.File]::ReadAllBytes('users.csv'))" =>
        "Adds the mailboxes of a file that are not in the batch yet.";
    example "Set-MigrationBatch IMAPBatch1 -CompleteAfter '2099-01-01 20:00 +1'" =>
        "Has a batch make its last pass and be completed at a moment.";
}

impl Cmdlet for SetMigrationBatch {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if self.add_users != self.csv_data.is_some() {
            let (message, advice) = if self.add_users {
                (
                    "-AddUsers has no rows to add.",
                    "Give them with -CSVData ([System.IO.File]::ReadAllBytes('users.csv')).",
                )
            } else {
                (
                    "-CSVData does not replace the mailboxes of a batch.",
                    "Add -AddUsers to have its new rows added; Remove-MigrationUser takes mailboxes out.",
                )
            };
            return cx.error(invalid_argument("CSVData", message, advice));
        }
        let Some(batch) = one_batch(self.identity.as_ref(), cx)? else {
            return Ok(());
        };
        if cx.should_process(&batch.identity, "Set-MigrationBatch")? {
            let request = self.request(batch.identity);
            answer(cx, |engine| async move { engine.set_batch(request).await })?;
        }
        Ok(())
    }
}

impl SetMigrationBatch {
    fn request(&self, identity: String) -> SetBatch {
        SetBatch {
            identity,
            add_users: self.csv_data.as_ref().map(|csv| csv.0.clone()),
            allow_unknown_columns: self.allow_unknown_columns_in_csv,
            allow_incremental_syncs: self.allow_incremental_syncs,
            auto_retry_count: self.auto_retry_count.and_then(|n| u32::try_from(n).ok()),
            bad_item_limit: self.bad_item_limit.map(|limit| limit.0),
            large_item_limit: self.large_item_limit.map(|limit| limit.0),
            remove_missing: self.remove_missing,
            remove_missing_limit: self
                .remove_missing_limit
                .and_then(|limit| u32::try_from(limit).ok()),
            notification_emails: self.notification_emails.clone(),
            report_interval: self.report_interval.map(show::length),
            skip_reports: self.skip_reports,
            start_after: self.start_after.map(|at| at.0),
            complete_after: self.complete_after.map(|at| at.0),
            sync_now: self.sync_now,
        }
    }
}

//! `Get-MigrationUserStatistics`.

use super::view;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::UserId;
use crate::engine::user::StatisticsRequest;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Shows how the migration of a user went: numbers, times, errors.
    ///
    /// Every message of the source has a verdict: copied, adopted (it was at the target already), skipped, failed or vanished;
    /// together they are TotalItemsInSourceMailboxCount.
    pub struct GetMigrationUserStatistics("Get", "MigrationUserStatistics")
        .outputs(&[super::view::STATISTICS_TYPE])
        .class("Microsoft.Exchange.Management.Migration.GetMigrationUserStatistics")
    {
        /// Address or GUID of the user.
        identity: UserId = param("Identity").position(0).by_value().by_property_name(),
        /// Fill the property Report with the log of the user.
        include_report: bool = param("IncludeReport"),
        /// Fill the property SkippedItems with the messages that were not copied, and why.
        include_skipped_items: bool = param("IncludeSkippedItems"),
        /// How many skipped items to list at most.
        limit_skipped_items_to: Option<i32> = param("LimitSkippedItemsTo").validate(Validate::Range(0, i32::MAX as i64)),
    }
    refused "Diagnostic" => "it is for Exchange's own support; -IncludeReport shows the log";
    refused "DiagnosticArgument" => "it is for Exchange's own support";
    refused "DiagnosticInfo" => "it is for Exchange's own support";
    refused "DomainController" => "there is no directory service here";
    refused "IncludeCopilotReport" => "it belongs to Exchange's own service";
    refused "Partition" => "it belongs to Exchange's own service";
    refused "SkipSubscription" => "there is no separate subscription to load";
    example "Get-MigrationUser -BatchId IMAPBatch1 | Get-MigrationUserStatistics" => "Shows how far each user of a batch is.";
    example "Get-MigrationUserStatistics terrya@contoso.com -IncludeSkippedItems | Format-List Status,SyncedItemCount,SkippedItems" =>
        "Shows which messages of a user were not copied.";
    example "(Get-MigrationUserStatistics terrya@contoso.com -IncludeReport).Report.Entries" => "Shows the log of a user.";
}

impl Cmdlet for GetMigrationUserStatistics {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let request = StatisticsRequest {
            identity: self.identity.0.clone(),
            include_report: self.include_report,
            include_skipped_items: self.include_skipped_items
                || self.limit_skipped_items_to.is_some(),
            limit_skipped_items: self
                .limit_skipped_items_to
                .and_then(|n| u32::try_from(n).ok()),
        };
        let found = answer(cx, |engine| async move {
            engine.get_user_statistics(request).await
        })?;
        for view in found.unwrap_or_default() {
            cx.write(view::statistics(&view))?;
        }
        Ok(())
    }
}

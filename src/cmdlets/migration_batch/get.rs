//! `Get-MigrationBatch`.

use super::view;
use crate::cmdlet;
use crate::cmdlets::migration::call::{RESULT_SIZE, answer, cut};
use crate::cmdlets::migration::field::Unlimited;
use crate::cmdlets::migration::identity::{BatchId, EndpointId};
use crate::engine::batch::{BatchFilter, BatchStatus};
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Shows the batches, how far they are and how they went.
    ///
    /// Without parameters, all of them in the order of their making. Pipe to Format-List to see everything that is known of a
    /// batch.
    pub struct GetMigrationBatch("Get", "MigrationBatch")
        .default_set("Identity")
        .outputs(&[super::view::TYPE])
        .class("Microsoft.Exchange.Management.Migration.GetMigrationBatch")
    {
        /// Name or GUID of the batch. An unknown one is an error; $null shows all.
        identity: Option<BatchId> = param("Identity").position(0).in_sets(&["Identity"]).by_value().by_property_name(),
        /// Only batches that move from this endpoint.
        endpoint: Option<EndpointId> = param("Endpoint").in_sets(&["BatchesByEndpoint"]).mandatory_in(&["BatchesByEndpoint"]),
        /// Only batches in this state.
        status: Option<BatchStatus> = param("Status"),
        /// Fill the property Report with the log of the batch.
        include_report: bool = param("IncludeReport"),
        /// How many batches to show at most.
        result_size: Option<Unlimited> = param("ResultSize").default_text("1000"),
    }
    refused "Diagnostic" => "it is for Exchange's own support; -IncludeReport shows the log";
    refused "DiagnosticArgument" => "it is for Exchange's own support";
    refused "DiagnosticInfo" => "it is for Exchange's own support";
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Get-MigrationBatch" => "Lists all batches.";
    example "Get-MigrationBatch -Identity IMAPBatch1 | Format-List" => "Shows everything about one batch.";
    example "Get-MigrationBatch -Identity IMAPBatch1 | Format-List Status" => "Shows the state of one batch.";
    example "Get-MigrationBatch -Status Synced" => "Lists the batches whose mailboxes are all copied.";
}

impl Cmdlet for GetMigrationBatch {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let filter = BatchFilter {
            identity: BatchId::given(self.identity.as_ref()),
            status: self.status,
            endpoint: EndpointId::given(self.endpoint.as_ref()),
            include_report: self.include_report,
        };
        let Some(mut found) = answer(cx, |engine| async move { engine.get_batches(filter).await })?
        else {
            return Ok(());
        };
        cut(
            cx,
            &mut found,
            self.result_size.map_or(RESULT_SIZE, |size| size.0),
        )?;
        for batch in &found {
            cx.write(view::object(batch))?;
        }
        Ok(())
    }
}

//! `Remove-MigrationEndpoint`.

use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::EndpointId;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Removes a stored endpoint.
    ///
    /// Asks first. An endpoint that a batch moves from or to, or that is the target of new batches, is not removed: remove the
    /// batch before it. The server and its mail are not touched.
    pub struct RemoveMigrationEndpoint("Remove", "MigrationEndpoint")
        .should_process(Impact::High)
        .class("Microsoft.Exchange.Management.Migration.RemoveMigrationEndpoint")
    {
        /// Name or GUID of the endpoint.
        identity: EndpointId = param("Identity").position(0).by_value().by_property_name(),
    }
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Remove-MigrationEndpoint UnusedEndpoint -Confirm:$false" => "Removes an endpoint without asking.";
    example "Remove-MigrationEndpoint UnusedEndpoint -WhatIf" => "Says what would be removed and removes nothing.";
}

impl Cmdlet for RemoveMigrationEndpoint {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let identity = self.identity.0.clone();
        let Some(found) = answer(cx, |engine| async move {
            engine.get_endpoints(Some(&identity)).await
        })?
        else {
            return Ok(());
        };
        for endpoint in found {
            if cx.should_process(&endpoint.identity, "Remove-MigrationEndpoint")? {
                answer(cx, |engine| async move {
                    engine.remove_endpoint(&endpoint.identity).await
                })?;
            }
        }
        Ok(())
    }
}

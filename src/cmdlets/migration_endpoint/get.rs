//! `Get-MigrationEndpoint`.

use super::view;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::EndpointId;
use crate::engine::endpoint::EndpointType;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Shows the stored endpoints.
    ///
    /// Without parameters, all of them by name.
    pub struct GetMigrationEndpoint("Get", "MigrationEndpoint")
        .default_set("Identity")
        .outputs(&[super::view::TYPE])
        .class("Microsoft.Exchange.Management.Migration.GetMigrationEndpoint")
    {
        /// Name or GUID of the endpoint. An unknown one is an error; $null shows all.
        identity: Option<EndpointId> = param("Identity").position(0).in_sets(&["Identity"]).by_value().by_property_name(),
        /// Only endpoints of this type. IMAP is the one there is.
        endpoint_type: Option<EndpointType> = param("Type").in_sets(&["TypeFilter"]).mandatory_in(&["TypeFilter"]),
    }
    refused "ConnectionSettings" => "compare RemoteServer and Port instead: Get-MigrationEndpoint | Where-Object RemoteServer -eq imap.contoso.com";
    refused "Diagnostic" => "it is for Exchange's own support";
    refused "DiagnosticArgument" => "it is for Exchange's own support";
    refused "DiagnosticInfo" => "it is for Exchange's own support";
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Get-MigrationEndpoint" => "Lists all endpoints.";
    example "Get-MigrationEndpoint IMAPEndpoint | Format-List EndpointType,RemoteServer,Port,Security,Max*" =>
        "Shows the settings of one endpoint.";
}

impl Cmdlet for GetMigrationEndpoint {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let identity = EndpointId::given(self.identity.as_ref());
        let found = answer(cx, |engine| async move {
            engine.get_endpoints(identity.as_deref()).await
        })?;
        for endpoint in found.unwrap_or_default() {
            if self
                .endpoint_type
                .is_none_or(|wanted| wanted == endpoint.endpoint_type)
            {
                cx.write(view::object(&endpoint))?;
            }
        }
        Ok(())
    }
}

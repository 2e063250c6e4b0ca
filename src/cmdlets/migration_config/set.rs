//! `Set-MigrationConfig`.

use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::field::Unlimited;
use crate::cmdlets::migration::identity::EndpointId;
use crate::cmdlets::migration::show;
use crate::engine::config::SetConfig;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Changes what is set for all batches.
    ///
    /// What is not given stays as it is.
    pub struct SetMigrationConfig("Set", "MigrationConfig")
        .should_process(Impact::Low)
        .class("Microsoft.Exchange.Management.Migration.SetMigrationConfig")
    {
        /// Name or GUID of the endpoint that new batches move to, unless they name another; $null is the embedded mail store.
        /// Batches that exist keep their target.
        target_endpoint: Option<EndpointId> = param("TargetEndpoint"),
        /// How many mailboxes are at work at once, over all batches and endpoints: 1 or more, or Unlimited.
        max_concurrent_migrations: Option<Unlimited> = param("MaxConcurrentMigrations").default_text("Unlimited"),
        /// How long a synced batch waits until it looks for new mail again; 0 is for ever.
        sync_interval: Option<TimeSpan> = param("SyncInterval").default_text("1.00:00:00"),
        /// How many batches may exist at once.
        max_number_of_batches: Option<i32> = param("MaxNumberOfBatches").validate(Validate::Range(1, i32::MAX as i64)).default_text("100"),
    }
    refused "DomainController" => "there is no directory service here";
    refused "Features" => "all features are always there";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Set-MigrationConfig -TargetEndpoint TargetEndpoint" => "Has new batches move mail to another server.";
    example "Set-MigrationConfig -TargetEndpoint $null" => "Has new batches move mail into the embedded mail store.";
    example "Set-MigrationConfig -MaxConcurrentMigrations 40" => "Has no more than 40 mailboxes at work at once.";
}

impl Cmdlet for SetMigrationConfig {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if !cx.should_process("MigrationConfig", "Set-MigrationConfig")? {
            return Ok(());
        }
        let request = SetConfig {
            target_endpoint: self
                .target_endpoint
                .as_ref()
                .map(|id| EndpointId::given(Some(id))),
            max_concurrent_migrations: self.max_concurrent_migrations.map(|n| n.0),
            max_number_of_batches: self
                .max_number_of_batches
                .and_then(|n| u32::try_from(n).ok()),
            sync_interval: self.sync_interval.map(show::length),
        };
        answer(cx, |engine| async move { engine.set_config(request).await })?;
        Ok(())
    }
}

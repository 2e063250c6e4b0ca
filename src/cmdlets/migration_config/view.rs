//! The settings as an object.

use crate::cmdlets::migration::show;
use crate::engine::config::ConfigView;
use crate::runtime::Value;
use crate::runtime::object::PsObject;

/// Type name of the settings object.
pub const TYPE: &str = "Microsoft.Exchange.Data.Storage.Management.MigrationConfig";

/// The object of the settings (cmdlets.md §2.5).
pub fn object(view: &ConfigView) -> Value {
    PsObject::view(
        TYPE,
        vec![
            ("Identity", Value::str("MigrationConfig")),
            (
                "MaxConcurrentMigrations",
                show::unlimited(view.max_concurrent_migrations),
            ),
            ("MaxNumberOfBatches", show::few(view.max_number_of_batches)),
            ("SyncInterval", show::span(view.sync_interval)),
            ("TargetEndpoint", view.target_endpoint.clone().into()),
            ("Features", Value::str("MultiBatch, Endpoints")),
            ("IsValid", true.into()),
        ],
    )
}

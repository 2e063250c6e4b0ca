//! An endpoint as an object.

use crate::cmdlets::migration::show;
use crate::engine::endpoint::EndpointView;
use crate::runtime::Value;
use crate::runtime::object::PsObject;

/// Type name of endpoint objects.
pub const TYPE: &str = "Microsoft.Exchange.Data.Storage.Management.MigrationEndpoint";

/// The object of an endpoint (cmdlets.md §2.5).
pub fn object(view: &EndpointView) -> Value {
    PsObject::view(
        TYPE,
        vec![
            ("Identity", Value::str(&view.identity)),
            ("Guid", show::guid(view.guid)),
            ("EndpointType", Value::str(view.endpoint_type.name())),
            ("RemoteServer", Value::str(&view.remote_server)),
            ("Port", Value::int(view.port.into())),
            ("Security", Value::str(view.security.name())),
            ("Authentication", Value::str(view.authentication.name())),
            (
                "AcceptUntrustedCertificates",
                view.accept_untrusted_certificates.into(),
            ),
            (
                "MaxConcurrentMigrations",
                show::unlimited(view.max_concurrent_migrations),
            ),
            (
                "MaxConcurrentIncrementalSyncs",
                show::unlimited(view.max_concurrent_incremental_syncs),
            ),
            (
                "ActiveMigrationCount",
                show::few(view.active_migration_count),
            ),
            (
                "ActiveIncrementalSyncCount",
                show::few(view.active_incremental_sync_count),
            ),
            ("Username", view.username.clone().into()),
            ("CredentialsForm", Value::str(view.admin_form.name())),
            ("UseAutoDiscover", false.into()),
            ("CreationDateTime", show::local(view.creation_date_time)),
            (
                "LastModifiedDateTime",
                show::local(view.last_modified_date_time),
            ),
            ("IsValid", true.into()),
        ],
    )
}

//! What the engine does with endpoints.

use uuid::Uuid;

use super::{
    Admin, AdminForm, AuthenticationMethod, EndpointType, EndpointView, NewEndpoint, ProbeOutcome,
    ProbeTarget, Security, SetEndpoint,
};
use crate::engine::batch::ops::{is_active, status_of};
use crate::engine::error::{EngineError, ErrorId};
use crate::engine::handle::Engine;
use crate::engine::names::check_name;
use crate::engine::time::timestamp;
use crate::store::{EndpointRecord, SealedFor, Store, StoreError};

/// Mailboxes at once, over all endpoints of the type.
pub(in crate::engine) const TYPE_LIMIT: u32 = 300;

impl Engine {
    /// Makes an endpoint.
    ///
    /// # Errors
    /// `EndpointAlreadyExists`, `InvalidArgument`, `ConcurrencyExceeded`; `ServerConnectionFailed` when it was probed in vain.
    pub async fn new_endpoint(&self, request: NewEndpoint) -> Result<EndpointView, EngineError> {
        check_name("The endpoint name", &request.name)?;
        if let Some(store) = self.existing().await?
            && store.endpoint(&request.name).await?.is_some()
        {
            return Err(exists(&request.name));
        }
        let now = self.shared().now();
        let mut endpoint = EndpointRecord {
            id: 0,
            guid: Uuid::new_v4(),
            name: request.name,
            kind: EndpointType::Imap.name().into(),
            host: request.remote_server,
            port: request
                .port
                .unwrap_or_else(|| request.security.default_port()),
            security: request.security.name().into(),
            authentication: request.authentication.name().into(),
            accept_untrusted: request.accept_untrusted_certificates,
            max_migrations: request.max_concurrent_migrations,
            max_incrementals: request.max_concurrent_incremental_syncs,
            admin: None,
            admin_form: request.admin_form.name().into(),
            created_at: now,
            modified_at: now,
        };
        self.check(&endpoint, request.skip_verification).await?;
        let store = self.store().await?;
        if let Some(admin) = &request.admin {
            endpoint.admin = Some(sealed(store, endpoint.guid, admin)?);
        }
        match store.add_endpoint(&mut endpoint).await {
            Err(StoreError::Taken(_)) => Err(exists(&endpoint.name)),
            other => {
                other?;
                self.view(store, endpoint).await
            }
        }
    }

    /// Changes an endpoint: limits at any time, how to connect only while no batch that uses it is at work.
    ///
    /// # Errors
    /// `EndpointNotFound`, `EndpointInUse`, and those of `new_endpoint`.
    pub async fn set_endpoint(&self, request: SetEndpoint) -> Result<EndpointView, EngineError> {
        let (store, mut endpoint) = self.endpoint_record(&request.identity).await?;
        let is_reached_anew = request.changes_connection();
        if is_reached_anew {
            check_idle(store, &endpoint).await?;
        }
        if let Some(host) = request.remote_server {
            endpoint.host = host;
        }
        if let Some(security) = request.security {
            let was_default = Security::from_name(&endpoint.security)
                .is_some_and(|old| old.default_port() == endpoint.port);
            if was_default {
                endpoint.port = security.default_port();
            }
            endpoint.security = security.name().into();
        }
        if let Some(port) = request.port {
            endpoint.port = port;
        }
        if let Some(authentication) = request.authentication {
            endpoint.authentication = authentication.name().into();
        }
        if let Some(accept) = request.accept_untrusted_certificates {
            endpoint.accept_untrusted = accept;
        }
        if let Some(limit) = request.max_concurrent_migrations {
            endpoint.max_migrations = limit;
        }
        if let Some(limit) = request.max_concurrent_incremental_syncs {
            endpoint.max_incrementals = limit;
        }
        if let Some(admin) = &request.admin {
            let seal = |admin| sealed(store, endpoint.guid, admin);
            endpoint.admin = admin.as_ref().map(seal).transpose()?;
        }
        if let Some(form) = request.admin_form {
            endpoint.admin_form = form.name().into();
        }
        endpoint.modified_at = self.shared().now();
        self.check(&endpoint, request.skip_verification || !is_reached_anew)
            .await?;
        store.change_endpoint(&endpoint).await?;
        self.poke();
        self.view(store, endpoint).await
    }

    /// The endpoints by name; with `identity` (name or GUID) the one, or `EndpointNotFound`.
    pub async fn get_endpoints(
        &self,
        identity: Option<&str>,
    ) -> Result<Vec<EndpointView>, EngineError> {
        let (store, records) = match identity {
            Some(identity) => {
                let (store, record) = self.endpoint_record(identity).await?;
                (store, vec![record])
            }
            None => match self.existing().await? {
                Some(store) => (store, store.endpoints().await?),
                None => return Ok(Vec::new()),
            },
        };
        let mut views = Vec::with_capacity(records.len());
        for record in records {
            views.push(self.view(store, record).await?);
        }
        Ok(views)
    }

    /// Removes an endpoint that no batch moves from or to, and that is not the target of new batches.
    ///
    /// # Errors
    /// `EndpointNotFound`, `EndpointInUse`.
    pub async fn remove_endpoint(&self, identity: &str) -> Result<(), EngineError> {
        let (store, endpoint) = self.endpoint_record(identity).await?;
        if self.config().await?.target_endpoint.as_ref() == Some(&endpoint.name) {
            return Err(EngineError::new(
                ErrorId::EndpointInUse,
                &endpoint.name,
                format!(
                    "The migration endpoint \"{}\" is the target of new batches.",
                    endpoint.name
                ),
                "Name another target with Set-MigrationConfig -TargetEndpoint, or $null for the embedded mail store.",
            ));
        }
        let batches = store.endpoint_users(endpoint.id).await?;
        if let Some(first) = batches.first() {
            let more = match batches.len() - 1 {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            return Err(EngineError::new(
                ErrorId::EndpointInUse,
                &endpoint.name,
                format!(
                    "The migration endpoint \"{}\" is used by the migration batch \"{first}\"{more}.",
                    endpoint.name
                ),
                "Remove the batch first.",
            ));
        }
        Ok(store.remove_endpoint(endpoint.id).await?)
    }

    /// The record of an endpoint, by name or GUID.
    pub(in crate::engine) async fn endpoint_record(
        &self,
        identity: &str,
    ) -> Result<(&Store, EndpointRecord), EngineError> {
        if let Some(store) = self.existing().await?
            && let Some(endpoint) = store.endpoint(identity).await?
        {
            return Ok((store, endpoint));
        }
        Err(EngineError::new(
            ErrorId::EndpointNotFound,
            identity,
            format!("The migration endpoint \"{identity}\" can't be found."),
            "Get-MigrationEndpoint lists the endpoints.",
        ))
    }

    async fn view(
        &self,
        store: &Store,
        record: EndpointRecord,
    ) -> Result<EndpointView, EngineError> {
        let (migrations, incrementals) = store.endpoint_load(record.id).await?;
        Ok(EndpointView {
            identity: record.name,
            guid: record.guid,
            endpoint_type: EndpointType::from_name(&record.kind).unwrap_or(EndpointType::Imap),
            remote_server: record.host,
            port: record.port,
            security: Security::from_name(&record.security).unwrap_or(Security::Ssl),
            authentication: AuthenticationMethod::from_name(&record.authentication)
                .unwrap_or(AuthenticationMethod::Basic),
            accept_untrusted_certificates: record.accept_untrusted,
            max_concurrent_migrations: record.max_migrations,
            max_concurrent_incremental_syncs: record.max_incrementals,
            username: record.admin.map(|(name, _)| name),
            admin_form: AdminForm::from_name(&record.admin_form).unwrap_or(AdminForm::MasterUser),
            active_migration_count: migrations,
            active_incremental_sync_count: incrementals,
            creation_date_time: timestamp(record.created_at),
            last_modified_date_time: timestamp(record.modified_at),
        })
    }

    /// Checks the settings, the sum of the limits, and, unless it is skipped, that the server answers.
    async fn check(
        &self,
        endpoint: &EndpointRecord,
        skip_verification: bool,
    ) -> Result<(), EngineError> {
        check_server(&endpoint.host, endpoint.port)?;
        if endpoint.max_migrations == Some(0) || endpoint.max_incrementals == Some(0) {
            return Err(EngineError::new(
                ErrorId::InvalidArgument,
                &endpoint.name,
                "A limit of 0 mailboxes at once would let nothing run.",
                "Give 1 or more, or unlimited.",
            ));
        }
        self.check_sum(endpoint).await?;
        if skip_verification {
            return Ok(());
        }
        let target = ProbeTarget::Imap {
            remote_server: endpoint.host.clone(),
            port: Some(endpoint.port),
            security: Security::from_name(&endpoint.security).unwrap_or(Security::Ssl),
            accept_untrusted_certificates: endpoint.accept_untrusted,
        };
        let probe = self.test_server(target).await?;
        if probe.result == ProbeOutcome::Success {
            return Ok(());
        }
        Err(EngineError::new(
            ErrorId::ServerConnectionFailed,
            &endpoint.host,
            probe.message,
            "Correct the settings, or keep them unproved with -SkipVerification.",
        ))
    }

    async fn check_sum(&self, endpoint: &EndpointRecord) -> Result<(), EngineError> {
        let others = match self.existing().await? {
            Some(store) => store.endpoints().await?,
            None => Vec::new(),
        };
        let sum: u64 = others
            .iter()
            .filter(|other| other.id != endpoint.id)
            .chain([endpoint])
            .filter_map(|one| one.max_migrations.map(u64::from))
            .sum();
        if sum <= u64::from(TYPE_LIMIT) {
            return Ok(());
        }
        Err(EngineError::new(
            ErrorId::ConcurrencyExceeded,
            &endpoint.name,
            format!(
                "The endpoint \"{}\" would make the maximum concurrent migrations '{sum}', which would exceed the allowed limit of '{TYPE_LIMIT}' for endpoints of type 'IMAP'.",
                endpoint.name
            ),
            "Give a smaller -MaxConcurrentMigrations, or lower that of another endpoint.",
        ))
    }
}

/// Mailboxes that are at work with the old settings would go on with the new ones in the middle.
async fn check_idle(store: &Store, endpoint: &EndpointRecord) -> Result<(), EngineError> {
    let batches = store.batches().await?;
    let running = batches.iter().find(|batch| {
        let uses = batch.endpoint == endpoint.id || batch.target_endpoint == Some(endpoint.id);
        uses && is_active(status_of(batch))
    });
    match running {
        None => Ok(()),
        Some(batch) => Err(EngineError::new(
            ErrorId::EndpointInUse,
            &endpoint.name,
            format!(
                "How to connect to the migration endpoint \"{}\" can't be changed while the migration batch \"{}\" is at work.",
                endpoint.name, batch.name
            ),
            "Stop the batch first, or wait for its end. Limits may be changed at any time.",
        )),
    }
}

fn sealed(store: &Store, endpoint: Uuid, admin: &Admin) -> Result<(String, Vec<u8>), EngineError> {
    if admin.name.trim().is_empty() || admin.password.is_empty() {
        return Err(EngineError::new(
            ErrorId::InvalidArgument,
            &admin.name,
            "The credentials have no user name or no password.",
            "Give both, for example with Get-Credential.",
        ));
    }
    let password = store
        .secrets()
        .seal(&admin.password, SealedFor::Endpoint(endpoint))?;
    Ok((admin.name.clone(), password))
}

fn exists(name: &str) -> EngineError {
    EngineError::new(
        ErrorId::EndpointAlreadyExists,
        name,
        format!("The migration endpoint \"{name}\" already exists."),
        "Choose another name, or change it with Set-MigrationEndpoint.",
    )
}

/// Checks a host name or address and a port for what no server can have.
pub(in crate::engine) fn check_server(host: &str, port: u16) -> Result<(), EngineError> {
    let reason = if host.is_empty() {
        "The server name is empty."
    } else if host
        .chars()
        .any(|c| c.is_control() || c.is_whitespace() || "/\\\"'@,;<>()".contains(c))
    {
        "The server name has a character that no host name has."
    } else if host.len() > 253 {
        "The server name is longer than 253 characters."
    } else if port == 0 {
        "Port 0 is not a port."
    } else {
        return Ok(());
    };
    Err(EngineError::new(
        ErrorId::InvalidArgument,
        host,
        reason,
        "Give a host name such as imap.example.net and a port from 1 to 65535.",
    ))
}

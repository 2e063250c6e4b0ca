//! What the engine does with batches.

use std::collections::HashMap;

use uuid::Uuid;

use super::assemble::known;
use super::derive::Tally;
use super::legal::check;
use super::{BatchCommand, BatchFilter, BatchStatus, BatchView, CompleteBatch, NewBatch};
use crate::engine::config::Config;
use crate::engine::csv::{self, CsvFile, TargetSignIn};
use crate::engine::error::{EngineError, ErrorId};
use crate::engine::event::EventKind;
use crate::engine::handle::{Engine, Shared};
use crate::engine::names::check_name;
use crate::engine::reports::write_errors;
use crate::mail::Address;
use crate::store::{BatchRecord, EndpointRecord, NewUser, SealedFor, Store, StoreError, Wanted};

/// Users whose last pass can be made.
const TO_COMPLETE: &[&str] = &["Synced", "IncrementalSynced", "CompletionFailed"];
/// Users that a completion which ended with errors left behind.
const LEFT_BEHIND: &[&str] = &[
    "CompletionFailed",
    "Failed",
    "IncrementalFailed",
    "Stopped",
    "IncrementalStopped",
];

/// States whose users a start takes up.
const FAILED: &[&str] = &["Failed", "IncrementalFailed"];
const NOT_DONE: &[&str] = &[
    "Queued",
    "Stopped",
    "IncrementalStopped",
    "Failed",
    "IncrementalFailed",
];
const ALL_ENDED: &[&str] = &[
    "Queued",
    "Stopped",
    "IncrementalStopped",
    "Failed",
    "IncrementalFailed",
    "Synced",
];

impl Engine {
    /// Makes a batch. Errors of the file refuse it, all of them in one message; errors of rows become
    /// `validation_warnings` and stand in `MigrationErrors.csv` of the batch's reports.
    ///
    /// # Errors
    /// `BatchAlreadyExists`, `EndpointNotFound`, `InvalidArgument`, `CsvFileInvalid`.
    pub async fn new_batch(&self, request: NewBatch) -> Result<BatchView, EngineError> {
        check_name("The batch name", &request.name)?;
        check_emails(&request.notification_emails)?;
        if let Some(store) = self.existing().await?
            && store.batch(&request.name).await?.is_some()
        {
            return Err(exists(&request.name));
        }
        let (store, endpoint) = self.endpoint_record(&request.source_endpoint).await?;
        let config = Config::read(store).await?;
        check_number(store, &config).await?;
        let target = self
            .target_of(store, request.target_endpoint.as_deref(), &config)
            .await?;
        let elsewhere: HashMap<String, String> =
            store.user_addresses().await?.into_iter().collect();
        let file = csv::read(
            &request.csv,
            request.allow_unknown_columns,
            &elsewhere,
            sign_in(target.as_ref()),
        )?;
        let mut batch = record(&request, endpoint.id, &file, self.shared().now());
        batch.target_endpoint = target.map(|endpoint| endpoint.id);
        let users = sealed(store, &file)?;
        let rejected = file.rejected_rows();
        if !rejected.is_empty() {
            write_errors(&self.shared().home.reports(batch.guid), &rejected)?;
        }
        match store.add_batch(&mut batch, &users, &rejected).await {
            Err(StoreError::Taken(_)) => return Err(exists(&batch.name)),
            other => other?,
        }
        if request.auto_start {
            self.start_batch(&batch.name).await?;
        }
        self.one_batch(&batch.guid.to_string()).await
    }

    /// The target of a new batch: the named one, else the organization's; `None` = the embedded mail store.
    pub(in crate::engine) async fn target_of(
        &self,
        store: &Store,
        named: Option<&str>,
        config: &Config,
    ) -> Result<Option<EndpointRecord>, EngineError> {
        Ok(match (named, config.target) {
            (Some(identity), _) => Some(self.endpoint_record(identity).await?.1),
            (None, Some(guid)) => store.endpoint(&guid.to_string()).await?,
            (None, None) => None,
        })
    }

    /// Batches, in the order of their making.
    ///
    /// # Errors
    /// `BatchNotFound` or `EndpointNotFound` for an identity that is given and unknown.
    pub async fn get_batches(&self, filter: BatchFilter) -> Result<Vec<BatchView>, EngineError> {
        let endpoint = match &filter.endpoint {
            Some(identity) => Some(self.endpoint_record(identity).await?.1.id),
            None => None,
        };
        let (store, records) = match &filter.identity {
            Some(identity) => {
                let (store, record) = self.batch_record(identity).await?;
                (store, vec![record])
            }
            None => match self.existing().await? {
                Some(store) => (store, store.batches().await?),
                None => return Ok(Vec::new()),
            },
        };
        let mut views = Vec::new();
        for record in records {
            let is_wanted = endpoint
                .is_none_or(|id| record.endpoint == id || record.target_endpoint == Some(id))
                && filter
                    .status
                    .is_none_or(|status| record.status == status.name());
            if is_wanted {
                views.push(
                    self.batch_view(store, record, filter.include_report)
                        .await?,
                );
            }
        }
        Ok(views)
    }

    /// Starts a batch, resumes a stopped one, retries what failed; a batch that is synced gets its new mail.
    /// `identity` = name or GUID, as for the others below.
    ///
    /// # Errors
    /// `BatchNotFound`, `BatchCommandRefused`.
    pub async fn start_batch(&self, identity: &str) -> Result<(), EngineError> {
        let (store, batch) = self.batch_record(identity).await?;
        let status = status_of(&batch);
        check(&batch.name, status, BatchCommand::Start)?;
        let now = self.shared().now();
        if status == BatchStatus::CompletedWithErrors {
            complete(self.shared(), store, &batch).await?;
            return self.work().await;
        }
        let takes_up = match status {
            BatchStatus::Syncing | BatchStatus::IncrementalSyncing => FAILED,
            BatchStatus::SyncedWithErrors => NOT_DONE,
            BatchStatus::Synced => ALL_ENDED,
            BatchStatus::Stopped if batch.initial_sync_at.is_some() => ALL_ENDED,
            _ => NOT_DONE,
        };
        if status == BatchStatus::Waiting {
            store.clear_start_after(batch.id).await?;
        }
        // the users first: a batch that runs with nothing due is done
        store.make_due(batch.id, takes_up, now).await?;
        if !matches!(
            status,
            BatchStatus::Syncing | BatchStatus::IncrementalSyncing | BatchStatus::Waiting
        ) {
            let starting = BatchStatus::Starting;
            order(self.shared(), store, &batch, Wanted::Run, starting).await?;
        }
        self.work().await
    }

    /// Stops a batch: what is in flight ends cleanly. Returns at once; `wait_batch` waits for `Stopped`.
    ///
    /// # Errors
    /// `BatchNotFound`, `BatchCommandRefused`.
    pub async fn stop_batch(&self, identity: &str) -> Result<(), EngineError> {
        let (store, batch) = self.batch_record(identity).await?;
        check(&batch.name, status_of(&batch), BatchCommand::Stop)?;
        let stopping = BatchStatus::Stopping;
        order(self.shared(), store, &batch, Wanted::Stop, stopping).await?;
        store.stop_waiting(batch.id, self.shared().now()).await?;
        self.work().await
    }

    /// Makes the last pass of every synced user and finishes them. Users with a later time of their own are left for it.
    ///
    /// # Errors
    /// `BatchNotFound`, `BatchCommandRefused`; with `sync_and_complete` also when a user has failed or is stopped.
    pub async fn complete_batch(&self, request: CompleteBatch) -> Result<(), EngineError> {
        let (store, batch) = self.batch_record(&request.identity).await?;
        check(&batch.name, status_of(&batch), BatchCommand::Complete)?;
        if request.sync_and_complete {
            let users = known(&store.user_states(batch.id).await?);
            let tally = Tally::of(&users);
            if tally.failed + tally.stopped > 0 {
                return Err(EngineError::new(
                    ErrorId::BatchCommandRefused,
                    &batch.name,
                    format!(
                        "The migration batch \"{}\" can't be completed as a whole: {} users have failed and {} are stopped.",
                        batch.name, tally.failed, tally.stopped
                    ),
                    "Start the batch to try them again, or complete it without -SyncAndComplete.",
                ));
            }
        }
        complete(self.shared(), store, &batch).await?;
        self.work().await
    }

    /// Removes a batch, its users and their journal; migrated mail stays. `force` removes a corrupted one.
    ///
    /// # Errors
    /// `BatchNotFound` (also for a corrupted one without `force`), `BatchCommandRefused`.
    pub async fn remove_batch(&self, identity: &str, force: bool) -> Result<(), EngineError> {
        let (store, batch) = self.batch_record(identity).await?;
        let status = status_of(&batch);
        if status == BatchStatus::Corrupted && !force {
            return Err(not_found(identity));
        }
        check(&batch.name, status, BatchCommand::Remove)?;
        let removing = BatchStatus::Removing;
        order(self.shared(), store, &batch, Wanted::Remove, removing).await?;
        store.remove_batch(batch.id).await?;
        self.shared().tell(&batch.name, EventKind::BatchRemoved);
        Ok(())
    }

    /// Names of the batches that are at work now (for the question before leaving).
    pub async fn active_batches(&self) -> Result<Vec<String>, EngineError> {
        let Some(store) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let records = store.batches().await?;
        Ok(records
            .into_iter()
            .filter(|batch| is_active(status_of(batch)))
            .map(|batch| batch.name)
            .collect())
    }

    /// The record of a batch, by name or GUID.
    pub(in crate::engine) async fn batch_record(
        &self,
        identity: &str,
    ) -> Result<(&Store, BatchRecord), EngineError> {
        if let Some(store) = self.existing().await?
            && let Some(batch) = store.batch(identity).await?
        {
            return Ok((store, batch));
        }
        Err(not_found(identity))
    }

    async fn one_batch(&self, identity: &str) -> Result<BatchView, EngineError> {
        let (store, record) = self.batch_record(identity).await?;
        self.batch_view(store, record, false).await
    }
}

/// Keeps and tells an order given to a batch and the state it takes at once.
pub(in crate::engine) async fn order(
    shared: &Shared,
    store: &Store,
    batch: &BatchRecord,
    wanted: Wanted,
    status: BatchStatus,
) -> Result<(), StoreError> {
    let started = wanted.is_work().then(|| shared.now());
    store
        .order_batch(batch.id, wanted, status.name(), started)
        .await?;
    let from = status_of(batch);
    if from != status {
        shared.tell(&batch.name, EventKind::BatchStatus { from, to: status });
    }
    Ok(())
}

/// Has the users of a batch make their last pass.
pub(in crate::engine) async fn complete(
    shared: &Shared,
    store: &Store,
    batch: &BatchRecord,
) -> Result<(), StoreError> {
    let users = if status_of(batch) == BatchStatus::CompletedWithErrors {
        LEFT_BEHIND
    } else {
        TO_COMPLETE
    };
    store
        .make_last_pass_due(batch.id, users, shared.now())
        .await?;
    let completing = BatchStatus::Completing;
    order(shared, store, batch, Wanted::Complete, completing).await
}

/// Has a batch whose users have work again go on.
pub(in crate::engine) async fn rouse(
    shared: &Shared,
    store: &Store,
    batch: &BatchRecord,
) -> Result<(), StoreError> {
    let status = if batch.initial_sync_at.is_some() {
        BatchStatus::IncrementalSyncing
    } else {
        BatchStatus::Syncing
    };
    order(shared, store, batch, Wanted::Run, status).await
}

/// Whether a batch has done what was asked and waits for its next time.
pub(in crate::engine) fn is_resting(batch: &BatchRecord) -> bool {
    batch.wanted.is_work()
        && matches!(
            status_of(batch),
            BatchStatus::Synced | BatchStatus::SyncedWithErrors
        )
}

/// The state of a stored batch; a state no version knows counts as damage.
pub(in crate::engine) fn status_of(batch: &BatchRecord) -> BatchStatus {
    BatchStatus::from_name(&batch.status).unwrap_or(BatchStatus::Corrupted)
}

/// Whether something is at work, or about to be.
pub(in crate::engine) fn is_active(status: BatchStatus) -> bool {
    matches!(
        status,
        BatchStatus::Starting
            | BatchStatus::Syncing
            | BatchStatus::IncrementalSyncing
            | BatchStatus::Stopping
            | BatchStatus::Completing
            | BatchStatus::Removing
    )
}

fn exists(name: &str) -> EngineError {
    EngineError::new(
        ErrorId::BatchAlreadyExists,
        name,
        format!("The migration batch \"{name}\" already exists."),
        "Choose another name, or remove that batch first.",
    )
}

pub(super) fn not_found(identity: &str) -> EngineError {
    EngineError::new(
        ErrorId::BatchNotFound,
        identity,
        format!("The migration batch \"{identity}\" can't be found."),
        "Get-MigrationBatch lists the batches.",
    )
}

pub(super) fn check_emails(emails: &[String]) -> Result<(), EngineError> {
    for email in emails {
        if let Err(error) = Address::parse(email) {
            return Err(EngineError::new(
                ErrorId::InvalidArgument,
                email,
                format!("The notification address {error}."),
                "Give addresses such as admin@contoso.com.",
            ));
        }
    }
    Ok(())
}

pub(in crate::engine) fn sign_in(target: Option<&EndpointRecord>) -> TargetSignIn {
    match target {
        None => TargetSignIn::Nobody,
        Some(endpoint) if endpoint.admin.is_some() => TargetSignIn::Administrator,
        Some(_) => TargetSignIn::EachUser,
    }
}

async fn check_number(store: &Store, config: &Config) -> Result<(), EngineError> {
    let number = store.batches().await?.len();
    if number < config.max_batches as usize {
        return Ok(());
    }
    Err(EngineError::new(
        ErrorId::ConcurrencyExceeded,
        "",
        format!(
            "There are {number} batches, and the limit is {}.",
            config.max_batches
        ),
        "Remove one with Remove-MigrationBatch, or allow more with Set-MigrationConfig -MaxNumberOfBatches.",
    ))
}

pub(super) fn sealed(store: &Store, file: &CsvFile) -> Result<Vec<NewUser>, EngineError> {
    let seal = |user: &csv::CsvUser| {
        let guid = Uuid::new_v4();
        Ok(NewUser {
            guid,
            row: user.row,
            address: user.address.clone(),
            user_name: user.user_name.clone(),
            user_root: user.user_root.clone(),
            password: store
                .secrets()
                .seal(&user.password, SealedFor::User(guid))?,
            target_user_name: user.target_user_name.clone(),
            target_password: user
                .target_password
                .as_ref()
                .map(|password| {
                    store
                        .secrets()
                        .seal(password, SealedFor::UserAtTarget(guid))
                })
                .transpose()?,
        })
    };
    file.users.iter().map(seal).collect()
}

fn record(request: &NewBatch, endpoint: i64, file: &CsvFile, now: i64) -> BatchRecord {
    BatchRecord {
        id: 0,
        guid: Uuid::new_v4(),
        name: request.name.clone(),
        status: BatchStatus::Created.name().into(),
        wanted: Wanted::Nothing,
        endpoint,
        target_endpoint: None,
        excluded_folders: request.exclude_folders.clone(),
        included_folders: request.include_folders.clone(),
        notification_emails: request.notification_emails.clone(),
        time_zone: request.time_zone.clone(),
        submitted_by: request.submitted_by.clone(),
        allow_incrementals: request.allow_incremental_syncs,
        allow_unknown_columns: request.allow_unknown_columns,
        auto_retry_count: request.auto_retry_count,
        bad_item_limit: request.bad_item_limit,
        large_item_limit: request.large_item_limit,
        remove_missing: request.remove_missing,
        remove_missing_limit: request.remove_missing_limit,
        report_interval_ms: u64::try_from(request.report_interval.as_millis()).unwrap_or(u64::MAX),
        skip_reports: request.skip_reports,
        total_rows: file.total_rows,
        message: String::new(),
        created_at: now,
        started_at: None,
        initial_sync_at: None,
        last_synced_at: None,
        finalized_at: None,
        start_after: request.start_after.map(|at| at.as_millisecond()),
        complete_after: request.complete_after.map(|at| at.as_millisecond()),
    }
}

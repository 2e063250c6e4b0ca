//! Changing a batch.

use std::collections::{HashMap, HashSet};

use super::legal::check;
use super::ops::{check_emails, is_resting, rouse, sealed, sign_in, status_of};
use super::refresh::refresh;
use super::{BatchCommand, BatchStatus, SetBatch};
use crate::engine::csv;
use crate::engine::error::EngineError;
use crate::engine::handle::Engine;
use crate::engine::reports::write_errors;
use crate::engine::rest::IN_STEP;
use crate::store::{BatchRecord, Store};

impl Engine {
    /// Changes a batch.
    ///
    /// # Errors
    /// `BatchNotFound`, `BatchCommandRefused`, `InvalidArgument`, `CsvFileInvalid`.
    pub async fn set_batch(&self, request: SetBatch) -> Result<(), EngineError> {
        let (store, mut batch) = self.batch_record(&request.identity).await?;
        check(&batch.name, status_of(&batch), BatchCommand::Set)?;
        if request.sync_now {
            check(&batch.name, status_of(&batch), BatchCommand::SyncNow)?;
        }
        if let Some(remove) = request.remove_missing {
            batch.remove_missing = remove;
        }
        if let Some(limit) = request.remove_missing_limit {
            batch.remove_missing_limit = Some(limit);
        }
        if let Some(emails) = &request.notification_emails {
            check_emails(emails)?;
        }
        apply(&request, &mut batch);
        store.change_batch(&batch).await?;
        let mut has_work = false;
        if let Some(bytes) = &request.add_users {
            has_work = self.add_users(store, &batch, bytes).await?;
        }
        if request.sync_now {
            store
                .make_due(batch.id, IN_STEP, self.shared().now())
                .await?;
            has_work = true;
        }
        if has_work && is_resting(&batch) {
            rouse(self.shared(), store, &batch).await?;
        }
        refresh(self.shared(), store, batch.id).await?;
        self.work().await
    }

    /// Adds the rows of a file; true when there is something to do for them now.
    async fn add_users(
        &self,
        store: &Store,
        batch: &BatchRecord,
        bytes: &[u8],
    ) -> Result<bool, EngineError> {
        let target = match batch.target_endpoint {
            Some(id) => store.endpoint_by_id(id).await?,
            None => None,
        };
        let (here, elsewhere) = places(store.user_addresses().await?, &batch.name);
        let sign_in = sign_in(target.as_ref());
        let mut file = csv::read(bytes, batch.allow_unknown_columns, &elsewhere, sign_in)?;
        file.users
            .retain(|user| !here.contains(&user.address.to_lowercase()));
        // the rows of the batch are counted on, so that each has a number of its own
        for user in &mut file.users {
            user.row += batch.total_rows;
        }
        for row in &mut file.rejected {
            row.warning.row_index += batch.total_rows;
        }
        let (users, rejected) = (sealed(store, &file)?, file.rejected_rows());
        let now = self.shared().now();
        store.add_users(batch.id, now, &users, &rejected).await?;
        if !rejected.is_empty() {
            let all = store.rejected_rows(batch.id, None).await?;
            write_errors(&self.shared().home.reports(batch.guid), &all)?;
        }
        if status_of(batch) == BatchStatus::Created || !batch.wanted.is_work() {
            return Ok(false);
        }
        store.make_due(batch.id, &["Queued"], now).await?;
        Ok(!users.is_empty())
    }
}

fn apply(request: &SetBatch, batch: &mut BatchRecord) {
    if let Some(allow) = request.allow_unknown_columns {
        batch.allow_unknown_columns = allow;
    }
    if let Some(allow) = request.allow_incremental_syncs {
        batch.allow_incrementals = allow;
    }
    if let Some(count) = request.auto_retry_count {
        batch.auto_retry_count = count;
    }
    if let Some(limit) = request.bad_item_limit {
        batch.bad_item_limit = limit;
    }
    if let Some(limit) = request.large_item_limit {
        batch.large_item_limit = limit;
    }
    if let Some(emails) = &request.notification_emails {
        batch.notification_emails.clone_from(emails);
    }
    if let Some(interval) = request.report_interval {
        batch.report_interval_ms = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
    }
    if let Some(skip) = request.skip_reports {
        batch.skip_reports = skip;
    }
    if let Some(at) = request.start_after {
        batch.start_after = at.map(|at| at.as_millisecond());
    }
    if let Some(at) = request.complete_after {
        batch.complete_after = at.map(|at| at.as_millisecond());
    }
}

/// The addresses that are in this batch, and those in others with the name of theirs.
fn places(
    addresses: Vec<(String, String)>,
    batch: &str,
) -> (HashSet<String>, HashMap<String, String>) {
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        addresses.into_iter().partition(|(_, name)| name == batch);
    (
        here.into_iter().map(|(address, _)| address).collect(),
        elsewhere.into_iter().collect(),
    )
}

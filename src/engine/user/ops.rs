//! Finding users.

use super::{UserFilter, UserStatus, UserStatusSummary, UserView};
use crate::engine::batch::BatchState;
use crate::engine::batch::derive::is_at_work;
use crate::engine::error::{EngineError, ErrorId};
use crate::engine::handle::Engine;
use crate::engine::report::DataConsistencyScore;
use crate::engine::time::maybe;
use crate::store::{UserQuery, UserRecord};

impl Engine {
    /// Users, in the order of batch and row.
    ///
    /// # Errors
    /// `UserNotFound` or `BatchNotFound` for an identity that is given and unknown.
    pub async fn get_users(&self, filter: UserFilter) -> Result<Vec<UserView>, EngineError> {
        let batch = match &filter.batch {
            Some(identity) => Some(self.batch_record(identity).await?.1.id),
            None => None,
        };
        let Some(store) = self.existing().await? else {
            return filter
                .identity
                .map_or(Ok(Vec::new()), |identity| Err(not_found(&identity)));
        };
        let statuses: Vec<&'static str> = UserStatus::ALL
            .iter()
            .filter(|status| filter.status.is_none_or(|wanted| wanted == **status))
            .filter(|status| {
                filter
                    .summary
                    .is_none_or(|wanted| wanted == status.summary())
            })
            .map(|status| status.name())
            .collect();
        if statuses.is_empty() {
            return Ok(Vec::new());
        }
        let query = UserQuery {
            identity: filter.identity.clone().or(filter.email_address),
            batch,
            statuses: if statuses.len() == UserStatus::ALL.len() {
                Vec::new()
            } else {
                statuses
            },
            mailbox_guid: filter.mailbox_guid,
            limit: filter.limit,
            offset: 0,
        };
        let records = store.users(&query).await?;
        match filter.identity {
            Some(identity) if records.is_empty() => Err(not_found(&identity)),
            _ => Ok(records.iter().map(view).collect()),
        }
    }
}

/// The state of a stored user; a state no version knows counts as damage.
pub(in crate::engine) fn status_of(user: &UserRecord) -> UserStatus {
    UserStatus::from_name(&user.status).unwrap_or(UserStatus::Corrupted)
}

pub(super) fn not_found(identity: &str) -> EngineError {
    EngineError::new(
        ErrorId::UserNotFound,
        identity,
        format!("The migration user \"{identity}\" can't be found."),
        "Get-MigrationUser lists the users.",
    )
}

/// A user's record as its view.
pub(super) fn view(user: &UserRecord) -> UserView {
    let status = status_of(user);
    UserView {
        identity: user.address.clone(),
        guid: user.guid,
        batch_id: user.batch_name.clone(),
        mailbox_email_address: user.address.clone(),
        mailbox_guid: user.mailbox_guid,
        recipient_type: if user.mailbox_guid.is_some() || user.initial_done {
            "Mailbox".into()
        } else {
            String::new()
        },
        status,
        status_summary: status.summary(),
        state: state(user, status),
        synced_item_count: user.copied_items + user.adopted_items,
        skipped_item_count: user.skipped_items,
        last_successful_sync_time: maybe(user.last_sync_at),
        error_summary: user
            .error
            .as_ref()
            .map_or_else(String::new, |(_, _, text, _)| text.clone()),
        triggered_action: user.triggered.clone(),
        workflow_stage: stage(user, status).into(),
        workflow_step: status.name().into(),
        data_consistency_score: user
            .score
            .as_deref()
            .and_then(DataConsistencyScore::from_name),
        has_unapproved_skipped_items: false,
        row_index: user.row,
        next_attempt_time: maybe(user.due_at),
    }
}

fn state(user: &UserRecord, status: UserStatus) -> BatchState {
    match status.summary() {
        UserStatusSummary::Failed => BatchState::Failed,
        UserStatusSummary::Completed => BatchState::Completed,
        UserStatusSummary::Stopped => BatchState::Stopped,
        _ if is_at_work(status) => BatchState::Active,
        UserStatusSummary::Synced => BatchState::Waiting,
        UserStatusSummary::Active if user.due => BatchState::Waiting,
        UserStatusSummary::Active => BatchState::Pending,
    }
}

fn stage(user: &UserRecord, status: UserStatus) -> &'static str {
    match status {
        UserStatus::Completing | UserStatus::Completed | UserStatus::CompletedWithWarnings => {
            "Completion"
        }
        _ if user.started_at.is_some() => "Processing",
        _ if user.due => "Injection",
        _ => "Validation",
    }
}

//! The engine's news in one sentence each.

use crate::engine::batch::BatchStatus;
use crate::engine::event::{Event, EventKind};
use crate::engine::subscription::SubscriptionStatus;
use crate::engine::user::UserStatus;
use crate::format;
use crate::session::News;

/// The line a person at the console gets; `None` for what is no news to a person (progress, states in between).
pub fn line(news: &News) -> Option<String> {
    let text = match news {
        News::Event(event) => of_event(event)?,
        News::Resumed(batches) => match batches.as_slice() {
            [one] => format!("Batch '{one}' was running when the last run ended and goes on now."),
            several => format!(
                "These batches were running when the last run ended and go on now: {}.",
                several.join(", ")
            ),
        },
        News::Trouble(error) => format!("The work of the last run could not be taken up: {error}"),
    };
    Some(format::sanitise(&text).into_owned())
}

fn of_event(event: &Event) -> Option<String> {
    let batch = &event.batch;
    match &event.kind {
        EventKind::BatchStatus { to, .. } => {
            let end = match to {
                BatchStatus::Completed => "is completed",
                BatchStatus::CompletedWithErrors => "is completed, with errors",
                BatchStatus::Synced => "is synced: all mail was copied",
                BatchStatus::SyncedWithErrors => "is synced, with errors",
                BatchStatus::Failed => "failed",
                BatchStatus::Stopped => "is stopped",
                BatchStatus::Corrupted => "is corrupted",
                _ => return None,
            };
            let next = match to {
                BatchStatus::CompletedWithErrors
                | BatchStatus::SyncedWithErrors
                | BatchStatus::Failed => {
                    format!(" See: Get-MigrationUser -BatchId '{batch}'")
                }
                _ => String::new(),
            };
            Some(format!("Batch '{batch}' {end}.{next}"))
        }
        EventKind::UserStatus {
            user, to, error, ..
        } => {
            let failed = matches!(
                to,
                UserStatus::Failed | UserStatus::IncrementalFailed | UserStatus::CompletionFailed
            );
            let why = error
                .as_deref()
                .unwrap_or("see Get-MigrationUserStatistics");
            failed.then(|| format!("{user} in batch '{batch}' failed: {why}"))
        }
        EventKind::Warning {
            user: Some(user),
            message,
        } => Some(format!("{user} in batch '{batch}': {message}")),
        EventKind::Warning {
            user: None,
            message,
        } => Some(format!("Batch '{batch}': {message}")),
        EventKind::SubscriptionStatus {
            mailbox,
            to: SubscriptionStatus::Disabled,
            message,
        } => Some(format!(
            "Subscription '{batch}' of {mailbox} is disabled. {message}"
        )),
        // what is tried again by itself is no news
        EventKind::SubscriptionStatus { .. } => None,
        EventKind::Progress(_) | EventKind::BatchRemoved => None,
    }
}

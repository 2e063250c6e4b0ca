//! `Wait-MigrationBatch`.

use std::time::{Duration, Instant};

use super::one::one_batch;
use super::{summary, view};
use crate::cmdlet;
use crate::cmdlets::migration::call::{answer, call};
use crate::cmdlets::migration::errors::record;
use crate::cmdlets::migration::identity::BatchId;
use crate::engine::batch::{BatchFilter, BatchState, BatchStatus, BatchView};
use crate::engine::user::{UserFilter, UserStatusSummary};
use crate::engine::{EngineError, ErrorId};
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::ui::Progress;
use crate::runtime::{Cmdlet, Run};
use crate::session::{ExitCode, Session};

/// How often the progress is looked at.
const LOOK: Duration = Duration::from_millis(250);

cmdlet! {
    /// Waits until a batch has nothing more to do.
    ///
    /// Shows how far it is: a bar on a terminal, else a line when something changed. Writes the batch when it is done, stopped or
    /// failed. Ctrl-C ends the waiting; the batch goes on.
    ///
    /// In a script the exit code tells how it went: see Get-Help about_Exit_Codes.
    pub struct WaitMigrationBatch("Wait", "MigrationBatch")
        .outputs(&[super::view::TYPE])
        .class("Microsoft.Exchange.Management.Migration.WaitMigrationBatch")
    {
        /// Name or GUID of the batch. Without it the only batch there is.
        identity: Option<BatchId> = param("Identity").position(0).by_value().by_property_name(),
        /// Seconds to wait at most. When they have passed it is an error, and the batch goes on. Without it there is no limit.
        timeout: Option<i32> = param("Timeout").validate(Validate::Range(0, 31_536_000)),
        /// Draws a table of the mailboxes at the end, failed ones first.
        summary: bool = param("Summary"),
    }
    example "Wait-MigrationBatch IMAPBatch1" => "Waits for the end of a batch and shows it.";
    example "Wait-MigrationBatch IMAPBatch1 -Timeout 3600 | Format-List Status,SyncedCount,FailedCount" =>
        "Waits for an hour at most and shows how it went.";
    example "Wait-MigrationBatch IMAPBatch1 -Summary | Out-Null" => "Waits and draws one line for each mailbox.";
}

impl Cmdlet for WaitMigrationBatch {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(batch) = one_batch(self.identity.as_ref(), cx)? else {
            return Ok(());
        };
        let limit = self
            .timeout
            .and_then(|seconds| u64::try_from(seconds).ok())
            .map(Duration::from_secs);
        let waited = wait(&batch, limit, cx);
        cx.progress(&Progress {
            completed: true,
            ..Progress::default()
        });
        match waited? {
            Ok(batch) => {
                if batch.status == BatchStatus::Created {
                    cx.warning(&format!(
                        "The batch {} is not started. Start-MigrationBatch starts it.",
                        batch.identity
                    ))?;
                }
                note(&batch, cx)?;
                if self.summary {
                    summary::show(&batch, cx)?;
                }
                cx.write(view::object(&batch))
            }
            Err(error) => cx.error(record(&error)),
        }
    }
}

/// Looks again and again until the batch has come to rest.
fn wait(
    batch: &BatchView,
    limit: Option<Duration>,
    cx: &mut Cx<'_>,
) -> Run<Result<BatchView, EngineError>> {
    let begun = Instant::now();
    let name = batch.identity.clone();
    let mut pace = Pace {
        begun,
        items: batch.synced_item_count,
    };
    loop {
        let left = limit.map(|limit| limit.saturating_sub(begun.elapsed()));
        let look = left.map_or(LOOK, |left| left.min(LOOK));
        let rested = match call(cx, |engine| {
            let name = name.clone();
            async move { engine.wait_batch(&name, Some(look)).await }
        })? {
            Ok(_) => true,
            Err(error) if error.id == ErrorId::TimedOut => false,
            Err(error) => return Ok(Err(error)),
        };
        let filter = BatchFilter {
            identity: Some(name.clone()),
            ..BatchFilter::default()
        };
        let now = match call(cx, |engine| async move { engine.get_batches(filter).await })? {
            Ok(mut found) => match found.pop() {
                Some(batch) => batch,
                None => continue,
            },
            Err(error) => return Ok(Err(error)),
        };
        if rested {
            return Ok(Ok(now));
        }
        cx.progress(&pace.progress(&now));
        if left.is_some_and(|left| left.is_zero()) {
            return Ok(Err(timed_out(&now, limit.unwrap_or_default(), cx)));
        }
    }
}

fn timed_out(batch: &BatchView, limit: Duration, cx: &Cx<'_>) -> EngineError {
    if let Some(session) = cx.session::<Session>()
        && batch.state == BatchState::Waiting
    {
        session.note(ExitCode::Throttled);
    }
    EngineError::new(
        ErrorId::TimedOut,
        &batch.identity,
        format!(
            "The batch {} is {} after {} seconds of waiting.",
            batch.identity,
            batch.status,
            limit.as_secs()
        ),
        "It goes on; wait again with a longer -Timeout, or look with Get-MigrationBatch.",
    )
}

/// How fast the batch has been since the waiting began.
struct Pace {
    begun: Instant,
    items: u64,
}

impl Pace {
    fn progress(&mut self, batch: &BatchView) -> Progress {
        let handled = batch.synced_item_count + batch.skipped_item_count;
        let done =
            batch.synced_count + batch.finalized_count + batch.failed_count + batch.stopped_count;
        let mut status = format!(
            "{}: {done} of {} mailboxes done",
            batch.status, batch.total_count
        );
        if batch.failed_count > 0 {
            status.push_str(&format!(", {} failed", batch.failed_count));
        }
        Progress {
            activity: format!("Batch {}", batch.identity),
            status,
            percent: percent(
                handled,
                batch.total_item_count,
                batch.pending_count + batch.active_count,
            ),
            seconds_remaining: self.remaining(handled, batch.total_item_count),
            ..Progress::default()
        }
    }

    fn remaining(&self, handled: u64, total: u64) -> Option<u64> {
        let fresh = handled.saturating_sub(self.items);
        let millis = u64::try_from(self.begun.elapsed().as_millis()).ok()?;
        if fresh == 0 || total <= handled {
            return None;
        }
        Some((total - handled).saturating_mul(millis) / fresh / 1000)
    }
}

/// Never 100 while a mailbox is not done.
fn percent(handled: u64, total: u64, open: u32) -> Option<u8> {
    let share = handled.saturating_mul(100).checked_div(total)?;
    let most = if open > 0 { 99 } else { 100 };
    u8::try_from(share.min(most)).ok()
}

/// Tells the host how the batch went.
fn note(batch: &BatchView, cx: &mut Cx<'_>) -> Run<()> {
    let code = match batch.status {
        BatchStatus::Created | BatchStatus::Waiting => return Ok(()),
        _ if batch.failed_count + batch.validation_warning_count > 0 => failures(batch, cx)?,
        BatchStatus::Failed | BatchStatus::Corrupted => ExitCode::MailboxesFailed,
        _ if batch.skipped_item_count > 0 => ExitCode::SkippedItems,
        _ => ExitCode::Success,
    };
    if let Some(session) = cx.session::<Session>() {
        session.note(code);
    }
    Ok(())
}

/// Sign-in, when every failed mailbox was refused there.
fn failures(batch: &BatchView, cx: &mut Cx<'_>) -> Run<ExitCode> {
    let filter = UserFilter {
        batch: Some(batch.identity.clone()),
        summary: Some(UserStatusSummary::Failed),
        limit: Some(1000),
        ..UserFilter::default()
    };
    let failed =
        answer(cx, |engine| async move { engine.get_users(filter).await })?.unwrap_or_default();
    let sign_in = |text: &str| text.contains(ErrorId::SignInFailed.name());
    let all = !failed.is_empty()
        && batch.validation_warning_count == 0
        && failed.iter().all(|user| sign_in(&user.error_summary));
    Ok(if all {
        ExitCode::SignIn
    } else {
        ExitCode::MailboxesFailed
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_percentage_is_honest() {
        assert_eq!(percent(0, 0, 3), None);
        assert_eq!(percent(50, 200, 3), Some(25));
        assert_eq!(percent(200, 200, 1), Some(99));
        assert_eq!(percent(200, 200, 0), Some(100));
    }
}

//! Which batch a command means when none is named: the only one there is.

use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::errors::invalid_argument;
use crate::cmdlets::migration::identity::BatchId;
use crate::engine::batch::{BatchFilter, BatchView, SetBatch};
use crate::runtime::Run;
use crate::runtime::cx::Cx;

/// The batch of that identity, or, when none is given, the only batch; `None` after an error was written.
///
/// # Errors
/// As the engine's call.
pub(super) fn one_batch(identity: Option<&BatchId>, cx: &mut Cx<'_>) -> Run<Option<BatchView>> {
    let filter = BatchFilter {
        identity: BatchId::given(identity),
        ..BatchFilter::default()
    };
    let Some(mut found) = answer(cx, |engine| async move { engine.get_batches(filter).await })?
    else {
        return Ok(None);
    };
    if found.len() > 1 {
        let names: Vec<&str> = found.iter().map(|batch| batch.identity.as_str()).collect();
        let advice = format!("Add -Identity and one of: {}.", names.join(", "));
        cx.error(invalid_argument(
            "",
            "There are several batches, and none was named.",
            &advice,
        ))?;
        return Ok(None);
    }
    if found.is_empty() {
        let advice = "Make one with New-MigrationBatch.";
        cx.error(invalid_argument("", "There is no batch.", advice))?;
    }
    Ok(found.pop())
}

/// Adds receivers of status mails to a batch, as the forms of 2009 do; false after an error was written.
///
/// # Errors
/// As the engine's call.
pub(in crate::cmdlets) fn notify(
    batch: &BatchView,
    emails: Option<&[String]>,
    cx: &mut Cx<'_>,
) -> Run<bool> {
    let mut all = batch.notification_emails.clone();
    for email in emails.unwrap_or_default() {
        if !all.iter().any(|known| known.eq_ignore_ascii_case(email)) {
            all.push(email.clone());
        }
    }
    if all.len() == batch.notification_emails.len() {
        return Ok(true);
    }
    let request = SetBatch {
        identity: batch.identity.clone(),
        notification_emails: Some(all),
        ..SetBatch::default()
    };
    let set = answer(cx, |engine| async move { engine.set_batch(request).await })?;
    Ok(set.is_some())
}

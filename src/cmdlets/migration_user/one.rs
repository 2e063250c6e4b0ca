//! Which user a command means.

use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::errors::invalid_argument;
use crate::cmdlets::migration::identity::UserId;
use crate::engine::user::{UserFilter, UserView};
use crate::runtime::Run;
use crate::runtime::cx::Cx;

/// The user of that identity; `None` after an error was written.
///
/// # Errors
/// As the engine's call.
pub(super) fn one_user(identity: &UserId, cx: &mut Cx<'_>) -> Run<Option<UserView>> {
    let filter = UserFilter {
        identity: Some(identity.0.clone()),
        ..UserFilter::default()
    };
    let Some(mut found) = answer(cx, |engine| async move { engine.get_users(filter).await })?
    else {
        return Ok(None);
    };
    if found.len() > 1 {
        let batches: Vec<&str> = found.iter().map(|user| user.batch_id.as_str()).collect();
        let message = format!(
            "{} is in several batches: {}.",
            identity.0,
            batches.join(", ")
        );
        let advice = "Pipe the one you mean: Get-MigrationUser -BatchId NAME | Where-Object Identity -eq ADDRESS";
        cx.error(invalid_argument(&identity.0, &message, advice))?;
        return Ok(None);
    }
    Ok(found.pop())
}

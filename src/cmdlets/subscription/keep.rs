//! Making and changing a subscription, the same for every kind.

use super::view;
use crate::cmdlets::migration::CLEAR_TEXT;
use crate::cmdlets::migration::call::answer;
use crate::engine::endpoint::Security;
use crate::engine::subscription::{NewSubscription, SetSubscription};
use crate::runtime::Run;
use crate::runtime::cx::Cx;

/// Makes a subscription for a cmdlet and writes it. Clear text is warned of.
pub(super) fn make(cx: &mut Cx<'_>, cmdlet: &str, request: NewSubscription) -> Run<()> {
    if !cx.should_process(&request.name, cmdlet)? {
        return Ok(());
    }
    if request.security == Security::None {
        cx.warning(CLEAR_TEXT)?;
    }
    let made = answer(cx, |engine| async move {
        engine.new_subscription(request).await
    })?;
    made.map_or(Ok(()), |made| cx.write(view::object(&made)))
}

/// Changes a subscription for a cmdlet. Clear text is warned of.
pub(super) fn change(cx: &mut Cx<'_>, cmdlet: &str, request: SetSubscription) -> Run<()> {
    if !cx.should_process(&request.identity, cmdlet)? {
        return Ok(());
    }
    if request.security == Some(Security::None) {
        cx.warning(CLEAR_TEXT)?;
    }
    answer(cx, |engine| async move {
        engine.set_subscription(request).await
    })?;
    Ok(())
}

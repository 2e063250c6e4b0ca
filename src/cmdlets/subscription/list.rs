//! What `Get-PopSubscription`, `Get-ImapSubscription` and `Get-Subscription` share.

use super::field::{Aggregation, Kinds};
use super::view;
use crate::cmdlets::migration::call::{answer, cut, one_more};
use crate::cmdlets::migration::identity::{MailboxId, SubscriptionId};
use crate::engine::subscription::SubscriptionFilter;
use crate::runtime::Run;
use crate::runtime::cx::Cx;

/// What was asked for.
pub(super) struct Asked<'a> {
    pub(super) identity: Option<&'a SubscriptionId>,
    pub(super) mailbox: Option<&'a MailboxId>,
    pub(super) aggregation: Option<Aggregation>,
    pub(super) kinds: Kinds,
    pub(super) include_report: bool,
    pub(super) size: Option<u32>,
}

/// Writes the subscriptions.
pub(super) fn write(cx: &mut Cx<'_>, asked: &Asked<'_>) -> Run<()> {
    let kind = match asked.kinds {
        Kinds::None => return Ok(()),
        Kinds::All => None,
        Kinds::One(kind) => Some(kind),
    };
    if asked.aggregation == Some(Aggregation(false)) {
        return Ok(());
    }
    let filter = SubscriptionFilter {
        identity: SubscriptionId::given(asked.identity),
        mailbox: MailboxId::given(asked.mailbox),
        kind,
        include_report: asked.include_report,
        limit: one_more(asked.size),
    };
    let found = answer(cx, |engine| async move {
        engine.get_subscriptions(filter).await
    })?;
    let mut found = found.unwrap_or_default();
    cut(cx, &mut found, asked.size)?;
    for subscription in &found {
        cx.write(view::object(subscription))?;
    }
    Ok(())
}

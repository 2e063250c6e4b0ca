//! `Remove-Subscription`.

use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::identity::{MailboxId, SubscriptionId};
use crate::engine::subscription::SubscriptionFilter;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Removes a subscription.
    ///
    /// Asks first. It stops at once; the mail that it brought stays in the mailbox, and what is on the server stays there.
    pub struct RemoveSubscription("Remove", "Subscription")
        .should_process(Impact::High)
        .class("Microsoft.Exchange.Management.Aggregation.RemoveSubscription")
    {
        /// Name or GUID of the subscription.
        identity: SubscriptionId = param("Identity").position(0).by_value().by_property_name(),
        /// The mailbox it belongs to: address, alias, name, domain\alias or GUID. Needed where several have a subscription of
        /// that name.
        mailbox: Option<MailboxId> = param("Mailbox").by_property_name(),
    }
    refused "DomainController" => "there is no directory service here";
    example "Remove-Subscription 'akohl Edu Subscription' -Mailbox live.contoso.edu\\akohl -Confirm:$false" =>
        "Removes a subscription without asking.";
    example "Remove-Subscription -Identity 'akohl Mail' -WhatIf" => "Says what would be removed and removes nothing.";
}

impl Cmdlet for RemoveSubscription {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let mailbox = MailboxId::given(self.mailbox.as_ref());
        // what is not there need not be asked about
        let filter = SubscriptionFilter {
            identity: Some(self.identity.0.clone()),
            mailbox: mailbox.clone(),
            ..SubscriptionFilter::default()
        };
        let found = answer(cx, |engine| async move {
            engine.get_subscriptions(filter).await
        })?;
        let Some(found) = found else {
            return Ok(());
        };
        let name = match found.as_slice() {
            [one] => format!("{} ({})", one.name, one.mailbox),
            _ => self.identity.0.clone(),
        };
        if cx.should_process(&name, "Remove-Subscription")? {
            let identity = self.identity.0.clone();
            answer(cx, |engine| async move {
                engine
                    .remove_subscription(&identity, mailbox.as_deref())
                    .await
            })?;
        }
        Ok(())
    }
}

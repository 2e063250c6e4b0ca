//! `Get-Subscription`.

use super::field::{Aggregation, Kind, Kinds};
use super::list::{self, Asked};
use crate::cmdlet;
use crate::cmdlets::migration::call::RESULT_SIZE;
use crate::cmdlets::migration::field::Unlimited;
use crate::cmdlets::migration::identity::{MailboxId, SubscriptionId};
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Shows subscriptions of every kind.
    ///
    /// Without parameters, all of them by name. Get-Help Get-PopSubscription says what the properties mean.
    pub struct GetSubscription("Get", "Subscription")
        .should_process(Impact::Low)
        .outputs(&[super::view::POP_TYPE, super::view::IMAP_TYPE])
        .class("Microsoft.Exchange.Management.Aggregation.GetSubscription")
    {
        /// Name or GUID of the subscription. An unknown one is an error.
        identity: Option<SubscriptionId> = param("Identity").position(0).by_value().by_property_name(),
        /// Only subscriptions of this mailbox: address, alias, name, domain\alias or GUID.
        mailbox: Option<MailboxId> = param("Mailbox").by_property_name(),
        /// Only subscriptions of this kind. Here are Pop and IMAP.
        subscription_type: Option<Kind> = param("SubscriptionType").default_text("All"),
        /// Only subscriptions of this kind of aggregation. All here are of Aggregation.
        aggregation_type: Option<Aggregation> = param("AggregationType").default_text("All"),
        /// Add what happened at the last polls, as the property Report.
        include_report: bool = param("IncludeReport"),
        /// How many subscriptions to show at most.
        result_size: Option<Unlimited> = param("ResultSize").default_text("1000"),
    }
    refused "DomainController" => "there is no directory service here";
    example "Get-Subscription" => "Lists all subscriptions.";
    example "Get-Subscription -Mailbox akohl@live.contoso.edu -SubscriptionType Pop" => "Lists the POP subscriptions of a mailbox.";
    example "Get-Subscription -ResultSize Unlimited | Where-Object Status -ne Succeeded | Format-Table Name,Mailbox,Status,Diagnostics" =>
        "Finds those that need a look.";
}

impl Cmdlet for GetSubscription {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let asked = Asked {
            identity: self.identity.as_ref(),
            mailbox: self.mailbox.as_ref(),
            aggregation: self.aggregation_type,
            kinds: self.subscription_type.map_or(Kinds::All, |kind| kind.0),
            include_report: self.include_report,
            size: self.result_size.map_or(RESULT_SIZE, |size| size.0),
        };
        list::write(cx, &asked)
    }
}

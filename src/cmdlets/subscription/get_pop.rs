//! `Get-PopSubscription`.

use super::field::{Aggregation, Kinds};
use super::list::{self, Asked};
use crate::cmdlet;
use crate::cmdlets::migration::field::Unlimited;
use crate::cmdlets::migration::identity::{MailboxId, SubscriptionId};
use crate::engine::subscription::SubscriptionType;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Shows POP subscriptions.
    ///
    /// Without parameters, all of them by name. Status is Succeeded when the last poll brought all there was, InProgress while
    /// mail comes, Delayed when the last poll failed and is tried again, and Disabled when somebody must change something;
    /// Diagnostics has the server's words. The password is never shown.
    pub struct GetPopSubscription("Get", "PopSubscription")
        .should_process(Impact::Low)
        .outputs(&[super::view::POP_TYPE])
        .class("Microsoft.Exchange.Management.Aggregation.GetPopSubscription")
    {
        /// Name or GUID of the subscription. An unknown one is an error.
        identity: Option<SubscriptionId> = param("Identity").position(0).by_value().by_property_name(),
        /// Only subscriptions of this mailbox: address, alias, name, domain\alias or GUID.
        mailbox: Option<MailboxId> = param("Mailbox").by_property_name(),
        /// Only subscriptions of this kind of aggregation. All here are of Aggregation.
        aggregation_type: Option<Aggregation> = param("AggregationType").default_text("All"),
        /// Add what happened at the last polls, as the property Report.
        include_report: bool = param("IncludeReport"),
        /// How many subscriptions to show at most.
        result_size: Option<Unlimited> = param("ResultSize").default_text("Unlimited"),
    }
    refused "DomainController" => "there is no directory service here";
    example "Get-PopSubscription" => "Lists all POP subscriptions.";
    example "Get-PopSubscription -Mailbox live.contoso.edu\\akohl | Format-List Name,Status,Diagnostics,LastSuccessfulSync" =>
        "Shows how the subscriptions of a mailbox are.";
    example "(Get-PopSubscription 'akohl Edu Subscription' -IncludeReport).Report" => "Shows what happened at its last polls.";
}

impl Cmdlet for GetPopSubscription {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let asked = Asked {
            identity: self.identity.as_ref(),
            mailbox: self.mailbox.as_ref(),
            aggregation: self.aggregation_type,
            kinds: Kinds::One(SubscriptionType::Pop),
            include_report: self.include_report,
            size: self.result_size.and_then(|size| size.0),
        };
        list::write(cx, &asked)
    }
}

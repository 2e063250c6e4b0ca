//! `Set-PopSubscription`.

use super::field::{PopAuth, PopSecurity};
use super::keep;
use crate::cmdlet;
use crate::cmdlets::migration::field::{Password, Port};
use crate::cmdlets::migration::identity::{MailboxId, SubscriptionId};
use crate::engine::subscription::{SetSubscription, SubscriptionType};
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Changes a POP subscription.
    ///
    /// What is not given stays as it is. When the sign-in changes, the server is signed in to first, unless -Force, and polled at
    /// once. A subscription that a refused sign-in disabled goes on when it is changed, or with -SyncNow.
    pub struct SetPopSubscription("Set", "PopSubscription")
        .default_set("SubscriptionModification")
        .should_process(Impact::Medium)
        .class("Microsoft.Exchange.Management.Aggregation.SetPopSubscription")
    {
        /// Name or GUID of the subscription.
        identity: SubscriptionId = param("Identity").position(0).by_value().by_property_name(),
        /// The mailbox it belongs to; needed where several have a subscription of that name.
        mailbox: Option<MailboxId> = param("Mailbox").by_property_name(),
        /// A friendly name.
        display_name: Option<String> = param("DisplayName").in_sets(&["SubscriptionModification"]),
        /// The address of the account at the server.
        email_address: Option<String> = param("EmailAddress").in_sets(&["SubscriptionModification"]),
        /// Whether it is polled.
        enabled: Option<bool> = param("Enabled").in_sets(&["SubscriptionModification"]).default_text("$true"),
        /// Host name or address of the server.
        incoming_server: Option<String> = param("IncomingServer").in_sets(&["SubscriptionModification"]),
        /// The name to sign in with.
        incoming_user_name: Option<String> = param("IncomingUserName").in_sets(&["SubscriptionModification"]),
        /// Its password.
        incoming_password: Option<Password> = param("IncomingPassword").in_sets(&["SubscriptionModification"]),
        /// TCP port of the server.
        incoming_port: Option<Port> = param("IncomingPort").in_sets(&["SubscriptionModification"]),
        /// Encryption. The port follows when it was the one that goes with the old encryption.
        incoming_security: Option<PopSecurity> = param("IncomingSecurity").in_sets(&["SubscriptionModification"]),
        /// How to sign in.
        incoming_auth: Option<PopAuth> = param("IncomingAuth").in_sets(&["SubscriptionModification"]),
        /// Whether the server keeps what was fetched. With $false also what was fetched before is deleted there.
        leave_on_server: Option<bool> = param("LeaveOnServer").in_sets(&["SubscriptionModification"]),
        /// Poll the server now. This switch is not Exchange's.
        sync_now: bool = param("SyncNow").in_sets(&["SubscriptionModification"]),
        /// Change it without signing in to the server.
        force: bool = param("Force").in_sets(&["SubscriptionModification"]),
    }
    refused "DomainController" => "there is no directory service here";
    refused "ResendVerification" => "no mail is sent in the name of the account here, so there is nothing to verify";
    refused "ValidateSecret" => "no mail is sent in the name of the account here, so there is nothing to verify";
    example "Set-PopSubscription 'akohl Edu Subscription' -Mailbox live.contoso.edu\\akohl -SyncNow" => "Polls the server now.";
    example "Set-PopSubscription 'akohl Edu Subscription' -Enabled $false" => "Stops polling and keeps the subscription.";
    example "Get-PopSubscription | Set-PopSubscription -LeaveOnServer $true" => "Has every server keep what is fetched.";
}

impl Cmdlet for SetPopSubscription {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let request = SetSubscription {
            identity: self.identity.0.clone(),
            mailbox: MailboxId::given(self.mailbox.as_ref()),
            kind: Some(SubscriptionType::Pop),
            display_name: self.display_name.clone(),
            email_address: self.email_address.clone(),
            server: self.incoming_server.clone(),
            port: self.incoming_port.map(|port| port.0),
            security: self.incoming_security.map(|security| security.0),
            authentication: self.incoming_auth.map(|auth| auth.0),
            user_name: self.incoming_user_name.clone(),
            password: self
                .incoming_password
                .as_ref()
                .map(|password| password.0.clone()),
            leave_on_server: self.leave_on_server,
            enabled: self.enabled,
            sync_now: self.sync_now,
            force: self.force,
        };
        keep::change(cx, "Set-PopSubscription", request)
    }
}

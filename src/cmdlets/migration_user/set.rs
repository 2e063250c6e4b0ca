//! `Set-MigrationUser`.

use super::one::one_user;
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::field::{Moment, Unlimited};
use crate::cmdlets::migration::identity::UserId;
use crate::engine::user::SetUser;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Changes a user, or brings the user's new mail now.
    ///
    /// What is not given stays as it is. A setting of a user goes before the same setting of its batch.
    pub struct SetMigrationUser("Set", "MigrationUser")
        .should_process(Impact::Low)
        .class("Microsoft.Exchange.Management.Migration.SetMigrationUser")
    {
        /// Address or GUID of the user.
        identity: UserId = param("Identity").position(0).by_value().by_property_name(),
        /// Bring new and changed mail of this synced mailbox now.
        sync_now: bool = param("SyncNow"),
        /// How many corrupt messages this mailbox may have before it fails.
        bad_item_limit: Option<Unlimited> = param("BadItemLimit"),
        /// How many messages larger than the target takes this mailbox may have before it fails.
        large_item_limit: Option<Unlimited> = param("LargeItemLimit"),
        /// Do not begin the first copy before this moment; $null is as the batch says. A date without a zone is UTC.
        start_after: Option<Moment> = param("StartAfter"),
        /// When this mailbox is completed by itself, once it is synced; $null is as the batch says. A date without a zone is UTC.
        complete_after: Option<Moment> = param("CompleteAfter"),
    }
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    refused "ApproveSkippedItems" => "an IMAP migration needs no approval of skipped items; Get-MigrationUserStatistics -IncludeSkippedItems lists them";
    example "Set-MigrationUser terrya@contoso.com -SyncNow" => "Brings what came for one mailbox meanwhile.";
    example "Set-MigrationUser terrya@contoso.com -CompleteAfter '2099-01-01 20:00 +1'" => "Has one mailbox completed at a moment of its own.";
}

impl Cmdlet for SetMigrationUser {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(user) = one_user(&self.identity, cx)? else {
            return Ok(());
        };
        if cx.should_process(&user.identity, "Set-MigrationUser")? {
            let request = self.request(user.guid.to_string());
            answer(cx, |engine| async move { engine.set_user(request).await })?;
        }
        Ok(())
    }
}

impl SetMigrationUser {
    fn request(&self, identity: String) -> SetUser {
        SetUser {
            identity,
            bad_item_limit: self.bad_item_limit.map(|limit| limit.0),
            large_item_limit: self.large_item_limit.map(|limit| limit.0),
            start_after: self.start_after.map(|at| at.0),
            complete_after: self.complete_after.map(|at| at.0),
            sync_now: self.sync_now,
        }
    }
}

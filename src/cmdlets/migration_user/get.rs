//! `Get-MigrationUser`.

use super::view;
use crate::cmdlet;
use crate::cmdlets::migration::call::{RESULT_SIZE, answer, cut, one_more};
use crate::cmdlets::migration::errors::invalid_argument;
use crate::cmdlets::migration::field::Unlimited;
use crate::cmdlets::migration::identity::{BatchId, UserId};
use crate::engine::user::{UserFilter, UserStatus, UserStatusSummary};
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Shows the users of batches: whose mailbox is where in its migration.
    ///
    /// Without parameters, all of them. A user is one row of a batch's CSV file. Get-MigrationUserStatistics shows the numbers
    /// and the errors of one.
    pub struct GetMigrationUser("Get", "MigrationUser")
        .default_set("StatusAndBatchId")
        .outputs(&[super::view::TYPE])
        .class("Microsoft.Exchange.Management.Migration.GetMigrationUser")
    {
        /// Address or GUID of the user. An unknown one is an error; $null shows all.
        identity: Option<UserId> = param("Identity").position(0).in_sets(&["Identity"]).mandatory_in(&["Identity"]).by_value().by_property_name(),
        /// Only users of this batch.
        batch_id: Option<BatchId> = param("BatchId").in_sets(&["StatusAndBatchId"]),
        /// Only users in this state.
        status: Option<UserStatus> = param("Status").in_sets(&["StatusAndBatchId"]),
        /// Only users in this coarse state.
        status_summary: Option<UserStatusSummary> = param("StatusSummary").in_sets(&["StatusAndBatchId"]),
        /// Only users that move into the mailbox of this GUID.
        mailbox_guid: Option<String> = param("MailboxGuid").in_sets(&["MailboxGuid"]).mandatory_in(&["MailboxGuid"]),
        /// Only users of this address, in whatever batch. None is no error.
        email_address: Option<String> = param("EmailAddress").in_sets(&["EmailAddress"]).mandatory_in(&["EmailAddress"]),
        /// How many users to show at most.
        result_size: Option<Unlimited> = param("ResultSize").default_text("1000"),
    }
    refused "DomainController" => "there is no directory service here";
    refused "IncludeAssociatedUsers" => "there are no linked users here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Get-MigrationUser -BatchId IMAPBatch1" => "Lists the users of a batch.";
    example "Get-MigrationUser -StatusSummary Failed | Format-Table Identity,BatchId,ErrorSummary" => "Lists who failed, and why.";
    example "Get-MigrationUser terrya@contoso.com" => "Shows one user.";
}

impl Cmdlet for GetMigrationUser {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let mailbox_guid = match self.mailbox_guid.as_deref().map(uuid::Uuid::parse_str) {
            Some(Err(_)) => {
                let given = self.mailbox_guid.as_deref().unwrap_or_default();
                let advice = "Get-Mailbox | Format-List Name,Guid shows the GUIDs.";
                return cx.error(invalid_argument(
                    given,
                    &format!("-MailboxGuid {given} is no GUID."),
                    advice,
                ));
            }
            parsed => parsed.and_then(Result::ok),
        };
        let size = self.result_size.map_or(RESULT_SIZE, |size| size.0);
        let filter = UserFilter {
            identity: UserId::given(self.identity.as_ref()),
            batch: BatchId::given(self.batch_id.as_ref()),
            status: self.status,
            summary: self.status_summary,
            mailbox_guid,
            email_address: self.email_address.clone(),
            limit: one_more(size),
        };
        let Some(mut found) = answer(cx, |engine| async move { engine.get_users(filter).await })?
        else {
            return Ok(());
        };
        cut(cx, &mut found, size)?;
        for user in &found {
            cx.write(view::object(user))?;
        }
        Ok(())
    }
}

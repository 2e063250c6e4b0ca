//! `Get-MailboxFolderStatistics`.

use super::view;
use crate::cmdlet;
use crate::cmdlets::migration::call::{answer, cut};
use crate::cmdlets::migration::field::Unlimited;
use crate::cmdlets::migration::identity::MailboxId;
use crate::engine::mailbox::FolderScope;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Shows the folders of a mailbox: how many messages, how many bytes.
    ///
    /// The folders are counted afresh in the mail store.
    pub struct GetMailboxFolderStatistics("Get", "MailboxFolderStatistics")
        .outputs(&[super::view::FOLDER_TYPE])
        .class("Microsoft.Exchange.Management.Tasks.GetMailboxFolderStatistics")
    {
        /// Name, alias, address or GUID of the mailbox.
        identity: MailboxId = param("Identity").position(0).by_value().by_property_name(),
        /// Only folders of this kind.
        folder_scope: Option<FolderScope> = param("FolderScope").default_text("All"),
        /// Fill the dates of the oldest and the newest message of each folder.
        include_oldest_and_newest_items: bool = param("IncludeOldestAndNewestItems"),
        /// How many folders to show at most.
        result_size: Option<Unlimited> = param("ResultSize").default_text("Unlimited"),
        /// How many folders to leave out at the beginning.
        skip_count: Option<i32> = param("SkipCount"),
    }
    refused "Archive" => "there are no archive mailboxes here";
    refused "AuditLog" => "there are no system mailboxes here";
    refused "Database" => "there are no mailbox databases here";
    refused "DiagnosticInfo" => "it is for Exchange's own support";
    refused "DomainController" => "there is no directory service here";
    refused "IncludeAnalysis" => "analysing the items is not done by this version";
    refused "IncludeSoftDeletedRecipients" => "a removed mailbox is not kept as such";
    refused "StoreMailboxIdentity" => "there are no mailbox databases here";
    refused "UseCustomRouting" => "it belongs to Exchange's own service";
    example "Get-MailboxFolderStatistics terrya@contoso.com | Format-Table FolderPath,ItemsInFolder,FolderSize" =>
        "Lists the folders of a mailbox.";
    example "Get-Mailbox | Get-MailboxFolderStatistics -FolderScope Inbox | Format-Table Identity,ItemsInFolder" =>
        "Shows how many messages each inbox has.";
}

impl Cmdlet for GetMailboxFolderStatistics {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let (identity, with_dates) = (
            self.identity.0.clone(),
            self.include_oldest_and_newest_items,
        );
        let found = answer(cx, |engine| async move {
            engine.get_folder_statistics(&identity, with_dates).await
        })?;
        let wanted = self.folder_scope.unwrap_or(FolderScope::All);
        let mut found: Vec<_> = found
            .unwrap_or_default()
            .into_iter()
            .filter(|folder| wanted == FolderScope::All || folder.folder_type == wanted)
            .skip(
                self.skip_count
                    .and_then(|n| usize::try_from(n).ok())
                    .unwrap_or(0),
            )
            .collect();
        cut(cx, &mut found, self.result_size.and_then(|size| size.0))?;
        for folder in &found {
            cx.write(view::folder(folder))?;
        }
        Ok(())
    }
}

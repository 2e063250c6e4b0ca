//! `New-MigrationBatch`.

use jiff::Timestamp;

use super::{preview, view};
use crate::cmdlet;
use crate::cmdlets::migration::call::answer;
use crate::cmdlets::migration::field::{CsvBytes, Port, Unlimited, Zone};
use crate::cmdlets::migration::identity::EndpointId;
use crate::cmdlets::migration::show;
use crate::cmdlets::migration::{CLEAR_TEXT, security_of};
use crate::engine::batch::NewBatch;
use crate::engine::endpoint::{NewEndpoint, ProbeTarget, Security};
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::types::datetime::DateTime;
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Makes a batch: a list of mailboxes that are moved together.
    ///
    /// The list is a CSV file with the columns EmailAddress (the mailbox to move into), UserName and Password (the sign-in at the
    /// old server), and UserRoot where the mail of a user lies below a folder of a shared tree. The mailboxes must exist:
    /// Import-Csv users.csv | New-Mailbox makes them from the same file.
    ///
    /// With -TargetEndpoint the mail goes to another IMAP server, and no mailboxes are made here. Who signs in there is the
    /// administrator of the endpoint; or the user, when the file has the column TargetPassword. The name is the EmailAddress,
    /// unless a column TargetUserName says another.
    ///
    /// The file is checked whole. Errors of the file itself (a missing column, too many cells) refuse the batch; rows with errors are left
    /// out and shown in ValidationWarnings, with the row number and the reason. Passwords are kept sealed and never shown.
    ///
    /// A new batch waits for Start-MigrationBatch, unless -AutoStart is given.
    ///
    /// With -WhatIf nothing is made, but the mailboxes are looked at: one object for each folder says where it would go, how many
    /// messages it has and how large they are, and how many of them the target would not take.
    pub struct NewMigrationBatch("New", "MigrationBatch")
        .default_set("Onboarding")
        .should_process(Impact::Low)
        .outputs(&[super::view::TYPE])
        .class("Microsoft.Exchange.Management.Migration.NewMigrationBatch")
    {
        /// The name of the new batch: 1 to 64 characters, unique without regard to case.
        name: String = param("Name").validate(Validate::Length(1, 64)),
        /// The bytes of the CSV file: ([System.IO.File]::ReadAllBytes('users.csv')). At most 10 MB and 50,000 rows.
        csv_data: CsvBytes = param("CSVData"),
        /// Name or GUID of the endpoint to move from.
        source_endpoint: Option<EndpointId> = param("SourceEndpoint").in_sets(&["Onboarding"]).mandatory_in(&["Onboarding"]),
        /// The form of 2009: the batch says how to reach the server itself. An endpoint with these settings is used again, else
        /// one is made and named after the server.
        imap: bool = param("Imap").in_sets(&["Imap"]),
        /// Host name or address of the server to move from.
        remote_server: Option<String> = param("RemoteServer").in_sets(&["Imap"]).mandatory_in(&["Imap"]).validate(Validate::NotNullOrEmpty),
        /// TCP port of the server.
        port: Option<Port> = param("Port").in_sets(&["Imap"]).default_text("993, or 143 for Tls and None"),
        /// Encryption: Ssl is TLS from the first byte, Tls is STARTTLS, None is clear text. Without it, Tls on port 143 and Ssl
        /// on any other.
        security: Option<Security> = param("Security").in_sets(&["Imap"]).default_text("Ssl, or Tls on port 143"),
        /// Take a certificate of the server that does not verify.
        accept_untrusted_certificates: bool = param("AcceptUntrustedCertificates").in_sets(&["Imap"]),
        /// How many mailboxes are copied from the server at once.
        max_concurrent_migrations: Option<Unlimited> = param("MaxConcurrentMigrations").in_sets(&["Imap"]).default_text("20"),
        /// Name or GUID of the endpoint to move to: an IMAP server, where a mailbox exists when its sign-in works. Without it
        /// the target that Set-MigrationConfig names, else the embedded mail store. A batch keeps its target.
        target_endpoint: Option<EndpointId> = param("TargetEndpoint").default_text("the embedded mail store"),
        /// Start at once.
        auto_start: bool = param("AutoStart"),
        /// Ignore columns of the CSV file that are not known, instead of refusing the file.
        allow_unknown_columns_in_csv: Option<bool> = param("AllowUnknownColumnsInCsv").default_text("$false"),
        /// Source folders to leave out, by their path below the root: 'Deleted Items', 'Projects/*' with everything below it,
        /// '#JunkEmail#/*' for the junk folder whatever its name.
        exclude_folders: Option<Vec<String>> = param("ExcludeFolders"),
        /// Copy only these source folders; written as in -ExcludeFolders, which takes away from them.
        include_folders: Option<Vec<String>> = param("IncludeFolders"),
        /// How many corrupt messages a mailbox may have before it fails. Such messages are left out and listed.
        bad_item_limit: Option<Unlimited> = param("BadItemLimit").default_text("Unlimited"),
        /// How many messages larger than the target takes a mailbox may have before it fails. They are left out and listed.
        large_item_limit: Option<Unlimited> = param("LargeItemLimit").default_text("Unlimited"),
        /// Who gets a status mail when the batch comes to rest and every -ReportInterval. The mails are left in the folder outbox
        /// of the state folder, as .eml files.
        notification_emails: Option<Vec<String>> = param("NotificationEmails"),
        /// Time between two writings of the reports and status mails while the batch is at work; 0 is none.
        report_interval: Option<TimeSpan> = param("ReportInterval").default_text("1.00:00:00"),
        /// Write no reports and no status mails.
        skip_reports: bool = param("SkipReports"),
        /// The zone of -StartAfter and -CompleteAfter where they say none: a name of Windows, 'Pacific Standard Time', or of
        /// IANA, 'Europe/Berlin'.
        time_zone: Option<Zone> = param("TimeZone").default_text("UTC"),
        /// Copy nothing before this moment. A date without a zone is in that of -TimeZone.
        start_after: Option<DateTime> = param("StartAfter"),
        /// When the batch makes its last pass and is completed by itself, once it is synced. A date without a zone is in that of
        /// -TimeZone.
        complete_after: Option<DateTime> = param("CompleteAfter"),
        /// Whether the batch looks for new mail once a day after the first copy. With $false it is Stopped when all is copied
        /// once.
        allow_incremental_syncs: Option<bool> = param("AllowIncrementalSyncs").default_text("$true"),
        /// Remove from the target what was deleted at the source after it was copied. Without it the target keeps its copies, and
        /// the report of each mailbox says how many are gone at the source. Only copies made by this batch are removed, and only
        /// those that nobody changed at the target since. Nothing is removed from a folder that is suddenly empty at the source,
        /// that lost more than half of its messages, whose messages got new numbers or that shows only part of its mail.
        remove_missing: bool = param("RemoveMissing"),
        /// How many messages one pass over a mailbox may remove with -RemoveMissing, in place of the built-in limits: 1,000
        /// messages and half of a folder. A pass that would remove more removes none and says so.
        remove_missing_limit: Option<i32> = param("RemoveMissingLimit").validate(Validate::Range(1, 10_000_000)),
        /// How often a mailbox that failed is tried again by itself, beside the tries that a broken connection gets anyway.
        auto_retry_count: Option<i32> = param("AutoRetryCount").validate(Validate::Range(0, 1000)).default_text("0"),
    }
    refused "AdoptPreexisting" => "users are not taken over from other batches; remove the other batch first";
    refused "Analyze" => "a batch that only analyses is not made by this version";
    refused "ArchiveDomain" => "archive mailboxes are not migrated";
    refused "ArchiveOnly" => "archive mailboxes are not migrated";
    refused "AutoComplete" => "a batch is completed when it is asked to be: with Complete-MigrationBatch, or at the moment of -CompleteAfter";
    refused "AutoProvisioning" => "an IMAP batch makes no mailboxes; make them with Import-Csv users.csv | New-Mailbox";
    refused "AvoidMergeOverlap" => "it belongs to Google Workspace migrations";
    refused "ContentFilter" => "filtering by date is not done by this version";
    refused "ContentFilterLanguage" => "filtering by date is not done by this version";
    refused "DataFusion" => "it belongs to Google Workspace migrations";
    refused "Daily" => "a batch that only analyses is not made by this version";
    refused "DisableOnCopy" => "users are not copied from other batches";
    refused "DisallowExistingUsers" => "it is always so: a user who is in another batch is refused";
    refused "DomainController" => "there is no directory service here";
    refused "ExcludeDumpsters" => "public folders are not migrated";
    refused "ForwardingDisposition" => "it belongs to Google Workspace migrations";
    refused "GoogleResource" => "it belongs to Google Workspace migrations";
    refused "IncludeOtherContacts" => "contacts are not migrated";
    refused "Local" => "moves between databases of Exchange are not done here";
    refused "Locale" => "reports are written in English";
    refused "MigrateTasks" => "tasks are not migrated";
    refused "MoveOptions" => "it belongs to mailbox moves inside Exchange";
    refused "Partition" => "it belongs to Exchange's own service";
    refused "PrimaryOnly" => "archive mailboxes are not migrated";
    refused "PublicFolderToUnifiedGroup" => "public folders are not migrated";
    refused "RemoveOnCopy" => "users are not copied from other batches";
    refused "RenamePrimaryCalendar" => "calendars are not migrated";
    refused "Restore" => "it belongs to mailbox moves inside Exchange";
    refused "SimplifiedSwitchOver" => "it belongs to Google Workspace migrations";
    refused "SkipCalendar" => "calendars are never migrated from IMAP servers";
    refused "SkipContacts" => "contacts are never migrated from IMAP servers";
    refused "SkipDelegates" => "it belongs to Google Workspace migrations";
    refused "SkipDetails" => "a batch that only analyses is not made by this version";
    refused "SkipMail" => "mail is all that an IMAP batch moves";
    refused "SkipMerging" => "it is for Exchange's own support";
    refused "SkipMoving" => "it is for Exchange's own support";
    refused "SkipProvisioning" => "an IMAP batch makes no mailboxes";
    refused "SkipRules" => "rules are never migrated from IMAP servers";
    refused "SkipSteps" => "it belongs to staged Exchange migrations";
    refused "SourcePFPrimaryMailboxGuid" => "public folders are not migrated";
    refused "SourcePublicFolderDatabase" => "public folders are not migrated";
    refused "TargetArchiveDatabases" => "there are no databases to choose; -TargetEndpoint names a server to move to";
    refused "TargetDatabases" => "there are no databases to choose; -TargetEndpoint names a server to move to";
    refused "TargetDeliveryDomain" => "it belongs to mailbox moves inside Exchange";
    refused "UserIds" => "users are not copied from other batches; give -CSVData";
    refused "Users" => "users are not copied from other batches; give -CSVData";
    refused "WorkflowControlFlags" => "it is for Exchange's own support";
    refused "WorkflowTemplate" => "it is for Exchange's own support";
    refused "WorkloadType" => "it is for Exchange's own support";
    refused "XMLData" => "archive mailboxes are not migrated";
    example "New-MigrationBatch -Name Wave1 -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes('users.csv'))" =>
        "Makes a batch of the rows of users.csv and does not start it.";
    example "New-MigrationBatch -Name Wave2 -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes('users.csv')) -AutoStart" =>
        "Makes a batch and starts it.";
    example "New-MigrationBatch -Name Wave3 -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes('users.csv')) -ExcludeFolders 'Deleted Items','Junk Mail'" =>
        "Makes a batch that leaves two folders of each mailbox behind.";
    example "New-MigrationBatch -Name Wave5 -SourceEndpoint IMAPEndpoint -TargetEndpoint TargetEndpoint -CSVData ([System.IO.File]::ReadAllBytes('users.csv'))" =>
        "Makes a batch that moves mail to another server.";
    example "New-MigrationBatch -Imap -Name Wave6 -CSVData:([System.IO.File]::ReadAllBytes('users.csv')) -MaxConcurrentMigrations 10 -RemoteServer imap.contoso.com -Port 143 -TimeZone 'Pacific Standard Time'" =>
        "Makes a batch in the form of 2009, without an endpoint made before.";
    example "New-MigrationBatch -Name Wave7 -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes('users.csv')) -ExcludeFolders Trash -WhatIf" =>
        "Shows which folders a batch would move, and makes none.";
    example "New-MigrationBatch -Name Wave4 -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes('users.csv')) -StartAfter '2099-01-01 20:00 +1' -AutoStart" =>
        "Makes a batch that begins by itself at a moment, while the shell runs.";
}

impl Cmdlet for NewMigrationBatch {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if !cx.should_process(&self.name, "New-MigrationBatch")? {
            return if cx.is_what_if() {
                self.preview(cx)
            } else {
                Ok(())
            };
        }
        let Some(source) = self.source(cx)? else {
            return Ok(());
        };
        let request = self.request(source);
        let Some(made) = answer(cx, |engine| async move { engine.new_batch(request).await })?
        else {
            return Ok(());
        };
        if made.validation_warning_count > 0 {
            cx.warning(&format!(
                "{} of {} rows cannot be migrated and are left out; see the ValidationWarnings of the batch.",
                made.validation_warning_count, made.total_count
            ))?;
        }
        cx.write(view::object(&made))
    }
}

impl NewMigrationBatch {
    /// The name of the endpoint to move from, made when it must be; `None` after an error was written.
    fn source(&self, cx: &mut Cx<'_>) -> Run<Option<String>> {
        let Some(server) = &self.remote_server else {
            return Ok(EndpointId::given(self.source_endpoint.as_ref()));
        };
        let usual = NewEndpoint::default();
        let port = self.port.map(|port| port.0);
        if self.security == Some(Security::None) {
            cx.warning(CLEAR_TEXT)?;
        }
        let most = self
            .max_concurrent_migrations
            .map_or(usual.max_concurrent_migrations, |n| n.0);
        let syncs = usual.max_concurrent_incremental_syncs;
        let request = NewEndpoint {
            remote_server: server.clone(),
            port,
            security: security_of(self.security, port),
            accept_untrusted_certificates: self.accept_untrusted_certificates,
            max_concurrent_migrations: most,
            max_concurrent_incremental_syncs: most.map_or(syncs, |most| syncs.map(|n| n.min(most))),
            ..usual
        };
        let made = answer(cx, |engine| async move {
            engine.implicit_endpoint(request).await
        })?;
        Ok(made.map(|endpoint| endpoint.identity))
    }

    /// Under -WhatIf: what the batch would move.
    fn preview(&self, cx: &mut Cx<'_>) -> Run<()> {
        let port = self.port.map(|port| port.0);
        let source = match (&self.remote_server, &self.source_endpoint) {
            (Some(server), _) => ProbeTarget::Imap {
                remote_server: server.clone(),
                port,
                security: security_of(self.security, port),
                accept_untrusted_certificates: self.accept_untrusted_certificates,
            },
            (None, endpoint) => {
                ProbeTarget::Endpoint(EndpointId::given(endpoint.as_ref()).unwrap_or_default())
            }
        };
        let request = self.request(String::new());
        let preview = answer(cx, |engine| async move {
            engine.preview_new(&request, source).await
        })?;
        preview.map_or(Ok(()), |preview| preview::show(preview, cx))
    }

    fn moment(&self, date: Option<DateTime>) -> Option<Timestamp> {
        let zone = self.time_zone.as_ref();
        date.and_then(|date| match zone {
            Some(zone) => show::moment_in(date, &zone.zone),
            None => show::moment(date),
        })
    }

    fn request(&self, source_endpoint: String) -> NewBatch {
        let usual = NewBatch::default();
        NewBatch {
            name: self.name.clone(),
            csv: self.csv_data.0.clone(),
            source_endpoint,
            target_endpoint: EndpointId::given(self.target_endpoint.as_ref()),
            auto_start: self.auto_start,
            allow_unknown_columns: self
                .allow_unknown_columns_in_csv
                .unwrap_or(usual.allow_unknown_columns),
            exclude_folders: self.exclude_folders.clone().unwrap_or_default(),
            include_folders: self.include_folders.clone().unwrap_or_default(),
            bad_item_limit: self
                .bad_item_limit
                .map_or(usual.bad_item_limit, |limit| limit.0),
            large_item_limit: self
                .large_item_limit
                .map_or(usual.large_item_limit, |limit| limit.0),
            remove_missing: self.remove_missing,
            remove_missing_limit: self
                .remove_missing_limit
                .and_then(|limit| u32::try_from(limit).ok()),
            notification_emails: self.notification_emails.clone().unwrap_or_default(),
            report_interval: self
                .report_interval
                .map_or(usual.report_interval, show::length),
            skip_reports: self.skip_reports,
            time_zone: self
                .time_zone
                .as_ref()
                .map_or(usual.time_zone.clone(), |zone| zone.name.clone()),
            start_after: self.moment(self.start_after),
            complete_after: self.moment(self.complete_after),
            allow_incremental_syncs: self
                .allow_incremental_syncs
                .unwrap_or(usual.allow_incremental_syncs),
            auto_retry_count: self
                .auto_retry_count
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(usual.auto_retry_count),
            submitted_by: std::env::var("USER").unwrap_or_default(),
        }
    }
}

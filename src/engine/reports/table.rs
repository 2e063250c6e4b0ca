//! The tables: what each has as columns and rows.

use crate::engine::named::named_enum;
use crate::engine::time::{maybe, timestamp};
use crate::store::{
    BatchRecord, RejectedRow, SkippedRecord, Store, StoreError, UserQuery, UserRecord,
};

named_enum! {
    /// A report of a batch.
    pub enum ReportKind {
        /// One row a mailbox: how far it is and how it went.
        Statistics = "Statistics",
        /// One row for each CSV row that was refused and each mailbox that failed, with the reason. Never a password.
        Errors = "Errors",
        /// One row for each item that was not copied, with the reason.
        SkippedItems = "SkippedItems",
    }
}

impl ReportKind {
    /// The name of its file among the reports of a batch.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Statistics => "MigrationStatistics.csv",
            Self::Errors => "MigrationErrors.csv",
            Self::SkippedItems => "SkippedItems.csv",
        }
    }

    /// Its columns. Times are RFC 3339 in UTC.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Statistics => &[
                "EmailAddress",
                "Status",
                "ItemsMigrated",
                "ItemsSkipped",
                "ItemsInSource",
                "BytesMigrated",
                "DataConsistencyScore",
                "LastSuccessfulSyncTime",
                "AdditionalComments",
            ],
            Self::Errors => &["RowIndex", "EmailAddress", "UserName", "ErrorMessage"],
            Self::SkippedItems => &[
                "EmailAddress",
                "Kind",
                "FolderName",
                "Uid",
                "Subject",
                "Sender",
                "DateReceived",
                "MessageSize",
                "Reason",
            ],
        }
    }

    /// At most `count` rows from row `start` on.
    pub(super) async fn rows(
        self,
        store: &Store,
        batch: &BatchRecord,
        start: u32,
        count: u32,
    ) -> Result<Vec<Vec<String>>, StoreError> {
        Ok(match self {
            Self::Statistics => {
                let query = UserQuery {
                    batch: Some(batch.id),
                    limit: Some(count),
                    offset: start,
                    ..UserQuery::default()
                };
                store.users(&query).await?.iter().map(mailbox).collect()
            }
            Self::Errors => {
                let rows = store.error_rows(batch.id, start, count).await?;
                rows.into_iter().map(error).collect()
            }
            Self::SkippedItems => {
                let rows = store.skipped_of_batch(batch.id, start, count).await?;
                rows.into_iter().map(skipped).collect()
            }
        })
    }
}

fn mailbox(user: &UserRecord) -> Vec<String> {
    let error = user.error.as_ref().map(|(_, _, text, _)| text.clone());
    vec![
        user.address.clone(),
        user.status.clone(),
        (user.copied_items + user.adopted_items).to_string(),
        user.skipped_items.to_string(),
        user.total_items.to_string(),
        user.copied_bytes.to_string(),
        user.score.clone().unwrap_or_default(),
        maybe(user.last_sync_at).map_or_else(String::new, |at| at.to_string()),
        error.unwrap_or_default(),
    ]
}

fn error(row: RejectedRow) -> Vec<String> {
    vec![row.row.to_string(), row.address, row.user_name, row.message]
}

fn skipped((address, item): (String, SkippedRecord)) -> Vec<String> {
    vec![
        address,
        item.kind,
        item.folder_name,
        item.uid.map_or_else(String::new, |uid| uid.to_string()),
        item.subject,
        item.sender,
        item.date_received
            .map_or_else(String::new, |at| timestamp(at).to_string()),
        item.size.to_string(),
        item.reason,
    ]
}

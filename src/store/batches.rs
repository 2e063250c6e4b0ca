//! Batch records.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite};
use uuid::Uuid;

use super::row::{Columns, int, key, list_text, taken};
use super::users::{self, NewUser};
use super::{Store, StoreError};

/// What was last asked of a batch, from which its state follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing yet.
    Nothing,
    /// To run.
    Run,
    /// To make the last pass and be finished.
    Complete,
    /// To stop.
    Stop,
    /// To be removed.
    Remove,
}

impl Wanted {
    /// Whether users whose run is due are to be worked on.
    pub fn is_work(self) -> bool {
        matches!(self, Self::Run | Self::Complete)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Nothing => "none",
            Self::Run => "run",
            Self::Complete => "complete",
            Self::Stop => "stop",
            Self::Remove => "remove",
        }
    }

    fn from_name(name: &str) -> Self {
        match name {
            "run" => Self::Run,
            "complete" => Self::Complete,
            "stop" => Self::Stop,
            "remove" => Self::Remove,
            _ => Self::Nothing,
        }
    }
}

/// A batch as stored. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRecord {
    /// Row id; 0 before it is stored.
    pub id: i64,
    /// Unique id.
    pub guid: Uuid,
    /// Name.
    pub name: String,
    /// State, by name.
    pub status: String,
    /// What was last asked of it.
    pub wanted: Wanted,
    /// Source endpoint.
    pub endpoint: i64,
    /// Target endpoint; `None` = embedded mail store.
    pub target_endpoint: Option<i64>,
    /// Folders left out.
    pub excluded_folders: Vec<String>,
    /// When not empty, only these folders.
    pub included_folders: Vec<String>,
    /// Who gets reports.
    pub notification_emails: Vec<String>,
    /// Zone of its dates.
    pub time_zone: String,
    /// Who made it.
    pub submitted_by: String,
    /// Keep in step after the first copy.
    pub allow_incrementals: bool,
    /// Unknown columns were ignored.
    pub allow_unknown_columns: bool,
    /// Automatic retries of failed users.
    pub auto_retry_count: u32,
    /// Corrupt items tolerated.
    pub bad_item_limit: Option<u32>,
    /// Over-size items tolerated.
    pub large_item_limit: Option<u32>,
    /// Whether what is gone at the source is removed at the target.
    pub remove_missing: bool,
    /// Messages that one pass over a mailbox removes at most; `None` = the built-in limits.
    pub remove_missing_limit: Option<u32>,
    /// Milliseconds between reports.
    pub report_interval_ms: u64,
    /// No reports by mail.
    pub skip_reports: bool,
    /// Rows of the CSV file.
    pub total_rows: u32,
    /// Last error of the batch itself.
    pub message: String,
    /// When made.
    pub created_at: i64,
    /// When started first.
    pub started_at: Option<i64>,
    /// When the initial sync ended.
    pub initial_sync_at: Option<i64>,
    /// Last restart or end of an incremental run.
    pub last_synced_at: Option<i64>,
    /// When completed.
    pub finalized_at: Option<i64>,
    /// Earliest start.
    pub start_after: Option<i64>,
    /// Earliest completion.
    pub complete_after: Option<i64>,
}

/// A row of the CSV file that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedRow {
    /// Row number; the first under the header is 1.
    pub row: u32,
    /// Address as written.
    pub address: String,
    /// User name as written.
    pub user_name: String,
    /// The reasons.
    pub message: String,
}

/// How many users of a batch are in each state, and sums over them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchCounts {
    /// (state by name, a run is due, how many).
    pub users: Vec<(String, bool, u64)>,
    /// Refused rows.
    pub rejected: u64,
    /// Messages of the source.
    pub total_items: u64,
    /// Messages copied or found.
    pub synced_items: u64,
    /// Messages not copied.
    pub skipped_items: u64,
    /// Bytes of the source.
    pub total_bytes: u64,
    /// Bytes copied.
    pub copied_bytes: u64,
    /// The scores users have, each once.
    pub scores: Vec<String>,
}

fn read(row: &SqliteRow) -> Result<BatchRecord, StoreError> {
    Ok(BatchRecord {
        id: row.int("id")?,
        guid: row.guid("guid")?,
        name: row.text("name")?,
        status: row.text("status")?,
        wanted: Wanted::from_name(&row.text("wanted")?),
        endpoint: row.int("endpoint_id")?,
        target_endpoint: row.maybe_int("target_endpoint_id")?,
        excluded_folders: row.list("excluded_folders")?,
        included_folders: row.list("included_folders")?,
        notification_emails: row.list("notification_emails")?,
        time_zone: row.text("time_zone")?,
        submitted_by: row.text("submitted_by")?,
        allow_incrementals: row.flag("allow_incrementals")?,
        allow_unknown_columns: row.flag("allow_unknown_columns")?,
        auto_retry_count: row.small("auto_retry_count")?,
        bad_item_limit: row.maybe_small("bad_item_limit")?,
        large_item_limit: row.maybe_small("large_item_limit")?,
        remove_missing: row.flag("remove_missing")?,
        remove_missing_limit: row.maybe_small("remove_missing_limit")?,
        report_interval_ms: row.count("report_interval_ms")?,
        skip_reports: row.flag("skip_reports")?,
        total_rows: row.small("total_rows")?,
        message: row.text("message")?,
        created_at: row.int("created_at")?,
        started_at: row.maybe_int("started_at")?,
        initial_sync_at: row.maybe_int("initial_sync_at")?,
        last_synced_at: row.maybe_int("last_synced_at")?,
        finalized_at: row.maybe_int("finalized_at")?,
        start_after: row.maybe_int("start_after")?,
        complete_after: row.maybe_int("complete_after")?,
    })
}

fn read_rejected(row: &SqliteRow) -> Result<RejectedRow, StoreError> {
    Ok(RejectedRow {
        row: row.small("row")?,
        address: row.text("address")?,
        user_name: row.text("user_name")?,
        message: row.text("message")?,
    })
}

impl Store {
    /// Keeps a new batch with its users and refused rows, in one commit; gives it its row id.
    pub async fn add_batch(
        &self,
        batch: &mut BatchRecord,
        users: &[NewUser],
        rejected: &[RejectedRow],
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        batch.id = insert(&mut tx, batch).await?;
        users::insert(&mut tx, batch.id, batch.created_at, users).await?;
        insert_rejected(&mut tx, batch.id, rejected).await?;
        tx.commit().await?;
        Ok(())
    }

    /// All batches in the order of their making.
    pub async fn batches(&self) -> Result<Vec<BatchRecord>, StoreError> {
        let rows = sqlx::query("SELECT * FROM batches ORDER BY id")
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(read).collect()
    }

    /// The batch of that name or GUID.
    pub async fn batch(&self, identity: &str) -> Result<Option<BatchRecord>, StoreError> {
        let row = sqlx::query("SELECT * FROM batches WHERE name_key = $1 OR guid = $1")
            .bind(key(identity))
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The batch with that row id.
    pub async fn batch_by_id(&self, id: i64) -> Result<Option<BatchRecord>, StoreError> {
        let row = sqlx::query("SELECT * FROM batches WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Keeps an order given to a batch and the state it takes at once.
    pub async fn order_batch(
        &self,
        id: i64,
        wanted: Wanted,
        status: &str,
        started_at: Option<i64>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE batches SET wanted = $2, status = $3, message = '', started_at = COALESCE(started_at, $4), \
             last_synced_at = CASE WHEN started_at IS NOT NULL AND $4 IS NOT NULL THEN $4 ELSE last_synced_at END \
             WHERE id = $1",
        )
        .bind(id)
        .bind(wanted.name())
        .bind(status)
        .bind(started_at)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Moves a batch from the state it was read in to the one that follows; false when an order came in between.
    /// `synced_at` says that its users' sync has ended, `finalized_at` that they are finished.
    pub async fn advance_batch(
        &self,
        batch: &BatchRecord,
        status: &str,
        synced_at: Option<i64>,
        finalized_at: Option<i64>,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE batches SET status = $4, initial_sync_at = COALESCE(initial_sync_at, $5), \
             last_synced_at = COALESCE($5, last_synced_at), finalized_at = COALESCE($6, finalized_at) \
             WHERE id = $1 AND status = $2 AND wanted = $3",
        )
        .bind(batch.id)
        .bind(&batch.status)
        .bind(batch.wanted.name())
        .bind(status)
        .bind(synced_at)
        .bind(finalized_at)
        .execute(&self.relaxed)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Keeps changed settings of a batch: those that `Set-MigrationBatch` changes.
    pub async fn change_batch(&self, batch: &BatchRecord) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE batches SET allow_incrementals = $2, allow_unknown_columns = $3, auto_retry_count = $4, \
             bad_item_limit = $5, large_item_limit = $6, notification_emails = $7, report_interval_ms = $8, \
             skip_reports = $9, start_after = $10, complete_after = $11, remove_missing = $12, remove_missing_limit = $13 \
             WHERE id = $1",
        )
        .bind(batch.id)
        .bind(batch.allow_incrementals)
        .bind(batch.allow_unknown_columns)
        .bind(batch.auto_retry_count)
        .bind(batch.bad_item_limit)
        .bind(batch.large_item_limit)
        .bind(list_text(&batch.notification_emails))
        .bind(int(batch.report_interval_ms))
        .bind(batch.skip_reports)
        .bind(batch.start_after)
        .bind(batch.complete_after)
        .bind(batch.remove_missing)
        .bind(batch.remove_missing_limit)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Adds users and refused rows to a batch, in one commit.
    pub async fn add_users(
        &self,
        batch: i64,
        at: i64,
        users: &[NewUser],
        rejected: &[RejectedRow],
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        users::insert(&mut tx, batch, at, users).await?;
        insert_rejected(&mut tx, batch, rejected).await?;
        sqlx::query("UPDATE batches SET total_rows = total_rows + $2 WHERE id = $1")
            .bind(batch)
            .bind(int((users.len() + rejected.len()) as u64))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets the StartAfter time of a batch: it starts now.
    pub async fn clear_start_after(&self, id: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE batches SET start_after = NULL WHERE id = $1")
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Keeps the last error of a batch itself.
    pub async fn set_batch_message(&self, id: i64, message: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE batches SET message = $2 WHERE id = $1")
            .bind(id)
            .bind(message)
            .execute(&self.relaxed)
            .await?;
        Ok(())
    }

    /// Removes a batch with its users, journal and reports.
    pub async fn remove_batch(&self, id: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM batches WHERE id = $1")
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// The first refused rows of a batch; `None` = all.
    pub async fn rejected_rows(
        &self,
        batch: i64,
        limit: Option<u32>,
    ) -> Result<Vec<RejectedRow>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM rejected_rows WHERE batch_id = $1 ORDER BY row LIMIT $2")
                .bind(batch)
                .bind(limit.map_or(-1, i64::from))
                .fetch_all(&self.reader)
                .await?;
        rows.iter().map(read_rejected).collect()
    }

    /// Refused rows and failed users of a batch, by row.
    pub async fn error_rows(
        &self,
        batch: i64,
        start: u32,
        count: u32,
    ) -> Result<Vec<RejectedRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT row, address, user_name, message FROM rejected_rows WHERE batch_id = $1 UNION ALL \
             SELECT row, address, user_name, COALESCE(error_message, '') AS message FROM users WHERE batch_id = $1 \
             AND status IN ('Failed', 'IncrementalFailed', 'CompletionFailed', 'Corrupted') ORDER BY row LIMIT $2 OFFSET $3",
        )
        .bind(batch)
        .bind(count)
        .bind(start)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(read_rejected).collect()
    }

    /// How many rows of the CSV file were refused.
    pub async fn rejected_count(&self, batch: i64) -> Result<u64, StoreError> {
        let count: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM rejected_rows WHERE batch_id = $1")
                .bind(batch)
                .fetch_one(&self.reader)
                .await?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// How many users are in each state. Quick: an index answers.
    pub async fn user_states(&self, batch: i64) -> Result<Vec<(String, bool, u64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT status, due, COUNT(*) AS users FROM users WHERE batch_id = $1 GROUP BY status, due",
        )
        .bind(batch)
        .fetch_all(&self.reader)
        .await?;
        rows.iter()
            .map(|row| Ok((row.text("status")?, row.flag("due")?, row.count("users")?)))
            .collect()
    }

    /// States and sums of a batch.
    pub async fn batch_counts(&self, batch: i64) -> Result<BatchCounts, StoreError> {
        let users = self.user_states(batch).await?;
        let sums = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM rejected_rows WHERE batch_id = $1) AS rejected, \
             COALESCE(SUM(total_items), 0) AS total_items, COALESCE(SUM(copied_items + adopted_items), 0) AS synced_items, \
             COALESCE(SUM(skipped_items), 0) AS skipped_items, \
             COALESCE(SUM(CASE WHEN total_bytes > copied_bytes THEN total_bytes ELSE copied_bytes END), 0) AS total_bytes, \
             COALESCE(SUM(copied_bytes), 0) AS copied_bytes FROM users WHERE batch_id = $1",
        )
        .bind(batch)
        .fetch_one(&self.reader)
        .await?;
        let scores = sqlx::query_scalar(
            "SELECT DISTINCT score FROM users WHERE batch_id = $1 AND score IS NOT NULL",
        )
        .bind(batch)
        .fetch_all(&self.reader)
        .await?;
        Ok(BatchCounts {
            users,
            rejected: sums.count("rejected")?,
            total_items: sums.count("total_items")?,
            synced_items: sums.count("synced_items")?,
            skipped_items: sums.count("skipped_items")?,
            total_bytes: sums.count("total_bytes")?,
            copied_bytes: sums.count("copied_bytes")?,
            scores,
        })
    }

    /// Batch names that begin with `prefix`, at most `limit`.
    pub async fn batch_names(&self, prefix: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT name FROM batches WHERE substr(name_key, 1, length($1)) = $1 ORDER BY name_key LIMIT $2",
        )
        .bind(key(prefix))
        .bind(limit)
        .fetch_all(&self.reader)
        .await?)
    }
}

async fn insert(tx: &mut sqlx::SqliteConnection, batch: &BatchRecord) -> Result<i64, StoreError> {
    sqlx::query_scalar(
        "INSERT INTO batches (guid, name, name_key, status, wanted, endpoint_id, target_endpoint_id, excluded_folders, \
         included_folders, notification_emails, time_zone, submitted_by, allow_incrementals, allow_unknown_columns, \
         auto_retry_count, bad_item_limit, large_item_limit, report_interval_ms, skip_reports, total_rows, message, \
         created_at, start_after, complete_after, remove_missing, remove_missing_limit) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
         $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26) RETURNING id",
    )
    .bind(batch.guid.to_string())
    .bind(&batch.name)
    .bind(key(&batch.name))
    .bind(&batch.status)
    .bind(batch.wanted.name())
    .bind(batch.endpoint)
    .bind(batch.target_endpoint)
    .bind(list_text(&batch.excluded_folders))
    .bind(list_text(&batch.included_folders))
    .bind(list_text(&batch.notification_emails))
    .bind(&batch.time_zone)
    .bind(&batch.submitted_by)
    .bind(batch.allow_incrementals)
    .bind(batch.allow_unknown_columns)
    .bind(batch.auto_retry_count)
    .bind(batch.bad_item_limit)
    .bind(batch.large_item_limit)
    .bind(int(batch.report_interval_ms))
    .bind(batch.skip_reports)
    .bind(batch.total_rows)
    .bind(&batch.message)
    .bind(batch.created_at)
    .bind(batch.start_after)
    .bind(batch.complete_after)
    .bind(batch.remove_missing)
    .bind(batch.remove_missing_limit)
    .fetch_one(tx)
    .await
    .map_err(taken("batch name"))
}

async fn insert_rejected(
    tx: &mut sqlx::SqliteConnection,
    batch: i64,
    rejected: &[RejectedRow],
) -> Result<(), StoreError> {
    for rows in rejected.chunks(500) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO rejected_rows (batch_id, row, address, user_name, message) ",
        );
        query.push_values(rows, |mut values, row| {
            values
                .push_bind(batch)
                .push_bind(row.row)
                .push_bind(&row.address)
                .push_bind(&row.user_name)
                .push_bind(&row.message);
        });
        query.build().execute(&mut *tx).await?;
    }
    Ok(())
}

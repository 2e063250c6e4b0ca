//! Items that were not copied.

use sqlx::sqlite::SqliteRow;

use super::row::{Columns, int};
use super::{Store, StoreError};
use crate::mail::UidSet;

/// An item that was not copied, as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkippedRecord {
    /// The folder's row; `None` when the folder itself could not be opened.
    pub folder: Option<i64>,
    /// The folder's UIDVALIDITY.
    pub uid_validity: Option<u32>,
    /// The message.
    pub uid: Option<u32>,
    /// Why, in a word.
    pub kind: String,
    /// The folder's decoded name.
    pub folder_name: String,
    /// Subject.
    pub subject: String,
    /// Sender.
    pub sender: String,
    /// Recipient.
    pub recipient: String,
    /// Date header, milliseconds.
    pub date_sent: Option<i64>,
    /// Internal date, milliseconds.
    pub date_received: Option<i64>,
    /// Bytes.
    pub size: u64,
    /// The reason in words.
    pub reason: String,
    /// When it was recorded.
    pub at: i64,
}

fn read(row: &SqliteRow) -> Result<SkippedRecord, StoreError> {
    Ok(SkippedRecord {
        folder: row.maybe_int("folder_id")?,
        uid_validity: row.maybe_small("uid_validity")?,
        uid: row.maybe_small("uid")?,
        kind: row.text("kind")?,
        folder_name: row.text("folder_name")?,
        subject: row.text("subject")?,
        sender: row.text("sender")?,
        recipient: row.text("recipient")?,
        date_sent: row.maybe_int("date_sent")?,
        date_received: row.maybe_int("date_received")?,
        size: row.count("size")?,
        reason: row.text("reason")?,
        at: row.int("at")?,
    })
}

impl Store {
    /// The skipped items of a user, at most `limit`.
    pub async fn skipped_items(
        &self,
        user: i64,
        limit: Option<u32>,
    ) -> Result<Vec<SkippedRecord>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM skipped_items WHERE user_id = $1 ORDER BY id LIMIT $2")
                .bind(user)
                .bind(limit.map_or(-1, i64::from))
                .fetch_all(&self.reader)
                .await?;
        rows.iter().map(read).collect()
    }

    /// The skipped items of all users of a batch, each with the user's address.
    pub async fn skipped_of_batch(
        &self,
        batch: i64,
        start: u32,
        count: u32,
    ) -> Result<Vec<(String, SkippedRecord)>, StoreError> {
        let rows = sqlx::query(
            "SELECT skipped_items.*, users.address AS address FROM skipped_items JOIN users ON users.id = skipped_items.user_id \
             WHERE users.batch_id = $1 ORDER BY users.row, skipped_items.id LIMIT $2 OFFSET $3",
        )
        .bind(batch)
        .bind(count)
        .bind(start)
        .fetch_all(&self.reader)
        .await?;
        rows.iter()
            .map(|row| Ok((row.text("address")?, read(row)?)))
            .collect()
    }

    /// How many items of a user were skipped as bad, and how many as too large.
    pub async fn skipped_counts(&self, user: i64) -> Result<(u64, u64), StoreError> {
        let row = sqlx::query(
            "SELECT COALESCE(SUM(kind IN ('CorruptItem', 'RefusedItem')), 0) AS bad, \
             COALESCE(SUM(kind = 'LargeItem'), 0) AS large FROM skipped_items WHERE user_id = $1",
        )
        .bind(user)
        .fetch_one(&self.reader)
        .await?;
        Ok((row.count("bad")?, row.count("large")?))
    }

    /// The UIDs of a folder that have a skipped record.
    pub async fn skipped_uids(&self, folder: i64, uid_validity: u32) -> Result<UidSet, StoreError> {
        let uids: Vec<i64> = sqlx::query_scalar(
            "SELECT uid FROM skipped_items WHERE folder_id = $1 AND uid_validity = $2 AND uid IS NOT NULL",
        )
        .bind(folder)
        .bind(uid_validity)
        .fetch_all(&self.reader)
        .await?;
        Ok(uids
            .into_iter()
            .filter_map(|uid| u32::try_from(uid).ok())
            .collect())
    }

    /// Records a folder that could not be read. One record per folder and user; a later one replaces it.
    pub async fn add_skipped_folder(
        &self,
        user: i64,
        item: &SkippedRecord,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin_relaxed().await?;
        sqlx::query(
            "DELETE FROM skipped_items WHERE user_id = $1 AND uid IS NULL AND folder_name = $2",
        )
        .bind(user)
        .bind(&item.folder_name)
        .execute(&mut *tx)
        .await?;
        insert(&mut tx, user, item).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets that folders could not be read: a new run finds out afresh.
    pub async fn forget_skipped_folders(&self, user: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM skipped_items WHERE user_id = $1 AND uid IS NULL")
            .bind(user)
            .execute(&self.relaxed)
            .await?;
        Ok(())
    }
}

/// Writes a skipped item inside a transaction; false when that message has a record already.
pub(super) async fn insert(
    tx: &mut sqlx::SqliteConnection,
    user: i64,
    item: &SkippedRecord,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO skipped_items (user_id, folder_id, uid_validity, uid, kind, folder_name, subject, sender, recipient, \
         date_sent, date_received, size, reason, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING",
    )
    .bind(user)
    .bind(item.folder)
    .bind(item.uid_validity)
    .bind(item.uid)
    .bind(&item.kind)
    .bind(&item.folder_name)
    .bind(&item.subject)
    .bind(&item.sender)
    .bind(&item.recipient)
    .bind(item.date_sent)
    .bind(item.date_received)
    .bind(int(item.size))
    .bind(&item.reason)
    .bind(item.at)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

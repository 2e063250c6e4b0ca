//! Folder records: what is known of each source folder of a user between two runs.

use sqlx::sqlite::SqliteRow;

use super::row::{Columns, int};
use super::{Store, StoreError};
use crate::mail::UidSet;

/// A source folder of a user. The counts hold for `uid_validity`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderRecord {
    /// Row id; 0 before it is stored.
    pub id: i64,
    /// The name as it is on the wire.
    pub source_name: Vec<u8>,
    /// The name decoded, parts joined with `/`.
    pub display_name: String,
    /// The target folder, parts joined with `/`.
    pub target_name: String,
    /// The source's UIDVALIDITY.
    pub uid_validity: u32,
    /// The source's UIDNEXT when the folder was last synced whole; 0 = never.
    pub uid_next: u32,
    /// The source's HIGHESTMODSEQ then; 0 = none.
    pub highest_modseq: u64,
    /// The target's UIDVALIDITY; 0 where there is none.
    pub target_uid_validity: u32,
    /// Messages with a place in the account: copied + adopted + skipped + vanished + those still to do.
    pub total_items: u64,
    /// Messages copied by us.
    pub copied_items: u64,
    /// Messages found at the target.
    pub adopted_items: u64,
    /// Messages not copied.
    pub skipped_items: u64,
    /// Messages that went away at the source before they were copied.
    pub vanished_items: u64,
    /// Bytes of the source.
    pub total_bytes: u64,
    /// Bytes copied.
    pub copied_bytes: u64,
    /// When it was last synced whole.
    pub synced_at: Option<i64>,
    /// Messages that the source listed then.
    pub source_items: u64,
    /// Messages that the target has and the source no longer had then.
    pub missing: UidSet,
}

/// What the source said of a folder before it was synced whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FolderEnd {
    /// UIDNEXT: every message below it has its verdict.
    pub uid_next: u32,
    /// HIGHESTMODSEQ: every change of flags up to it was carried over; 0 = none.
    pub highest_modseq: u64,
    /// Messages that it listed.
    pub source_items: u64,
}

impl FolderRecord {
    /// Messages without a verdict.
    pub fn open_items(&self) -> u64 {
        let done =
            self.copied_items + self.adopted_items + self.skipped_items + self.vanished_items;
        self.total_items.saturating_sub(done)
    }
}

fn read(row: &SqliteRow) -> Result<FolderRecord, StoreError> {
    Ok(FolderRecord {
        id: row.int("id")?,
        source_name: row.blob("source_name")?,
        display_name: row.text("display_name")?,
        target_name: row.text("target_name")?,
        uid_validity: row.small("uid_validity")?,
        uid_next: row.small("uid_next")?,
        highest_modseq: row.count("highest_modseq")?,
        target_uid_validity: row.small("target_uid_validity")?,
        total_items: row.count("total_items")?,
        copied_items: row.count("copied_items")?,
        adopted_items: row.count("adopted_items")?,
        skipped_items: row.count("skipped_items")?,
        vanished_items: row.count("vanished_items")?,
        total_bytes: row.count("total_bytes")?,
        copied_bytes: row.count("copied_bytes")?,
        synced_at: row.maybe_int("synced_at")?,
        source_items: row.count("source_items")?,
        missing: row
            .text("missing")?
            .parse()
            .map_err(|error| StoreError::Database(format!("folders: {error}")))?,
    })
}

impl Store {
    /// The folders of a user.
    pub async fn folders(&self, user: i64) -> Result<Vec<FolderRecord>, StoreError> {
        let rows = sqlx::query("SELECT * FROM folders WHERE user_id = $1 ORDER BY id")
            .bind(user)
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(read).collect()
    }

    /// Keeps the folders of a listing that are not known yet and gives each its row id, in one commit.
    pub async fn add_folders(
        &self,
        user: i64,
        folders: &mut [FolderRecord],
    ) -> Result<(), StoreError> {
        let mut tx = self.begin_relaxed().await?;
        for folder in folders.iter_mut().filter(|folder| folder.id == 0) {
            folder.id = sqlx::query_scalar(
                "INSERT INTO folders (user_id, source_name, display_name, target_name, uid_validity, total_items, \
                 total_bytes) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
            )
            .bind(user)
            .bind(&folder.source_name)
            .bind(&folder.display_name)
            .bind(&folder.target_name)
            .bind(folder.uid_validity)
            .bind(int(folder.total_items))
            .bind(int(folder.total_bytes))
            .fetch_one(&mut *tx)
            .await?;
        }
        sum_up(&mut tx, user).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps what the source said of a folder at the start of its run. With another UIDVALIDITY the counts begin anew.
    pub async fn open_folder(&self, user: i64, folder: &FolderRecord) -> Result<(), StoreError> {
        let mut tx = self.begin_relaxed().await?;
        sqlx::query(
            "UPDATE folders SET uid_validity = $2, target_name = $3, target_uid_validity = $4, total_items = $5, \
             total_bytes = $6, copied_items = $7, adopted_items = $8, skipped_items = $9, vanished_items = $10, \
             copied_bytes = $11, uid_next = $12, highest_modseq = $13 WHERE id = $1",
        )
        .bind(folder.id)
        .bind(folder.uid_validity)
        .bind(&folder.target_name)
        .bind(folder.target_uid_validity)
        .bind(int(folder.total_items))
        .bind(int(folder.total_bytes))
        .bind(int(folder.copied_items))
        .bind(int(folder.adopted_items))
        .bind(int(folder.skipped_items))
        .bind(int(folder.vanished_items))
        .bind(int(folder.copied_bytes))
        .bind(folder.uid_next)
        .bind(int(folder.highest_modseq))
        .execute(&mut *tx)
        .await?;
        sum_up(&mut tx, user).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps that a folder was synced whole.
    pub async fn close_folder(
        &self,
        folder: i64,
        end: FolderEnd,
        at: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE folders SET uid_next = $2, highest_modseq = $3, source_items = $4, synced_at = $5 WHERE id = $1",
        )
        .bind(folder)
        .bind(end.uid_next)
        .bind(int(end.highest_modseq))
        .bind(int(end.source_items))
        .bind(at)
        .execute(&self.relaxed)
        .await?;
        Ok(())
    }
}

impl Store {
    /// Keeps which messages of a folder the target has and the source no longer has.
    pub async fn set_missing(&self, folder: i64, missing: &UidSet) -> Result<(), StoreError> {
        sqlx::query("UPDATE folders SET missing = $2 WHERE id = $1")
            .bind(folder)
            .bind(missing.to_string())
            .execute(&self.relaxed)
            .await?;
        Ok(())
    }
}

/// Brings the sums of a user in step with the user's folders.
pub(super) async fn sum_up(tx: &mut sqlx::SqliteConnection, user: i64) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE users SET (total_items, copied_items, adopted_items, skipped_items, vanished_items, total_bytes, \
         copied_bytes) = (SELECT COALESCE(SUM(total_items), 0), COALESCE(SUM(copied_items), 0), \
         COALESCE(SUM(adopted_items), 0), COALESCE(SUM(skipped_items), 0), COALESCE(SUM(vanished_items), 0), \
         COALESCE(SUM(total_bytes), 0), COALESCE(SUM(copied_bytes), 0) FROM folders WHERE user_id = $1) WHERE id = $1",
    )
    .bind(user)
    .execute(tx)
    .await?;
    Ok(())
}

//! The journal of groups: what exactly once rests on. Its order is the caller's duty: intent, send, done.

use super::items::{self, SkippedRecord};
use super::row::{Columns, int};
use super::{Store, StoreError};
use crate::mail::UidSet;

/// A group of messages that is about to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupIntent {
    /// Row id; 0 before it is stored.
    pub id: i64,
    /// The folder's row.
    pub folder: i64,
    /// The source's UIDVALIDITY.
    pub uid_validity: u32,
    /// The source UIDs.
    pub uids: UidSet,
    /// The target's UIDVALIDITY before the group; 0 where there is none.
    pub target_uid_validity: u32,
    /// The target's UIDNEXT before the group; 0 where there is none.
    pub target_uid_next: u32,
    /// When.
    pub at: i64,
}

impl GroupIntent {
    /// A group of no messages, to keep verdicts with that no sending belongs to.
    pub fn nothing(folder: i64, uid_validity: u32, at: i64) -> Self {
        Self {
            id: 0,
            folder,
            uid_validity,
            uids: UidSet::new(),
            target_uid_validity: 0,
            target_uid_next: 0,
            at,
        }
    }
}

/// How a group ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupDone {
    /// The source UIDs that the target now has.
    pub stored: UidSet,
    /// Those of `stored` that the target had before.
    pub adopted: UidSet,
    /// The target's UIDs, where there are any.
    pub target_uids: Option<UidSet>,
    /// Bytes stored.
    pub bytes: u64,
    /// Messages that will not be copied, with their reasons.
    pub skipped: Vec<SkippedRecord>,
    /// Messages that the source no longer had, with their records.
    pub vanished: Vec<SkippedRecord>,
    /// Keywords, dates that the target could not keep.
    pub metadata_losses: u64,
    /// When.
    pub at: i64,
}

impl Store {
    /// Writes an intent. With `durable` it is on disk when this returns, which a target needs that cannot tell by name what it
    /// has; one that can needs it only to outlive the process.
    pub async fn intend(&self, intent: &mut GroupIntent, durable: bool) -> Result<(), StoreError> {
        let pool = if durable { &self.writer } else { &self.relaxed };
        intent.id = sqlx::query_scalar(
            "INSERT INTO journal (folder_id, uid_validity, uids, messages, bytes, done, target_uid_validity, \
             target_uid_next, at) VALUES ($1, $2, $3, $4, 0, 0, $5, $6, $7) RETURNING id",
        )
        .bind(intent.folder)
        .bind(intent.uid_validity)
        .bind(intent.uids.to_string())
        .bind(int(intent.uids.len()))
        .bind(intent.target_uid_validity)
        .bind(intent.target_uid_next)
        .bind(intent.at)
        .fetch_one(pool)
        .await?;
        Ok(())
    }

    /// Turns an intent into what the target now has, with every count that follows from it, in one commit that is on disk
    /// when this returns. An intent of which nothing was stored leaves no row.
    pub async fn finish(
        &self,
        user: i64,
        intent: &GroupIntent,
        done: &GroupDone,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        if done.stored.is_empty() {
            sqlx::query("DELETE FROM journal WHERE id = $1")
                .bind(intent.id)
                .execute(&mut *tx)
                .await?;
        } else {
            sqlx::query(
                "UPDATE journal SET uids = $2, messages = $3, bytes = $4, done = 1, adopted = $5, target_uids = $6, at = $7 \
                 WHERE id = $1",
            )
            .bind(intent.id)
            .bind(done.stored.to_string())
            .bind(int(done.stored.len()))
            .bind(int(done.bytes))
            .bind(int(done.adopted.len()))
            .bind(done.target_uids.as_ref().map(UidSet::to_string))
            .bind(done.at)
            .execute(&mut *tx)
            .await?;
        }
        let mut skipped = 0u64;
        for item in &done.skipped {
            skipped += u64::from(items::insert(&mut tx, user, item).await?);
        }
        let mut vanished = 0u64;
        for item in &done.vanished {
            vanished += u64::from(items::insert(&mut tx, user, item).await?);
        }
        let adopted = done.adopted.len();
        let counts = [
            done.stored.len().saturating_sub(adopted),
            adopted,
            skipped,
            vanished,
            done.bytes,
        ];
        add_counts(&mut tx, "folders", intent.folder, counts).await?;
        add_counts(&mut tx, "users", user, counts).await?;
        if done.metadata_losses > 0 {
            sqlx::query("UPDATE users SET metadata_losses = metadata_losses + $2 WHERE id = $1")
                .bind(user)
                .bind(int(done.metadata_losses))
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The source UIDs of a folder that the target has, and those of intents without an end.
    pub async fn journal_of(
        &self,
        folder: i64,
        uid_validity: u32,
    ) -> Result<(UidSet, Vec<GroupIntent>), StoreError> {
        let rows = sqlx::query(
            "SELECT id, uids, done, target_uid_validity, target_uid_next, at FROM journal \
             WHERE folder_id = $1 AND uid_validity = $2 ORDER BY id",
        )
        .bind(folder)
        .bind(uid_validity)
        .fetch_all(&self.reader)
        .await?;
        let mut stored = UidSet::new();
        let mut doubtful = Vec::new();
        for row in rows {
            let uids: UidSet = row
                .text("uids")?
                .parse()
                .map_err(|error| StoreError::Database(format!("journal: {error}")))?;
            if row.flag("done")? {
                stored.extend_set(&uids);
            } else {
                doubtful.push(GroupIntent {
                    id: row.int("id")?,
                    folder,
                    uid_validity,
                    uids,
                    target_uid_validity: row.small("target_uid_validity")?,
                    target_uid_next: row.small("target_uid_next")?,
                    at: row.int("at")?,
                });
            }
        }
        Ok((stored, doubtful))
    }

    /// Forgets intents whose doubt is settled: nothing of them counts, their messages are planned again.
    pub async fn forget_intents(&self, folder: i64, uid_validity: u32) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM journal WHERE folder_id = $1 AND uid_validity = $2 AND done = 0")
            .bind(folder)
            .bind(uid_validity)
            .execute(&self.relaxed)
            .await?;
        Ok(())
    }

    /// Drops what the journal and the skipped items know under another UIDVALIDITY of the folder.
    pub async fn forget_other_validities(
        &self,
        folder: i64,
        uid_validity: u32,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin_relaxed().await?;
        for sql in [
            "DELETE FROM journal WHERE folder_id = $1 AND uid_validity <> $2",
            "DELETE FROM skipped_items WHERE folder_id = $1 AND uid_validity <> $2",
        ] {
            sqlx::query(sql)
                .bind(folder)
                .bind(uid_validity)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn add_counts(
    tx: &mut sqlx::SqliteConnection,
    table: &'static str,
    id: i64,
    counts: [u64; 5],
) -> Result<(), StoreError> {
    let sql = match table {
        "folders" => {
            "UPDATE folders SET copied_items = copied_items + $2, adopted_items = adopted_items + $3, \
             skipped_items = skipped_items + $4, vanished_items = vanished_items + $5, copied_bytes = copied_bytes + $6 \
             WHERE id = $1"
        }
        _ => {
            "UPDATE users SET copied_items = copied_items + $2, adopted_items = adopted_items + $3, \
             skipped_items = skipped_items + $4, vanished_items = vanished_items + $5, copied_bytes = copied_bytes + $6 \
             WHERE id = $1"
        }
    };
    let mut query = sqlx::query(sql).bind(id);
    for count in counts {
        query = query.bind(int(count));
    }
    query.execute(tx).await?;
    Ok(())
}

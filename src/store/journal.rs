//! The journal of groups: what exactly once rests on. Its order is the caller's duty: intent, send, done.

use std::collections::BTreeMap;

use sqlx::sqlite::SqliteRow;

use super::flags;
use super::items::{self, SkippedRecord};
use super::row::{Columns, int};
use super::{Store, StoreError};
use crate::mail::{FlagTable, UidSet};

/// A group of messages that is about to be sent. It may name more than will be sent: all that the target may have of it after a
/// crash.
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
    /// The source's flags of what was stored, as they came with the messages.
    pub flags: FlagTable,
    /// Keywords, dates that the target could not keep.
    pub metadata_losses: u64,
    /// When.
    pub at: i64,
}

/// Messages at the source and what they are at the target: the n-th of the one is the n-th of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs {
    /// The source UIDs.
    pub sources: UidSet,
    /// The target UIDs, as many; `None` where the target did not tell them.
    pub targets: Option<UidSet>,
    /// The target's UIDVALIDITY that they belong to; 0 where there is none.
    pub target_uid_validity: u32,
    /// The target's UIDNEXT before them: all of them are at or above it. 0 where there is none.
    pub target_uid_next: u32,
}

impl Pairs {
    /// Source UID and target UID of each message; nothing where the target UIDs are not known.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let targets = self.targets.iter().flat_map(UidSet::iter);
        self.sources.iter().zip(targets)
    }
}

/// Messages that were found at the target without being sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The folder's row.
    pub folder: i64,
    /// The source's UIDVALIDITY.
    pub uid_validity: u32,
    /// The target's UIDVALIDITY; 0 where there is none.
    pub target_uid_validity: u32,
    /// The lowest UID at which they were looked for; 0 where there is none.
    pub target_uid_next: u32,
    /// The messages.
    pub groups: Vec<FoundGroup>,
    /// When.
    pub at: i64,
}

/// Some of the messages that were found: the n-th source UID is the n-th target UID.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundGroup {
    /// The source UIDs.
    pub sources: UidSet,
    /// The target UIDs, as many; `None` where there are none.
    pub targets: Option<UidSet>,
    /// Those of `sources` that are not our own work.
    pub adopted: UidSet,
    /// The bytes of those that are.
    pub bytes: u64,
}

pub(super) fn set(text: &str) -> Result<UidSet, StoreError> {
    text.parse()
        .map_err(|error| StoreError::Database(format!("journal: {error}")))
}

pub(super) fn read_pairs(row: &SqliteRow) -> Result<Pairs, StoreError> {
    let sources = set(&row.text("uids")?)?;
    let targets = row.maybe_text("target_uids")?;
    let targets = targets.as_deref().map(set).transpose()?;
    Ok(Pairs {
        // a row that does not pair is no help to anyone
        targets: targets.filter(|targets| targets.len() == sources.len()),
        sources,
        target_uid_validity: row.maybe_small("target_uid_validity")?.unwrap_or(0),
        target_uid_next: row.maybe_small("target_uid_next")?.unwrap_or(0),
    })
}

impl Store {
    /// Writes an intent. With `durable` it is on disk when this returns, which a target needs that cannot tell by name what it
    /// has; one that can needs it only to outlive the process.
    pub async fn intend(&self, intent: &mut GroupIntent, durable: bool) -> Result<(), StoreError> {
        // by a commit of its own: the end of a statement that gives a row back is not waited for
        let mut tx = if durable {
            self.begin().await?
        } else {
            self.begin_relaxed().await?
        };
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
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
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
            let kept = sqlx::query(
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
            if kept.rows_affected() != 1 {
                return Err(StoreError::Database(format!(
                    "the journal has no intent {}",
                    intent.id
                )));
            }
        }
        flags::add(&mut tx, intent.folder, &done.flags).await?;
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

    /// The source UIDs of a folder that the target has, and the intents without an end.
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
            let uids = set(&row.text("uids")?)?;
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

    /// What is known of the messages of a folder at the target, in the order of the journal. The rows of one answer never
    /// name a source UID twice.
    pub async fn pairs(&self, folder: i64, uid_validity: u32) -> Result<Vec<Pairs>, StoreError> {
        let rows = sqlx::query(
            "SELECT uids, target_uids, target_uid_validity, target_uid_next FROM journal \
             WHERE folder_id = $1 AND uid_validity = $2 AND done = 1 ORDER BY id",
        )
        .bind(folder)
        .bind(uid_validity)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(read_pairs).collect()
    }

    /// The target UIDs of messages of a folder, by source UID: those that are known, under this UIDVALIDITY of the target.
    pub async fn target_uids(
        &self,
        folder: i64,
        uid_validity: u32,
        target_uid_validity: u32,
        uids: &UidSet,
    ) -> Result<BTreeMap<u32, u32>, StoreError> {
        let rows = self.pairs(folder, uid_validity).await?;
        Ok(rows
            .iter()
            .filter(|row| row.target_uid_validity == target_uid_validity)
            .flat_map(Pairs::iter)
            .filter(|(source, _)| uids.contains(*source))
            .collect())
    }

    /// What all source folders of a user that go into one target folder have there.
    pub async fn pairs_at(&self, user: i64, target_name: &str) -> Result<Vec<Pairs>, StoreError> {
        let rows = sqlx::query(
            "SELECT j.uids, j.target_uids, j.target_uid_validity, j.target_uid_next FROM journal j \
             JOIN folders f ON f.id = j.folder_id \
             WHERE f.user_id = $1 AND f.target_name = $2 AND j.done = 1 ORDER BY j.id",
        )
        .bind(user)
        .bind(target_name)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(read_pairs).collect()
    }

    /// Takes messages that were found at the target, with every count that follows, and forgets the intents of the folder: what
    /// of them was not found is not there. All in one commit that is on disk when this returns.
    pub async fn settle(&self, user: i64, found: &Found) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM journal WHERE folder_id = $1 AND uid_validity = $2 AND done = 0")
            .bind(found.folder)
            .bind(found.uid_validity)
            .execute(&mut *tx)
            .await?;
        let (mut stored, mut adopted, mut bytes) = (0, 0, 0);
        for group in &found.groups {
            let (all, taken) = (group.sources.len(), group.adopted.len());
            sqlx::query(
                "INSERT INTO journal (folder_id, uid_validity, uids, messages, bytes, done, adopted, target_uid_validity, \
                 target_uid_next, target_uids, at) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10)",
            )
            .bind(found.folder)
            .bind(found.uid_validity)
            .bind(group.sources.to_string())
            .bind(int(all))
            .bind(int(group.bytes))
            .bind(int(taken))
            .bind(found.target_uid_validity)
            .bind(found.target_uid_next)
            .bind(group.targets.as_ref().map(UidSet::to_string))
            .bind(found.at)
            .execute(&mut *tx)
            .await?;
            stored += all.saturating_sub(taken);
            adopted += taken;
            bytes += group.bytes;
        }
        let counts = [stored, adopted, 0, 0, bytes];
        add_counts(&mut tx, "folders", found.folder, counts).await?;
        add_counts(&mut tx, "users", user, counts).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Counts keywords and dates that the target did not keep.
    pub async fn add_losses(&self, user: i64, losses: u64) -> Result<(), StoreError> {
        sqlx::query("UPDATE users SET metadata_losses = metadata_losses + $2 WHERE id = $1")
            .bind(user)
            .bind(int(losses))
            .execute(&self.relaxed)
            .await?;
        Ok(())
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
        flags::forget(&mut tx, folder).await?;
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

//! Naming anew what the journal knows of the target's UIDs: they were never told, or the target numbered its messages again.

use super::folders::{FolderRecord, sum_up};
use super::journal::{Found, set};
use super::row::{Columns, int};
use super::{Store, StoreError};
use crate::mail::UidSet;

impl Store {
    /// Puts the pairs that were found in the place of rows without target UIDs, or with UIDs of another UIDVALIDITY of the
    /// target. Messages that were not found stay in the journal without a target UID: they were copied, and are not sent again.
    /// No count changes.
    pub async fn pair_again(&self, found: &Found) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let rows = sqlx::query(
            "SELECT id, uids, bytes, adopted FROM journal WHERE folder_id = $1 AND uid_validity = $2 AND done = 1 \
             AND (target_uids IS NULL OR target_uid_validity <> $3)",
        )
        .bind(found.folder)
        .bind(found.uid_validity)
        .bind(found.target_uid_validity)
        .fetch_all(&mut *tx)
        .await?;
        let (mut rest, mut bytes, mut adopted) = (UidSet::new(), 0, 0);
        for row in rows {
            rest.extend_set(&set(&row.text("uids")?)?);
            bytes += row.count("bytes")?;
            adopted += row.count("adopted")?;
            sqlx::query("DELETE FROM journal WHERE id = $1")
                .bind(row.int("id")?)
                .execute(&mut *tx)
                .await?;
        }
        let mut named = Vec::with_capacity(found.groups.len() + 1);
        for group in &found.groups {
            rest = rest.subtract(&group.sources);
            named.push((group.sources.clone(), group.targets.clone()));
        }
        if !rest.is_empty() {
            named.push((rest, None));
        }
        for (sources, targets) in named {
            sqlx::query(
                "INSERT INTO journal (folder_id, uid_validity, uids, messages, bytes, done, adopted, target_uid_validity, \
                 target_uid_next, target_uids, at) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10)",
            )
            .bind(found.folder)
            .bind(found.uid_validity)
            .bind(sources.to_string())
            .bind(int(sources.len()))
            .bind(int(std::mem::take(&mut bytes)))
            .bind(int(std::mem::take(&mut adopted)))
            .bind(found.target_uid_validity)
            .bind(found.target_uid_next)
            .bind(targets.map(|targets| targets.to_string()))
            .bind(found.at)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Begins the account of a folder anew under another UIDVALIDITY of the source: what was known under the old one goes, and
    /// an intent says that the target may have any of these messages. All in one commit that is on disk when this returns.
    pub async fn renumber(
        &self,
        folder: &FolderRecord,
        uids: &UidSet,
        at: i64,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        for sql in [
            "DELETE FROM journal WHERE folder_id = $1",
            "DELETE FROM skipped_items WHERE folder_id = $1",
            "DELETE FROM flag_sets WHERE folder_id = $1",
        ] {
            sqlx::query(sql).bind(folder.id).execute(&mut *tx).await?;
        }
        sqlx::query(
            "INSERT INTO journal (folder_id, uid_validity, uids, messages, bytes, done, target_uid_validity, \
             target_uid_next, at) VALUES ($1, $2, $3, $4, 0, 0, 0, 1, $5)",
        )
        .bind(folder.id)
        .bind(folder.uid_validity)
        .bind(uids.to_string())
        .bind(int(uids.len()))
        .bind(at)
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "UPDATE folders SET uid_validity = $2, uid_next = 0, highest_modseq = 0, source_items = 0, missing = '', \
             total_items = $3, copied_items = 0, adopted_items = 0, skipped_items = 0, vanished_items = 0, \
             copied_bytes = 0 WHERE id = $1",
        )
        .bind(folder.id)
        .bind(folder.uid_validity)
        .bind(int(uids.len()))
        .execute(&mut *tx)
        .await?;
        let user: i64 = sqlx::query_scalar("SELECT user_id FROM folders WHERE id = $1")
            .bind(folder.id)
            .fetch_one(&mut *tx)
            .await?;
        sum_up(&mut tx, user).await?;
        tx.commit().await?;
        Ok(())
    }
}

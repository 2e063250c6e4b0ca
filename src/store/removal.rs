//! What was removed at the target: the journal has a message if and only if the target was given it and we did not take it back.

use super::journal::{read_pairs, set};
use super::row::{Columns, int};
use super::{Store, StoreError};
use crate::mail::UidSet;

impl Store {
    /// The messages of a folder that are our own copies: those of groups in which none was found at the target.
    pub async fn own_copies(&self, folder: i64, uid_validity: u32) -> Result<UidSet, StoreError> {
        let rows = sqlx::query(
            "SELECT uids FROM journal WHERE folder_id = $1 AND uid_validity = $2 AND done = 1 AND adopted = 0",
        )
        .bind(folder)
        .bind(uid_validity)
        .fetch_all(&self.reader)
        .await?;
        let mut own = UidSet::new();
        for row in rows {
            own.extend_set(&set(&row.text("uids")?)?);
        }
        Ok(own)
    }

    /// Takes removed messages out of the journal and counts them as vanished, in one commit that is on disk when this returns.
    pub async fn forget_removed(
        &self,
        user: i64,
        folder: i64,
        uid_validity: u32,
        removed: &UidSet,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let rows = sqlx::query(
            "SELECT id, uids, target_uids, target_uid_validity, target_uid_next FROM journal \
             WHERE folder_id = $1 AND uid_validity = $2 AND done = 1 AND adopted = 0",
        )
        .bind(folder)
        .bind(uid_validity)
        .fetch_all(&mut *tx)
        .await?;
        let mut count = 0;
        for row in rows {
            let pairs = read_pairs(&row)?;
            let sources = pairs.sources.subtract(removed);
            let gone = pairs.sources.len() - sources.len();
            if gone == 0 {
                continue;
            }
            count += gone;
            let kept = pairs
                .iter()
                .filter(|(source, _)| !removed.contains(*source));
            let targets: UidSet = kept.map(|(_, target)| target).collect();
            let targets = pairs.targets.as_ref().map(|_| targets.to_string());
            let sql = if sources.is_empty() {
                "DELETE FROM journal WHERE id = $1"
            } else {
                "UPDATE journal SET uids = $2, messages = $3, target_uids = $4 WHERE id = $1"
            };
            let mut query = sqlx::query(sql).bind(row.int("id")?);
            if !sources.is_empty() {
                query = query
                    .bind(sources.to_string())
                    .bind(int(sources.len()))
                    .bind(targets);
            }
            query.execute(&mut *tx).await?;
        }
        for (sql, id) in [
            (
                "UPDATE folders SET copied_items = copied_items - $2, vanished_items = vanished_items + $2 WHERE id = $1",
                folder,
            ),
            (
                "UPDATE users SET copied_items = copied_items - $2, vanished_items = vanished_items + $2 WHERE id = $1",
                user,
            ),
        ] {
            sqlx::query(sql)
                .bind(id)
                .bind(int(count))
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

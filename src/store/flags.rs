//! The flags of the source as they were last carried over: what a later listing is compared with.

use super::row::Columns;
use super::{Store, StoreError};
use crate::mail::{FlagSet, FlagTable, UidSet};

impl Store {
    /// The flags of a folder's messages as they were last carried over.
    pub async fn flags(&self, folder: i64) -> Result<FlagTable, StoreError> {
        let rows =
            sqlx::query("SELECT flags, uids FROM flag_sets WHERE folder_id = $1 ORDER BY id")
                .bind(folder)
                .fetch_all(&self.reader)
                .await?;
        let mut table = FlagTable::new();
        for row in rows {
            let uids: UidSet = row
                .text("uids")?
                .parse()
                .map_err(|error| StoreError::Database(format!("flag_sets: {error}")))?;
            table.put(FlagSet::from_names(row.text("flags")?.split(' ')), &uids);
        }
        Ok(table)
    }

    /// Keeps the flags of a folder's messages in place of all that were kept before.
    pub async fn set_flags(&self, folder: i64, table: &FlagTable) -> Result<(), StoreError> {
        let mut tx = self.begin_relaxed().await?;
        forget(&mut tx, folder).await?;
        add(&mut tx, folder, table).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Forgets the flags of a folder's messages inside a transaction.
pub(super) async fn forget(tx: &mut sqlx::SqliteConnection, folder: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM flag_sets WHERE folder_id = $1")
        .bind(folder)
        .execute(tx)
        .await?;
    Ok(())
}

/// Adds the flags of more messages inside a transaction.
pub(super) async fn add(
    tx: &mut sqlx::SqliteConnection,
    folder: i64,
    table: &FlagTable,
) -> Result<(), StoreError> {
    for (flags, uids) in table.rows() {
        sqlx::query("INSERT INTO flag_sets (folder_id, flags, uids) VALUES ($1, $2, $3)")
            .bind(folder)
            .bind(flags.to_string())
            .bind(uids.to_string())
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

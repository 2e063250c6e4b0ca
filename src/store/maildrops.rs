//! What a mailbox has of an account elsewhere: the memory that exactly once rests on where messages have no numbers.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite};

use super::row::{Columns, int, key};
use super::{Store, StoreError};
use crate::mail::UidSet;

/// Rows in one statement: SQLite takes 32,766 values, and a row has seven.
const ROWS: usize = 1000;

/// The memory of one account for one mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Maildrop {
    /// Row id.
    pub id: i64,
    /// Stands for UIDVALIDITY in the names of files.
    pub validity: u32,
    /// The number of the next new message; never given twice.
    pub next_number: u32,
    /// Whether a poll came to its end.
    pub is_settled: bool,
}

/// Where a message is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropState {
    /// The mailbox may have it.
    Intended = 0,
    /// The mailbox has it.
    Stored = 1,
    /// The mailbox has it, and the server was told to delete it.
    Deleted = 2,
}

/// A message of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropMessage {
    /// Its number among ours.
    pub number: u32,
    /// Where it is.
    pub state: DropState,
    /// A hash of its name at the server.
    pub name: Option<[u8; 12]>,
    /// A hash of all of it.
    pub content: [u8; 12],
    /// Its size as the server told it.
    pub size: u64,
    /// Since when the server does not list it.
    pub gone_at: Option<i64>,
}

fn read(row: &SqliteRow) -> Result<DropMessage, StoreError> {
    let hash = |bytes: Vec<u8>| <[u8; 12]>::try_from(bytes).ok();
    let content = hash(row.blob("content")?)
        .ok_or_else(|| StoreError::Database("column content holds no hash".into()))?;
    Ok(DropMessage {
        number: row.small("number")?,
        state: match row.int("state")? {
            1 => DropState::Stored,
            2 => DropState::Deleted,
            _ => DropState::Intended,
        },
        name: row.maybe_blob("name")?.and_then(hash),
        content,
        size: row.count("size")?,
        gone_at: row.maybe_int("gone_at")?,
    })
}

impl Store {
    /// The memory of an account for a mailbox, made when there is none; `validity` is then its.
    pub async fn maildrop(
        &self,
        address: &str,
        account: &str,
        validity: u32,
    ) -> Result<Maildrop, StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO maildrops (address_key, account, validity) VALUES ($1, $2, $3) \
             ON CONFLICT (address_key, account) DO NOTHING",
        )
        .bind(key(address))
        .bind(account)
        .bind(validity)
        .execute(&mut *tx)
        .await?;
        let row = sqlx::query(
            "SELECT id, validity, next_number, settled FROM maildrops WHERE address_key = $1 AND account = $2",
        )
        .bind(key(address))
        .bind(account)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Maildrop {
            id: row.int("id")?,
            validity: row.small("validity")?,
            next_number: row.small("next_number")?,
            is_settled: row.flag("settled")?,
        })
    }

    /// Says that a poll came to its end.
    pub async fn settle_maildrop(&self, maildrop: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE maildrops SET settled = 1 WHERE id = $1")
            .bind(maildrop)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Forgets what a mailbox has, because its mail is gone.
    pub async fn forget_maildrops(&self, address: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM maildrops WHERE address_key = $1")
            .bind(key(address))
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// The messages of an account, by number.
    pub async fn drop_messages(&self, maildrop: i64) -> Result<Vec<DropMessage>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM maildrop_messages WHERE maildrop_id = $1 ORDER BY number")
                .bind(maildrop)
                .fetch_all(&self.reader)
                .await?;
        rows.iter().map(read).collect()
    }

    /// Keeps messages as they are now, in one commit that is on disk when this returns. Numbers up to theirs are given for good.
    pub async fn keep_drop_messages(
        &self,
        maildrop: i64,
        messages: &[DropMessage],
    ) -> Result<(), StoreError> {
        let Some(last) = messages.iter().map(|one| one.number).max() else {
            return Ok(());
        };
        let mut tx = self.begin().await?;
        for part in messages.chunks(ROWS) {
            let mut sql = QueryBuilder::<Sqlite>::new(
                "INSERT INTO maildrop_messages (maildrop_id, number, state, name, content, size, gone_at) ",
            );
            sql.push_values(part, |mut row, one| {
                row.push_bind(maildrop)
                    .push_bind(one.number)
                    .push_bind(one.state as i64)
                    .push_bind(one.name.map(|name| name.to_vec()))
                    .push_bind(one.content.to_vec())
                    .push_bind(int(one.size))
                    .push_bind(one.gone_at);
            });
            sql.push(
                " ON CONFLICT (maildrop_id, number) DO UPDATE SET state = excluded.state, name = excluded.name, \
                 content = excluded.content, size = excluded.size, gone_at = excluded.gone_at",
            );
            sql.build().execute(&mut *tx).await?;
        }
        sqlx::query("UPDATE maildrops SET next_number = MAX(next_number, $2) WHERE id = $1")
            .bind(maildrop)
            .bind(i64::from(last) + 1)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets intents that came to nothing, and messages that were not listed since before `gone_before`.
    pub async fn tidy_maildrop(&self, maildrop: i64, gone_before: i64) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM maildrop_messages WHERE maildrop_id = $1 AND (state = 0 OR gone_at < $2)",
        )
        .bind(maildrop)
        .bind(gone_before)
        .execute(&self.relaxed)
        .await?;
        Ok(())
    }

    /// What the mailbox has of a folder: its UIDVALIDITY and UIDs.
    pub async fn drop_folder(
        &self,
        maildrop: i64,
        name: &[u8],
    ) -> Result<Option<(u32, UidSet)>, StoreError> {
        let row = sqlx::query(
            "SELECT uid_validity, uids FROM maildrop_folders WHERE maildrop_id = $1 AND name = $2",
        )
        .bind(maildrop)
        .bind(name)
        .fetch_optional(&self.reader)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let uids = row
            .text("uids")?
            .parse()
            .map_err(|error| StoreError::Database(format!("maildrop_folders: {error}")))?;
        Ok(Some((row.small("uid_validity")?, uids)))
    }

    /// Keeps what the mailbox has of a folder; on disk when this returns.
    pub async fn keep_drop_folder(
        &self,
        maildrop: i64,
        name: &[u8],
        uid_validity: u32,
        uids: &UidSet,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO maildrop_folders (maildrop_id, name, uid_validity, uids) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (maildrop_id, name) DO UPDATE SET uid_validity = excluded.uid_validity, uids = excluded.uids",
        )
        .bind(maildrop)
        .bind(name)
        .bind(uid_validity)
        .bind(uids.to_string())
        .execute(&self.writer)
        .await?;
        Ok(())
    }
}

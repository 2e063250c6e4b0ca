//! User records: the rows of a batch, and the queue of those with a run due.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite};
use uuid::Uuid;

use super::row::{Columns, key};
use super::{Store, StoreError};

/// A user as stored. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRecord {
    /// Row id.
    pub id: i64,
    /// Unique id.
    pub guid: Uuid,
    /// Row id of the batch.
    pub batch: i64,
    /// Name of the batch.
    pub batch_name: String,
    /// CSV row; the first under the header is 1.
    pub row: u32,
    /// Target address.
    pub address: String,
    /// Source login.
    pub user_name: String,
    /// Where the mail lives in a shared tree; empty = the account's root.
    pub user_root: String,
    /// Login at the target server; empty = the address.
    pub target_user_name: String,
    /// State, by name.
    pub status: String,
    /// A run is wanted.
    pub due: bool,
    /// Not before.
    pub due_at: Option<i64>,
    /// Runs that failed in a row.
    pub attempts: u32,
    /// All mail was copied once.
    pub initial_done: bool,
    /// The next run, or the one that is made now, is the last pass.
    pub completing: bool,
    /// No first copy before; `None` = the batch's.
    pub start_after: Option<i64>,
    /// When the last pass is made; `None` = the batch's.
    pub complete_after: Option<i64>,
    /// Corrupt items tolerated: `Some(None)` = unlimited, `None` = as the batch says.
    pub bad_item_limit: Option<Option<u32>>,
    /// Over-size items tolerated, likewise.
    pub large_item_limit: Option<Option<u32>>,
    /// What was last asked.
    pub triggered: String,
    /// Score, by name.
    pub score: Option<String>,
    /// Why it failed: id, class, text, when.
    pub error: Option<(String, String, String, i64)>,
    /// Target mailbox.
    pub mailbox_guid: Option<Uuid>,
    /// Messages of the source.
    pub total_items: u64,
    /// Messages copied by us.
    pub copied_items: u64,
    /// Messages found at the target.
    pub adopted_items: u64,
    /// Messages not copied.
    pub skipped_items: u64,
    /// Messages that went away.
    pub vanished_items: u64,
    /// Keywords, dates lost.
    pub metadata_losses: u64,
    /// Bytes of the source.
    pub total_bytes: u64,
    /// Bytes copied.
    pub copied_bytes: u64,
    /// When the row was stored.
    pub created_at: i64,
    /// When work began first.
    pub started_at: Option<i64>,
    /// When the initial sync ended.
    pub initial_sync_at: Option<i64>,
    /// When a sync last ended well.
    pub last_sync_at: Option<i64>,
    /// Since when in this state.
    pub since_at: i64,
    /// Time queued before this state.
    pub queued_ms: u64,
    /// Time at work before this state.
    pub progress_ms: u64,
    /// Time waiting for a server before this state.
    pub stalled_ms: u64,
}

/// A row to keep as a user.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Unique id.
    pub guid: Uuid,
    /// CSV row.
    pub row: u32,
    /// Target address.
    pub address: String,
    /// Source login.
    pub user_name: String,
    /// Where the mail lives in a shared tree.
    pub user_root: String,
    /// Sealed password.
    pub password: Vec<u8>,
    /// Login at the target server; empty = the address.
    pub target_user_name: String,
    /// Sealed password of that login; `None` = the administrator's.
    pub target_password: Option<Vec<u8>>,
}

/// A change of state. What is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    /// The new state, by name.
    pub status: &'static str,
    /// Whether a run is due, and not before when.
    pub due: Option<(bool, Option<i64>)>,
    /// Failed runs in a row.
    pub attempts: Option<u32>,
    /// A sync ended well: all mail is copied, with this score.
    pub synced: Option<&'static str>,
    /// Why it failed: id, class, text; `Some(None)` clears.
    pub error: Option<Option<(String, String, String)>>,
    /// Whether the next run is the last pass.
    pub completing: Option<bool>,
}

/// A command for one user, and what it makes of the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserOrder {
    /// A run is due.
    Start,
    /// Nothing is due.
    Stop,
    /// The last pass is due.
    Complete,
}

/// Which users to read.
#[derive(Clone, Debug, Default)]
pub struct UserQuery {
    /// Address or GUID.
    pub identity: Option<String>,
    /// Row id of the batch.
    pub batch: Option<i64>,
    /// States, by name; empty = all.
    pub statuses: Vec<&'static str>,
    /// Target mailbox.
    pub mailbox_guid: Option<Uuid>,
    /// At most so many.
    pub limit: Option<u32>,
    /// Those after so many.
    pub offset: u32,
}

/// Adds the time spent in the state that ends to its counter. The parameter is the time now.
const KEEP_TIME: &str = "queued_ms = queued_ms + CASE WHEN status = 'Queued' AND due = 1 AND due_at IS NULL THEN MAX(0, $2 - since_at) ELSE 0 END, \
     stalled_ms = stalled_ms + CASE WHEN due = 1 AND due_at IS NOT NULL THEN MAX(0, $2 - since_at) ELSE 0 END, \
     progress_ms = progress_ms + CASE WHEN status IN ('Starting', 'Validating', 'Syncing', 'IncrementalSyncing', 'Completing', 'Stopping') \
     THEN MAX(0, $2 - since_at) ELSE 0 END, since_at = $2";

/// Makes a run due, at its StartAfter time when the first one lies ahead. `$2` is the time now.
const DUE: &str = "due = 1, due_at = CASE WHEN initial_done = 0 AND start_after > $2 THEN start_after END, attempts = 0, \
     error_id = NULL, error_class = NULL, error_message = NULL, error_at = NULL, \
     status = CASE WHEN initial_done = 1 THEN 'Synced' ELSE 'Queued' END";

/// Makes nothing due.
const NOT_DUE: &str = "due = 0, due_at = NULL, triggered = 'Stop', \
     status = CASE WHEN initial_done = 1 THEN 'IncrementalStopped' ELSE 'Stopped' END";

fn read(row: &SqliteRow) -> Result<UserRecord, StoreError> {
    let error = match row.maybe_text("error_id")? {
        Some(id) => Some((
            id,
            row.maybe_text("error_class")?.unwrap_or_default(),
            row.maybe_text("error_message")?.unwrap_or_default(),
            row.maybe_int("error_at")?.unwrap_or_default(),
        )),
        None => None,
    };
    Ok(UserRecord {
        id: row.int("id")?,
        guid: row.guid("guid")?,
        batch: row.int("batch_id")?,
        batch_name: row.text("batch_name")?,
        row: row.small("row")?,
        address: row.text("address")?,
        user_name: row.text("user_name")?,
        user_root: row.text("user_root")?,
        target_user_name: row.text("target_user_name")?,
        status: row.text("status")?,
        due: row.flag("due")?,
        due_at: row.maybe_int("due_at")?,
        attempts: row.small("attempts")?,
        initial_done: row.flag("initial_done")?,
        completing: row.flag("completing")?,
        start_after: row.maybe_int("start_after")?,
        complete_after: row.maybe_int("complete_after")?,
        bad_item_limit: row.maybe_int("bad_item_limit")?.map(limit),
        large_item_limit: row.maybe_int("large_item_limit")?.map(limit),
        triggered: row.text("triggered")?,
        score: row.maybe_text("score")?,
        error,
        mailbox_guid: row.maybe_guid("mailbox_guid")?,
        total_items: row.count("total_items")?,
        copied_items: row.count("copied_items")?,
        adopted_items: row.count("adopted_items")?,
        skipped_items: row.count("skipped_items")?,
        vanished_items: row.count("vanished_items")?,
        metadata_losses: row.count("metadata_losses")?,
        // A source that does not tell its sizes has at least what came from it.
        total_bytes: row.count("total_bytes")?.max(row.count("copied_bytes")?),
        copied_bytes: row.count("copied_bytes")?,
        created_at: row.int("created_at")?,
        started_at: row.maybe_int("started_at")?,
        initial_sync_at: row.maybe_int("initial_sync_at")?,
        last_sync_at: row.maybe_int("last_sync_at")?,
        since_at: row.int("since_at")?,
        queued_ms: row.count("queued_ms")?,
        progress_ms: row.count("progress_ms")?,
        stalled_ms: row.count("stalled_ms")?,
    })
}

/// -1 is none.
fn limit(stored: i64) -> Option<u32> {
    u32::try_from(stored).ok()
}

fn stored(limit: Option<u32>) -> i64 {
    limit.map_or(-1, i64::from)
}

impl Store {
    /// Users in the order of batch and row.
    pub async fn users(&self, query: &UserQuery) -> Result<Vec<UserRecord>, StoreError> {
        let mut sql = QueryBuilder::<Sqlite>::new(
            "SELECT users.*, batches.name AS batch_name FROM users JOIN batches ON batches.id = users.batch_id WHERE 1 = 1",
        );
        if let Some(identity) = &query.identity {
            sql.push(" AND (users.address_key = ")
                .push_bind(key(identity));
            sql.push(" OR users.guid = ")
                .push_bind(key(identity))
                .push(")");
        }
        if let Some(batch) = query.batch {
            sql.push(" AND users.batch_id = ").push_bind(batch);
        }
        if let Some(guid) = query.mailbox_guid {
            sql.push(" AND users.mailbox_guid = ")
                .push_bind(guid.to_string());
        }
        if !query.statuses.is_empty() {
            sql.push(" AND users.status IN (");
            let mut list = sql.separated(", ");
            for status in &query.statuses {
                list.push_bind(*status);
            }
            sql.push(")");
        }
        sql.push(" ORDER BY users.batch_id, users.row LIMIT ")
            .push_bind(query.limit.map_or(-1, i64::from));
        sql.push(" OFFSET ").push_bind(query.offset);
        let rows = sql.build().fetch_all(&self.reader).await?;
        rows.iter().map(read).collect()
    }

    /// The user with that row id.
    pub async fn user(&self, id: i64) -> Result<Option<UserRecord>, StoreError> {
        let row = sqlx::query(
            "SELECT users.*, batches.name AS batch_name FROM users JOIN batches ON batches.id = users.batch_id \
             WHERE users.id = $1",
        )
        .bind(id)
        .fetch_optional(&self.reader)
        .await?;
        row.as_ref().map(read).transpose()
    }

    /// The sealed password of a user.
    pub async fn user_password(&self, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(
            sqlx::query_scalar("SELECT password FROM users WHERE id = $1")
                .bind(id)
                .fetch_optional(&self.reader)
                .await?,
        )
    }

    /// The sealed password of a user's own login at the target server.
    pub async fn target_password(&self, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let password: Option<Option<Vec<u8>>> =
            sqlx::query_scalar("SELECT target_password FROM users WHERE id = $1")
                .bind(id)
                .fetch_optional(&self.reader)
                .await?;
        Ok(password.flatten())
    }

    /// Every address that is in a batch, in the form it is found by, with the batch's name.
    pub async fn user_addresses(&self) -> Result<Vec<(String, String)>, StoreError> {
        let rows = sqlx::query(
            "SELECT users.address_key AS address, batches.name AS batch FROM users JOIN batches ON batches.id = users.batch_id",
        )
        .fetch_all(&self.reader)
        .await?;
        rows.iter()
            .map(|row| Ok((row.text("address")?, row.text("batch")?)))
            .collect()
    }

    /// User addresses that begin with `prefix`, each once, at most `limit`.
    pub async fn user_names(&self, prefix: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT MIN(address) FROM users WHERE substr(address_key, 1, length($1)) = $1 \
             GROUP BY address_key ORDER BY address_key LIMIT $2",
        )
        .bind(key(prefix))
        .bind(limit)
        .fetch_all(&self.reader)
        .await?)
    }

    /// Changes the state of a user.
    pub async fn change_user(
        &self,
        id: i64,
        at: i64,
        change: &UserChange,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin_relaxed().await?;
        sqlx::query(sqlx::AssertSqlSafe(format!(
            "UPDATE users SET {KEEP_TIME} WHERE id = $1"
        )))
        .bind(id)
        .bind(at)
        .execute(&mut *tx)
        .await?;
        let mut sql = QueryBuilder::<Sqlite>::new("UPDATE users SET status = ");
        sql.push_bind(change.status);
        if let Some((due, due_at)) = change.due {
            sql.push(", due = ").push_bind(due);
            sql.push(", due_at = ").push_bind(due_at);
        }
        if let Some(completing) = change.completing {
            sql.push(", completing = ").push_bind(completing);
        }
        if let Some(attempts) = change.attempts {
            sql.push(", attempts = ").push_bind(attempts);
        }
        if let Some(score) = change.synced {
            sql.push(", initial_done = 1, score = ").push_bind(score);
            sql.push(", last_sync_at = ").push_bind(at);
            sql.push(", initial_sync_at = COALESCE(initial_sync_at, ")
                .push_bind(at)
                .push(")");
        }
        if let Some(error) = &change.error {
            let (id, class, text) = match error {
                Some((id, class, text)) => (Some(id), Some(class), Some(text)),
                None => (None, None, None),
            };
            sql.push(", error_id = ").push_bind(id);
            sql.push(", error_class = ").push_bind(class);
            sql.push(", error_message = ").push_bind(text);
            sql.push(", error_at = ").push_bind(id.map(|_| at));
        }
        sql.push(" WHERE id = ").push_bind(id);
        sql.build().execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps which mailbox a user's mail goes into.
    pub async fn set_user_mailbox(&self, id: i64, mailbox: Uuid) -> Result<(), StoreError> {
        sqlx::query("UPDATE users SET mailbox_guid = $2 WHERE id = $1")
            .bind(id)
            .bind(mailbox.to_string())
            .execute(&self.relaxed)
            .await?;
        Ok(())
    }

    /// Users of a batch whose run can start now, first copies or incremental syncs, in order, at most `limit`.
    pub async fn candidates(
        &self,
        batch: i64,
        incremental: bool,
        now: i64,
        limit: u32,
    ) -> Result<Vec<i64>, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT id FROM users WHERE batch_id = $1 AND status = $2 AND due = 1 AND (due_at IS NULL OR due_at <= $3) \
             ORDER BY id LIMIT $4",
        )
        .bind(batch)
        .bind(if incremental { "Synced" } else { "Queued" })
        .bind(now)
        .bind(limit)
        .fetch_all(&self.reader)
        .await?)
    }

    /// Takes a user for work, when the user still has a run due and the batch still runs. False when not.
    pub async fn claim_user(
        &self,
        id: i64,
        at: i64,
        status: &'static str,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(sqlx::AssertSqlSafe(format!(
            "UPDATE users SET {KEEP_TIME}, status = $3, due = 0, due_at = NULL, started_at = COALESCE(started_at, $2) \
             WHERE id = $1 AND due = 1 AND status IN ('Queued', 'Synced') \
             AND (SELECT wanted FROM batches WHERE batches.id = users.batch_id) IN ('run', 'complete')"
        )))
        .bind(id)
        .bind(at)
        .bind(status)
        .execute(&self.relaxed)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Whether any user of a batch has a run due.
    pub async fn has_due(&self, batch: i64) -> Result<bool, StoreError> {
        let found: i64 = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM users WHERE batch_id = $1 AND due = 1 AND status IN ('Queued', 'Synced'))",
        )
        .bind(batch)
        .fetch_one(&self.reader)
        .await?;
        Ok(found != 0)
    }

    /// When the next waiting user of a batch wants to be tried again.
    pub async fn next_due(&self, batch: i64, now: i64) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT MIN(due_at) FROM users WHERE batch_id = $1 AND due = 1 AND due_at > $2",
        )
        .bind(batch)
        .bind(now)
        .fetch_one(&self.reader)
        .await?)
    }

    /// Wants a run of every user of a batch that is in one of these states. Gives how many.
    pub async fn make_due(
        &self,
        batch: i64,
        statuses: &[&'static str],
        now: i64,
    ) -> Result<u64, StoreError> {
        self.turn(
            &format!("{DUE}, triggered = 'Start'"),
            Some(batch),
            statuses,
            now,
        )
        .await
    }

    /// Wants the last pass of every user of a batch that is in one of these states and has no later time of its own; of those
    /// at work too, after what they do now.
    pub async fn make_last_pass_due(
        &self,
        batch: i64,
        statuses: &[&'static str],
        now: i64,
    ) -> Result<(), StoreError> {
        const MINE: &str = "(complete_after IS NULL OR complete_after <= $2)";
        let mut tx = self.begin().await?;
        sqlx::query(sqlx::AssertSqlSafe(format!(
            "UPDATE users SET completing = 1 WHERE batch_id = $1 AND {MINE} \
             AND status IN ('Starting', 'Validating', 'Syncing', 'IncrementalSyncing')"
        )))
        .bind(batch)
        .bind(now)
        .execute(&mut *tx)
        .await?;
        let places: Vec<String> = (0..statuses.len())
            .map(|place| format!("${}", place + 3))
            .collect();
        let sql = format!(
            "UPDATE users SET {KEEP_TIME}, {DUE}, completing = 1, triggered = 'Complete' \
             WHERE batch_id = $1 AND {MINE} AND status IN ({})",
            places.join(", ")
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(batch).bind(now);
        for status in statuses {
            query = query.bind(*status);
        }
        query.execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Wants the last pass of every synced user of a batch whose own time for it has come. Gives how many.
    pub async fn complete_due(&self, batch: i64, now: i64) -> Result<u64, StoreError> {
        let done = sqlx::query(sqlx::AssertSqlSafe(format!(
            "UPDATE users SET {KEEP_TIME}, {DUE}, completing = 1, triggered = 'Complete' \
             WHERE batch_id = $1 AND complete_after <= $2 AND status = 'Synced' AND completing = 0"
        )))
        .bind(batch)
        .bind(now)
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected())
    }

    /// When the next synced user of a batch has its own time for the last pass.
    pub async fn next_completion(&self, batch: i64) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT MIN(complete_after) FROM users WHERE batch_id = $1 AND complete_after IS NOT NULL \
             AND status = 'Synced' AND completing = 0",
        )
        .bind(batch)
        .fetch_one(&self.reader)
        .await?)
    }

    /// Gives an order to one user that nobody works on.
    pub async fn order_user(&self, id: i64, order: UserOrder, now: i64) -> Result<(), StoreError> {
        let set = match order {
            UserOrder::Start => format!("{DUE}, triggered = 'Start'"),
            UserOrder::Stop => NOT_DUE.to_owned(),
            UserOrder::Complete => format!("{DUE}, completing = 1, triggered = 'Complete'"),
        };
        sqlx::query(sqlx::AssertSqlSafe(format!(
            "UPDATE users SET {KEEP_TIME}, {set} WHERE id = $1"
        )))
        .bind(id)
        .bind(now)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Asks for the end of a user's run. False when nobody works on the user any more.
    pub async fn stop_user(&self, id: i64, now: i64) -> Result<bool, StoreError> {
        let done = sqlx::query(sqlx::AssertSqlSafe(format!(
            "UPDATE users SET {KEEP_TIME}, status = 'Stopping', triggered = 'Stop' WHERE id = $1 \
             AND status IN ('Starting', 'Validating', 'Syncing', 'IncrementalSyncing', 'Completing')"
        )))
        .bind(id)
        .bind(now)
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Users of a batch whose run is to end.
    pub async fn stopping_users(&self, batch: i64) -> Result<Vec<i64>, StoreError> {
        Ok(
            sqlx::query_scalar("SELECT id FROM users WHERE batch_id = $1 AND status = 'Stopping'")
                .bind(batch)
                .fetch_all(&self.reader)
                .await?,
        )
    }

    /// Keeps the own times and limits of a user.
    pub async fn change_user_settings(&self, user: &UserRecord) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE users SET start_after = $2, complete_after = $3, bad_item_limit = $4, large_item_limit = $5 \
             WHERE id = $1",
        )
        .bind(user.id)
        .bind(user.start_after)
        .bind(user.complete_after)
        .bind(user.bad_item_limit.map(stored))
        .bind(user.large_item_limit.map(stored))
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Removes a user with its journal and report, and the user's row from the count of the batch.
    pub async fn remove_user(&self, user: &UserRecord) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM users WHERE id = $1")
            .bind(user.id)
            .execute(&mut *tx)
            .await?;
        sqlx::query("UPDATE batches SET total_rows = MAX(0, total_rows - 1) WHERE id = $1")
            .bind(user.batch)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Stops every user of a batch that waits for its run. Those at work are not touched. Gives how many.
    pub async fn stop_waiting(&self, batch: i64, now: i64) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let done = sqlx::query(sqlx::AssertSqlSafe(format!(
            "UPDATE users SET {KEEP_TIME}, {NOT_DUE} \
             WHERE batch_id = $1 AND (status = 'Queued' OR (status = 'Synced' AND due = 1))"
        )))
        .bind(batch)
        .bind(now)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected())
    }

    /// After a crash nobody is at work: those that were get their run again, those that were stopping have stopped.
    pub async fn recover_users(&self, now: i64) -> Result<u64, StoreError> {
        let again = self
            .turn(
                "due = 1, due_at = NULL, status = CASE WHEN initial_done = 1 THEN 'Synced' ELSE 'Queued' END",
                None,
                &[
                    "Starting",
                    "Validating",
                    "Syncing",
                    "IncrementalSyncing",
                    "Completing",
                ],
                now,
            )
            .await?;
        let stopped = self
            .turn(
                "due = 0, due_at = NULL, status = CASE WHEN initial_done = 1 THEN 'IncrementalStopped' ELSE 'Stopped' END",
                None,
                &["Stopping"],
                now,
            )
            .await?;
        Ok(again + stopped)
    }

    async fn turn(
        &self,
        set: &str,
        batch: Option<i64>,
        statuses: &[&'static str],
        now: i64,
    ) -> Result<u64, StoreError> {
        let places: Vec<String> = (0..statuses.len())
            .map(|place| format!("${}", place + 3))
            .collect();
        let sql = format!(
            "UPDATE users SET {KEEP_TIME}, {set} WHERE ($1 IS NULL OR batch_id = $1) AND status IN ({})",
            places.join(", ")
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(batch).bind(now);
        for status in statuses {
            query = query.bind(*status);
        }
        Ok(query.execute(&self.writer).await?.rows_affected())
    }
}

/// Writes the users of a new batch inside its transaction.
pub(super) async fn insert(
    tx: &mut sqlx::SqliteConnection,
    batch: i64,
    at: i64,
    users: &[NewUser],
) -> Result<(), StoreError> {
    for rows in users.chunks(1000) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO users (guid, batch_id, row, address, address_key, user_name, user_root, password, \
             target_user_name, target_password, status, due, created_at, since_at) ",
        );
        query.push_values(rows, |mut values, user| {
            values
                .push_bind(user.guid.to_string())
                .push_bind(batch)
                .push_bind(user.row)
                .push_bind(&user.address)
                .push_bind(key(&user.address))
                .push_bind(&user.user_name)
                .push_bind(&user.user_root)
                .push_bind(&user.password)
                .push_bind(&user.target_user_name)
                .push_bind(&user.target_password)
                .push_bind("Queued")
                .push_bind(false)
                .push_bind(at)
                .push_bind(at);
        });
        query.build().execute(&mut *tx).await?;
    }
    Ok(())
}

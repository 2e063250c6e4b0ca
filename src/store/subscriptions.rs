//! Subscription records and their reports.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite};
use uuid::Uuid;

use super::row::{Columns, int, key, taken};
use super::{Store, StoreError};

/// So many lines of a report are kept.
const ENTRIES: i64 = 200;

/// A subscription as stored. Enum values are kept by name; times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionRecord {
    /// Row id; 0 before it is stored.
    pub id: i64,
    /// Unique id.
    pub guid: Uuid,
    /// The mailbox it fills.
    pub mailbox: i64,
    /// The address of that mailbox. Read only.
    pub mailbox_address: String,
    /// What the server speaks.
    pub kind: String,
    /// Name, unique within the mailbox.
    pub name: String,
    /// Friendly name.
    pub display_name: String,
    /// The address of the mailbox at the server.
    pub email_address: String,
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Encryption.
    pub security: String,
    /// Sign-in method.
    pub authentication: String,
    /// Sign-in name.
    pub user_name: String,
    /// Sealed password.
    pub password: Vec<u8>,
    /// Whether the server keeps what was fetched.
    pub leave_on_server: bool,
    /// Whether it is polled.
    pub enabled: bool,
    /// How it is.
    pub status: String,
    /// Why, by name.
    pub detail: String,
    /// Why, in words.
    pub message: String,
    /// Runs that failed in a row.
    pub attempts: u32,
    /// When it is next; `None` = not by itself.
    pub due_at: Option<i64>,
    /// Messages brought so far.
    pub items: u64,
    /// Their bytes.
    pub bytes: u64,
    /// When made.
    pub created_at: i64,
    /// When changed last.
    pub modified_at: i64,
    /// When it last ran.
    pub synced_at: Option<i64>,
    /// When it last ran well.
    pub succeeded_at: Option<i64>,
}

/// How a run ended.
#[derive(Clone, Debug)]
pub struct SubscriptionEnd {
    /// The subscription.
    pub id: i64,
    /// When it was due before the run. When that changed meanwhile, somebody wants it again.
    pub was_due: Option<i64>,
    /// How it is now.
    pub status: &'static str,
    /// Why, by name.
    pub detail: &'static str,
    /// Why, in words.
    pub message: String,
    /// Runs that failed in a row.
    pub attempts: u32,
    /// When it is next.
    pub due_at: Option<i64>,
    /// When it ended.
    pub at: i64,
    /// Whether it ran well.
    pub is_success: bool,
}

/// Which subscriptions to give.
#[derive(Clone, Debug, Default)]
pub struct SubscriptionQuery {
    /// Only of this mailbox.
    pub mailbox: Option<i64>,
    /// Only that name or GUID.
    pub identity: Option<String>,
    /// Only this kind.
    pub kind: Option<&'static str>,
    /// At most so many.
    pub limit: Option<u32>,
}

const COLUMNS: &str = "SELECT subscriptions.*, mailboxes.address AS mailbox_address FROM subscriptions \
                       JOIN mailboxes ON mailboxes.id = subscriptions.mailbox_id";

fn read(row: &SqliteRow) -> Result<SubscriptionRecord, StoreError> {
    Ok(SubscriptionRecord {
        id: row.int("id")?,
        guid: row.guid("guid")?,
        mailbox: row.int("mailbox_id")?,
        mailbox_address: row.text("mailbox_address")?,
        kind: row.text("kind")?,
        name: row.text("name")?,
        display_name: row.text("display_name")?,
        email_address: row.text("email_address")?,
        host: row.text("host")?,
        port: u16::try_from(row.int("port")?).unwrap_or(0),
        security: row.text("security")?,
        authentication: row.text("authentication")?,
        user_name: row.text("user_name")?,
        password: row.blob("password")?,
        leave_on_server: row.flag("leave_on_server")?,
        enabled: row.flag("enabled")?,
        status: row.text("status")?,
        detail: row.text("detail")?,
        message: row.text("message")?,
        attempts: row.small("attempts")?,
        due_at: row.maybe_int("due_at")?,
        items: row.count("items")?,
        bytes: row.count("bytes")?,
        created_at: row.int("created_at")?,
        modified_at: row.int("modified_at")?,
        synced_at: row.maybe_int("synced_at")?,
        succeeded_at: row.maybe_int("succeeded_at")?,
    })
}

impl Store {
    /// Keeps a new subscription; gives it its row id.
    pub async fn add_subscription(&self, new: &mut SubscriptionRecord) -> Result<(), StoreError> {
        new.id = sqlx::query_scalar(
            "INSERT INTO subscriptions (guid, mailbox_id, kind, name, name_key, display_name, email_address, host, port, \
             security, authentication, user_name, password, leave_on_server, enabled, status, detail, message, due_at, \
             created_at, modified_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) \
             RETURNING id",
        )
        .bind(new.guid.to_string())
        .bind(new.mailbox)
        .bind(&new.kind)
        .bind(&new.name)
        .bind(key(&new.name))
        .bind(&new.display_name)
        .bind(&new.email_address)
        .bind(&new.host)
        .bind(new.port)
        .bind(&new.security)
        .bind(&new.authentication)
        .bind(&new.user_name)
        .bind(&new.password)
        .bind(new.leave_on_server)
        .bind(new.enabled)
        .bind(&new.status)
        .bind(&new.detail)
        .bind(&new.message)
        .bind(new.due_at)
        .bind(new.created_at)
        .bind(new.modified_at)
        .fetch_one(&self.writer)
        .await
        .map_err(taken("subscription name"))?;
        Ok(())
    }

    /// Changes what a command may change of a subscription.
    pub async fn change_subscription(&self, one: &SubscriptionRecord) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE subscriptions SET display_name = $2, email_address = $3, host = $4, port = $5, security = $6, \
             authentication = $7, user_name = $8, password = $9, leave_on_server = $10, enabled = $11, status = $12, \
             detail = $13, message = $14, attempts = $15, due_at = $16, modified_at = $17 WHERE id = $1",
        )
        .bind(one.id)
        .bind(&one.display_name)
        .bind(&one.email_address)
        .bind(&one.host)
        .bind(one.port)
        .bind(&one.security)
        .bind(&one.authentication)
        .bind(&one.user_name)
        .bind(&one.password)
        .bind(one.leave_on_server)
        .bind(one.enabled)
        .bind(&one.status)
        .bind(&one.detail)
        .bind(&one.message)
        .bind(one.attempts)
        .bind(one.due_at)
        .bind(one.modified_at)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Subscriptions, by name and then by mailbox.
    pub async fn subscriptions(
        &self,
        query: &SubscriptionQuery,
    ) -> Result<Vec<SubscriptionRecord>, StoreError> {
        let mut sql = QueryBuilder::<Sqlite>::new(COLUMNS);
        sql.push(" WHERE 1 = 1");
        if let Some(mailbox) = query.mailbox {
            sql.push(" AND mailbox_id = ").push_bind(mailbox);
        }
        if let Some(identity) = &query.identity {
            let identity = key(identity);
            sql.push(" AND (subscriptions.name_key = ")
                .push_bind(identity.clone());
            sql.push(" OR subscriptions.guid = ")
                .push_bind(identity)
                .push(")");
        }
        if let Some(kind) = query.kind {
            sql.push(" AND kind = ").push_bind(kind);
        }
        sql.push(" ORDER BY subscriptions.name_key, mailbox_id LIMIT ");
        sql.push_bind(query.limit.map_or(-1, i64::from));
        let rows = sql.build().fetch_all(&self.reader).await?;
        rows.iter().map(read).collect()
    }

    /// The subscription with that row id.
    pub async fn subscription(&self, id: i64) -> Result<Option<SubscriptionRecord>, StoreError> {
        let mut sql = QueryBuilder::<Sqlite>::new(COLUMNS);
        sql.push(" WHERE subscriptions.id = ").push_bind(id);
        let row = sql.build().fetch_optional(&self.reader).await?;
        row.as_ref().map(read).transpose()
    }

    /// Removes a subscription. What was brought stays, and so does the memory of it.
    pub async fn remove_subscription(&self, id: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM subscriptions WHERE id = $1")
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Those that are due, longest waiting first, without those at work and those of hosts that are full: (id, host, due).
    pub async fn due_subscriptions(
        &self,
        now: i64,
        at_work: &[i64],
        full: &[String],
        limit: u32,
    ) -> Result<Vec<(i64, String, i64)>, StoreError> {
        let mut sql = QueryBuilder::<Sqlite>::new(
            "SELECT id, host, due_at FROM subscriptions WHERE enabled = 1 AND due_at <= ",
        );
        sql.push_bind(now).push(" AND id NOT IN (");
        let mut ids = sql.separated(", ");
        ids.push("0");
        for id in at_work {
            ids.push_bind(*id);
        }
        sql.push(") AND lower(host) NOT IN (");
        let mut hosts = sql.separated(", ");
        hosts.push("''");
        for host in full {
            hosts.push_bind(host.clone());
        }
        sql.push(") ORDER BY due_at, id LIMIT ").push_bind(limit);
        let rows = sql.build().fetch_all(&self.reader).await?;
        let read = |row: &SqliteRow| Ok((row.int("id")?, row.text("host")?, row.int("due_at")?));
        rows.iter().map(read).collect()
    }

    /// When the next of them is due after `now`.
    pub async fn next_subscription(&self, now: i64) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT MIN(due_at) FROM subscriptions WHERE enabled = 1 AND due_at > $1",
        )
        .bind(now)
        .fetch_one(&self.reader)
        .await?)
    }

    /// Whether there is anything to poll.
    pub async fn has_subscriptions(&self) -> Result<bool, StoreError> {
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT id FROM subscriptions WHERE enabled = 1 AND due_at IS NOT NULL LIMIT 1",
        )
        .fetch_optional(&self.reader)
        .await?;
        Ok(found.is_some())
    }

    /// Says that a subscription is at work, with the time it was due.
    pub async fn subscription_at_work(&self, id: i64, status: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE subscriptions SET status = $2 WHERE id = $1")
            .bind(id)
            .bind(status)
            .execute(&self.relaxed)
            .await?;
        Ok(())
    }

    /// Keeps how a run ended. Somebody who changed the subscription meanwhile has the last word on when it is next.
    pub async fn end_subscription(&self, end: &SubscriptionEnd) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE subscriptions SET status = $2, detail = $3, message = $4, attempts = $5, \
             due_at = CASE WHEN due_at IS $6 THEN $7 ELSE due_at END, synced_at = $8, \
             succeeded_at = CASE WHEN $9 THEN $8 ELSE succeeded_at END WHERE id = $1 AND enabled = 1",
        )
        .bind(end.id)
        .bind(end.status)
        .bind(end.detail)
        .bind(&end.message)
        .bind(end.attempts)
        .bind(end.was_due)
        .bind(end.due_at)
        .bind(end.at)
        .bind(end.is_success)
        .execute(&self.relaxed)
        .await?;
        Ok(())
    }

    /// Counts messages that a subscription brought.
    pub async fn count_brought(&self, id: i64, items: u64, bytes: u64) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE subscriptions SET items = items + $2, bytes = bytes + $3 WHERE id = $1",
        )
        .bind(id)
        .bind(int(items))
        .bind(int(bytes))
        .execute(&self.relaxed)
        .await?;
        Ok(())
    }

    /// Adds a line to the report of a subscription that is still there, and lets go of the oldest.
    pub async fn add_subscription_entry(
        &self,
        id: i64,
        at: i64,
        message: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin_relaxed().await?;
        sqlx::query(
            "INSERT INTO subscription_entries (subscription_id, at, message) \
             SELECT id, $2, $3 FROM subscriptions WHERE id = $1",
        )
        .bind(id)
        .bind(at)
        .bind(message)
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "DELETE FROM subscription_entries WHERE subscription_id = $1 AND id <= \
             (SELECT id FROM subscription_entries WHERE subscription_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
        )
        .bind(id)
        .bind(ENTRIES)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The report of a subscription, oldest line first: (when, what).
    pub async fn subscription_entries(&self, id: i64) -> Result<Vec<(i64, String)>, StoreError> {
        let rows = sqlx::query(
            "SELECT at, message FROM subscription_entries WHERE subscription_id = $1 ORDER BY id",
        )
        .bind(id)
        .fetch_all(&self.reader)
        .await?;
        rows.iter()
            .map(|row| Ok((row.int("at")?, row.text("message")?)))
            .collect()
    }

    /// Subscription names that begin with `prefix`, each once, at most `limit`.
    pub async fn subscription_names(
        &self,
        prefix: &str,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT MIN(name) FROM subscriptions WHERE substr(name_key, 1, length($1)) = $1 \
             GROUP BY name_key ORDER BY name_key LIMIT $2",
        )
        .bind(key(prefix))
        .bind(limit)
        .fetch_all(&self.reader)
        .await?)
    }
}

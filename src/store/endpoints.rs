//! Endpoint records.

use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::row::{Columns, key, taken};
use super::{Store, StoreError};

/// An endpoint as stored. Enum values are kept by name; times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointRecord {
    /// Row id; 0 before it is stored.
    pub id: i64,
    /// Unique id.
    pub guid: Uuid,
    /// Name.
    pub name: String,
    /// What it speaks.
    pub kind: String,
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Encryption.
    pub security: String,
    /// Sign-in method.
    pub authentication: String,
    /// Take certificates that do not verify.
    pub accept_untrusted: bool,
    /// Mailboxes at once; `None` = unlimited.
    pub max_migrations: Option<u32>,
    /// Incremental syncs at once; `None` = unlimited.
    pub max_incrementals: Option<u32>,
    /// Who opens every mailbox of the server: name and sealed password.
    pub admin: Option<(String, Vec<u8>)>,
    /// How the administrator names the mailbox to open.
    pub admin_form: String,
    /// When made.
    pub created_at: i64,
    /// When changed last.
    pub modified_at: i64,
}

fn read(row: &SqliteRow) -> Result<EndpointRecord, StoreError> {
    Ok(EndpointRecord {
        id: row.int("id")?,
        guid: row.guid("guid")?,
        name: row.text("name")?,
        kind: row.text("kind")?,
        host: row.text("host")?,
        port: u16::try_from(row.int("port")?).unwrap_or(0),
        security: row.text("security")?,
        authentication: row.text("authentication")?,
        accept_untrusted: row.flag("accept_untrusted")?,
        max_migrations: row.maybe_small("max_migrations")?,
        max_incrementals: row.maybe_small("max_incrementals")?,
        admin: row
            .maybe_text("admin_name")?
            .zip(row.maybe_blob("admin_password")?),
        admin_form: row.text("admin_form")?,
        created_at: row.int("created_at")?,
        modified_at: row.int("modified_at")?,
    })
}

impl Store {
    /// Keeps a new endpoint; gives it its row id.
    pub async fn add_endpoint(&self, endpoint: &mut EndpointRecord) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        endpoint.id = sqlx::query_scalar(
            "INSERT INTO endpoints (guid, name, name_key, kind, host, port, security, authentication, accept_untrusted, \
             max_migrations, max_incrementals, created_at, modified_at, admin_name, admin_password, admin_form) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id",
        )
        .bind(endpoint.guid.to_string())
        .bind(&endpoint.name)
        .bind(key(&endpoint.name))
        .bind(&endpoint.kind)
        .bind(&endpoint.host)
        .bind(endpoint.port)
        .bind(&endpoint.security)
        .bind(&endpoint.authentication)
        .bind(endpoint.accept_untrusted)
        .bind(endpoint.max_migrations)
        .bind(endpoint.max_incrementals)
        .bind(endpoint.created_at)
        .bind(endpoint.modified_at)
        .bind(endpoint.admin.as_ref().map(|(name, _)| name))
        .bind(endpoint.admin.as_ref().map(|(_, password)| password))
        .bind(&endpoint.admin_form)
        .fetch_one(&mut *tx)
        .await
        .map_err(taken("endpoint name"))?;
        tx.commit().await?;
        Ok(())
    }

    /// Changes the settings of an endpoint.
    pub async fn change_endpoint(&self, endpoint: &EndpointRecord) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE endpoints SET host = $2, port = $3, security = $4, authentication = $5, accept_untrusted = $6, \
             max_migrations = $7, max_incrementals = $8, modified_at = $9, admin_name = $10, admin_password = $11, \
             admin_form = $12 WHERE id = $1",
        )
        .bind(endpoint.id)
        .bind(&endpoint.host)
        .bind(endpoint.port)
        .bind(&endpoint.security)
        .bind(&endpoint.authentication)
        .bind(endpoint.accept_untrusted)
        .bind(endpoint.max_migrations)
        .bind(endpoint.max_incrementals)
        .bind(endpoint.modified_at)
        .bind(endpoint.admin.as_ref().map(|(name, _)| name))
        .bind(endpoint.admin.as_ref().map(|(_, password)| password))
        .bind(&endpoint.admin_form)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// All endpoints, by name.
    pub async fn endpoints(&self) -> Result<Vec<EndpointRecord>, StoreError> {
        let rows = sqlx::query("SELECT * FROM endpoints ORDER BY name_key")
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(read).collect()
    }

    /// The endpoint of that name or GUID.
    pub async fn endpoint(&self, identity: &str) -> Result<Option<EndpointRecord>, StoreError> {
        let row = sqlx::query("SELECT * FROM endpoints WHERE name_key = $1 OR guid = $1")
            .bind(key(identity))
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The endpoint with that row id.
    pub async fn endpoint_by_id(&self, id: i64) -> Result<Option<EndpointRecord>, StoreError> {
        let row = sqlx::query("SELECT * FROM endpoints WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The names of the batches that use an endpoint.
    pub async fn endpoint_users(&self, id: i64) -> Result<Vec<String>, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT name FROM batches WHERE endpoint_id = $1 OR target_endpoint_id = $1 ORDER BY id",
        )
        .bind(id)
        .fetch_all(&self.reader)
        .await?)
    }

    /// How many users of an endpoint are at work: (first copies, incremental syncs).
    pub async fn endpoint_load(&self, id: i64) -> Result<(u32, u32), StoreError> {
        let row = sqlx::query(
            "SELECT COALESCE(SUM(initial_done = 0), 0) AS first, COALESCE(SUM(initial_done = 1), 0) AS later \
             FROM batches JOIN users ON users.batch_id = batches.id \
             WHERE (batches.endpoint_id = $1 OR batches.target_endpoint_id = $1) AND users.status IN ('Starting', 'Validating', 'Syncing', 'IncrementalSyncing', 'Completing', 'Stopping')",
        )
        .bind(id)
        .fetch_one(&self.reader)
        .await?;
        Ok((row.small("first")?, row.small("later")?))
    }

    /// Removes an endpoint that no batch uses.
    pub async fn remove_endpoint(&self, id: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM endpoints WHERE id = $1")
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Endpoint names that begin with `prefix`, at most `limit`.
    pub async fn endpoint_names(
        &self,
        prefix: &str,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT name FROM endpoints WHERE substr(name_key, 1, length($1)) = $1 ORDER BY name_key LIMIT $2",
        )
        .bind(key(prefix))
        .bind(limit)
        .fetch_all(&self.reader)
        .await?)
    }
}

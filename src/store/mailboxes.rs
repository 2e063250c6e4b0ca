//! Mailbox records of the embedded mail store.

use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::row::{Columns, key, taken};
use super::{Store, StoreError};

/// A mailbox as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxRecord {
    /// Row id; 0 before it is stored.
    pub id: i64,
    /// Unique id.
    pub guid: Uuid,
    /// Name.
    pub name: String,
    /// Mail nickname.
    pub alias: String,
    /// Friendly name.
    pub display_name: String,
    /// Given name.
    pub first_name: String,
    /// Surname.
    pub last_name: String,
    /// Address.
    pub address: String,
    /// Sign-in name.
    pub upn: String,
    /// Sealed password.
    pub password: Option<Vec<u8>>,
    /// When made.
    pub created_at: i64,
}

fn read(row: &SqliteRow) -> Result<MailboxRecord, StoreError> {
    Ok(MailboxRecord {
        id: row.int("id")?,
        guid: row.guid("guid")?,
        name: row.text("name")?,
        alias: row.text("alias")?,
        display_name: row.text("display_name")?,
        first_name: row.text("first_name")?,
        last_name: row.text("last_name")?,
        address: row.text("address")?,
        upn: row.text("upn")?,
        password: row.maybe_blob("password")?,
        created_at: row.int("created_at")?,
    })
}

impl Store {
    /// Keeps a new mailbox; gives it its row id.
    pub async fn add_mailbox(&self, mailbox: &mut MailboxRecord) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        mailbox.id = sqlx::query_scalar(
            "INSERT INTO mailboxes (guid, name, name_key, alias, alias_key, display_name, first_name, last_name, address, \
             address_key, upn, upn_key, password, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id",
        )
        .bind(mailbox.guid.to_string())
        .bind(&mailbox.name)
        .bind(key(&mailbox.name))
        .bind(&mailbox.alias)
        .bind(key(&mailbox.alias))
        .bind(&mailbox.display_name)
        .bind(&mailbox.first_name)
        .bind(&mailbox.last_name)
        .bind(&mailbox.address)
        .bind(key(&mailbox.address))
        .bind(&mailbox.upn)
        .bind(key(&mailbox.upn))
        .bind(&mailbox.password)
        .bind(mailbox.created_at)
        .fetch_one(&mut *tx)
        .await
        .map_err(taken("mailbox name or address"))?;
        tx.commit().await?;
        Ok(())
    }

    /// All mailboxes, by name; at most `limit`.
    pub async fn mailboxes(&self, limit: Option<u32>) -> Result<Vec<MailboxRecord>, StoreError> {
        let rows = sqlx::query("SELECT * FROM mailboxes ORDER BY name_key LIMIT $1")
            .bind(limit.map_or(-1, i64::from))
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(read).collect()
    }

    /// The mailboxes that a name, alias, address, sign-in name, display name, GUID or `domain\alias` stands for.
    pub async fn mailboxes_of(&self, identity: &str) -> Result<Vec<MailboxRecord>, StoreError> {
        let (domain, alias) = identity.split_once('\\').unwrap_or_default();
        let rows = sqlx::query(
            "SELECT * FROM mailboxes WHERE address_key = $1 OR upn_key = $1 OR guid = $1 OR name_key = $1 \
             OR alias_key = $1 OR display_name = $2 \
             OR ($3 <> '' AND alias_key = $4 AND substr(address_key, -length($3) - 1) = '@' || $3) ORDER BY name_key",
        )
        .bind(key(identity))
        .bind(identity)
        .bind(key(domain))
        .bind(key(alias))
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(read).collect()
    }

    /// The mailbox of that address.
    pub async fn mailbox_at(&self, address: &str) -> Result<Option<MailboxRecord>, StoreError> {
        let row = sqlx::query("SELECT * FROM mailboxes WHERE address_key = $1")
            .bind(key(address))
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Removes a mailbox record.
    pub async fn remove_mailbox(&self, id: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM mailboxes WHERE id = $1")
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Mailbox addresses that begin with `prefix`, at most `limit`.
    pub async fn mailbox_names(&self, prefix: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT address FROM mailboxes WHERE substr(address_key, 1, length($1)) = $1 ORDER BY address_key LIMIT $2",
        )
        .bind(key(prefix))
        .bind(limit)
        .fetch_all(&self.reader)
        .await?)
    }
}

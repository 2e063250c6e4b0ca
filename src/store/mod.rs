//! What survives a restart: schema, records, sync journal, sealed secrets. Knows no protocol.
//!
//! SQLite behind sqlx. Every statement is portable SQL with `$n` parameters, so that PostgreSQL needs another schema text and
//! another `open`, not other records. One connection writes what must be on disk when its commit returns
//! (`synchronous=FULL`): commands and the journal. Another writes what may be lost with the power, because it is found out again:
//! states of users, reports. The write-ahead log keeps their order, so what survives is always a state that was once true.

mod batches;
mod endpoints;
mod error;
mod flags;
mod folders;
mod home;
mod items;
mod journal;
mod lock;
mod mailboxes;
mod maildrops;
mod removal;
mod repair;
mod reports;
mod row;
mod schema;
mod secrets;
mod settings;
mod subscriptions;
mod users;

use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use sqlx::sqlite::{SqliteSynchronous, SqliteTransaction};

pub use batches::{BatchCounts, BatchRecord, RejectedRow, Wanted};
pub use endpoints::EndpointRecord;
pub use error::StoreError;
pub use folders::{FolderEnd, FolderRecord};
pub use home::Home;
pub(crate) use home::{make_folder, new_file};
pub use items::SkippedRecord;
pub use journal::{Found, FoundGroup, GroupDone, GroupIntent, Pairs};
pub use lock::HomeLock;
pub use mailboxes::MailboxRecord;
pub use maildrops::{DropMessage, DropState, Maildrop};
pub use reports::ReportRecord;
pub use secrets::{SealedFor, Secrets};
pub use subscriptions::{SubscriptionEnd, SubscriptionQuery, SubscriptionRecord};
pub use users::{NewUser, UserChange, UserOrder, UserQuery, UserRecord};

/// The open state of one home folder. Clones share it. The home stays locked until the last clone is gone.
#[derive(Clone)]
pub struct Store {
    reader: SqlitePool,
    writer: SqlitePool,
    relaxed: SqlitePool,
    secrets: Secrets,
    home: Home,
    _lock: std::sync::Arc<HomeLock>,
}

impl Store {
    /// Opens the state of a home folder, and makes folder and state when there are none.
    ///
    /// # Errors
    /// `Locked` when another process has it, `Foreign`, `Version` or `Damaged` when the database is not one this version can use.
    pub async fn open(home: Home) -> Result<Self, StoreError> {
        home.make()?;
        let lock = std::sync::Arc::new(HomeLock::take(&home)?);
        home.make_database()?;
        let options = SqliteConnectOptions::new()
            .filename(home.database())
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10));
        let one = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None);
        let writer = one.clone().connect_lazy_with(options.clone());
        let relaxed = one.connect_lazy_with(options.clone().synchronous(SqliteSynchronous::Normal));
        schema::prepare(&writer, &home).await?;
        let reader = SqlitePoolOptions::new()
            .max_connections(2)
            .connect_lazy_with(options);
        let secrets = Secrets::new(home.key());
        Ok(Self {
            reader,
            writer,
            relaxed,
            secrets,
            home,
            _lock: lock,
        })
    }

    /// The folder this state lives in.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Seals and opens what must not lie open.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Closes the database: everything is in the main file, the journal files are gone.
    pub async fn close(&self) {
        self.reader.close().await;
        self.relaxed.close().await;
        self.writer.close().await;
    }

    /// A transaction for what may be lost with the power.
    async fn begin_relaxed(&self) -> Result<SqliteTransaction<'static>, StoreError> {
        Ok(self.relaxed.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// A transaction that holds the write lock from its first moment and is on disk when its commit returns.
    async fn begin(&self) -> Result<SqliteTransaction<'static>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}

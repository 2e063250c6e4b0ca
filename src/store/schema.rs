//! The schema as numbered steps. A step that was ever released is never changed; a change is a new step.

use sha2::{Digest, Sha256};
use sqlx::sqlite::SqlitePool;
use sqlx::{AssertSqlSafe, Row};

use super::{Home, StoreError};

/// "Mltn": marks the file as ours in the database header (https://sqlite.org/pragma.html#pragma_application_id).
const APPLICATION_ID: i64 = 0x4d6c_746e;

/// The steps, in order; the version of a database is the number of steps it has.
const STEPS: &[&str] = &[
    include_str!("schema/step1.sql"),
    include_str!("schema/step2.sql"),
    include_str!("schema/step3.sql"),
    include_str!("schema/step4.sql"),
    include_str!("schema/step5.sql"),
];

/// Checks that the database is ours and of a version we know, and takes the steps it lacks.
pub(super) async fn prepare(writer: &SqlitePool, home: &Home) -> Result<(), StoreError> {
    let damaged = |error: sqlx::Error| damaged(home, error);
    let application = pragma(writer, "PRAGMA application_id")
        .await
        .map_err(damaged)?;
    let tables = pragma(writer, "SELECT COUNT(*) FROM sqlite_schema")
        .await
        .map_err(damaged)?;
    if application != APPLICATION_ID && (application != 0 || tables != 0) {
        return Err(StoreError::Foreign {
            path: home.database(),
            found: application,
        });
    }
    let found = if tables == 0 {
        0
    } else {
        checked_version(writer, home).await?
    };
    for (number, step) in STEPS.iter().enumerate().skip(found) {
        take(writer, number as i64 + 1, step).await?;
    }
    Ok(())
}

async fn pragma(pool: &SqlitePool, sql: &'static str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar(sql).fetch_one(pool).await
}

/// SQLITE_CORRUPT (11) and SQLITE_NOTADB (26) are damage; anything else is what it is.
fn damaged(home: &Home, error: sqlx::Error) -> StoreError {
    let code = error
        .as_database_error()
        .and_then(|database| database.code())
        .and_then(|code| code.parse::<i64>().ok());
    match code.map(|code| code & 0xff) {
        Some(11 | 26) => StoreError::Damaged {
            path: home.database(),
            reason: "it is not a readable SQLite database".into(),
        },
        _ => error.into(),
    }
}

/// The number of steps the database has, when each is one of ours.
async fn checked_version(writer: &SqlitePool, home: &Home) -> Result<usize, StoreError> {
    let rows = sqlx::query("SELECT number, checksum FROM schema_steps ORDER BY number")
        .fetch_all(writer)
        .await
        .map_err(|error| damaged(home, error))?;
    let version = |found: i64| StoreError::Version {
        path: home.database(),
        found,
        known: STEPS.len() as i64,
    };
    if rows.len() > STEPS.len() {
        return Err(version(rows.len() as i64));
    }
    for (row, step) in rows.iter().zip(STEPS) {
        let stored: String = row.try_get("checksum")?;
        if stored != checksum(step) {
            return Err(version(row.try_get("number")?));
        }
    }
    Ok(rows.len())
}

/// Takes one step and records it, in one transaction.
async fn take(writer: &SqlitePool, number: i64, step: &'static str) -> Result<(), StoreError> {
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::raw_sql(step).execute(&mut *tx).await?;
    let mark = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {number}");
    sqlx::raw_sql(AssertSqlSafe(mark)).execute(&mut *tx).await?;
    sqlx::query("INSERT INTO schema_steps (number, checksum) VALUES ($1, $2)")
        .bind(number)
        .bind(checksum(step))
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

fn checksum(step: &str) -> String {
    let digest = Sha256::digest(step.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Report lines of users and batches, bounded.

use super::row::Columns;
use super::{Store, StoreError};

/// Lines kept for a user or batch; older ones make room, the first twenty stay.
const KEPT: i64 = 1000;

/// One line of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRecord {
    /// When.
    pub at: i64,
    /// What.
    pub message: String,
}

impl Store {
    /// Adds a line to the report of a user, or of the batch when `user` is `None`.
    pub async fn add_report(
        &self,
        batch: i64,
        user: Option<i64>,
        at: i64,
        message: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin_relaxed().await?;
        sqlx::query(
            "INSERT INTO report_entries (batch_id, user_id, at, message) VALUES ($1, $2, $3, $4)",
        )
        .bind(batch)
        .bind(user)
        .bind(at)
        .bind(message)
        .execute(&mut *tx)
        .await?;
        if let Some(user) = user {
            sqlx::query(
                "DELETE FROM report_entries WHERE user_id = $1 AND id = \
                 (SELECT id FROM report_entries WHERE user_id = $1 ORDER BY id LIMIT 1 OFFSET 20) \
                 AND (SELECT COUNT(*) FROM report_entries WHERE user_id = $1) > $2",
            )
            .bind(user)
            .bind(KEPT)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The report of a user, oldest line first.
    pub async fn user_report(&self, user: i64) -> Result<Vec<ReportRecord>, StoreError> {
        self.report_lines(
            "SELECT at, message FROM report_entries WHERE user_id = $1 ORDER BY id",
            user,
        )
        .await
    }

    /// The report of a batch itself, oldest line first.
    pub async fn batch_report(&self, batch: i64) -> Result<Vec<ReportRecord>, StoreError> {
        self.report_lines(
            "SELECT at, message FROM report_entries WHERE batch_id = $1 AND user_id IS NULL ORDER BY id",
            batch,
        )
        .await
    }

    async fn report_lines(
        &self,
        sql: &'static str,
        id: i64,
    ) -> Result<Vec<ReportRecord>, StoreError> {
        let rows = sqlx::query(sql).bind(id).fetch_all(&self.reader).await?;
        rows.iter()
            .map(|row| {
                Ok(ReportRecord {
                    at: row.int("at")?,
                    message: row.text("message")?,
                })
            })
            .collect()
    }
}

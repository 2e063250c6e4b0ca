//! What is set for all batches: texts by name.

use super::row::Columns;
use super::{Store, StoreError};

impl Store {
    /// All settings: (name, value).
    pub async fn settings(&self) -> Result<Vec<(String, String)>, StoreError> {
        let rows = sqlx::query("SELECT name, value FROM settings ORDER BY name")
            .fetch_all(&self.reader)
            .await?;
        rows.iter()
            .map(|row| Ok((row.text("name")?, row.text("value")?)))
            .collect()
    }

    /// Keeps some settings, all or none; `None` forgets one.
    pub async fn set_settings(
        &self,
        settings: &[(&'static str, Option<String>)],
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        for (name, value) in settings {
            let query = match value {
                Some(value) => sqlx::query(
                    "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
                )
                .bind(name)
                .bind(value),
                None => sqlx::query("DELETE FROM settings WHERE name = $1").bind(name),
            };
            query.execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

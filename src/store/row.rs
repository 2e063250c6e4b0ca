//! Reading a row: the types the schema has, by column name.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::StoreError;

/// Column readers. A column that is missing or of another type is a fault of the database.
pub(super) trait Columns {
    fn int(&self, column: &'static str) -> Result<i64, StoreError>;
    fn maybe_int(&self, column: &'static str) -> Result<Option<i64>, StoreError>;
    fn text(&self, column: &'static str) -> Result<String, StoreError>;
    fn maybe_text(&self, column: &'static str) -> Result<Option<String>, StoreError>;
    fn blob(&self, column: &'static str) -> Result<Vec<u8>, StoreError>;
    fn maybe_blob(&self, column: &'static str) -> Result<Option<Vec<u8>>, StoreError>;

    fn flag(&self, column: &'static str) -> Result<bool, StoreError> {
        Ok(self.int(column)? != 0)
    }

    fn count(&self, column: &'static str) -> Result<u64, StoreError> {
        Ok(u64::try_from(self.int(column)?).unwrap_or(0))
    }

    fn small(&self, column: &'static str) -> Result<u32, StoreError> {
        Ok(u32::try_from(self.int(column)?).unwrap_or(0))
    }

    fn maybe_small(&self, column: &'static str) -> Result<Option<u32>, StoreError> {
        Ok(self
            .maybe_int(column)?
            .and_then(|number| u32::try_from(number).ok()))
    }

    fn guid(&self, column: &'static str) -> Result<Uuid, StoreError> {
        let text = self.text(column)?;
        Uuid::parse_str(&text)
            .map_err(|_| StoreError::Database(format!("column {column} holds no GUID")))
    }

    fn maybe_guid(&self, column: &'static str) -> Result<Option<Uuid>, StoreError> {
        let text = self.maybe_text(column)?;
        Ok(text.and_then(|text| Uuid::parse_str(&text).ok()))
    }

    fn list(&self, column: &'static str) -> Result<Vec<String>, StoreError> {
        let text = self.text(column)?;
        serde_json::from_str(&text)
            .map_err(|error| StoreError::Database(format!("column {column}: {error}")))
    }
}

impl Columns for SqliteRow {
    fn int(&self, column: &'static str) -> Result<i64, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn maybe_int(&self, column: &'static str) -> Result<Option<i64>, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn text(&self, column: &'static str) -> Result<String, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn maybe_text(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn blob(&self, column: &'static str) -> Result<Vec<u8>, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn maybe_blob(&self, column: &'static str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.try_get(column)?)
    }
}

/// The form that names and addresses are found by: without regard to case.
pub(super) fn key(text: &str) -> String {
    text.to_lowercase()
}

/// A list as the column text `Columns::list` reads.
pub(super) fn list_text(list: &[String]) -> String {
    serde_json::Value::from(list.to_vec()).to_string()
}

/// A number as the database keeps it; what does not fit is held at the end of the range.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Turns a broken UNIQUE rule into `Taken`.
pub(super) fn taken(what: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |error| match error.as_database_error() {
        Some(database) if database.is_unique_violation() => StoreError::Taken(what),
        _ => error.into(),
    }
}

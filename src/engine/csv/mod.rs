//! The CSV file of a batch: every rule of cmdlets.md §3.3, all errors in one pass, no value of a cell in any error.

mod decode;
mod rules;

use std::collections::HashMap;

use crate::mail::Secret;
use crate::store::RejectedRow;

use super::batch::RowWarning;
use super::error::{EngineError, ErrorId};

/// Rows a file may have under its header.
pub const MAX_ROWS: usize = 50_000;
/// Bytes a file may have.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// File-level faults told in full; the rest are counted.
const TOLD: usize = 20;

const REQUIRED: [&str; 3] = ["EmailAddress", "UserName", "Password"];
const USER_ROOT: &str = "UserRoot";
const TARGET_USER_NAME: &str = "TargetUserName";
const TARGET_PASSWORD: &str = "TargetPassword";
/// Columns that may be there.
const OPTIONAL: [&str; 3] = [USER_ROOT, TARGET_USER_NAME, TARGET_PASSWORD];

/// Who signs in at the target, from which follows what the rows must say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetSignIn {
    /// Nobody: the target is the embedded mail store, and the rows say nothing of a sign-in.
    Nobody,
    /// The endpoint's administrator, except where a row has a password.
    Administrator,
    /// Each user: every row has a password.
    EachUser,
}

/// A row that can be used.
#[derive(Clone)]
pub struct CsvUser {
    /// Row number; the first row under the header is 1.
    pub row: u32,
    /// Target address.
    pub address: String,
    /// Source login.
    pub user_name: String,
    /// Password for `user_name`.
    pub password: Secret,
    /// Where the user's mail lives in a shared tree; empty = the account's root.
    pub user_root: String,
    /// Login at the target server; empty = the address.
    pub target_user_name: String,
    /// Password of that login; `None` = the administrator's.
    pub target_password: Option<Secret>,
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvRejected {
    /// Row, address and reasons.
    pub warning: RowWarning,
    /// Login as written.
    pub user_name: String,
}

/// A file that can be used.
#[derive(Default)]
pub struct CsvFile {
    /// Rows under the header.
    pub total_rows: u32,
    /// Rows that can be used.
    pub users: Vec<CsvUser>,
    /// Rows that cannot.
    pub rejected: Vec<CsvRejected>,
}

impl CsvFile {
    /// The refused rows as they are kept.
    pub(super) fn rejected_rows(&self) -> Vec<RejectedRow> {
        let row = |row: &CsvRejected| RejectedRow {
            row: row.warning.row_index,
            address: row.warning.email_address.clone(),
            user_name: row.user_name.clone(),
            message: row.warning.message.clone(),
        };
        self.rejected.iter().map(row).collect()
    }
}

/// Reads a CSV file. `elsewhere` maps lower-case addresses that are in other batches to the name of the batch.
/// `sign_in` says what the rows must know of the target.
///
/// # Errors
/// `CsvFileInvalid` with every file-level fault.
pub fn read(
    bytes: &[u8],
    allow_unknown_columns: bool,
    elsewhere: &HashMap<String, String>,
    sign_in: TargetSignIn,
) -> Result<CsvFile, EngineError> {
    let text = decode::text(bytes).map_err(|fault| refused(&[fault]))?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let header = match records.next() {
        Some(Ok(header)) => header,
        Some(Err(error)) => {
            return Err(refused(&[format!("The CSV file cannot be read: {error}.")]));
        }
        None => return Err(refused(&["Upload file can't be empty.".into()])),
    };
    let mut faults = Vec::new();
    let columns = rules::columns(&header, allow_unknown_columns, sign_in, &mut faults);
    let mut file = CsvFile::default();
    let mut seen = HashMap::new();
    let mut wrong_width = 0usize;
    for record in records {
        file.total_rows += 1;
        let row = file.total_rows;
        let Ok(record) = record else {
            faults.push(format!("Row {row} cannot be read."));
            continue;
        };
        if record.len() != header.len() {
            wrong_width += 1;
            if wrong_width <= TOLD {
                faults.push(format!(
                    "Row {row} has the wrong number of columns. Expected number: {}. Actual number: {}.",
                    header.len(),
                    record.len()
                ));
            }
            continue;
        }
        if let Some(columns) = &columns {
            match rules::row(row, &record, columns, elsewhere, &mut seen) {
                Ok(user) => file.users.push(user),
                Err(rejected) => file.rejected.push(rejected),
            }
        }
        if file.total_rows as usize > MAX_ROWS {
            faults.push("The CSV file contains more than 50,000 rows.".into());
            break;
        }
    }
    if wrong_width > TOLD {
        faults.push(format!(
            "{} more rows have the wrong number of columns.",
            wrong_width - TOLD
        ));
    }
    if file.total_rows == 0 {
        faults.push("The CSV file has a header and no rows.".into());
    }
    if faults.is_empty() {
        Ok(file)
    } else {
        Err(refused(&faults))
    }
}

fn refused(faults: &[String]) -> EngineError {
    EngineError::new(
        ErrorId::CsvFileInvalid,
        "CSVData",
        faults.join(" "),
        "Correct the file and make the batch again: a header EmailAddress,UserName,Password (UserRoot optional), then one row per mailbox.",
    )
}

#[cfg(test)]
mod tests;

//! `MigrationErrors.csv`: the rows that could not be used, and why. Never a password.

use std::path::{Path, PathBuf};

use crate::store::{RejectedRow, StoreError, make_folder};

/// Writes the refused rows into `folder` and gives the path.
pub(crate) fn write_errors(folder: &Path, rows: &[RejectedRow]) -> Result<PathBuf, StoreError> {
    make_folder(folder)?;
    let path = folder.join("MigrationErrors.csv");
    let part = folder.join("MigrationErrors.csv.part");
    let write = || -> std::io::Result<()> {
        match std::fs::remove_file(&part) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut out = csv::Writer::from_writer(crate::store::new_file(&part)?);
        out.write_record(["RowIndex", "EmailAddress", "UserName", "ErrorMessage"])?;
        for row in rows {
            out.write_record([
                &row.row.to_string(),
                &plain(&row.address),
                &plain(&row.user_name),
                &plain(&row.message),
            ])?;
        }
        out.flush()?;
        std::fs::rename(&part, &path)
    };
    write().map_err(StoreError::io(&path, "written"))?;
    Ok(path)
}

/// A spreadsheet would run a cell that begins like a formula (CWE-1236): such a cell gets an apostrophe before it.
fn plain(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

//! Reports as CSV files: whole or not at all, readable by the owner alone.

use std::path::{Path, PathBuf};

use super::{ReportKind, mail};
use crate::engine::batch::BatchStatus;
use crate::engine::batch::assemble::known;
use crate::engine::batch::derive::Tally;
use crate::engine::handle::Shared;
use crate::store::{BatchRecord, RejectedRow, Store, StoreError, make_folder, new_file};

/// Rows read at once.
const PAGE: u32 = 1000;

/// A file that is being written.
struct CsvFile {
    path: PathBuf,
    part: PathBuf,
    out: csv::Writer<std::fs::File>,
}

impl CsvFile {
    fn begin(path: &Path, columns: &[&str]) -> Result<Self, StoreError> {
        let failed = StoreError::io(path, "written");
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let begin = || -> std::io::Result<csv::Writer<std::fs::File>> {
            match std::fs::remove_file(&part) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut out = csv::Writer::from_writer(new_file(&part)?);
            out.write_record(columns)?;
            Ok(out)
        };
        Ok(Self {
            out: begin().map_err(failed)?,
            path: path.to_owned(),
            part,
        })
    }

    fn row(&mut self, cells: &[String]) -> Result<(), StoreError> {
        let plain: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        self.out
            .write_record(plain)
            .map_err(std::io::Error::from)
            .map_err(StoreError::io(&self.path, "written"))
    }

    fn end(mut self) -> Result<(), StoreError> {
        self.out
            .flush()
            .and_then(|()| std::fs::rename(&self.part, &self.path))
            .map_err(StoreError::io(&self.path, "written"))
    }
}

/// Writes the refused rows of a new batch into its reports.
pub(in crate::engine) fn write_errors(
    folder: &Path,
    rows: &[RejectedRow],
) -> Result<PathBuf, StoreError> {
    make_folder(folder)?;
    let path = folder.join(ReportKind::Errors.file_name());
    let mut file = CsvFile::begin(&path, ReportKind::Errors.columns())?;
    for row in rows {
        file.row(&[
            row.row.to_string(),
            row.address.clone(),
            row.user_name.clone(),
            row.message.clone(),
        ])?;
    }
    file.end()?;
    Ok(path)
}

/// Writes a report; gives the number of its rows.
pub(super) async fn write(
    store: &Store,
    batch: &BatchRecord,
    kind: ReportKind,
    path: &Path,
) -> Result<u64, StoreError> {
    let mut file = CsvFile::begin(path, kind.columns())?;
    let mut start = 0;
    loop {
        let rows = kind.rows(store, batch, start, PAGE).await?;
        for row in &rows {
            file.row(row)?;
        }
        start += rows.len() as u32;
        if rows.len() < PAGE as usize {
            break;
        }
    }
    file.end()?;
    Ok(u64::from(start))
}

/// Writes the reports of a batch in this state, and leaves a status mail with them. A report without rows is not there.
pub(in crate::engine) async fn publish(
    shared: &Shared,
    store: &Store,
    batch: &BatchRecord,
    status: BatchStatus,
) -> Result<(), StoreError> {
    let folder = shared.home.reports(batch.guid);
    make_folder(&folder)?;
    for kind in ReportKind::ALL {
        let path = folder.join(kind.file_name());
        if write(store, batch, *kind, &path).await? == 0 {
            std::fs::remove_file(&path).map_err(StoreError::io(&path, "removed"))?;
        }
    }
    let users = known(&store.user_states(batch.id).await?);
    mail::leave(shared, batch, status, &Tally::of(&users), &folder)
}

/// A spreadsheet would run a cell that begins like a formula (CWE-1236): such a cell gets an apostrophe before it.
fn plain(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_error_file_is_private_and_runs_no_formula() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let row = RejectedRow {
            row: 1,
            address: "=cmd()@a".into(),
            user_name: "-u".into(),
            message: "EmailAddress isn't a valid SMTP address.".into(),
        };
        for _ in 0..2 {
            let rows = std::slice::from_ref(&row);
            let path = write_errors(&folder.path().join("reports"), rows).unwrap();
            let written = std::fs::read_to_string(&path).unwrap();
            assert!(written.contains("1,'=cmd()@a,'-u,"), "{written}");
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}

//! Reading and exporting reports.

use std::path::PathBuf;

use super::ReportKind;
use super::file::write;
use crate::engine::error::{EngineError, ErrorId};
use crate::engine::handle::Engine;
use crate::store::{BatchRecord, Store};

/// Which report is wanted.
#[derive(Clone, Debug)]
pub struct ReportRequest {
    /// Name or GUID of a batch, or the path of one of its reports as `BatchView::reports` gives it.
    pub identity: String,
    /// Which report of the batch; `None` = what the path says, else `Statistics`.
    pub kind: Option<ReportKind>,
}

/// Rows of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPage {
    /// The report.
    pub kind: ReportKind,
    /// The cells of each row, one for each of `kind.columns()`.
    pub rows: Vec<Vec<String>>,
}

impl Engine {
    /// At most `count` rows of a report, from row `start` on (0 is the first), as they are now.
    ///
    /// # Errors
    /// `BatchNotFound`.
    pub async fn read_report(
        &self,
        request: &ReportRequest,
        start: u32,
        count: u32,
    ) -> Result<ReportPage, EngineError> {
        let (store, batch, kind) = self.report(request).await?;
        let rows = kind.rows(store, &batch, start, count).await?;
        Ok(ReportPage { kind, rows })
    }

    /// Writes a report, as it is now, to a file that does not exist; gives the number of its rows.
    ///
    /// # Errors
    /// `BatchNotFound`; `InvalidArgument` when there is such a file, `StoragePermanent` when it cannot be written.
    pub async fn export_report(
        &self,
        request: &ReportRequest,
        path: PathBuf,
    ) -> Result<u64, EngineError> {
        let (store, batch, kind) = self.report(request).await?;
        if path.exists() {
            return Err(EngineError::new(
                ErrorId::InvalidArgument,
                path.display().to_string(),
                format!("The file \"{}\" exists already.", path.display()),
                "Choose another name, or remove the file first.",
            ));
        }
        Ok(write(store, &batch, kind, &path).await?)
    }

    async fn report(
        &self,
        request: &ReportRequest,
    ) -> Result<(&Store, BatchRecord, ReportKind), EngineError> {
        let of_path = self.of_path(&request.identity).await?;
        if let Some((store, batch, kind)) = of_path {
            return Ok((store, batch, request.kind.unwrap_or(kind)));
        }
        let (store, batch) = self.batch_record(&request.identity).await?;
        Ok((store, batch, request.kind.unwrap_or(ReportKind::Statistics)))
    }

    /// The batch and report that a path among the reports stands for.
    async fn of_path(
        &self,
        identity: &str,
    ) -> Result<Option<(&Store, BatchRecord, ReportKind)>, EngineError> {
        let path = std::path::Path::new(identity);
        let name = path.file_name().and_then(|name| name.to_str());
        let folder = path.parent().and_then(|folder| folder.file_name());
        let kind = ReportKind::ALL
            .iter()
            .find(|kind| name == Some(kind.file_name()));
        let (Some(kind), Some(folder)) = (kind, folder.and_then(|name| name.to_str())) else {
            return Ok(None);
        };
        let (store, batch) = self.batch_record(folder).await?;
        Ok(Some((store, batch, *kind)))
    }
}

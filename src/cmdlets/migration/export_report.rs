//! `Export-MigrationReport`.

use std::path::PathBuf;

use super::call::answer;
use super::errors::invalid_argument;
use crate::cmdlet;
use crate::engine::reports::{ReportKind, ReportPage, ReportRequest};
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::object::PsObject;
use crate::runtime::param::Validate;
use crate::runtime::{Cmdlet, Run, Value};

/// Type name of a row.
pub const TYPE: &str = "Microsoft.Exchange.Management.Migration.MigrationReportRow";
/// Rows asked for at once.
const PAGE: u32 = 1000;

cmdlet! {
    /// Gives a report of a batch: its rows as objects, or as a CSV file.
    ///
    /// The reports are Statistics (one row a mailbox), Errors (refused rows and failed mailboxes) and SkippedItems (what was not
    /// copied, and why). They are made from the state as it is now. When a batch comes to rest, its reports are also written as
    /// files, which its property Reports names.
    pub struct ExportMigrationReport("Export", "MigrationReport")
        .default_set("Paged")
        .should_process(Impact::Low)
        .outputs(&[TYPE])
        .class("Microsoft.Exchange.Management.Migration.ExportMigrationReport")
    {
        /// Name or GUID of the batch, or the path of a report as the Reports of a batch gives it.
        identity: String = param("Identity").position(0).by_value().by_property_name(),
        /// Which report: Statistics, Errors or SkippedItems.
        report: Option<ReportKind> = param("Type").default_text("Statistics"),
        /// The first row to give; 0 is the first of the report.
        starting_row_index: Option<i32> = param("StartingRowIndex").in_sets(&["Paged"]).validate(Validate::Range(0, i32::MAX as i64)).default_text("0"),
        /// How many rows to give.
        row_count: Option<i32> = param("RowCount").in_sets(&["Paged"]).validate(Validate::Range(0, i32::MAX as i64)).default_text("all"),
        /// A CSV file to write the report to. It must not exist.
        path: Option<String> = param("Path").in_sets(&["FileBased"]).mandatory_in(&["FileBased"]).validate(Validate::NotNullOrEmpty),
    }
    refused "CsvStream" => "there are no streams to write into; -Path names a file";
    refused "DomainController" => "there is no directory service here";
    refused "Partition" => "it belongs to Exchange's own service";
    example "Export-MigrationReport IMAPBatch1" => "Shows how each mailbox of a batch went.";
    example "Export-MigrationReport IMAPBatch1 -Type Errors -StartingRowIndex 0 -RowCount 20" => "Shows the first errors of a batch.";
    example "Export-MigrationReport IMAPBatch1 -Path statistics.csv" => "Writes how each mailbox went to a file.";
}

impl Cmdlet for ExportMigrationReport {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if !cx.should_process(&self.identity, "Export-MigrationReport")? {
            return Ok(());
        }
        let request = ReportRequest {
            identity: self.identity.clone(),
            kind: self.report,
        };
        match &self.path {
            Some(path) => write_file(request, path, cx),
            None => self.give_rows(&request, cx),
        }
    }
}

impl ExportMigrationReport {
    fn give_rows(&self, request: &ReportRequest, cx: &mut Cx<'_>) -> Run<()> {
        let number = |n: Option<i32>| n.and_then(|n| u32::try_from(n).ok());
        let mut start = number(self.starting_row_index).unwrap_or(0);
        let mut left = number(self.row_count).unwrap_or(u32::MAX);
        while left > 0 {
            let (count, request) = (left.min(PAGE), request.clone());
            let page = answer(cx, |engine| async move {
                engine.read_report(&request, start, count).await
            })?;
            let Some(page) = page else { return Ok(()) };
            for row in &page.rows {
                cx.write(object(&page, row))?;
            }
            let given = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
            if given < count {
                return Ok(());
            }
            start = start.saturating_add(given);
            left -= given;
        }
        Ok(())
    }
}

fn write_file(request: ReportRequest, path: &str, cx: &mut Cx<'_>) -> Run<()> {
    let place: PathBuf = cx.resolve_path(path);
    if place.parent().is_some_and(|folder| !folder.is_dir()) {
        let message = format!("The folder of \"{path}\" does not exist.");
        let advice = "Make it with New-Item -ItemType Directory, or choose another path.";
        return cx.error(invalid_argument(path, &message, advice));
    }
    answer(cx, |engine| async move {
        engine.export_report(&request, place).await
    })?;
    Ok(())
}

fn object(page: &ReportPage, row: &[String]) -> Value {
    let columns = page.kind.columns().iter().copied();
    let cells = row.iter().map(Value::str);
    PsObject::view(TYPE, columns.zip(cells).collect())
}

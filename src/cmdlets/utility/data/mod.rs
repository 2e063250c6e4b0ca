//! Data in files and texts: CSV, JSON, HTML, XML, settings, searching.

mod convert_from_csv;
mod convert_from_string_data;
mod convert_to_csv;
mod convert_to_html;
pub mod csv_read;
pub mod csv_write;
mod export_csv;
mod import_csv;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &convert_from_csv::ConvertFromCsv::META,
    &convert_from_string_data::ConvertFromStringData::META,
    &convert_to_csv::ConvertToCsv::META,
    &convert_to_html::ConvertToHtml::META,
    &export_csv::ExportCsv::META,
    &import_csv::ImportCsv::META,
];

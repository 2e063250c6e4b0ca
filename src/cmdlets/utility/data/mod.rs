//! Data in files and texts: CSV, JSON, HTML, XML, settings, searching.

pub mod clixml_read;
pub mod clixml_write;
mod convert_from_csv;
mod convert_from_json;
mod convert_from_string_data;
mod convert_to_csv;
mod convert_to_html;
mod convert_to_json;
pub mod csv_read;
pub mod csv_write;
mod export_clixml;
mod export_csv;
mod import_clixml;
mod import_csv;
pub mod iso_date;
pub mod json_write;
pub mod match_info;
mod select_string;
pub mod xml;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &convert_from_csv::ConvertFromCsv::META,
    &convert_from_json::ConvertFromJson::META,
    &convert_from_string_data::ConvertFromStringData::META,
    &convert_to_csv::ConvertToCsv::META,
    &convert_to_html::ConvertToHtml::META,
    &convert_to_json::ConvertToJson::META,
    &export_clixml::ExportClixml::META,
    &export_csv::ExportCsv::META,
    &import_clixml::ImportClixml::META,
    &import_csv::ImportCsv::META,
    &select_string::SelectString::META,
];

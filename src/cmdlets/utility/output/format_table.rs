use crate::format::expression::{Key, Property};
use crate::format::generate::{Generator, Look, Spec};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

use super::formatting::{ExpandMode, end_document, formatter, push_object};

formatter! {
    /// Shows objects as a table.
    ///
    /// Without -Property the default columns of the objects' type are shown, or their first ten properties. A column can be
    /// a table with the keys Name (or Label), Expression, FormatString, Width and Alignment.
    pub struct FormatTable("Table").aliases(&["ft"]).module("Microsoft.PowerShell.Utility") {
        /// Names (wildcards allowed), script blocks, or tables of Name, Expression, FormatString, Width and Alignment.
        property: Option<Vec<Value>> = param("Property").position(0).wildcards().completes("Property"),
        /// Makes columns as wide as their whole content.
        auto_size: bool = param("AutoSize"),
        /// Repeats the headers on each screen; this console scrolls, and so they stand once.
        repeat_header: bool = param("RepeatHeader"),
        /// Shows no headers.
        hide_table_headers: bool = param("HideTableHeaders"),
        /// Breaks long texts over several lines instead of cutting them.
        wrap: bool = param("Wrap"),
    }
    example "Get-ChildItem | Format-Table Name,Length -AutoSize" => "Shows two columns as wide as their content.";
    example "1..3 | ForEach-Object { [pscustomobject]@{N=$_} } | Format-Table N,@{n='Square';e={$_.N*$_.N};a='center'}" => "Shows a calculated column.";
}

impl FormatTable {
    fn spec(&self) -> Run<Spec> {
        Ok(Spec {
            look: Look::Table,
            properties: Property::parse_all(
                self.property.as_deref().unwrap_or_default(),
                Key::TABLE,
            )?,
            auto_size: self.auto_size,
            wrap: self.wrap,
            hide_headers: self.hide_table_headers,
            ..Spec::default()
        })
    }
}

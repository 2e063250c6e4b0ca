use crate::cmdlet;
use crate::format::expression::{Key, Property};
use crate::format::generate::{Generator, Look, Spec};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

use super::formatting::{ExpandMode, end_document, push_object};

cmdlet! {
    /// Shows objects as a table.
    ///
    /// Without -Property the default columns of the objects' type are shown, or their first ten properties. A column can be
    /// a table with the keys Name (or Label), Expression, FormatString, Width and Alignment.
    pub struct FormatTable("Format", "Table").aliases(&["ft"]).module("Microsoft.PowerShell.Utility") {
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
        /// Starts a new table whenever this property or expression changes; sort by it first.
        group_by: Option<Value> = param("GroupBy"),
        /// Prints the errors of expressions below the row.
        show_error: bool = param("ShowError"),
        /// Shows #ERR where an expression fails.
        display_error: bool = param("DisplayError"),
        /// Shows texts and numbers as objects too.
        force: bool = param("Force"),
        /// What becomes of collections: their elements (EnumOnly), they themselves (CoreOnly), or Both.
        expand: Option<ExpandMode> = param("Expand"),
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
    }
    refused "View" => "there are no named views; name the columns with -Property";
    example "Get-ChildItem | Format-Table Name,Length -AutoSize" => "Shows two columns as wide as their content.";
    example "1..3 | ForEach-Object { [pscustomobject]@{N=$_} } | Format-Table N,@{n='Square';e={$_.N*$_.N};a='center'}" => "Shows a calculated column.";
}

impl Cmdlet for FormatTable {
    type State = Option<Generator>;

    fn begin(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        let spec = Spec {
            look: Look::Table,
            properties: Property::parse_all(
                self.property.as_deref().unwrap_or_default(),
                Key::TABLE,
            )?,
            group_by: self
                .group_by
                .as_ref()
                .map(|by| Property::parse(by, Key::LIST))
                .transpose()?,
            auto_size: self.auto_size,
            wrap: self.wrap,
            hide_headers: self.hide_table_headers,
            force: self.force,
            show_error: self.show_error,
            display_error: self.display_error,
            expand: self.expand.unwrap_or(ExpandMode::EnumOnly).into(),
            ..Spec::default()
        };
        *state = Some(Generator::new(spec, cx.shell));
        Ok(())
    }

    fn process(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        push_object(state, self.input_object.as_ref(), cx)
    }

    fn end(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        end_document(state, cx)
    }
}

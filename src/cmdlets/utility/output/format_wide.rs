use crate::format::expression::{Key, Property};
use crate::format::generate::{Generator, Look, Spec};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::param::Validate;
use crate::runtime::{Run, Value};

use super::formatting::{ExpandMode, end_document, formatter, push_object};

formatter! {
    /// Shows one property of each object, in columns side by side.
    pub struct FormatWide("Wide").aliases(&["fw"]).module("Microsoft.PowerShell.Utility") {
        /// The property, a script block, or a table of Expression and FormatString; the objects' name when none is given.
        property: Option<Value> = param("Property").position(0).wildcards().completes("Property"),
        /// Makes as many columns as fit.
        auto_size: bool = param("AutoSize"),
        /// How many columns.
        column: Option<i32> = param("Column").validate(Validate::Range(1, 2_147_483_647)).default_text("2"),
    }
    example "Get-ChildItem | Format-Wide Name -Column 3" => "Shows names in three columns.";
}

impl FormatWide {
    fn spec(&self) -> Run<Spec> {
        if self.auto_size && self.column.is_some() {
            let message = "Cmdlet parameters AutoSize and Column are mutually exclusive.";
            return Err(ErrorRecord::new(
                "System.IO.InvalidDataException",
                "FormatCannotSpecifyAutosizeAndColumns",
                ErrorCategory::InvalidArgument,
                message,
            )
            .with_details(message)
            .into());
        }
        let columns = if self.auto_size {
            0
        } else {
            self.column.unwrap_or(2)
        };
        Ok(Spec {
            look: Look::Wide,
            properties: self
                .property
                .iter()
                .map(|p| Property::parse(p, Key::LIST))
                .collect::<Result<_, _>>()?,
            columns: usize::try_from(columns).unwrap_or(2),
            ..Spec::default()
        })
    }
}

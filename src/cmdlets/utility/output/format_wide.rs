use crate::cmdlet;
use crate::format::expression::{Key, Property};
use crate::format::generate::{Generator, Look, Spec};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::param::Validate;
use crate::runtime::{Run, Value};

use super::formatting::{ExpandMode, end_document, push_object};

cmdlet! {
    /// Shows one property of each object, in columns side by side.
    pub struct FormatWide("Format", "Wide").aliases(&["fw"]).module("Microsoft.PowerShell.Utility") {
        /// The property, a script block, or a table of Expression and FormatString; the objects' name when none is given.
        property: Option<Value> = param("Property").position(0).wildcards().completes("Property"),
        /// Makes as many columns as fit.
        auto_size: bool = param("AutoSize"),
        /// How many columns.
        column: Option<i32> = param("Column").validate(Validate::Range(1, 2_147_483_647)).default_text("2"),
        /// Shows a heading whenever this property or expression changes; sort by it first.
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
    refused "View" => "there are no named views; name the property with -Property";
    example "Get-ChildItem | Format-Wide Name -Column 3" => "Shows names in three columns.";
}

impl Cmdlet for FormatWide {
    type State = Option<Generator>;

    fn begin(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
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
        let spec = Spec {
            look: Look::Wide,
            properties: self
                .property
                .iter()
                .map(|p| Property::parse(p, Key::LIST))
                .collect::<Result<_, _>>()?,
            group_by: self
                .group_by
                .as_ref()
                .map(|by| Property::parse(by, Key::LIST))
                .transpose()?,
            columns: usize::try_from(columns).unwrap_or(2),
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

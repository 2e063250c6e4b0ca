use crate::cmdlet;
use crate::format::expression::{Key, Property};
use crate::format::generate::{Generator, Look, Spec};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

use super::formatting::{ExpandMode, end_document, push_object};

cmdlet! {
    /// Shows objects as lists, one property a line.
    pub struct FormatList("Format", "List").aliases(&["fl"]).module("Microsoft.PowerShell.Utility") {
        /// Names (wildcards allowed), script blocks, or tables of Name, Expression and FormatString. All properties when none is given.
        property: Option<Vec<Value>> = param("Property").position(0).wildcards().completes("Property"),
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
    refused "View" => "there are no named views; name the properties with -Property";
    example "Get-Date '2017-12-04' | Format-List Year,Month,Day" => "Shows three properties of a date.";
    example "[pscustomobject]@{MaxA=20;MaxB=10;Name='E'} | Format-List Max*" => "Shows the properties whose names begin with Max.";
}

impl Cmdlet for FormatList {
    type State = Option<Generator>;

    fn begin(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        let spec = Spec {
            look: Look::List,
            properties: Property::parse_all(
                self.property.as_deref().unwrap_or_default(),
                Key::LIST,
            )?,
            group_by: self
                .group_by
                .as_ref()
                .map(|by| Property::parse(by, Key::LIST))
                .transpose()?,
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

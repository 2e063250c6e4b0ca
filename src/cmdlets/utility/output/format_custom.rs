use crate::cmdlet;
use crate::format::expression::{Key, Property};
use crate::format::generate::{Generator, Look, Spec};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Run, Value};

use super::formatting::{ExpandMode, end_document, push_object};

cmdlet! {
    /// Shows objects as trees: the properties of properties too.
    pub struct FormatCustom("Format", "Custom").aliases(&["fc"]).module("Microsoft.PowerShell.Utility") {
        /// Names (wildcards allowed) or script blocks; all properties when none is given.
        property: Option<Vec<Value>> = param("Property").position(0).wildcards().completes("Property"),
        /// How many levels.
        depth: Option<i32> = param("Depth").validate(Validate::Range(1, 100)).default_text("5"),
        /// Shows a heading whenever this property or expression changes.
        group_by: Option<Value> = param("GroupBy"),
        /// Shows texts and numbers as objects too.
        force: bool = param("Force"),
        /// What becomes of collections: their elements (EnumOnly), they themselves (CoreOnly), or Both.
        expand: Option<ExpandMode> = param("Expand"),
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
    }
    refused "View" => "there are no named views; name the properties with -Property";
    example "[pscustomobject]@{Name='a';Inner=[pscustomobject]@{X=1}} | Format-Custom" => "Shows an object with the one inside it.";
}

impl Cmdlet for FormatCustom {
    type State = Option<Generator>;

    fn begin(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        let spec = Spec {
            look: Look::Custom,
            properties: Property::parse_all(
                self.property.as_deref().unwrap_or_default(),
                Key::CUSTOM,
            )?,
            group_by: self
                .group_by
                .as_ref()
                .map(|by| Property::parse(by, Key::LIST))
                .transpose()?,
            depth: usize::try_from(self.depth.unwrap_or(0)).unwrap_or(0),
            force: self.force,
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

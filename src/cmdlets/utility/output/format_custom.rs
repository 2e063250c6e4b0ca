use crate::format::expression::{Key, Property};
use crate::format::generate::{Generator, Look, Spec};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Run, Value};

use super::formatting::{ExpandMode, end_document, formatter, push_object};

formatter! {
    /// Shows objects as trees: the properties of properties too.
    pub struct FormatCustom("Custom").aliases(&["fc"]).module("Microsoft.PowerShell.Utility") {
        /// Names (wildcards allowed) or script blocks; all properties when none is given.
        property: Option<Vec<Value>> = param("Property").position(0).wildcards().completes("Property"),
        /// How many levels.
        depth: Option<i32> = param("Depth").validate(Validate::Range(1, 100)).default_text("5"),
    }
    example "[pscustomobject]@{Name='a';Inner=[pscustomobject]@{X=1}} | Format-Custom" => "Shows an object with the one inside it.";
}

impl FormatCustom {
    fn spec(&self) -> Run<Spec> {
        Ok(Spec {
            look: Look::Custom,
            properties: Property::parse_all(
                self.property.as_deref().unwrap_or_default(),
                Key::CUSTOM,
            )?,
            depth: usize::try_from(self.depth.unwrap_or(0)).unwrap_or(0),
            ..Spec::default()
        })
    }
}

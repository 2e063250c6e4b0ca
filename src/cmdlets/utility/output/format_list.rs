use crate::format::expression::{Key, Property};
use crate::format::generate::{Generator, Look, Spec};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

use super::formatting::{ExpandMode, end_document, formatter, push_object};

formatter! {
    /// Shows objects as lists, one property a line.
    pub struct FormatList("List").aliases(&["fl"]).module("Microsoft.PowerShell.Utility") {
        /// Names (wildcards allowed), script blocks, or tables of Name, Expression and FormatString. All properties when none is given.
        property: Option<Vec<Value>> = param("Property").position(0).wildcards().completes("Property"),
    }
    example "Get-Date '2017-12-04' | Format-List Year,Month,Day" => "Shows three properties of a date.";
    example "[pscustomobject]@{MaxA=20;MaxB=10;Name='E'} | Format-List Max*" => "Shows the properties whose names begin with Max.";
}

impl FormatList {
    fn spec(&self) -> Run<Spec> {
        Ok(Spec {
            look: Look::List,
            properties: Property::parse_all(
                self.property.as_deref().unwrap_or_default(),
                Key::LIST,
            )?,
            ..Spec::default()
        })
    }
}

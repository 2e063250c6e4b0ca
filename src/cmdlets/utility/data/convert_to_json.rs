use crate::cmdlet;
use crate::param_enum;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Run, Value};

use super::json_write::{Escape, Layout, Writer};

param_enum! {
    /// Which characters are escaped although they need not be.
    pub enum EscapeHandling = "Newtonsoft.Json.StringEscapeHandling" { Default, EscapeNonAscii, EscapeHtml }
}

cmdlet! {
    /// Makes JSON text of objects.
    ///
    /// One object gives an object, several give a list. Objects deeper than -Depth become texts, and a warning says so.
    pub struct ConvertToJson("ConvertTo", "Json").module("Microsoft.PowerShell.Utility") {
        /// The objects.
        input_object: Option<Value> = param("InputObject").position(0).by_value(),
        /// How many levels of objects inside objects.
        depth: Option<i32> = param("Depth").validate(Validate::Range(0, 100)).default_text("2"),
        /// Leaves out blanks and line ends.
        compress: bool = param("Compress"),
        /// Writes members of enumerations by their names.
        enums_as_strings: bool = param("EnumsAsStrings"),
        /// Gives a list although there is one object.
        as_array: bool = param("AsArray"),
        /// Escapes more characters than JSON needs.
        escape: Option<EscapeHandling> = param("EscapeHandling").default_text("Default"),
    }
    example "[pscustomobject]@{Name='IMAPBatch1';Total=12} | ConvertTo-Json" => "Gives an object of two properties.";
    example "1,2,3 | ConvertTo-Json -Compress" => "Gives [1,2,3].";
}

impl Cmdlet for ConvertToJson {
    type State = Vec<Value>;

    fn process(&self, state: &mut Vec<Value>, _cx: &mut Cx<'_>) -> Run<()> {
        state.extend(self.input_object.clone());
        Ok(())
    }

    fn end(&self, state: &mut Vec<Value>, cx: &mut Cx<'_>) -> Run<()> {
        let objects = std::mem::take(state);
        let value = match (objects.as_slice(), self.as_array) {
            ([], _) => return Ok(()),
            ([one], false) => one.clone(),
            _ => Value::array(objects),
        };
        let depth = usize::try_from(self.depth.unwrap_or(2)).unwrap_or(2);
        let layout = Layout {
            compress: self.compress,
            enum_names: self.enums_as_strings,
            depth,
            escape: match self.escape.unwrap_or(EscapeHandling::Default) {
                EscapeHandling::Default => Escape::Default,
                EscapeHandling::EscapeNonAscii => Escape::NonAscii,
                EscapeHandling::EscapeHtml => Escape::Html,
            },
        };
        let (text, truncated) = Writer::new(layout, cx.shell).text(&value)?;
        if truncated {
            cx.warning(&format!("Resulting JSON is truncated as serialization has exceeded the set depth of {depth}."))?;
        }
        cx.write(text)
    }
}

use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::types::type_names;
use crate::runtime::{Run, Value, convert};

cmdlet! {
    /// Leaves out objects that are equal to the one before; sort first.
    pub struct GetUnique("Get", "Unique").default_set("AsString").aliases(&["gu"]).module("Microsoft.PowerShell.Utility") {
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// Compares objects as texts.
        as_string: bool = param("AsString").in_sets(&["AsString"]),
        /// Compares the types of objects only.
        on_type: bool = param("OnType").in_sets(&["UniqueByType"]).mandatory(),
        /// Upper and lower case do not differ.
        case_insensitive: bool = param("CaseInsensitive"),
    }
    example "1,1,2,1 | Sort-Object | Get-Unique" => "Gives 1 and 2.";
}

impl Cmdlet for GetUnique {
    type State = Option<String>;

    fn process(&self, state: &mut Option<String>, cx: &mut Cx<'_>) -> Run<()> {
        let Some(object) = self.input_object.clone().filter(|object| !object.is_null()) else {
            return Ok(());
        };
        let mut key = match self.on_type {
            true => type_names(&object)
                .first()
                .map(ToString::to_string)
                .unwrap_or_default(),
            false => convert::to_text(&object),
        };
        if self.case_insensitive {
            key = key.to_lowercase();
        }
        if state.as_ref() == Some(&key) {
            return Ok(());
        }
        *state = Some(key);
        cx.write(object)
    }
}

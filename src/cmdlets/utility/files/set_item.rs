use crate::cmdlet;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

use super::other_drives;
use super::place::Place;

cmdlet! {
    /// Sets an environment variable, a variable or an alias by its path.
    pub struct SetItem("Set", "Item").aliases(&["si"]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Management")
    {
        /// For example Env:LANG.
        path: Vec<String> = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).by_property_name(),
        /// The new value.
        value: Option<Value> = param("Value").position(1).by_value().by_property_name(),
    }
    example "Set-Item Env:BATCH May; $env:BATCH" => "Sets an environment variable.";
}

impl Cmdlet for SetItem {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let value = self.value.clone().unwrap_or_default();
        for given in &self.path {
            if cx.should_process(&format!("Item: {given}"), "Set Item")? {
                other_drives::set(&Place::of(given, cx), &value, cx)?;
            }
        }
        Ok(())
    }
}

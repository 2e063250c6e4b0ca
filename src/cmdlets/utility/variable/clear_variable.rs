use crate::cmdlet;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::wildcard::Wildcard;
use crate::runtime::{Run, Value};

use super::scope::{chosen, locked, missing};

cmdlet! {
    /// Empties variables, which stay.
    pub struct ClearVariable("Clear", "Variable").aliases(&["clv"]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Utility")
    {
        /// Names without the dollar sign.
        name: Vec<String> = param("Name").position(0).by_property_name().wildcards().completes("Variable"),
        /// Empties read-only variables too.
        force: bool = param("Force"),
        /// Global, Script, Local, or how many scopes further out.
        scope: Option<String> = param("Scope"),
    }
    example "$count = 5; Clear-Variable count; $null -eq $count" => "Empties a variable.";
}

impl Cmdlet for ClearVariable {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for name in &self.name {
            let pattern = Wildcard::new(name);
            let scopes = chosen(self.scope.as_deref(), cx)?;
            let fitting = scopes.iter().find_map(|scope| {
                let found: Vec<_> = scope
                    .variables()
                    .into_iter()
                    .filter(|v| pattern.matches(&v.name))
                    .collect();
                (!found.is_empty()).then_some(found)
            });
            let Some(found) = fitting else {
                if !Wildcard::is_pattern(name) {
                    cx.error(missing(name))?;
                }
                continue;
            };
            for variable in found {
                if variable.options.get().constant || (variable.is_locked() && !self.force) {
                    cx.error(locked(&variable.name))?;
                } else if cx
                    .should_process(&format!("Name: {}", variable.name), "Clear variable")?
                {
                    variable.put(Value::Null);
                }
            }
        }
        Ok(())
    }
}

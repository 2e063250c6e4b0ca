use std::collections::HashSet;

use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::scope::Variable;
use crate::runtime::scope::VariableOptions;
use crate::runtime::wildcard::Wildcard;
use crate::runtime::{PsObject, Run, Value};

use super::scope::{chosen, missing};

cmdlet! {
    /// Gives variables by name.
    pub struct GetVariable("Get", "Variable").aliases(&["gv"]).module("Microsoft.PowerShell.Utility") {
        /// Names without the dollar sign; all when none is given.
        name: Option<Vec<String>> = param("Name").position(0).by_value().by_property_name().wildcards().completes("Variable"),
        /// Gives the values alone.
        value_only: bool = param("ValueOnly"),
        /// Names to take only.
        include: Option<Vec<String>> = param("Include").wildcards(),
        /// Names to leave out.
        exclude: Option<Vec<String>> = param("Exclude").wildcards(),
        /// Global, Script, Local, or how many scopes further out.
        scope: Option<String> = param("Scope"),
    }
    example "$batch = 'IMAPBatch1'; Get-Variable batch -ValueOnly" => "Gives the value of a variable.";
}

impl Cmdlet for GetVariable {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let all = vec!["*".to_owned()];
        for name in self.name.as_ref().unwrap_or(&all) {
            let found = self.find(name, cx)?;
            if found.is_empty() && !Wildcard::is_pattern(name) {
                match cx.shell.variable(name).filter(|_| self.scope.is_none()) {
                    Some(value) => self.give(name, value, cx)?,
                    None => cx.error(missing(name))?,
                }
            }
            for (name, value) in found {
                self.give(&name, value, cx)?;
            }
        }
        Ok(())
    }
}

impl GetVariable {
    fn find(&self, name: &str, cx: &Cx<'_>) -> Run<Vec<(String, Value)>> {
        let patterns = |all: &Option<Vec<String>>| -> Vec<Wildcard> {
            all.iter()
                .flatten()
                .map(|pattern| Wildcard::new(pattern))
                .collect()
        };
        let (include, exclude) = (patterns(&self.include), patterns(&self.exclude));
        let wanted = Wildcard::new(name);
        let any = |all: &[Wildcard], name: &str| all.iter().any(|pattern| pattern.matches(name));
        let mut seen = HashSet::new();
        let mut found: Vec<(String, Value)> = chosen(self.scope.as_deref(), cx)?
            .iter()
            .flat_map(|scope| scope.variables())
            .filter(|variable| wanted.matches(&variable.name))
            .filter(|variable| include.is_empty() || any(&include, &variable.name))
            .filter(|variable| !any(&exclude, &variable.name))
            .filter(|variable| seen.insert(variable.name.to_lowercase()))
            .map(|variable: std::rc::Rc<Variable>| (variable.name.to_string(), variable.get()))
            .collect();
        found.sort_by_cached_key(|(name, _)| name.to_lowercase());
        Ok(found)
    }

    fn give(&self, name: &str, value: Value, cx: &mut Cx<'_>) -> Run<()> {
        if self.value_only {
            cx.write(value)
        } else {
            {
                let shown = describe(name, value, cx);
                cx.write(shown)
            }
        }
    }
}

/// A variable as an object.
pub fn describe(name: &str, value: Value, cx: &Cx<'_>) -> Value {
    let options = cx.shell.find_variable(name).map(|v| v.options.get());
    PsObject::view(
        "System.Management.Automation.PSVariable",
        vec![
            ("Name", Value::str(name)),
            ("Value", value),
            ("Options", Value::from(words(options.unwrap_or_default()))),
        ],
    )
}

/// The words of `-Option`.
fn words(options: VariableOptions) -> String {
    let all = [
        ("ReadOnly", options.read_only),
        ("Constant", options.constant),
        ("Private", options.private),
        ("AllScope", options.all_scope),
    ];
    let set: Vec<&str> = all
        .iter()
        .filter(|(_, on)| *on)
        .map(|(word, _)| *word)
        .collect();
    if set.is_empty() {
        "None".to_owned()
    } else {
        set.join(", ")
    }
}

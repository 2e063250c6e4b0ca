use crate::cmdlet;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::scope::Variable;
use crate::runtime::{Run, Value};

use super::get_variable::describe;
use super::scope::{locked, one};
use super::set_variable::Options;

cmdlet! {
    /// Makes a variable that is not there yet.
    pub struct NewVariable("New", "Variable").aliases(&["nv"]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Utility")
    {
        /// The name without the dollar sign.
        name: String = param("Name").position(0).by_property_name(),
        /// The value.
        value: Option<Value> = param("Value").position(1).by_value().by_property_name(),
        /// What it is for.
        description: Option<String> = param("Description"),
        /// ReadOnly or Constant keep it from changing, Private from being seen in inner scopes.
        option: Option<Options> = param("Option"),
        /// Replaces a variable of this name.
        force: bool = param("Force"),
        /// Global, Script, Local, or how many scopes further out.
        scope: Option<String> = param("Scope"),
        /// Gives the variable.
        pass_thru: bool = param("PassThru"),
    }
    refused "Visibility" => "all variables are public";
    example "New-Variable -Name limit -Value 25 -Option ReadOnly; $limit" => "Makes a variable that does not change.";
}

impl Cmdlet for NewVariable {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if !cx.should_process(&format!("Name: {}", self.name), "New variable")? {
            return Ok(());
        }
        let scope = one(self.scope.as_deref().unwrap_or("Local"), cx)?;
        if let Some(known) = scope.own(&self.name) {
            if !self.force {
                return cx.error(already_there(&self.name));
            }
            if known.options.get().constant {
                return cx.error(locked(&self.name));
            }
        }
        let value = self.value.clone().unwrap_or_default();
        let variable = Variable::new(&self.name, value.clone());
        if let Some(option) = self.option {
            variable.options.set(option.into());
        }
        if let Some(description) = &self.description {
            *variable.description.borrow_mut() = std::rc::Rc::from(description.as_str());
        }
        scope.declare(variable);
        if self.pass_thru {
            {
                let shown = describe(&self.name, value, cx);
                cx.write(shown)
            }
        } else {
            Ok(())
        }
    }
}

fn already_there(name: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.SessionStateException",
        "VariableAlreadyExists",
        ErrorCategory::ResourceExists,
        format!("A variable with name '{name}' already exists."),
    )
    .with_target(name)
}

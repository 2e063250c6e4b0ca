use crate::cmdlet;
use crate::param_enum;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::scope::VariableOptions;
use crate::runtime::{Run, Value};

use super::get_variable::describe;
use super::scope::{locked, one};

param_enum! {
    /// What a variable allows.
    pub enum Options = "System.Management.Automation.ScopedItemOptions" { None, ReadOnly, Constant, Private, AllScope, Unspecified }
}

impl From<Options> for VariableOptions {
    fn from(options: Options) -> VariableOptions {
        VariableOptions {
            read_only: options == Options::ReadOnly,
            constant: options == Options::Constant,
            private: options == Options::Private,
            all_scope: options == Options::AllScope,
        }
    }
}

cmdlet! {
    /// Sets a variable, making it when needed.
    pub struct SetVariable("Set", "Variable").aliases(&["set", "sv"]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Utility")
    {
        /// The name without the dollar sign.
        name: Vec<String> = param("Name").position(0).by_property_name().completes("Variable"),
        /// The value; several piped objects become an array.
        value: Option<Value> = param("Value").position(1).by_value().by_property_name(),
        /// What it is for.
        description: Option<String> = param("Description"),
        /// ReadOnly or Constant keep it from changing, Private from being seen in inner scopes.
        option: Option<Options> = param("Option"),
        /// Changes a read-only variable.
        force: bool = param("Force"),
        /// Global, Script, Local, or how many scopes further out.
        scope: Option<String> = param("Scope"),
        /// Gives the variable.
        pass_thru: bool = param("PassThru"),
    }
    refused "Visibility" => "all variables are public";
    refused "Include" => "name the variables themselves";
    refused "Exclude" => "name the variables themselves";
    example "Set-Variable batch 'IMAPBatch1'; $batch" => "Sets a variable.";
}

impl Cmdlet for SetVariable {
    type State = Vec<Value>;

    fn process(&self, state: &mut Vec<Value>, cx: &mut Cx<'_>) -> Run<()> {
        if cx.has_input() {
            state.extend(self.value.clone());
            return Ok(());
        }
        self.set(self.value.clone(), cx)
    }

    fn end(&self, state: &mut Vec<Value>, cx: &mut Cx<'_>) -> Run<()> {
        let mut piped = std::mem::take(state);
        match piped.len() {
            0 => Ok(()),
            1 => self.set(piped.pop(), cx),
            _ => self.set(Some(Value::array(piped)), cx),
        }
    }
}

impl SetVariable {
    fn set(&self, value: Option<Value>, cx: &mut Cx<'_>) -> Run<()> {
        for name in &self.name {
            let about = format!(
                "Name: {name} Value: {}",
                value
                    .as_ref()
                    .map(crate::runtime::convert::to_text)
                    .unwrap_or_default()
            );
            if !cx.should_process(&about, "Set variable")? {
                continue;
            }
            let scope = one(self.scope.as_deref().unwrap_or("Local"), cx)?;
            let known = if self.scope.is_some() {
                scope.own(name)
            } else {
                scope.find(name)
            };
            let options = known
                .as_ref()
                .map(|variable| variable.options.get())
                .unwrap_or_default();
            if options.constant || (options.read_only && !self.force) || is_fixed(name) {
                cx.error(locked(name))?;
                continue;
            }
            if let Some(value) = value
                .clone()
                .or_else(|| known.is_none().then_some(Value::Null))
            {
                let own = scope.own(name);
                let rule = own
                    .as_ref()
                    .and_then(|variable| variable.rule.borrow().clone());
                let value = match rule {
                    Some(rule) => rule.apply(cx.shell, name, value)?,
                    None => value,
                };
                scope.set_own(name, value);
            }
            let Some(variable) = scope.own(name).or(known) else {
                continue;
            };
            if let Some(option) = self.option {
                variable.options.set(option.into());
            }
            if let Some(description) = &self.description {
                *variable.description.borrow_mut() = std::rc::Rc::from(description.as_str());
            }
            if self.pass_thru {
                {
                    let shown = describe(name, variable.get(), cx);
                    cx.write(shown)
                }?;
            }
        }
        Ok(())
    }
}

/// Names that the shell itself answers for.
fn is_fixed(name: &str) -> bool {
    [
        "pid",
        "true",
        "false",
        "null",
        "home",
        "host",
        "pshome",
        "psversiontable",
        "shellid",
        "executioncontext",
    ]
    .contains(&name.to_lowercase().as_str())
}

//! Reading and writing variables, with their scopes and drives.

use std::rc::Rc;

use super::scope::{Scope, Variable};
use crate::language::ast::{self, Expr, ExprKind};
use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::registry::Function;
use crate::runtime::shell::Shell;
use crate::runtime::types::reference::PsReference;
use crate::runtime::value::Value;

impl Shell {
    /// The value of a variable as written; unset ones are `$null`.
    pub(in crate::runtime) fn read_variable(&mut self, variable: &ast::Variable) -> Run<Value> {
        let name = &*variable.name;
        match &variable.scope {
            None => {
                if let Some(value) = self.scope.value(name) {
                    return Ok(value);
                }
                match self.automatic(name) {
                    Some(value) => Ok(value),
                    None if self.strict > 0 => Err(unset(name)),
                    None => Ok(Value::Null),
                }
            }
            Some(ast::Scope::Drive(drive)) => Ok(self.read_drive(drive, name)),
            Some(scope) => {
                let home = self.scope_of(scope);
                let found = match scope {
                    ast::Scope::Global | ast::Scope::Local | ast::Scope::Private => home.own(name),
                    _ => home.find(name),
                };
                match found {
                    Some(found) => Ok(found.get()),
                    None => match self.automatic(name) {
                        Some(value) => Ok(value),
                        None if self.strict > 0 => Err(unset(name)),
                        None => Ok(Value::Null),
                    },
                }
            }
        }
    }

    /// Whether a variable holds the output of a pipeline that wrote nothing.
    pub(in crate::runtime) fn holds_nothing(&self, variable: &ast::Variable) -> bool {
        let home = match &variable.scope {
            None => &self.scope,
            Some(ast::Scope::Drive(_)) => return false,
            Some(scope) => &self.scope_of(scope),
        };
        home.find(&variable.name)
            .is_some_and(|found| found.nothing.get())
    }

    /// The scope a prefix means.
    fn scope_of(&self, scope: &ast::Scope) -> Rc<Scope> {
        match scope {
            ast::Scope::Global => self.global.clone(),
            ast::Scope::Script => self.scope.script(),
            _ => self.scope.clone(),
        }
    }

    /// Assigns to a variable as written, by its rules.
    pub(in crate::runtime) fn assign_variable(
        &mut self,
        variable: &ast::Variable,
        value: Value,
    ) -> Run<()> {
        let name = &*variable.name;
        match &variable.scope {
            None => self.assign_name(&self.scope.clone(), name, value),
            Some(ast::Scope::Drive(drive)) => self.write_drive(drive, name, value),
            Some(scope) => {
                let home = self.scope_of(scope);
                self.assign_name(&home, name, value)?;
                if *scope == ast::Scope::Private
                    && let Some(found) = home.own(name)
                {
                    let options = found.options.get();
                    found.options.set(super::scope::VariableOptions {
                        private: true,
                        ..options
                    });
                }
                Ok(())
            }
        }
    }

    /// Assigns to a variable of the scope at work as a script would: by its rules, refused when it is read-only.
    ///
    /// # Errors
    /// `VariableNotWritable`, or what the variable's type and validation say.
    pub fn assign_value(&mut self, name: &str, value: Value) -> Run<()> {
        self.assign_name(&self.scope.clone(), name, value)
    }

    /// Assigns to the variable of a scope.
    pub(in crate::runtime) fn assign_name(
        &mut self,
        home: &Rc<Scope>,
        name: &str,
        value: Value,
    ) -> Run<()> {
        let found = home.own(name).or_else(|| self.shared(name));
        match found {
            None if name.eq_ignore_ascii_case("null") => Ok(()),
            None => {
                home.declare(Variable::new(name, value));
                Ok(())
            }
            Some(found) => self.assign_found(&found, value),
        }
    }

    /// Assigns to a variable that exists.
    pub(in crate::runtime) fn assign_found(
        &mut self,
        found: &Rc<Variable>,
        value: Value,
    ) -> Run<()> {
        if found.is_locked() {
            if found.name.eq_ignore_ascii_case("null") {
                return Ok(());
            }
            return Err(Flow::error(not_writable(&found.name)));
        }
        let rule = found.rule.borrow().clone();
        let value = match rule {
            Some(rule) => rule.apply(self, &found.name, value)?,
            None => value,
        };
        found.put(value);
        Ok(())
    }

    /// A variable of the global scope that inner scopes share instead of hiding it.
    fn shared(&self, name: &str) -> Option<Rc<Variable>> {
        self.global
            .own(name)
            .filter(|variable| variable.options.get().all_scope)
    }

    /// The variable of an assignment's target in the scope it means, made when it is not there.
    pub(in crate::runtime) fn variable_for(&mut self, variable: &ast::Variable) -> Rc<Variable> {
        let home = match &variable.scope {
            Some(scope) => self.scope_of(scope),
            None => self.scope.clone(),
        };
        let found = home
            .own(&variable.name)
            .or_else(|| self.shared(&variable.name));
        found.unwrap_or_else(|| {
            let made = Variable::new(&variable.name, Value::Null);
            home.declare(made.clone());
            made
        })
    }

    fn read_drive(&mut self, drive: &str, name: &str) -> Value {
        match drive.to_ascii_lowercase().as_str() {
            "env" => self.env(name).map(Value::from).unwrap_or_default(),
            "function" => match self.function(name) {
                Some(function) => Value::ScriptBlock(function.block.clone()),
                None => Value::Null,
            },
            "alias" => self.scope.alias(name).map(Value::Str).unwrap_or_default(),
            _ => {
                let path = self.resolve_path(&format!("{drive}:{name}"));
                std::fs::read_to_string(path)
                    .map(|text| Value::str(text.trim_end_matches(['\r', '\n'])))
                    .unwrap_or_default()
            }
        }
    }

    fn write_drive(&mut self, drive: &str, name: &str, value: Value) -> Run<()> {
        match drive.to_ascii_lowercase().as_str() {
            "env" => {
                let text = if value.is_null() {
                    None
                } else {
                    Some(convert::to_text(&value))
                };
                self.set_env(name, text.filter(|text| !text.is_empty()));
                Ok(())
            }
            "function" => {
                let block = match value {
                    Value::ScriptBlock(block) => block,
                    other => self.parse_block(&convert::to_text(&other))?,
                };
                self.scope.set_function(Rc::new(Function {
                    name: Rc::from(name),
                    block,
                    module: Rc::from(""),
                }));
                Ok(())
            }
            "alias" => {
                self.scope.set_alias(name, &convert::to_text(&value));
                Ok(())
            }
            _ => Err(Flow::error(ErrorRecord::new(
                "System.Management.Automation.DriveNotFoundException",
                "DriveNotFound",
                ErrorCategory::ObjectNotFound,
                format!("Cannot find drive. A drive with the name '{drive}' does not exist."),
            ))),
        }
    }

    /// `[ref]$x`: the variable itself; of anything else a place that holds the value.
    pub(in crate::runtime) fn reference(&mut self, operand: &Expr) -> Run<Value> {
        let place = match &operand.kind {
            ExprKind::Variable(variable)
                if !matches!(variable.scope, Some(ast::Scope::Drive(_))) =>
            {
                match self.scope.find(&variable.name) {
                    Some(found) => found,
                    None => {
                        return Err(Flow::error(ErrorRecord::runtime(
                            "NonExistingVariableReference",
                            "[ref] cannot be applied to a variable that does not exist.",
                        )));
                    }
                }
            }
            _ => Variable::new("", self.expr(operand)?),
        };
        let other = place.clone();
        Ok(Value::native(PsReference::new(
            move || place.get(),
            move |value| other.put(value),
        )))
    }
}

/// The error of a variable that cannot change.
pub(in crate::runtime) fn not_writable(name: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.SessionStateUnauthorizedAccessException",
        "VariableNotWritable",
        ErrorCategory::WriteError,
        format!("Cannot overwrite variable {name} because it is read-only or constant."),
    )
    .with_target(Value::str(name))
}

/// `Set-StrictMode`: a variable that was never set.
fn unset(name: &str) -> Flow {
    Flow::error(
        ErrorRecord::runtime(
            "VariableIsUndefined",
            format!("The variable '${name}' cannot be retrieved because it has not been set."),
        )
        .with_target(Value::str(name)),
    )
}

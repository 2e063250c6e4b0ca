//! What -Scope names, and what variables' cmdlets say when something is wrong.

use std::rc::Rc;

use crate::runtime::Run;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::scope::Scope;

/// The scopes to look in, innermost first: all that are seen, or the one that is named.
///
/// # Errors
/// No such scope.
pub fn chosen(name: Option<&str>, cx: &Cx<'_>) -> Run<Vec<Rc<Scope>>> {
    let current = cx.shell.scope();
    match name {
        None => Ok(current.chain().collect()),
        Some(name) => Ok(vec![one(name, cx)?]),
    }
}

/// The scope of a name or number.
///
/// # Errors
/// No such scope.
pub fn one(name: &str, cx: &Cx<'_>) -> Run<Rc<Scope>> {
    let current = cx.shell.scope();
    match name.to_lowercase().as_str() {
        "global" => Ok(cx.shell.global().clone()),
        "script" => Ok(current.script()),
        "local" | "private" => Ok(current.clone()),
        number => match number.parse::<usize>().ok().and_then(|count| current.chain().nth(count)) {
            Some(scope) => Ok(scope),
            None => Err(ErrorRecord::new(
                "System.Management.Automation.PSArgumentOutOfRangeException",
                "ArgumentOutOfRange",
                ErrorCategory::InvalidArgument,
                format!("The scope '{name}' is not known. Use Global, Script, Local, or how many scopes further out."),
            )
            .into()),
        },
    }
}

/// No variable of this name.
pub fn missing(name: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.ItemNotFoundException",
        "VariableNotFound",
        ErrorCategory::ObjectNotFound,
        format!("Cannot find a variable with the name '{name}'."),
    )
    .with_target(name)
}

/// The variable does not change.
pub fn locked(name: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.SessionStateUnauthorizedAccessException",
        "VariableNotWritable",
        ErrorCategory::WriteError,
        format!("Cannot overwrite variable {name} because it is read-only or constant."),
    )
    .with_target(name)
}

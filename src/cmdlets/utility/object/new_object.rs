use std::rc::Rc;

use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::types::hashtable::Hashtable;
use crate::runtime::types::nearest::nearest;
use crate::runtime::types::{names, registry};
use crate::runtime::{Flow, Run, Value, convert, members};

cmdlet! {
    /// Makes an object of a .NET type.
    pub struct NewObject("New", "Object").default_set("Net").module("Microsoft.PowerShell.Utility") {
        /// The type, for example System.Collections.ArrayList or PSObject.
        type_name: String = param("TypeName").position(0).in_sets(&["Net"]),
        /// The arguments of its constructor.
        arguments: Option<Vec<Value>> = param("ArgumentList").position(1).aliases(&["Args"]).in_sets(&["Net"]),
        /// Values for its properties, by name.
        property: Option<Rc<Hashtable>> = param("Property"),
    }
    refused "ComObject" => "COM objects exist on Windows only; use the .NET types or cmdlets that do the same";
    refused "Strict" => "COM objects exist on Windows only";
    example "$list = New-Object System.Collections.ArrayList; [void]$list.Add('a'); $list.Count" => "Makes a list.";
    example "New-Object PSObject -Property @{Mailbox='a@contoso.com'}" => "Makes an object of one property.";
}

impl Cmdlet for NewObject {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let name = self.type_name.trim();
        let Some(ty) = names::find(name) else {
            return Err(unknown(name).into());
        };
        let arguments = self.arguments.clone().unwrap_or_default();
        let object = members::construct(ty, arguments, cx.shell).map_err(constructing)?;
        if let Some(table) = &self.property {
            for (name, value) in table.pairs() {
                let name = convert::to_text(&name);
                match &object {
                    Value::Object(own) if own.base.is_none() => own.set_note(&name, value),
                    other => members::set(other, &name, value, cx.shell)?,
                }
            }
        }
        cx.write(object)
    }
}

/// A constructor that failed, or that no arguments fit, is this cmdlet's own error.
fn constructing(flow: Flow) -> Flow {
    let method = "System.Management.Automation.Method";
    match flow {
        Flow::Error { record, .. } if record.exception.type_name.starts_with(method) => {
            let mut made = ErrorRecord::new(
                &record.exception.type_name,
                "ConstructorInvokedThrowException",
                ErrorCategory::InvalidOperation,
                &record.exception.message,
            );
            made.exception = record.exception.clone();
            made.into()
        }
        other => other,
    }
}

fn unknown(name: &str) -> ErrorRecord {
    let record = ErrorRecord::new(
        "System.Management.Automation.PSArgumentException",
        "TypeNotFound",
        ErrorCategory::InvalidType,
        format!(
            "Cannot find type [{name}]: verify that the assembly containing this type is loaded."
        ),
    );
    let all = registry::tables().map(|table| table.name);
    match nearest(name, all).first() {
        Some(near) => record.with_recommendation(format!("Did you mean [{near}]?")),
        None => record,
    }
}

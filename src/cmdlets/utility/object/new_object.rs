use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::types::nearest::nearest;
use crate::runtime::types::{names, registry};
use crate::runtime::{Run, Value, convert, members};

cmdlet! {
    /// Makes an object of a .NET type.
    pub struct NewObject("New", "Object").default_set("Net").module("Microsoft.PowerShell.Utility") {
        /// The type, for example System.Collections.ArrayList or PSObject.
        type_name: String = param("TypeName").position(0).in_sets(&["Net"]),
        /// The arguments of its constructor.
        arguments: Option<Vec<Value>> = param("ArgumentList").position(1).aliases(&["Args"]).in_sets(&["Net"]),
        /// Values for its properties, by name.
        property: Option<Value> = param("Property"),
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
        let object = members::construct(ty, arguments, cx.shell)?;
        if let Some(Value::Hashtable(table)) = &self.property {
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

//! `System.Management.Automation.PSMethod`: a method without parentheses is a value that knows how it may be called.

use std::any::Any;
use std::rc::Rc;

use super::TypeRef;
use super::table::{Answer, Property, TypeTable};
use crate::runtime::members::MemberKind;
use crate::runtime::value::{Native, Value};

/// A method and whose it is.
pub struct PsMethod {
    /// The object, or the type of a static method.
    pub target: Value,
    /// As the type spells it.
    pub name: Rc<str>,
    /// Its overloads as `Get-Member` shows them.
    pub definitions: Vec<String>,
    /// Method, or ScriptMethod when it was added.
    pub kind: MemberKind,
    /// It belongs to the type.
    pub is_static: bool,
}

impl Native for PsMethod {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(match self.kind {
            MemberKind::ScriptMethod => SCRIPT.name,
            _ => TABLE.name,
        })
    }

    fn text(&self) -> String {
        self.definitions.join(", ")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    /// A table of one column, an overload a row.
    fn page(&self, _width: usize) -> Option<String> {
        let head = "OverloadDefinitions";
        let rule = "-".repeat(head.len());
        let rows = self.definitions.join("\n");
        Some(format!("\n{head}\n{rule}\n{rows}\n\n\n"))
    }
}

fn of(value: &Value, read: impl FnOnce(&PsMethod) -> Value) -> Answer {
    Ok(value.downcast::<PsMethod>().map_or(Value::Null, read))
}

const PROPERTIES: &[Property] = &[
    Property::read(
        "System.Management.Automation.PSMemberTypes MemberType {get;}",
        |v| of(v, |m| super::ps_object::member_type(m.kind)),
    ),
    Property::read(
        "System.Collections.ObjectModel.Collection[string] OverloadDefinitions {get;}",
        |v| {
            of(v, |m| {
                Value::array(m.definitions.iter().map(Value::str).collect())
            })
        },
    ),
    Property::read("string TypeNameOfValue {get;}", |v| {
        of(v, |m| m.type_ref().full_name().into())
    }),
    Property::read("System.Object Value {get;}", |v| Ok(v.clone())),
    Property::read("string Name {get;}", |v| {
        of(v, |m| Value::Str(m.name.clone()))
    }),
    Property::read("bool IsInstance {get;}", |v| {
        of(v, |m| Value::Bool(!m.is_static))
    }),
];

/// Its declaration. `Invoke` is the shell's: a method may run script blocks.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Management.Automation.PSMethod",
    properties: PROPERTIES,
    ..TypeTable::EMPTY
};

/// A method that was added by `Add-Member`.
pub static SCRIPT: TypeTable = TypeTable {
    name: "System.Management.Automation.PSScriptMethod",
    properties: PROPERTIES,
    ..TypeTable::EMPTY
};

use std::rc::Rc;

use crate::cmdlet;
use crate::param_enum;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::object::{Property, PropertyKind, PsObject};
use crate::runtime::{Run, Value, convert};

use super::members::extended;

param_enum! {
    /// What kind of member.
    pub enum MemberType = "System.Management.Automation.PSMemberTypes" { NoteProperty, ScriptProperty, ScriptMethod, AliasProperty }
}

cmdlet! {
    /// Adds a property or method to an object.
    pub struct AddMember("Add", "Member").default_set("TypeNameSet").module("Microsoft.PowerShell.Utility") {
        /// The object.
        input_object: Value = param("InputObject").by_value(),
        /// NoteProperty for a value, ScriptProperty and ScriptMethod for code that sees the object as $this, AliasProperty for another name.
        member_type: Option<MemberType> = param("MemberType").aliases(&["Type"]).position(0).in_sets(&["MemberSet"]).mandatory(),
        /// The member's name.
        name: Option<String> = param("Name").position(1).in_sets(&["MemberSet"]).mandatory(),
        /// Its value, its code, or the property it is another name of.
        value: Option<Value> = param("Value").position(2).in_sets(&["MemberSet"]),
        /// Code that sets a ScriptProperty.
        second_value: Option<Value> = param("SecondValue").position(3).in_sets(&["MemberSet"]),
        /// Another type name for the object.
        type_name: Option<String> = param("TypeName"),
        /// Replaces a member of this name.
        force: bool = param("Force"),
        /// Gives the object.
        pass_thru: bool = param("PassThru"),
        /// The name of a NoteProperty.
        note_name: Option<String> = param("NotePropertyName").position(0).in_sets(&["NotePropertySingleMemberSet"]).mandatory(),
        /// The value of a NoteProperty.
        note_value: Option<Value> = param("NotePropertyValue").position(1).in_sets(&["NotePropertySingleMemberSet"]).mandatory(),
        /// A table of names and values.
        note_members: Option<Value> = param("NotePropertyMembers").position(0).in_sets(&["NotePropertyMultiMemberSet"]).mandatory(),
    }
    example "$user = [pscustomobject]@{Name='Terry'}; $user | Add-Member NoteProperty Mailbox 'terry@contoso.com'; $user" => "Adds a property.";
    example "[pscustomobject]@{Bytes=2048} | Add-Member ScriptProperty KB { $this.Bytes/1KB } -PassThru" => "Adds a property that is computed.";
}

impl Cmdlet for AddMember {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let mut members = Vec::new();
        if let (Some(name), kind) = (&self.name, self.member_type) {
            members.push((
                name.clone(),
                self.kind(kind.unwrap_or(MemberType::NoteProperty))?,
            ));
        }
        if let Some(name) = &self.note_name {
            members.push((
                name.clone(),
                PropertyKind::Note(self.note_value.clone().unwrap_or_default()),
            ));
        }
        match &self.note_members {
            Some(Value::Hashtable(table)) => members.extend(
                table
                    .pairs()
                    .into_iter()
                    .map(|(name, value)| (convert::to_text(&name), PropertyKind::Note(value))),
            ),
            Some(_) => {
                return Err(invalid("NotePropertyMembers takes a table of names and values, such as @{Mailbox='a@contoso.com'}.").into());
            }
            None => {}
        }
        let target = extended(&self.input_object);
        let Value::Object(object) = &target else {
            return Ok(());
        };
        for (name, kind) in members {
            let known = object.find(&name).is_some();
            if known && !self.force {
                cx.error(already_there(&name, &self.input_object))?;
                continue;
            }
            put(object, &name, kind);
        }
        if let Some(name) = &self.type_name {
            object
                .type_names
                .borrow_mut()
                .insert(0, Rc::from(name.as_str()));
        }
        if self.pass_thru {
            cx.write(target)
        } else {
            Ok(())
        }
    }
}

impl AddMember {
    fn kind(&self, kind: MemberType) -> Run<PropertyKind> {
        let value = self.value.clone().unwrap_or_default();
        match (kind, &value) {
            (MemberType::NoteProperty, _) => Ok(PropertyKind::Note(value)),
            (MemberType::AliasProperty, _) => Ok(PropertyKind::Alias(convert::to_rc_text(&value))),
            (MemberType::ScriptProperty, Value::ScriptBlock(block)) => {
                let setter = match &self.second_value {
                    Some(Value::ScriptBlock(setter)) => Some(setter.clone()),
                    _ => None,
                };
                Ok(PropertyKind::Script(block.clone(), setter))
            }
            (MemberType::ScriptMethod, Value::ScriptBlock(block)) => Ok(PropertyKind::Method(block.clone())),
            _ => Err(invalid("The value of a ScriptProperty or ScriptMethod is a script block, such as { $this.Name }.").into()),
        }
    }
}

fn put(object: &PsObject, name: &str, kind: PropertyKind) {
    let mut properties = object.properties.borrow_mut();
    match properties
        .iter_mut()
        .find(|property| property.name.eq_ignore_ascii_case(name))
    {
        Some(property) => property.kind = kind,
        None => properties.push(Property {
            name: Rc::from(name),
            kind,
        }),
    }
}

fn already_there(name: &str, object: &Value) -> ErrorRecord {
    ErrorRecord::new(
        "System.InvalidOperationException",
        "MemberAlreadyExists",
        ErrorCategory::InvalidOperation,
        format!(
            "Cannot add a member with the name \"{name}\" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command."
        ),
    )
    .with_target(object.clone())
}

fn invalid(message: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.InvalidOperationException",
        "InvalidMemberValue",
        ErrorCategory::InvalidOperation,
        message,
    )
}

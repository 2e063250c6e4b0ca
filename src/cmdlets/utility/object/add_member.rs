use std::rc::Rc;

use crate::cmdlet;
use crate::param_enum;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::object::{Property, PropertyKind, PsObject};
use crate::runtime::param::ParamField;
use crate::runtime::{Run, Value, convert};

use super::members::extended;

param_enum! {
    /// What kind of member.
    pub enum MemberType = "System.Management.Automation.PSMemberTypes" { NoteProperty, ScriptProperty, ScriptMethod, AliasProperty }
}

cmdlet! {
    /// Adds a property or method to an object.
    pub struct AddMember("Add", "Member").default_set("MemberSet").module("Microsoft.PowerShell.Utility") {
        /// The object.
        input_object: Value = param("InputObject").by_value(),
        /// NoteProperty for a value, ScriptProperty and ScriptMethod for code that sees the object as $this, AliasProperty for another name. May be left out for a NoteProperty.
        member_type: Option<Value> = param("MemberType").aliases(&["Type"]).position(0).in_sets(&["MemberSet"]),
        /// The member's name.
        name: Option<Value> = param("Name").position(1).in_sets(&["MemberSet"]),
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
        note_name: Option<String> = param("NotePropertyName").in_sets(&["NotePropertySingleMemberSet"]).mandatory(),
        /// The value of a NoteProperty.
        note_value: Option<Value> = param("NotePropertyValue").in_sets(&["NotePropertySingleMemberSet"]).mandatory(),
        /// A table of names and values.
        note_members: Option<Value> = param("NotePropertyMembers").in_sets(&["NotePropertyMultiMemberSet"]).mandatory(),
    }
    example "$user = [pscustomobject]@{Name='Terry'}; $user | Add-Member NoteProperty Mailbox 'terry@contoso.com'; $user" => "Adds a property.";
    example "[pscustomobject]@{Bytes=2048} | Add-Member ScriptProperty KB { $this.Bytes/1KB } -PassThru" => "Adds a property that is computed.";
}

impl Cmdlet for AddMember {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let members = self.members()?;
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
    /// Names and kinds of what to add. `Add-Member Name Value` and `Add-Member @{…}` leave the type out.
    fn members(&self) -> Run<Vec<(String, PropertyKind)>> {
        let note = |value: &Option<Value>| PropertyKind::Note(value.clone().unwrap_or_default());
        if let Some(name) = &self.note_name {
            return Ok(vec![(name.clone(), note(&self.note_value))]);
        }
        if let Some(members) = &self.note_members {
            return notes(members);
        }
        match (&self.member_type, &self.name) {
            (None, None) => Ok(Vec::new()),
            (Some(table @ Value::Hashtable(_)), None) => notes(table),
            (Some(word), name) => match (MemberType::from_value(word.clone()), name) {
                // Two words are a name and its value, unless the first is a member type in full.
                (Ok(kind), Some(name))
                    if self.value.is_some()
                        || kind.word().eq_ignore_ascii_case(&convert::to_text(word)) =>
                {
                    Ok(vec![(convert::to_text(name), self.kind(kind)?)])
                }
                (_, Some(_)) if self.value.is_none() => {
                    Ok(vec![(convert::to_text(word), note(&self.name))])
                }
                (Err(error), _) => Err(invalid(&error.message).into()),
                (Ok(_), _) => Err(invalid("The member needs a name: give it with -Name.").into()),
            },
            (None, Some(name)) => Ok(vec![(convert::to_text(name), note(&self.value))]),
        }
    }

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

/// A stored property for each pair of a table.
fn notes(members: &Value) -> Run<Vec<(String, PropertyKind)>> {
    match members {
        Value::Hashtable(table) => Ok(table
            .pairs()
            .into_iter()
            .map(|(name, value)| (convert::to_text(&name), PropertyKind::Note(value)))
            .collect()),
        _ => Err(invalid("NotePropertyMembers takes a table of names and values, such as @{Mailbox='a@contoso.com'}.").into()),
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

use std::collections::HashSet;

use crate::cmdlet;
use crate::param_enum;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::members::{Member, MemberKind as Kind};
use crate::runtime::types::ps_object::member_type;
use crate::runtime::types::signature::{method_name, property_name};
use crate::runtime::types::type_names;
use crate::runtime::wildcard::Wildcard;
use crate::runtime::{PsObject, Run, TypeRef, Value, members};

param_enum! {
    /// Which kinds of members.
    pub enum MemberKind = "System.Management.Automation.PSMemberTypes" {
        AliasProperty, CodeProperty, Property, NoteProperty, ScriptProperty, Properties, PropertySet, Method, CodeMethod,
        ScriptMethod, Methods, ParameterizedProperty, MemberSet, Event, Dynamic, All,
    }
}

cmdlet! {
    /// Lists the properties and methods of objects, once for each type.
    pub struct GetMember("Get", "Member").aliases(&["gm"]).module("Microsoft.PowerShell.Utility") {
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// Names to list.
        name: Option<Vec<String>> = param("Name").position(0).wildcards(),
        /// Kinds to list.
        member_type: Option<Vec<MemberKind>> = param("MemberType").aliases(&["Type"]),
        /// Lists the members of the type that the object is, such as [string].
        is_static: bool = param("Static"),
        /// Lists compiler-made members too; there are none.
        force: bool = param("Force"),
    }
    example "'text' | Get-Member -MemberType Property" => "Lists the properties of a text.";
    example "[pscustomobject]@{Mailbox='a';Items=1} | Get-Member" => "Lists what an object has.";
}

impl Cmdlet for GetMember {
    type State = (HashSet<String>, bool);

    fn process(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        let Some(object) = self
            .input_object
            .as_ref()
            .filter(|object| !object.is_null())
        else {
            return Ok(());
        };
        state.1 = true;
        let type_name = match object {
            Value::Type(ty) if self.is_static => ty.full_name().to_owned(),
            other => type_names(other)
                .first()
                .map(ToString::to_string)
                .unwrap_or_default(),
        };
        if !state.0.insert(type_name.clone()) {
            return Ok(());
        }
        let patterns: Vec<Wildcard> = self
            .name
            .iter()
            .flatten()
            .map(|name| Wildcard::new(name))
            .collect();
        let listed = match object {
            Value::Type(ty) if self.is_static => statics(*ty),
            other => members::member_list(other),
        };
        let mut all: Vec<Member> = listed
            .into_iter()
            .filter(|member| {
                patterns.is_empty() || patterns.iter().any(|pattern| pattern.matches(&member.name))
            })
            .filter(|member| self.wants(member.kind))
            .collect();
        all.sort_by_cached_key(|member| (rank(member.kind), member.name.to_lowercase()));
        all.into_iter()
            .try_for_each(|member| cx.write(describe(&type_name, &member)))
    }

    fn end(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        if state.1 {
            return Ok(());
        }
        cx.error(ErrorRecord::new(
            "System.InvalidOperationException",
            "NoObjectInGetMember",
            ErrorCategory::CloseError,
            "You must specify an object for the Get-Member cmdlet.",
        ))
    }
}

impl GetMember {
    fn wants(&self, kind: Kind) -> bool {
        let kind = format!("{kind:?}");
        let Some(kinds) = &self.member_type else {
            return true;
        };
        kinds.iter().any(|wanted| match wanted {
            MemberKind::All => true,
            MemberKind::Properties => kind.ends_with("Property"),
            MemberKind::Methods => kind.ends_with("Method"),
            other => other.word() == kind,
        })
    }
}

/// Methods stand after aliases and before properties, as PowerShell lists them.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::AliasProperty => 0,
        Kind::Method => 1,
        Kind::NoteProperty => 2,
        Kind::Property => 3,
        Kind::ScriptMethod => 4,
        Kind::ScriptProperty => 5,
    }
}

fn describe(type_name: &str, member: &Member) -> Value {
    PsObject::view(
        "Microsoft.PowerShell.Commands.MemberDefinition",
        vec![
            ("TypeName", Value::str(type_name)),
            ("Name", Value::str(&member.name)),
            ("MemberType", member_type(member.kind)),
            ("Definition", Value::str(&member.definition)),
        ],
    )
}

/// The static members of a type, from its table.
fn statics(ty: TypeRef) -> Vec<Member> {
    let table = ty.table();
    let member = |signature: &str, kind: Kind, name: &str| Member {
        name: std::rc::Rc::from(name),
        kind,
        definition: format!("static {signature}"),
    };
    let properties = table
        .static_properties
        .iter()
        .map(|p| member(p.signature, Kind::Property, property_name(p.signature)));
    let mut all: Vec<Member> = properties.collect();
    for method in table.static_methods {
        let name = method_name(method.signature);
        match all.iter_mut().find(|known| *known.name == *name) {
            Some(known) => known
                .definition
                .push_str(&format!(", static {}", method.signature)),
            None => all.push(member(method.signature, Kind::Method, name)),
        }
    }
    all.extend(table.members.iter().map(|(name, _)| {
        member(
            &format!("{} {name} {{get;}}", table.name),
            Kind::Property,
            name,
        )
    }));
    all
}

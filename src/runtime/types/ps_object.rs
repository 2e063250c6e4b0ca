//! `$value.psobject` and the members that are hidden on every value.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::args::Args;
use super::table::{Answer, Fault, Method, Property, TypeTable};
use super::{TypeRef, type_names};
use crate::runtime::members::{self, MemberKind};
use crate::runtime::object::{Property as OwnProperty, PropertyKind, PsObject};
use crate::runtime::value::{Native, Value};

/// `psobject`, `pstypenames`, `psbase` of any value; `None` for other names.
pub fn hidden(value: &Value, name: &str) -> Option<Value> {
    match name.to_ascii_lowercase().as_str() {
        "psobject" => Some(Value::native(View(value.clone()))),
        "pstypenames" => Some(Value::array(
            type_names(value).into_iter().map(Value::Str).collect(),
        )),
        "psbase" => Some(base(value)),
        _ => None,
    }
}

fn base(value: &Value) -> Value {
    match value {
        Value::Object(object) => object.base.clone().unwrap_or_else(|| value.clone()),
        other => other.clone(),
    }
}

/// A value seen as `PSObject`.
struct View(Value);

impl Native for View {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(VIEW.name)
    }

    fn text(&self) -> String {
        crate::runtime::convert::to_text(&self.0)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The properties of a value, or all of its members.
struct Collection {
    value: Value,
    all: bool,
}

impl Collection {
    fn infos(&self) -> Vec<Value> {
        let listed = members::member_list(&self.value);
        let info = |name: &Rc<str>| {
            let kind = listed
                .iter()
                .find(|m| m.name.eq_ignore_ascii_case(name))
                .map(|m| m.kind);
            Value::native(MemberInfo {
                value: self.value.clone(),
                name: name.clone(),
                kind: kind.unwrap_or(MemberKind::Property),
            })
        };
        let mut infos: Vec<Value> = members::property_names(&self.value)
            .iter()
            .map(info)
            .collect();
        if self.all {
            let is_method = |kind| matches!(kind, MemberKind::Method | MemberKind::ScriptMethod);
            infos.extend(
                listed
                    .iter()
                    .filter(|m| is_method(m.kind))
                    .map(|m| info(&m.name)),
            );
        }
        infos
    }
}

impl Native for Collection {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(COLLECTION.name)
    }

    fn text(&self) -> String {
        COLLECTION.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn elements(&self) -> Option<Vec<Value>> {
        Some(self.infos())
    }

    fn property(&self, name: &str) -> Option<Value> {
        name.eq_ignore_ascii_case("Item")
            .then(|| Value::array(self.infos()))
    }
}

/// One member of a value.
struct MemberInfo {
    value: Value,
    name: Rc<str>,
    kind: MemberKind,
}

impl MemberInfo {
    fn current(&self) -> Value {
        if let Value::Object(object) = &self.value
            && let Some(PropertyKind::Note(value)) = object.find(&self.name).map(|p| p.kind)
        {
            return value;
        }
        let mut host = super::construct::NoHost;
        members::get_own(&self.value, &self.name, &mut host)
            .ok()
            .flatten()
            .unwrap_or_default()
    }
}

impl Native for MemberInfo {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(match self.kind {
            MemberKind::NoteProperty => "System.Management.Automation.PSNoteProperty",
            MemberKind::ScriptProperty => "System.Management.Automation.PSScriptProperty",
            MemberKind::AliasProperty => "System.Management.Automation.PSAliasProperty",
            MemberKind::Property => "System.Management.Automation.PSProperty",
            MemberKind::Method | MemberKind::ScriptMethod => {
                "System.Management.Automation.PSMethod"
            }
        })
    }

    fn text(&self) -> String {
        let ty = self
            .current()
            .type_ref()
            .map_or("object", TypeRef::full_name);
        format!(
            "{ty} {}={}",
            self.name,
            crate::runtime::convert::to_text(&self.current())
        )
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        [
            "MemberType",
            "IsSettable",
            "IsGettable",
            "Value",
            "TypeNameOfValue",
            "Name",
            "IsInstance",
        ]
        .map(Rc::from)
        .to_vec()
    }

    fn property(&self, name: &str) -> Option<Value> {
        Some(match name.to_ascii_lowercase().as_str() {
            "name" => Value::Str(self.name.clone()),
            "value" => self.current(),
            "membertype" => member_type(self.kind),
            "typenameofvalue" => self
                .current()
                .type_ref()
                .map_or("System.Object", TypeRef::full_name)
                .into(),
            "isgettable" => Value::Bool(true),
            "issettable" => Value::Bool(self.kind != MemberKind::Method),
            "isinstance" => Value::Bool(self.kind != MemberKind::Property),
            _ => return None,
        })
    }

    fn set_property(&self, name: &str, value: Value) -> Option<Result<(), String>> {
        if !name.eq_ignore_ascii_case("Value") {
            return None;
        }
        let mut host = super::construct::NoHost;
        let failed = |_| format!("The property '{}' cannot be set.", self.name);
        Some(members::set(&self.value, &self.name, value, &mut host).map_err(failed))
    }
}

/// `PSMemberTypes` as a value.
pub fn member_type(kind: MemberKind) -> Value {
    let number = match kind {
        MemberKind::AliasProperty => 1,
        MemberKind::Property => 4,
        MemberKind::NoteProperty => 8,
        MemberKind::ScriptProperty => 16,
        MemberKind::Method => 64,
        MemberKind::ScriptMethod => 256,
    };
    super::enums::EnumValue::any_number(TypeRef::named(MEMBER_TYPES.name), number)
}

/// `System.Management.Automation.PSMemberTypes`
pub static MEMBER_TYPES: TypeTable = super::enums::table(
    "System.Management.Automation.PSMemberTypes",
    &[
        ("AliasProperty", 1),
        ("CodeProperty", 2),
        ("Property", 4),
        ("NoteProperty", 8),
        ("ScriptProperty", 16),
        ("Properties", 31),
        ("PropertySet", 32),
        ("Method", 64),
        ("CodeMethod", 128),
        ("ScriptMethod", 256),
        ("Methods", 448),
        ("ParameterizedProperty", 512),
        ("MemberSet", 1024),
        ("Event", 2048),
        ("Dynamic", 4096),
        ("All", 8191),
    ],
    true,
);

fn seen(this: &Value) -> Value {
    this.downcast::<View>()
        .map(|view| view.0.clone())
        .unwrap_or_default()
}

fn collection(this: &Value, all: bool) -> Answer {
    Ok(Value::native(Collection {
        value: seen(this),
        all,
    }))
}

/// The value behind `psobject`.
pub static VIEW: TypeTable = TypeTable {
    name: "System.Management.Automation.PSMemberSet",
    properties: &[
        Property::read("System.Object Members {get;}", |v| collection(v, true)),
        Property::read("System.Object Properties {get;}", |v| collection(v, false)),
        Property::read("System.Object Methods {get;}", |v| {
            let methods = Collection {
                value: seen(v),
                all: true,
            };
            let is_method = |info: &Value| {
                info.downcast::<MemberInfo>().is_some_and(|m| {
                    matches!(m.kind, MemberKind::Method | MemberKind::ScriptMethod)
                })
            };
            Ok(Value::array(
                methods.infos().into_iter().filter(is_method).collect(),
            ))
        }),
        Property::read("System.Object ImmediateBaseObject {get;}", |v| {
            Ok(base(&seen(v)))
        }),
        Property::read("System.Object BaseObject {get;}", |v| Ok(base(&seen(v)))),
        Property::read("System.Object TypeNames {get;}", |v| {
            let value = seen(v);
            Ok(Value::native(TypeNames(value)))
        }),
    ],
    methods: &[Method::new("psobject Copy()", |c| Ok(copy(&seen(c.this))))],
    ..TypeTable::EMPTY
};

/// An object of its own with the same properties.
fn copy(value: &Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(Rc::new(PsObject {
            base: object.base.as_ref().map(copy),
            type_names: object.type_names.clone(),
            properties: object.properties.clone(),
            text: None,
        })),
        Value::Hashtable(table) => Value::Hashtable(Rc::new(table.copy())),
        other => other.clone(),
    }
}

/// `psobject.Properties` and `psobject.Members`.
pub static COLLECTION: TypeTable = TypeTable {
    name: "System.Management.Automation.PSMemberInfoIntegratingCollection`1",
    interfaces: &["System.Collections.IEnumerable"],
    methods: &[
        Method::new("void Add(System.Object member)", |c| {
            let Some(collection) = c.this.downcast::<Collection>() else {
                return Ok(Value::Null);
            };
            let member = c.arg(0).downcast::<NoteProperty>();
            let member = member
                .ok_or_else(|| Fault::argument("Only a PSNoteProperty can be added here."))?;
            match &collection.value {
                Value::Object(object) => {
                    if object.find(&member.name).is_some() {
                        let text = format!(
                            "Cannot add a member with the name \"{}\" because a member with that name already exists.",
                            member.name
                        );
                        return Err(Fault::Exception(
                            "System.Management.Automation.ExtendedTypeSystemException",
                            text,
                        ));
                    }
                    object.set_note(&member.name, member.value.borrow().clone());
                    Ok(Value::Null)
                }
                _ => Err(Fault::invalid_operation(
                    "Members can only be added to objects; use Add-Member -PassThru.",
                )),
            }
        }),
        Method::new("void Remove(string name)", |c| {
            if let Some(Collection {
                value: Value::Object(object),
                ..
            }) = c.this.downcast::<Collection>()
            {
                let name = c.text(0);
                object
                    .properties
                    .borrow_mut()
                    .retain(|p| !p.name.eq_ignore_ascii_case(&name));
            }
            Ok(Value::Null)
        }),
        Method::new("System.Object Match(string name)", |c| {
            let pattern = crate::runtime::wildcard::Wildcard::new(&c.text(0));
            let infos = c
                .this
                .downcast::<Collection>()
                .map(Collection::infos)
                .unwrap_or_default();
            let fits = |info: &Value| {
                info.downcast::<MemberInfo>()
                    .is_some_and(|m| pattern.matches(&m.name))
            };
            Ok(Value::array(infos.into_iter().filter(fits).collect()))
        }),
        Method::new("System.Object get_Item(string name)", |c| {
            let name = c.text(0);
            let infos = c
                .this
                .downcast::<Collection>()
                .map(Collection::infos)
                .unwrap_or_default();
            let fits = |info: &Value| {
                info.downcast::<MemberInfo>()
                    .is_some_and(|m| m.name.eq_ignore_ascii_case(&name))
            };
            Ok(infos.into_iter().find(fits).unwrap_or_default())
        }),
    ],
    ..TypeTable::EMPTY
};

/// `psobject.TypeNames`: names that can be added to.
struct TypeNames(Value);

impl Native for TypeNames {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TYPE_NAMES.name)
    }

    fn text(&self) -> String {
        type_names(&self.0).join(" ")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn elements(&self) -> Option<Vec<Value>> {
        Some(type_names(&self.0).into_iter().map(Value::Str).collect())
    }
}

fn change_names(this: &Value, change: impl FnOnce(&mut Vec<Rc<str>>)) -> Answer {
    match this.downcast::<TypeNames>() {
        Some(TypeNames(Value::Object(object))) => {
            change(&mut object.type_names.borrow_mut());
            Ok(Value::Null)
        }
        _ => Err(Fault::invalid_operation(
            "Type names can only be changed on objects.",
        )),
    }
}

/// Its members.
pub static TYPE_NAMES: TypeTable = TypeTable {
    name: "System.Management.Automation.PSTypeNames",
    interfaces: &["System.Collections.IEnumerable"],
    methods: &[
        Method::new("void Insert(int index, string name)", |c| {
            let (index, name) = (c.long(0), c.text(1));
            change_names(c.this, |names| {
                names.insert(usize::try_from(index).unwrap_or(0).min(names.len()), name)
            })
        }),
        Method::new("void Add(string name)", |c| {
            let name = c.text(0);
            change_names(c.this, |names| names.push(name))
        }),
        Method::new("void Clear()", |c| change_names(c.this, Vec::clear)),
        Method::new("bool Contains(string name)", |c| {
            let name = c.text(0);
            Ok(Value::Bool(
                c.this
                    .downcast::<TypeNames>()
                    .is_some_and(|n| type_names(&n.0).contains(&name)),
            ))
        }),
    ],
    ..TypeTable::EMPTY
};

/// A `PSNoteProperty` made by a script.
struct NoteProperty {
    name: Rc<str>,
    value: RefCell<Value>,
}

impl Native for NoteProperty {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(NOTE_PROPERTY.name)
    }

    fn text(&self) -> String {
        format!(
            "{}={}",
            self.name,
            crate::runtime::convert::to_text(&self.value.borrow())
        )
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The property a `PSNoteProperty` object stands for, for `Add-Member -MemberDefinition`-like uses.
pub fn note_of(value: &Value) -> Option<OwnProperty> {
    let note = value.downcast::<NoteProperty>()?;
    Some(OwnProperty {
        name: note.name.clone(),
        kind: PropertyKind::Note(note.value.borrow().clone()),
    })
}

/// `System.Management.Automation.PSNoteProperty`
pub static NOTE_PROPERTY: TypeTable = TypeTable {
    name: "System.Management.Automation.PSNoteProperty",
    aliases: &["psnoteproperty"],
    constructors: &[Method::new(
        "psnoteproperty new(string name, System.Object value)",
        |c| {
            Ok(Value::native(NoteProperty {
                name: c.text(0),
                value: RefCell::new(c.arg(1).clone()),
            }))
        },
    )],
    properties: &[
        Property::read("string Name {get;}", |v| {
            Ok(v.downcast::<NoteProperty>()
                .map_or(Value::Null, |n| Value::Str(n.name.clone())))
        }),
        Property {
            signature: "System.Object Value {get;set;}",
            get: |v| {
                Ok(v.downcast::<NoteProperty>()
                    .map(|n| n.value.borrow().clone())
                    .unwrap_or_default())
            },
            set: Some(|v, new| {
                if let Some(note) = v.downcast::<NoteProperty>() {
                    *note.value.borrow_mut() = new;
                }
                Ok(())
            }),
        },
    ],
    ..TypeTable::EMPTY
};

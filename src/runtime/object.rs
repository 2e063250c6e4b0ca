//! Objects with named properties: custom objects, cmdlet views, and members added to other values.

use std::cell::RefCell;
use std::rc::Rc;

use super::scriptblock::ScriptBlock;
use super::value::Value;

/// An ordered bag of properties with type names, over an optional base value (`Add-Member` on a string keeps the string).
pub struct PsObject {
    /// The wrapped value; `None` for a custom object or a cmdlet's view.
    pub base: Option<Value>,
    /// Most specific type first; views are chosen by these names.
    pub type_names: RefCell<Vec<Rc<str>>>,
    /// Properties in order of appearance.
    pub properties: RefCell<Vec<Property>>,
    /// What it prints as, when not as its base or its properties.
    pub text: Option<Rc<str>>,
}

/// One property of an object.
#[derive(Clone)]
pub struct Property {
    /// Name as declared; looked up without regard to case.
    pub name: Rc<str>,
    /// Where its value comes from.
    pub kind: PropertyKind,
}

/// Where a property's value comes from.
#[derive(Clone)]
pub enum PropertyKind {
    /// A stored value.
    Note(Value),
    /// Computed by a script block with `$this`; the second block sets it, with the new value as its argument.
    Script(Rc<ScriptBlock>, Option<Rc<ScriptBlock>>),
    /// A method made of a script block, called with `$this` and `$args`.
    Method(Rc<ScriptBlock>),
    /// Another name for a property.
    Alias(Rc<str>),
}

impl PsObject {
    /// A custom object (`[pscustomobject]`).
    pub fn custom(properties: Vec<(&str, Value)>) -> Value {
        PsObject::view("System.Management.Automation.PSCustomObject", properties)
    }

    /// An object of a named type, as cmdlets return them.
    pub fn view(type_name: &str, properties: Vec<(&str, Value)>) -> Value {
        let properties = properties
            .into_iter()
            .map(|(name, value)| Property {
                name: Rc::from(name),
                kind: PropertyKind::Note(value),
            })
            .collect();
        Value::Object(Rc::new(PsObject {
            base: None,
            type_names: RefCell::new(vec![Rc::from(type_name)]),
            properties: RefCell::new(properties),
            text: None,
        }))
    }

    /// A number as it was written: `007`, `1.50`, `10MB`.
    pub fn spelled(number: Value, text: Rc<str>) -> Value {
        Value::Object(Rc::new(PsObject {
            base: Some(number),
            type_names: RefCell::default(),
            properties: RefCell::default(),
            text: Some(text),
        }))
    }

    /// An object of a named type that prints as a text of its own.
    pub fn named(type_name: &str, properties: Vec<(&str, Value)>, text: Rc<str>) -> Value {
        match PsObject::view(type_name, properties) {
            Value::Object(view) => Value::Object(Rc::new(PsObject {
                base: None,
                type_names: view.type_names.clone(),
                properties: view.properties.clone(),
                text: Some(text),
            })),
            other => other,
        }
    }

    /// The property of this name, any case.
    pub fn find(&self, name: &str) -> Option<Property> {
        self.properties
            .borrow()
            .iter()
            .find(|p| p.name.eq_ignore_ascii_case(name))
            .cloned()
    }

    /// Adds a stored property or replaces the value of the one with this name.
    pub fn set_note(&self, name: &str, value: Value) {
        let mut properties = self.properties.borrow_mut();
        match properties
            .iter_mut()
            .find(|p| p.name.eq_ignore_ascii_case(name))
        {
            Some(property) => property.kind = PropertyKind::Note(value),
            None => properties.push(Property {
                name: Rc::from(name),
                kind: PropertyKind::Note(value),
            }),
        }
    }
}

//! What `-Property` takes: a name with wildcards, a script block, or a table of Name, Expression and more.

use std::rc::Rc;

use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::object::PropertyKind;
use crate::runtime::types::Invoker;
use crate::runtime::wildcard::Wildcard;
use crate::runtime::{Flow, Run, ScriptBlock, Value, convert, members, shell::Shell};

use super::align::Align;

/// One item of `-Property`.
#[derive(Clone, Default)]
pub struct Property {
    /// Which value.
    pub expression: Expression,
    /// `Name` or `Label`.
    pub label: Option<Rc<str>>,
    /// `FormatString`: a number or date format, or a composite one with `{0}`.
    pub format: Option<Rc<str>>,
    /// `Width` in cells.
    pub width: Option<usize>,
    /// `Alignment`
    pub align: Option<Align>,
    /// `Descending` is true or `Ascending` false.
    pub descending: Option<bool>,
}

/// Which value of an object.
#[derive(Clone)]
pub enum Expression {
    /// The property of a name, or of all names that fit a wildcard pattern.
    Name(Rc<str>),
    /// What a block writes for `$_`.
    Block(Rc<ScriptBlock>),
}

impl Default for Expression {
    fn default() -> Self {
        Expression::Name(Rc::from(""))
    }
}

/// A key that a table may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Key {
    Expression,
    Label,
    Name,
    FormatString,
    Alignment,
    Width,
    Depth,
    Ascending,
    Descending,
}

impl Key {
    /// Keys of `Format-Table`.
    pub const TABLE: &[Key] = &[
        Key::Expression,
        Key::Label,
        Key::Name,
        Key::FormatString,
        Key::Width,
        Key::Alignment,
    ];
    /// Keys of `Format-List`, `Format-Wide` and `-GroupBy`.
    pub const LIST: &[Key] = &[Key::Expression, Key::Label, Key::Name, Key::FormatString];
    /// Keys of `Format-Custom`.
    pub const CUSTOM: &[Key] = &[Key::Expression, Key::Depth];
    /// Keys of `Select-Object` and `ConvertTo-Html`.
    pub const SELECT: &[Key] = &[Key::Expression, Key::Label, Key::Name];
    /// Keys of `Sort-Object`.
    pub const SORT: &[Key] = &[Key::Expression, Key::Ascending, Key::Descending];
    /// Keys of `Group-Object` and others that only pick a value.
    pub const VALUE: &[Key] = &[Key::Expression];

    fn word(self) -> &'static str {
        match self {
            Key::Expression => "expression",
            Key::Label => "label",
            Key::Name => "name",
            Key::FormatString => "formatstring",
            Key::Alignment => "alignment",
            Key::Width => "width",
            Key::Depth => "depth",
            Key::Ascending => "ascending",
            Key::Descending => "descending",
        }
    }
}

impl Property {
    /// The property of a name.
    pub fn named(name: &str) -> Property {
        Property {
            expression: Expression::Name(Rc::from(name)),
            ..Property::default()
        }
    }

    /// Reads one item of `-Property`; keys of a table may be shortened.
    ///
    /// # Errors
    /// A key that is not allowed here, a table without expression, a value of the wrong kind.
    pub fn parse(value: &Value, keys: &[Key]) -> Result<Property, ErrorRecord> {
        match value {
            Value::ScriptBlock(block) => Ok(Property {
                expression: Expression::Block(block.clone()),
                ..Property::default()
            }),
            Value::Hashtable(table) => {
                let mut property = Property::default();
                let mut found = false;
                for (key, value) in table.pairs() {
                    found |=
                        property.entry(&convert::to_text(&key), &value, keys)? == Key::Expression;
                }
                match (&property.label, found) {
                    (_, true) => Ok(property),
                    (Some(label), false) => Ok(Property {
                        expression: Expression::Name(label.clone()),
                        ..property.clone()
                    }),
                    (None, false) => Err(invalid(
                        "DictionaryMandatoryEntry",
                        "The Expression key is missing from the property's hash table. Add it.",
                    )),
                }
            }
            other => Ok(Property::named(&convert::to_text(other))),
        }
    }

    /// Reads all items of `-Property`.
    ///
    /// # Errors
    /// As [`Property::parse`].
    pub fn parse_all(values: &[Value], keys: &[Key]) -> Result<Vec<Property>, ErrorRecord> {
        values
            .iter()
            .map(|value| Property::parse(value, keys))
            .collect()
    }

    fn entry(&mut self, name: &str, value: &Value, keys: &[Key]) -> Result<Key, ErrorRecord> {
        let lower = name.to_lowercase();
        let fits = |key: &&Key| !lower.is_empty() && key.word().starts_with(&lower);
        let Some(&key) = keys.iter().find(fits) else {
            return Err(invalid(
                "DictionaryKeyIllegal",
                format!("The {name} key is not valid."),
            ));
        };
        match key {
            Key::Expression => {
                self.expression = match value {
                    Value::ScriptBlock(block) => Expression::Block(block.clone()),
                    other => Expression::Name(convert::to_rc_text(other)),
                }
            }
            Key::Label | Key::Name => self.label = Some(convert::to_rc_text(value)),
            Key::FormatString => self.format = Some(convert::to_rc_text(value)),
            Key::Width => self.width = Some(width(value)?),
            Key::Alignment => self.align = Some(align(value)?),
            Key::Ascending => self.descending = Some(!convert::to_bool(value)),
            Key::Descending => self.descending = Some(convert::to_bool(value)),
            Key::Depth => {}
        }
        Ok(key)
    }

    /// The header: the label, or what the expression says.
    pub fn heading(&self) -> Rc<str> {
        self.label.clone().unwrap_or_else(|| self.expression.text())
    }

    /// The properties this one stands for on an object: wildcards become names, names get their spelling. A name that
    /// the object lacks is kept when `keep` says so.
    pub fn resolve(&self, object: &Value, keep: bool) -> Vec<Property> {
        let Expression::Name(name) = &self.expression else {
            return vec![self.clone()];
        };
        let with = |name: Rc<str>| Property {
            expression: Expression::Name(name),
            ..self.clone()
        };
        if Wildcard::is_pattern(name) {
            let pattern = Wildcard::new(name);
            return names(object)
                .into_iter()
                .filter(|n| pattern.matches(n))
                .map(with)
                .collect();
        }
        match spelling(object, name) {
            Some(spelled) => vec![with(spelled)],
            None if keep => vec![self.clone()],
            None => Vec::new(),
        }
    }

    /// The value for an object; `None` when it has no such property.
    ///
    /// # Errors
    /// What the block or a script property raises.
    pub fn value(&self, object: &Value, shell: &mut Shell) -> Run<Option<Value>> {
        match &self.expression {
            Expression::Name(name) => value_of(object, name, shell),
            Expression::Block(block) => {
                let written = shell.invoke(block, None, Some(object.clone()), Vec::new())?;
                Ok(Some(one(written)))
            }
        }
    }

    /// As [`Property::value`], with errors of the expression apart from control flow.
    ///
    /// # Errors
    /// Control flow other than errors.
    pub fn try_value(
        &self,
        object: &Value,
        shell: &mut Shell,
    ) -> Run<Result<Option<Value>, Rc<ErrorRecord>>> {
        match self.value(object, shell) {
            Ok(value) => Ok(Ok(value)),
            Err(Flow::Error { record, .. }) => Ok(Err(record)),
            Err(flow) => Err(flow),
        }
    }
}

impl Expression {
    /// The name, or the text of the block.
    pub fn text(&self) -> Rc<str> {
        match self {
            Expression::Name(name) => name.clone(),
            Expression::Block(block) => Rc::from(block.text()),
        }
    }
}

/// Written objects as one value: nothing, the one, or an array.
pub fn one(mut written: Vec<Value>) -> Value {
    match written.len() {
        0 => Value::Null,
        1 => written.swap_remove(0),
        _ => Value::array(written),
    }
}

/// Property names of an object in the order a list shows them; the keys of a hashtable.
pub fn names(object: &Value) -> Vec<Rc<str>> {
    match object {
        Value::Hashtable(table) => table.keys().iter().map(convert::to_rc_text).collect(),
        Value::Object(bag) if bag.base.is_none() => bag
            .properties
            .borrow()
            .iter()
            .filter(|property| !matches!(property.kind, PropertyKind::Method(_)))
            .map(|property| property.name.clone())
            .collect(),
        other => members::property_names(other),
    }
}

fn spelling(object: &Value, wanted: &str) -> Option<Rc<str>> {
    match object {
        Value::Object(bag) if bag.base.is_none() => bag
            .find(wanted)
            .filter(|property| !matches!(property.kind, PropertyKind::Method(_)))
            .map(|property| property.name),
        _ => names(object)
            .into_iter()
            .find(|name| name.eq_ignore_ascii_case(wanted)),
    }
}

/// A property of an object, or the value of a hashtable's key.
///
/// # Errors
/// What a script property raises.
pub fn value_of(object: &Value, name: &str, shell: &mut Shell) -> Run<Option<Value>> {
    if let Value::Hashtable(table) = object
        && let Some(value) = table.get_name(name)
    {
        return Ok(Some(value));
    }
    shell.property(object, name)
}

fn width(value: &Value) -> Result<usize, ErrorRecord> {
    match convert::to_i32(value) {
        Ok(cells) if cells > 0 => Ok(cells as usize),
        _ => Err(invalid(
            "ParameterValueOutOfRange",
            format!(
                "The Width key takes a number greater than 0, not \"{}\".",
                convert::to_text(value)
            ),
        )),
    }
}

fn align(value: &Value) -> Result<Align, ErrorRecord> {
    let word = convert::to_text(value).to_lowercase();
    let all = [
        ("left", Align::Left),
        ("center", Align::Center),
        ("right", Align::Right),
    ];
    let fits = all
        .iter()
        .find(|(name, _)| !word.is_empty() && name.starts_with(&word));
    fits.map(|(_, align)| *align).ok_or_else(|| {
        invalid(
            "AlignmentValueInvalid",
            format!("The Alignment key takes left, center or right, not \"{word}\"."),
        )
    })
}

fn invalid(id: &str, message: impl AsRef<str>) -> ErrorRecord {
    ErrorRecord::new(
        "System.NotSupportedException",
        id,
        ErrorCategory::InvalidArgument,
        message.as_ref(),
    )
    .with_details(message.as_ref())
}

//! Objects to packets: which shape, which columns, which groups.

use std::rc::Rc;

use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::shell::Shell;
use crate::runtime::types::{pair, type_names};
use crate::runtime::{Run, Value, compare, members};

use super::align::Align;
use super::expression::{self, Property};
use super::packet::{Entry, Packet, Page, Shape};
use super::table::Column;
use super::text::{self, cell, is_scalar};
use super::view::{self, Body, View, Wanted};
use super::{custom, error_view};

/// The most columns a table has when nobody names them.
const MOST_COLUMNS: usize = 10;
/// The most collections inside one another.
const DEEPEST: usize = 16;
/// The most properties of an object that is shown as a table of its own accord.
const MOST_IN_TABLE: usize = 4;

/// Which look was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Look {
    #[default]
    Default,
    Table,
    List,
    Wide,
    Custom,
}

/// What becomes of collections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Expand {
    /// Their elements are shown.
    #[default]
    EnumOnly,
    /// They themselves are shown.
    CoreOnly,
    /// They are described, then their elements are shown.
    Both,
}

/// What a `Format-*` cmdlet was told.
#[derive(Clone, Default)]
pub struct Spec {
    /// The look.
    pub look: Look,
    /// `-Property`
    pub properties: Vec<Property>,
    /// `-GroupBy`
    pub group_by: Option<Property>,
    /// `-AutoSize`
    pub auto_size: bool,
    /// `-Wrap`
    pub wrap: bool,
    /// `-HideTableHeaders`
    pub hide_headers: bool,
    /// `-Force`: also texts and numbers are shown as objects.
    pub force: bool,
    /// `-ShowError`: errors of expressions are printed below the row.
    pub show_error: bool,
    /// `-DisplayError`: a failed expression shows `#ERR`.
    pub display_error: bool,
    /// `-Column` of a wide look; 0 for as many as fit.
    pub columns: usize,
    /// `-Expand`
    pub expand: Expand,
    /// `-Depth` of a custom look.
    pub depth: usize,
}

/// Turns objects into the packets of one document.
pub struct Generator {
    spec: Spec,
    limit: i64,
    chosen: Option<Chosen>,
    group: Option<Value>,
    in_group: bool,
    /// How many collections stand around the current object.
    nested: usize,
}

/// What the first object settled.
struct Chosen {
    look: Look,
    /// Columns or properties; empty in a list or a wide look without -Property: each object's own.
    properties: Vec<Property>,
    view: Option<&'static View>,
    group_by: Option<GroupBy>,
}

struct GroupBy {
    property: Property,
    label: Rc<str>,
    indent: usize,
    spaced: bool,
}

impl Generator {
    /// A generator for what a cmdlet was told. `$FormatEnumerationLimit` is read from the shell.
    pub fn new(spec: Spec, shell: &Shell) -> Generator {
        Generator {
            spec,
            limit: limit(shell),
            chosen: None,
            group: None,
            in_group: false,
            nested: 0,
        }
    }

    /// Takes an object.
    ///
    /// # Errors
    /// Control flow of expressions; group keys that cannot be compared.
    pub fn push(&mut self, value: &Value, shell: &mut Shell, out: &mut Vec<Packet>) -> Run<()> {
        match value {
            Value::Null => Ok(()),
            value if value.downcast::<Packet>().is_some() => {
                out.extend(value.downcast::<Packet>().cloned());
                Ok(())
            }
            value => self.expand(value, shell, out),
        }
    }

    /// Ends the document.
    pub fn end(&mut self, out: &mut Vec<Packet>) {
        if self.chosen.take().is_some() {
            self.leave_group(out);
            out.push(Packet::End);
        }
        self.group = None;
    }

    fn expand(&mut self, value: &Value, shell: &mut Shell, out: &mut Vec<Packet>) -> Run<()> {
        let items = match (self.spec.expand, value) {
            (Expand::CoreOnly, _) => None,
            (_, Value::Hashtable(table)) => Some(
                table
                    .pairs()
                    .into_iter()
                    .map(|(key, value)| pair::entry(key, value))
                    .collect(),
            ),
            (_, value) => text::elements(value),
        };
        let Some(items) = items else {
            return self.object(value, shell, out);
        };
        if self.spec.expand == Expand::Both {
            out.push(Packet::OutOfBand(Entry::Text(format!(
                "The following object supports IEnumerable:\n\n{}\n",
                members::text(value)
            ))));
        }
        // A list may hold itself; what stands too deep is named by its type.
        if self.nested >= DEEPEST {
            let name = value.type_ref().map_or("", |ty| ty.full_name());
            out.push(Packet::OutOfBand(Entry::Text(name.to_owned())));
            return Ok(());
        }
        self.nested += 1;
        let result = items
            .iter()
            .try_for_each(|item| self.push(item, shell, out));
        self.nested -= 1;
        result
    }

    fn object(&mut self, value: &Value, shell: &mut Shell, out: &mut Vec<Packet>) -> Run<()> {
        if self.spec.look == Look::Default
            && let Some(page) = Page::of(value)
        {
            out.push(Packet::OutOfBand(Entry::Page(page)));
            return Ok(());
        }
        if !self.spec.force
            && let Some(entry) = apart(value, shell)
        {
            out.push(Packet::OutOfBand(entry));
            return Ok(());
        }
        if self.chosen.is_none() {
            let chosen = self.choose(value, shell)?;
            out.push(Packet::Start(Rc::new(self.shape(&chosen, value, shell)?)));
            self.chosen = Some(chosen);
        }
        if self.is_stranger(value) {
            let fields = self.fields(&expression::names(value), value, shell)?;
            out.push(Packet::OutOfBand(Entry::List(fields)));
            return Ok(());
        }
        self.enter_group(value, shell, out)?;
        self.payload(value, shell, out)
    }

    /// An object that the document's view is not made for.
    fn is_stranger(&self, value: &Value) -> bool {
        let view = self.chosen.as_ref().and_then(|chosen| chosen.view);
        view.is_some_and(|view| {
            !type_names(value)
                .iter()
                .any(|name| **name == *view.type_name)
        })
    }

    fn choose(&self, value: &Value, shell: &mut Shell) -> Run<Chosen> {
        let group_by = self.spec.group_by.clone().map(|property| GroupBy {
            label: property.heading(),
            property,
            indent: 3,
            spaced: false,
        });
        let mut chosen = Chosen {
            look: self.spec.look,
            properties: Vec::new(),
            view: None,
            group_by,
        };
        if !self.spec.properties.is_empty() {
            let keep = chosen.look != Look::List;
            chosen.properties = match chosen.look {
                Look::List => self.spec.properties.clone(),
                _ => self.resolve_all(value, keep),
            };
            return Ok(chosen);
        }
        let names = type_names(value);
        let wanted = match self.spec.look {
            Look::Default => Some(Wanted::Any),
            Look::Table => Some(Wanted::Table),
            Look::List => Some(Wanted::List),
            Look::Wide | Look::Custom => None,
        };
        if let Some(view) = wanted.and_then(|wanted| view::find(&names, wanted)) {
            self.take_view(view, &mut chosen);
            return Ok(chosen);
        }
        let own = default_names(value, &names);
        chosen.look = match self.spec.look {
            Look::Default if own.len() > MOST_IN_TABLE => Look::List,
            Look::Default => Look::Table,
            given => given,
        };
        match chosen.look {
            Look::Table => {
                chosen.properties = own
                    .iter()
                    .take(MOST_COLUMNS)
                    .map(|name| Property::named(name))
                    .collect();
            }
            Look::Wide => chosen.properties = display_name(value).into_iter().collect(),
            _ => {}
        }
        let _ = shell;
        Ok(chosen)
    }

    fn take_view(&self, view: &'static View, chosen: &mut Chosen) {
        chosen.view = Some(view);
        chosen.look = match view.body {
            Body::Table(columns) => {
                chosen.properties = columns.iter().map(from_column).collect();
                Look::Table
            }
            Body::List(properties) => {
                chosen.properties = properties
                    .iter()
                    .map(|name| Property::named(name))
                    .collect();
                Look::List
            }
            Body::Text(_) | Body::Apart(_) => Look::Custom,
        };
        if let (None, Some(group)) = (&chosen.group_by, view.group) {
            chosen.group_by = Some(GroupBy {
                property: Property::named(group.property),
                label: Rc::from(group.label),
                indent: group.indent,
                spaced: group.spaced,
            });
        }
    }

    fn resolve_all(&self, value: &Value, keep: bool) -> Vec<Property> {
        self.spec
            .properties
            .iter()
            .flat_map(|property| property.resolve(value, keep))
            .collect()
    }

    fn shape(&self, chosen: &Chosen, value: &Value, shell: &mut Shell) -> Run<Shape> {
        Ok(match chosen.look {
            Look::List => Shape::List,
            Look::Wide => Shape::Wide {
                columns: self.spec.columns,
            },
            Look::Custom | Look::Default => Shape::Text,
            Look::Table => {
                let mut columns = Vec::new();
                for property in &chosen.properties {
                    columns.push(Column {
                        label: property.heading().to_string(),
                        width: if self.spec.auto_size && chosen.view.is_some() {
                            0
                        } else {
                            property.width.unwrap_or(0)
                        },
                        align: match property.align {
                            Some(align) => align,
                            None => side(property, value, shell)?,
                        },
                    });
                }
                Shape::Table {
                    columns,
                    hide_headers: self.spec.hide_headers,
                    auto_size: self.spec.auto_size,
                }
            }
        })
    }

    fn enter_group(&mut self, value: &Value, shell: &mut Shell, out: &mut Vec<Packet>) -> Run<()> {
        let Some(by) = self
            .chosen
            .as_ref()
            .and_then(|chosen| chosen.group_by.as_ref())
        else {
            if !self.in_group {
                self.in_group = true;
                out.push(Packet::GroupStart(None));
            }
            return Ok(());
        };
        let key = by
            .property
            .try_value(value, shell)?
            .ok()
            .flatten()
            .unwrap_or_default();
        if self.in_group
            && let Some(current) = &self.group
            && same(current, &key)?
        {
            return Ok(());
        }
        let label = if key.is_null() { "" } else { &*by.label };
        let after = if by.spaced { "\n" } else { "" };
        let shown = cell(&key, self.limit);
        // A folder stands without the name of its provider.
        let shown = shown
            .rsplit_once("FileSystem::")
            .map_or(shown.as_str(), |(_, path)| path);
        let heading = format!("{}{label}: {shown}{after}", " ".repeat(by.indent));
        self.leave_group(out);
        self.in_group = true;
        self.group = Some(key);
        out.push(Packet::GroupStart(Some(heading)));
        Ok(())
    }

    fn leave_group(&mut self, out: &mut Vec<Packet>) {
        if std::mem::take(&mut self.in_group) {
            out.push(Packet::GroupEnd);
        }
    }

    fn payload(&mut self, value: &Value, shell: &mut Shell, out: &mut Vec<Packet>) -> Run<()> {
        let Some(chosen) = &self.chosen else {
            return Ok(());
        };
        let entry = match chosen.look {
            Look::Table => {
                let properties = chosen.properties.clone();
                let mut cells = Vec::with_capacity(properties.len());
                let mut errors = Vec::new();
                for property in &properties {
                    cells.push(self.cell(property, value, shell, &mut errors)?);
                }
                out.push(Packet::Entry(Entry::Row(cells, self.spec.wrap)));
                out.extend(
                    errors
                        .into_iter()
                        .map(|text| Packet::OutOfBand(Entry::Text(text))),
                );
                return Ok(());
            }
            Look::List => {
                let properties: Vec<Property> = match (chosen.view, self.spec.properties.is_empty())
                {
                    (Some(_), _) => chosen.properties.clone(),
                    (None, false) => self.resolve_all(value, false),
                    (None, true) => default_names(value, &type_names(value))
                        .iter()
                        .map(|name| Property::named(name))
                        .collect(),
                };
                let mut fields = Vec::with_capacity(properties.len());
                let mut errors = Vec::new();
                for property in &properties {
                    let text = self.cell(property, value, shell, &mut errors)?;
                    fields.push((property.heading().to_string(), text));
                }
                Entry::List(fields)
            }
            Look::Wide => match chosen.properties.first().cloned() {
                Some(property) => {
                    Entry::Wide(self.cell(&property, value, shell, &mut Vec::new())?)
                }
                None => Entry::Wide(members::text(value)),
            },
            Look::Custom | Look::Default => match chosen.view.map(|view| view.body) {
                Some(Body::Text(text) | Body::Apart(text)) => Entry::Text(text(value)),
                _ => Entry::Text(custom::describe(value, &self.spec, self.limit, shell)?),
            },
        };
        out.push(Packet::Entry(entry));
        Ok(())
    }

    /// Names and values of an object that stands alone.
    fn fields(
        &self,
        names: &[Rc<str>],
        value: &Value,
        shell: &mut Shell,
    ) -> Run<Vec<(String, String)>> {
        let mut fields = Vec::with_capacity(names.len());
        for name in names {
            let text = self.cell(&Property::named(name), value, shell, &mut Vec::new())?;
            fields.push((name.to_string(), text));
        }
        Ok(fields)
    }

    fn cell(
        &self,
        property: &Property,
        object: &Value,
        shell: &mut Shell,
        errors: &mut Vec<String>,
    ) -> Run<String> {
        let value = match property.try_value(object, shell)? {
            Ok(value) => value.unwrap_or_default(),
            Err(_) => {
                if self.spec.show_error {
                    errors.push(failed(property, object));
                }
                let text = if self.spec.display_error { "#ERR" } else { "" };
                return Ok(text.to_owned());
            }
        };
        match &property.format {
            Some(format) => Ok(
                members::format_column(&value, format).unwrap_or_else(|_| members::text(&value))
            ),
            None => Ok(cell(&value, self.limit)),
        }
    }
}

/// How many elements of a collection are shown.
fn limit(shell: &Shell) -> i64 {
    let given = shell.variable("FormatEnumerationLimit");
    given
        .and_then(|value| crate::runtime::convert::to_i64(&value).ok())
        .unwrap_or(text::DEFAULT_LIMIT)
}

/// What is shown as a text wherever it comes up.
fn apart(value: &Value, shell: &mut Shell) -> Option<Entry> {
    if let Value::Error(record) = value {
        return Some(Entry::Text(
            error_view::text(record, shell)
                .trim_end_matches('\n')
                .to_owned(),
        ));
    }
    if is_scalar(value) {
        return Some(Entry::Text(members::text(value)));
    }
    if let Some(View {
        body: Body::Apart(text),
        ..
    }) = view::find(&type_names(value), Wanted::Any)
    {
        return Some(Entry::Text(text(value)));
    }
    expression::names(value)
        .is_empty()
        .then(|| Entry::Text(members::text(value)))
}

/// The properties of an object that nobody chose from: those of its list view, or all.
fn default_names(value: &Value, types: &[Rc<str>]) -> Vec<Rc<str>> {
    match view::find(types, Wanted::List).map(|view| view.body) {
        Some(Body::List(names)) => names.iter().map(|name| Rc::from(*name)).collect(),
        _ => match value {
            // A node of XML is its attributes and its children.
            Value::Native(node) if types.iter().any(|name| name.starts_with("System.Xml.Xml")) => {
                node.property_names()
            }
            _ => expression::names(value),
        },
    }
}

fn from_column(column: &view::Column) -> Property {
    let label = (!column.label.is_empty()).then(|| Rc::from(column.label));
    let width = (column.width > 0).then_some(column.width);
    Property {
        label,
        width,
        align: Some(column.align),
        ..Property::named(column.property)
    }
}

/// Numbers, booleans and enumeration members stand right, as the first object has them.
fn side(property: &Property, value: &Value, shell: &mut Shell) -> Run<Align> {
    let shown = property
        .try_value(value, shell)?
        .ok()
        .flatten()
        .unwrap_or_default();
    let right = is_scalar(&shown) && !members::is_text(&shown);
    Ok(if right { Align::Right } else { Align::Left })
}

/// The property that names an object.
fn display_name(value: &Value) -> Option<Property> {
    let names = expression::names(value);
    let patterns: [fn(&str) -> bool; 6] = [
        |n| n == "name",
        |n| n == "id",
        |n| n == "key",
        |n| n.ends_with("key"),
        |n| n.ends_with("name"),
        |n| n.ends_with("id"),
    ];
    let found = patterns
        .iter()
        .find_map(|fits| names.iter().find(|name| fits(&name.to_lowercase())));
    found.or(names.first()).map(|name| Property::named(name))
}

fn same(current: &Value, key: &Value) -> Run<bool> {
    if current.is_null() || key.is_null() {
        return Ok(current.is_null() && key.is_null());
    }
    if let (Value::Object(a), Value::Object(b)) = (current, key)
        && a.base.is_none()
        && b.base.is_none()
    {
        if Rc::ptr_eq(a, b) {
            return Ok(true);
        }
        let (new, old) = (members::text(key), members::text(current));
        return Err(ErrorRecord::new(
            "System.Management.Automation.ExtendedTypeSystemException",
            "PSObjectCompareTo",
            ErrorCategory::NotSpecified,
            format!(
                "Cannot compare \"{new}\" to \"{old}\" because the objects are not the same type or the object \"{new}\" does not implement \"IComparable\"."
            ),
        )
        .into());
    }
    Ok(compare::equals(current, key))
}

/// The text of -ShowError.
fn failed(property: &Property, object: &Value) -> String {
    let kind = object.type_ref().map_or("Object", |ty| ty.name());
    let kind = if kind == "PSCustomObject" {
        "PSObject"
    } else {
        kind
    };
    format!(
        "Failed to evaluate expression \"{}\".\n    + CategoryInfo          : InvalidArgument: ({}:{kind}) [], RuntimeException\n    + FullyQualifiedErrorId : mshExpressionError",
        property.expression.text(),
        members::text(object),
    )
}

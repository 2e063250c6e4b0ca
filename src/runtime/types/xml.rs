//! `[xml]`: a document whose elements and attributes are properties.

use std::any::Any;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::args::Args;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::{TypeRef, xml_parse};
use crate::runtime::convert;
use crate::runtime::value::{Native, Value};

/// An element, or the document around the first one.
pub struct Node {
    /// Its name with its prefix; `#document` of a document.
    pub name: Rc<str>,
    /// In order.
    pub attributes: RefCell<Vec<(Rc<str>, Rc<str>)>>,
    /// In order.
    pub children: RefCell<Vec<Child>>,
    /// The element around it.
    pub parent: RefCell<Weak<Node>>,
}

/// What stands inside an element.
#[derive(Clone)]
pub enum Child {
    /// An element.
    Element(Rc<Node>),
    /// Text, entities read.
    Text(Rc<str>),
    /// `<!-- -->`
    Comment(Rc<str>),
    /// `<? ?>`, with its name.
    Instruction(Rc<str>),
}

impl Node {
    /// An element without content.
    pub fn new(name: &str) -> Rc<Node> {
        Rc::new(Node {
            name: Rc::from(name),
            attributes: RefCell::default(),
            children: RefCell::default(),
            parent: RefCell::default(),
        })
    }

    /// Puts a child at the end.
    pub fn append(self: &Rc<Node>, child: Child) {
        if let Child::Element(element) = &child {
            *element.parent.borrow_mut() = Rc::downgrade(self);
        }
        self.children.borrow_mut().push(child);
    }

    fn is_document(&self) -> bool {
        &*self.name == DOCUMENT_NAME
    }

    fn elements(&self) -> Vec<Rc<Node>> {
        let element = |child: &Child| {
            if let Child::Element(element) = child {
                Some(element.clone())
            } else {
                None
            }
        };
        self.children.borrow().iter().filter_map(element).collect()
    }

    fn attribute(&self, name: &str) -> Option<Rc<str>> {
        self.attributes
            .borrow()
            .iter()
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone())
    }

    /// All text in it.
    fn inner_text(&self) -> String {
        let mut out = String::new();
        for child in self.children.borrow().iter() {
            match child {
                Child::Text(text) => out.push_str(text),
                Child::Element(element) => out.push_str(&element.inner_text()),
                _ => {}
            }
        }
        out
    }

    fn write(&self, out: &mut String) {
        if self.is_document() {
            return self.write_children(out);
        }
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in self.attributes.borrow().iter() {
            out.push_str(&format!(" {name}=\"{}\"", escape(value, true)));
        }
        if self.children.borrow().is_empty() {
            out.push_str(" />");
            return;
        }
        out.push('>');
        self.write_children(out);
        out.push_str(&format!("</{}>", self.name));
    }

    fn write_children(&self, out: &mut String) {
        for child in self.children.borrow().iter() {
            match child {
                Child::Element(element) => element.write(out),
                Child::Text(text) => out.push_str(&escape(text, false)),
                Child::Comment(text) => out.push_str(&format!("<!--{text}-->")),
                Child::Instruction(text) => out.push_str(&format!("<?{text}?>")),
            }
        }
    }
}

const DOCUMENT_NAME: &str = "#document";

fn escape(text: &str, in_attribute: bool) -> String {
    let plain = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    if in_attribute {
        plain.replace('"', "&quot;")
    } else {
        plain
    }
}

/// A node as a value.
struct XmlNode(Rc<Node>);

fn value(node: Rc<Node>) -> Value {
    Value::native(XmlNode(node))
}

/// As PowerShell shows an element: its text when it is nothing else.
fn shown(node: &Rc<Node>) -> Value {
    let only_text = node.attributes.borrow().is_empty() && node.elements().is_empty();
    if only_text {
        node.inner_text().into()
    } else {
        value(node.clone())
    }
}

fn many(mut found: Vec<Value>) -> Value {
    if found.len() == 1 {
        found.remove(0)
    } else {
        Value::array(found)
    }
}

impl Native for XmlNode {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(if self.0.is_document() {
            DOCUMENT.name
        } else {
            ELEMENT.name
        })
    }

    fn text(&self) -> String {
        if self.0.is_document() {
            "#document".to_owned()
        } else {
            self.0.name.to_string()
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        let mut names: Vec<Rc<str>> = self
            .0
            .attributes
            .borrow()
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        for element in self.0.elements() {
            if !names.contains(&element.name) {
                names.push(element.name.clone());
            }
        }
        names
    }

    fn property(&self, name: &str) -> Option<Value> {
        let local = |full: &str| full.eq_ignore_ascii_case(name);
        let mut found: Vec<Value> = self.0.attribute(name).map(Value::Str).into_iter().collect();
        found.extend(
            self.0
                .elements()
                .iter()
                .filter(|element| local(&element.name))
                .map(shown),
        );
        if found.is_empty() && name == "#text" {
            return Some(self.0.inner_text().into());
        }
        (!found.is_empty()).then(|| many(found))
    }

    fn set_property(&self, name: &str, value: Value) -> Option<Result<(), String>> {
        let text: Rc<str> = convert::to_rc_text(&value);
        if let Some(slot) = self
            .0
            .attributes
            .borrow_mut()
            .iter_mut()
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
        {
            slot.1 = text;
            return Some(Ok(()));
        }
        let element = self
            .0
            .elements()
            .into_iter()
            .find(|element| element.name.eq_ignore_ascii_case(name))?;
        *element.children.borrow_mut() = vec![Child::Text(text)];
        Some(Ok(()))
    }

    fn equals(&self, other: &dyn Native) -> bool {
        other
            .as_any()
            .downcast_ref::<XmlNode>()
            .is_some_and(|other| Rc::ptr_eq(&self.0, &other.0))
    }
}

fn node(value: &Value) -> Result<&Rc<Node>, Fault> {
    value
        .downcast::<XmlNode>()
        .map(|node| &node.0)
        .ok_or_else(|| Fault::argument("An XML node was expected."))
}

fn load(text: &str) -> Result<Rc<Node>, Fault> {
    let document = Node::new(DOCUMENT_NAME);
    xml_parse::read(text, &document)
        .map_err(|why| Fault::Exception("System.Xml.XmlException", why))?;
    Ok(document)
}

/// Replaces a document's content.
fn reload(call: &Call<'_>, text: &str) -> Answer {
    let own = node(call.this)?;
    let fresh = load(text)?;
    let children = fresh.children.take();
    own.children.borrow_mut().clear();
    for child in children {
        own.append(child);
    }
    Ok(Value::Null)
}

/// The nodes of a path: `/a/b`, `//b`, `a[@k='v']`, `a[2]`, `@k`, `*`. Prefixes are compared as they are written.
fn select(start: &Rc<Node>, path: &str) -> Result<Vec<Value>, Fault> {
    let above = |node: &Node| node.parent.borrow().upgrade();
    let mut root = start.clone();
    while let Some(parent) = above(&root) {
        root = parent;
    }
    let (mut nodes, mut rest) = match path.strip_prefix('/') {
        Some(rest) => (vec![root], rest),
        None => (vec![start.clone()], path),
    };
    let refused = |step: &str| {
        Fault::Exception(
            "System.Xml.XPath.XPathException",
            format!(
                "'{step}' is not supported in a path here: names, *, //, @name, [n], [name], [name='x'] and [@name='x'] are."
            ),
        )
    };
    loop {
        let deep = rest.starts_with('/');
        rest = rest.trim_start_matches('/');
        let end = step_end(rest);
        let (step, after) = rest.split_at(end);
        if let Some(attribute) = step.strip_prefix('@') {
            return Ok(nodes
                .iter()
                .filter_map(|node| node.attribute(attribute))
                .map(Value::Str)
                .collect());
        }
        if step == "text()" {
            return Ok(nodes.iter().map(|node| node.inner_text().into()).collect());
        }
        let (name, test) = step
            .split_once('[')
            .map_or((step, None), |(name, test)| (name, test.strip_suffix(']')));
        if name.is_empty()
            || name.contains([':', '(', ')', '|']) && !name.contains("::") && name.contains('(')
        {
            return Err(refused(step));
        }
        let mut next = Vec::new();
        for node in &nodes {
            let mut found = if name == "." {
                vec![node.clone()]
            } else {
                node.elements()
            };
            if deep {
                let mut i = 0;
                while let Some(inner) = found.get(i).map(|node| node.elements()) {
                    found.splice(i + 1..i + 1, inner);
                    i += 1;
                }
            }
            found.retain(|node| name == "*" || name == "." || *node.name == *name);
            next.extend(match test {
                None => found,
                Some(test) => filtered(found, test).ok_or_else(|| refused(step))?,
            });
        }
        nodes = next;
        match after.strip_prefix('/') {
            Some(more) => rest = more,
            None => return Ok(nodes.into_iter().map(value).collect()),
        }
    }
}

/// Where a step ends: at a slash outside of brackets and quotes.
fn step_end(path: &str) -> usize {
    let (mut depth, mut quote) = (0, None);
    for (at, c) in path.char_indices() {
        match (c, quote) {
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('[', None) => depth += 1,
            (']', None) => depth -= 1,
            ('/', None) if depth == 0 => return at,
            _ => {}
        }
    }
    path.len()
}

/// The nodes a test in brackets leaves; `None` when it is no test known here.
fn filtered(nodes: Vec<Rc<Node>>, test: &str) -> Option<Vec<Rc<Node>>> {
    let test = test.trim();
    if let Ok(place) = test.parse::<usize>() {
        return Some(
            nodes
                .into_iter()
                .skip(place.checked_sub(1)?)
                .take(1)
                .collect(),
        );
    }
    let (name, wanted) = test.split_once('=').map_or((test, None), |(name, wanted)| {
        (name.trim(), Some(wanted.trim()))
    });
    let wanted = match wanted {
        None => None,
        Some(text) => Some(
            text.strip_prefix('\'')
                .and_then(|t| t.strip_suffix('\''))
                .or_else(|| text.strip_prefix('"')?.strip_suffix('"'))?,
        ),
    };
    if name.contains(['(', ')', ' ', '/']) {
        return None;
    }
    let holds = |node: &Rc<Node>| {
        let values: Vec<String> = match name.strip_prefix('@') {
            Some(name) => node
                .attribute(name)
                .iter()
                .map(|text| text.to_string())
                .collect(),
            None => node
                .elements()
                .iter()
                .filter(|e| *e.name == *name)
                .map(|e| e.inner_text())
                .collect(),
        };
        wanted.map_or(!values.is_empty(), |wanted| {
            values.iter().any(|value| value == wanted)
        })
    };
    Some(nodes.into_iter().filter(holds).collect())
}

fn outer(node: &Node) -> String {
    let mut out = String::new();
    node.write(&mut out);
    out
}

macro_rules! of_node {
    ($signature:literal, $node:ident => $value:expr) => {
        Property::read($signature, |v| {
            let $node = node(v)?;
            Ok($value)
        })
    };
}

/// `System.Xml.XmlNode`
pub static NODE: TypeTable = TypeTable {
    name: "System.Xml.XmlNode",
    properties: &[
        of_node!("string Name {get;}", node => Value::Str(node.name.clone())),
        of_node!("string LocalName {get;}", node => node.name.rsplit(':').next().unwrap_or_default().into()),
        of_node!("bool HasChildNodes {get;}", node => Value::Bool(!node.children.borrow().is_empty())),
        of_node!("System.Object ChildNodes {get;}", node => Value::array(node.elements().into_iter().map(value).collect())),
        of_node!("System.Xml.XmlNode FirstChild {get;}", node => node.elements().first().map_or(Value::Null, |first| value(first.clone()))),
        of_node!("System.Xml.XmlNode LastChild {get;}", node => node.elements().last().map_or(Value::Null, |last| value(last.clone()))),
        of_node!("System.Xml.XmlNode ParentNode {get;}", node => node.parent.borrow().upgrade().map_or(Value::Null, value)),
        of_node!("System.Object Attributes {get;}", node => {
            let pair = |(name, text): &(Rc<str>, Rc<str>)| {
                crate::runtime::object::PsObject::view(
                    "System.Xml.XmlAttribute",
                    vec![("Name", Value::Str(name.clone())), ("Value", Value::Str(text.clone()))],
                )
            };
            Value::array(node.attributes.borrow().iter().map(pair).collect())
        }),
        Property {
            signature: "string InnerText {get;set;}",
            get: |v| Ok(node(v)?.inner_text().into()),
            set: Some(|v, new| {
                *node(v)?.children.borrow_mut() = vec![Child::Text(convert::to_rc_text(&new))];
                Ok(())
            }),
        },
        of_node!("string InnerXml {get;}", node => {
            let mut out = String::new();
            node.write_children(&mut out);
            out.into()
        }),
        of_node!("string OuterXml {get;}", node => outer(node).into()),
    ],
    methods: &[
        Method::new("System.Object SelectNodes(string xpath)", |c| {
            Ok(Value::array(select(node(c.this)?, &c.text(0))?))
        }),
        Method::new("System.Xml.XmlNode SelectSingleNode(string xpath)", |c| {
            Ok(select(node(c.this)?, &c.text(0))?
                .into_iter()
                .next()
                .unwrap_or_default())
        }),
        Method::new(
            "System.Xml.XmlNode AppendChild(System.Object newChild)",
            |c| {
                let (own, child) = (node(c.this)?, node(c.arg(0))?);
                let mut above = Some(own.clone());
                while let Some(node) = above {
                    if Rc::ptr_eq(&node, child) {
                        return Err(Fault::argument(
                            "Cannot insert a node or any ancestor of that node as a child of itself.",
                        ));
                    }
                    above = node.parent.borrow().upgrade();
                }
                own.append(Child::Element(child.clone()));
                Ok(c.arg(0).clone())
            },
        ),
        Method::new(
            "System.Xml.XmlNode RemoveChild(System.Object oldChild)",
            |c| {
                let child = node(c.arg(0))?.clone();
                node(c.this)?
                    .children
                    .borrow_mut()
                    .retain(|own| !matches!(own, Child::Element(e) if Rc::ptr_eq(e, &child)));
                Ok(c.arg(0).clone())
            },
        ),
    ],
    ..TypeTable::EMPTY
};

/// `System.Xml.XmlElement`
pub static ELEMENT: TypeTable = TypeTable {
    name: "System.Xml.XmlElement",
    base: "System.Xml.XmlNode",
    methods: &[
        Method::new("string GetAttribute(string name)", |c| {
            Ok(node(c.this)?
                .attribute(&c.text(0))
                .map_or_else(|| "".into(), Value::Str))
        }),
        Method::new("bool HasAttribute(string name)", |c| {
            Ok(Value::Bool(node(c.this)?.attribute(&c.text(0)).is_some()))
        }),
        Method::new("void SetAttribute(string name, string value)", |c| {
            let (name, text) = (c.text(0), c.text(1));
            let mut attributes = node(c.this)?.attributes.borrow_mut();
            match attributes.iter_mut().find(|(own, _)| *own == name) {
                Some(slot) => slot.1 = text,
                None => attributes.push((name, text)),
            }
            Ok(Value::Null)
        }),
        Method::new("void RemoveAttribute(string name)", |c| {
            let name = c.text(0);
            node(c.this)?
                .attributes
                .borrow_mut()
                .retain(|(own, _)| *own != name);
            Ok(Value::Null)
        }),
        Method::new("System.Object GetElementsByTagName(string name)", |c| {
            Ok(Value::array(select(
                node(c.this)?,
                &format!(".//{}", c.text(0)),
            )?))
        }),
    ],
    ..TypeTable::EMPTY
};

/// `System.Xml.XmlDocument`
pub static DOCUMENT: TypeTable = TypeTable {
    name: "System.Xml.XmlDocument",
    aliases: &["xml"],
    base: "System.Xml.XmlNode",
    constructors: &[Method::new("xml new()", |_| {
        Ok(value(Node::new(DOCUMENT_NAME)))
    })],
    properties: &[
        of_node!("System.Xml.XmlElement DocumentElement {get;}", node => {
            node.elements().first().map_or(Value::Null, |first| value(first.clone()))
        }),
    ],
    methods: &[
        Method::new("System.Xml.XmlElement CreateElement(string name)", |c| {
            Ok(value(Node::new(&c.text(0))))
        }),
        Method::new("System.Object GetElementsByTagName(string name)", |c| {
            Ok(Value::array(select(
                node(c.this)?,
                &format!("//{}", c.text(0)),
            )?))
        }),
        Method::new("void LoadXml(string xml)", |c| reload(c, &c.text(0))),
        Method::new("void Load(string filename)", |c| {
            let path = super::io::full_path(c, 0)?;
            let bytes = std::fs::read(&path).map_err(|error| super::io::fault(&error, &path))?;
            reload(c, &super::encoding::decode_by_mark(&bytes, None))
        }),
        Method::new("void Save(string filename)", |c| {
            let path = super::io::full_path(c, 0)?;
            let text = outer(node(c.this)?);
            std::fs::write(&path, text).map_err(|error| super::io::fault(&error, &path))?;
            Ok(Value::Null)
        }),
    ],
    static_methods: &[Method::new("xml Parse(string xml)", |c| {
        Ok(value(load(&c.text(0))?))
    })],
    ..TypeTable::EMPTY
};

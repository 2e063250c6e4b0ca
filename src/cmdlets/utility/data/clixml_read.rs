//! PowerShell's XML to objects (MS-PSRP, section 2.2.5).

use std::collections::HashMap;
use std::rc::Rc;

use crate::cmdlets::utility::security::sealing;
use crate::runtime::object::{Property, PropertyKind, PsObject};
use crate::runtime::shell::Shell;
use crate::runtime::types::credential::PsCredential;
use crate::runtime::types::hashtable::Hashtable;
use crate::runtime::types::secure_string::SecureString;
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::{TypeRef, Value, convert};

use super::iso_date;
use super::xml::{Element, parse};

/// Reads the objects of a text.
///
/// # Errors
/// What is wrong with the text.
pub fn read(text: &str, shell: &Shell) -> Result<Vec<Value>, String> {
    let root = parse(text.trim_start_matches('\u{feff}'))?;
    if root.name != "Objs" {
        return Err(format!("it begins with <{}> instead of <Objs>", root.name));
    }
    let mut reader = Reader {
        shell,
        types: HashMap::new(),
        objects: HashMap::new(),
    };
    root.children
        .iter()
        .map(|element| reader.value(element))
        .collect()
}

struct Reader<'a> {
    shell: &'a Shell,
    types: HashMap<String, Vec<Rc<str>>>,
    objects: HashMap<String, Value>,
}

impl Reader<'_> {
    fn value(&mut self, element: &Element) -> Result<Value, String> {
        let text = unescape(&element.text);
        let number = |ty: &str| {
            convert::to_type(&Value::str(text.trim()), TypeRef::named(ty))
                .map_err(|error| error.message)
        };
        match element.name.as_str() {
            "S" | "XD" => Ok(Value::from(text)),
            "Nil" => Ok(Value::Null),
            "B" => Ok(Value::Bool(text.trim() == "true")),
            "C" => Ok(Value::Char(
                text.trim()
                    .parse()
                    .ok()
                    .and_then(char::from_u32)
                    .unwrap_or('\0'),
            )),
            "DT" => iso_date::read(text.trim())
                .map(Value::DateTime)
                .ok_or_else(|| format!("\"{text}\" is no date")),
            "TS" => duration(text.trim())
                .map(Value::TimeSpan)
                .ok_or_else(|| format!("\"{text}\" is no time span")),
            "I32" => number("System.Int32"),
            "I64" => number("System.Int64"),
            "U32" => number("System.UInt32"),
            "U64" => number("System.UInt64"),
            "I16" => number("System.Int16"),
            "U16" => number("System.UInt16"),
            "By" => number("System.Byte"),
            "SB" => number("System.SByte"),
            "Sg" => number("System.Single"),
            "Db" => number("System.Double"),
            "D" => number("System.Decimal"),
            "G" => number("System.Guid"),
            "URI" => number("System.Uri"),
            "Version" => number("System.Version"),
            "SBK" => Ok(Value::from(text)),
            "BA" => {
                use base64::Engine;
                let bytes = base64::engine::general_purpose::STANDARD.decode(text.trim());
                bytes.map(Value::bytes).map_err(|error| error.to_string())
            }
            "SS" => self.secret(text.trim()),
            "Ref" => {
                let id = element.attribute("RefId").unwrap_or_default();
                Ok(self.objects.get(id).cloned().unwrap_or_default())
            }
            "Obj" => self.object(element),
            other => Err(format!("<{other}> is not known")),
        }
    }

    fn secret(&self, text: &str) -> Result<Value, String> {
        let key = sealing::machine_key(self.shell)
            .map_err(|record| record.exception.message.to_string())?;
        match sealing::open(text, &key) {
            Some(text) => Ok(SecureString::value(&text)),
            None => Err("a secure string was sealed by another person, on another machine or by Windows, and cannot be read here".to_owned()),
        }
    }

    fn object(&mut self, element: &Element) -> Result<Value, String> {
        let names = self.type_names(element);
        let value = self.content(element, &names)?;
        if let Some(id) = element.attribute("RefId") {
            self.objects.insert(id.to_owned(), value.clone());
        }
        Ok(value)
    }

    fn type_names(&mut self, element: &Element) -> Vec<Rc<str>> {
        if let Some(list) = element.child("TN") {
            let names: Vec<Rc<str>> = list
                .children
                .iter()
                .map(|name| Rc::from(unescape(&name.text)))
                .collect();
            self.types.insert(
                list.attribute("RefId").unwrap_or_default().to_owned(),
                names.clone(),
            );
            return names;
        }
        let known = element
            .child("TNRef")
            .and_then(|list| self.types.get(list.attribute("RefId").unwrap_or_default()));
        known.cloned().unwrap_or_default()
    }

    fn content(&mut self, element: &Element, names: &[Rc<str>]) -> Result<Value, String> {
        let first = names.first().map(AsRef::as_ref).unwrap_or_default();
        if let Some(table) = element.child("DCT") {
            let made = if first.ends_with("OrderedDictionary") {
                Hashtable::ordered()
            } else {
                Hashtable::new()
            };
            for entry in &table.children {
                let part = |name: &str| {
                    entry
                        .children
                        .iter()
                        .find(|child| child.attribute("N") == Some(name))
                };
                let (Some(key), Some(value)) = (part("Key"), part("Value")) else {
                    continue;
                };
                made.insert(self.value(key)?, self.value(value)?);
            }
            return Ok(Value::Hashtable(Rc::new(made)));
        }
        for list in ["LST", "IE", "STK", "QUE"] {
            if let Some(list) = element.child(list) {
                let items: Result<Vec<Value>, String> =
                    list.children.iter().map(|item| self.value(item)).collect();
                return Ok(Value::array(items?));
            }
        }
        let mut properties = Vec::new();
        for group in ["Props", "MS"] {
            for field in element
                .child(group)
                .map(|group| group.children.as_slice())
                .unwrap_or_default()
            {
                let name = unescape(field.attribute("N").unwrap_or_default());
                properties.push(Property {
                    name: Rc::from(name),
                    kind: PropertyKind::Note(self.value(field)?),
                });
            }
        }
        if properties.is_empty()
            && let Some(only) = element
                .children
                .iter()
                .find(|child| !matches!(child.name.as_str(), "TN" | "TNRef" | "ToString"))
        {
            return self.value(only);
        }
        if first == "System.Management.Automation.PSCredential" {
            return Ok(credential(&properties));
        }
        Ok(Value::Object(Rc::new(PsObject {
            base: None,
            type_names: names
                .iter()
                .map(|name| deserialized(name))
                .collect::<Vec<_>>()
                .into(),
            properties: properties.into(),
            text: None,
        })))
    }
}

fn credential(properties: &[Property]) -> Value {
    let find = |name: &str| {
        properties
            .iter()
            .find(|property| &*property.name == name)
            .and_then(|property| match &property.kind {
                PropertyKind::Note(value) => Some(value.clone()),
                _ => None,
            })
    };
    let user = find("UserName")
        .map(|name| convert::to_text(&name))
        .unwrap_or_default();
    PsCredential::value(&user, &find("Password").unwrap_or_default())
}

/// What was an object of a type is only its picture now.
fn deserialized(name: &str) -> Rc<str> {
    let kept = name.starts_with("Deserialized.")
        || name.starts_with("Selected.")
        || matches!(
            name,
            "System.Management.Automation.PSCustomObject" | "System.Object"
        );
    if kept {
        Rc::from(name)
    } else {
        Rc::from(format!("Deserialized.{name}"))
    }
}

/// `P1DT2H3M4.5S`
fn duration(text: &str) -> Option<TimeSpan> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let text = text.strip_prefix('P')?;
    let mut ticks = 0.0;
    let mut number = String::new();
    for c in text.chars() {
        let unit = match c {
            'T' => continue,
            'D' => 864e9,
            'H' => 36e9,
            'M' => 6e8,
            'S' => 1e7,
            c => {
                number.push(c);
                continue;
            }
        };
        ticks += number.parse::<f64>().ok()? * unit;
        number.clear();
    }
    Some(TimeSpan {
        ticks: (sign * ticks).round() as i64,
    })
}

/// `_xHHHH_` is a character.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest
            .get(at + 2..at + 6)
            .filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        match code
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32)
        {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

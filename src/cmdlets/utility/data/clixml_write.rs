//! Objects to PowerShell's XML (MS-PSRP, section 2.2.5).

use std::fmt::Write;

use crate::cmdlets::utility::security::sealing;
use crate::format::expression::{self, Property};
use crate::runtime::shell::Shell;
use crate::runtime::types::credential::PsCredential;
use crate::runtime::types::secure_string::SecureString;
use crate::runtime::types::{hashtable::Hashtable, type_names};
use crate::runtime::value::Number;
use crate::runtime::{Run, Value, convert, enumerate};

use super::iso_date;

/// The first line of a document.
pub const HEAD: &str =
    "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n";
/// The last line of a document.
pub const TAIL: &str = "</Objs>\n";

/// Writes values one below the other.
pub struct Writer<'a> {
    shell: &'a mut Shell,
    out: String,
    objects: usize,
    types: usize,
}

impl<'a> Writer<'a> {
    /// An empty text.
    pub fn new(shell: &'a mut Shell) -> Writer<'a> {
        Writer {
            shell,
            out: String::new(),
            objects: 0,
            types: 0,
        }
    }

    /// The text so far.
    pub fn finish(self) -> String {
        self.out
    }

    /// Writes a value; objects deeper than `depth` become texts.
    ///
    /// # Errors
    /// Control flow of script properties; a secret that cannot be sealed.
    pub fn value(
        &mut self,
        value: &Value,
        name: Option<&str>,
        depth: usize,
        level: usize,
    ) -> Run<()> {
        if let Some((tag, text)) = simple(value) {
            self.element(tag, name, &text, level);
            return Ok(());
        }
        match value {
            Value::Null => {
                let name = attribute(name);
                self.line(level, &format!("<Nil{name} />"));
                Ok(())
            }
            Value::Object(object)
                if object.base.is_some() && object.properties.borrow().is_empty() =>
            {
                let base = object.base.clone().unwrap_or_default();
                self.value(&base, name, depth, level)
            }
            other => match other.downcast::<SecureString>() {
                Some(secret) => self.secret(secret, name, level),
                None if depth == 0 => {
                    self.element("S", name, &convert::to_text(other), level);
                    Ok(())
                }
                None => self.object(other, name, depth, level),
            },
        }
    }

    fn secret(&mut self, secret: &SecureString, name: Option<&str>, level: usize) -> Run<()> {
        let key = sealing::machine_key(self.shell)?;
        let sealed = sealing::seal(&secret.reveal(), &key)?;
        self.element("SS", name, &sealed, level);
        Ok(())
    }

    fn object(&mut self, value: &Value, name: Option<&str>, depth: usize, level: usize) -> Run<()> {
        let id = self.objects;
        self.objects += 1;
        let name = attribute(name);
        self.line(level, &format!("<Obj{name} RefId=\"{id}\">"));
        self.type_names(value, level + 1);
        match value {
            Value::Hashtable(table) => self.table(table, depth, level + 1)?,
            other => match enumerate::elements(other) {
                Some(items) => {
                    self.line(level + 1, "<LST>");
                    for item in &items {
                        self.value(item, None, depth - 1, level + 2)?;
                    }
                    self.line(level + 1, "</LST>");
                }
                None => self.properties(other, depth, level + 1)?,
            },
        }
        self.line(level, "</Obj>");
        Ok(())
    }

    fn table(&mut self, table: &Hashtable, depth: usize, level: usize) -> Run<()> {
        self.line(level, "<DCT>");
        for (key, value) in table.pairs() {
            self.line(level + 1, "<En>");
            self.value(&key, Some("Key"), depth - 1, level + 2)?;
            self.value(&value, Some("Value"), depth - 1, level + 2)?;
            self.line(level + 1, "</En>");
        }
        self.line(level, "</DCT>");
        Ok(())
    }

    fn properties(&mut self, value: &Value, depth: usize, level: usize) -> Run<()> {
        let custom = matches!(value, Value::Object(object) if object.base.is_none());
        let tag = if custom { "MS" } else { "Props" };
        if !custom {
            self.element("ToString", None, &convert::to_text(value), level);
        }
        self.line(level, &format!("<{tag}>"));
        if let Some(credential) = value.downcast::<PsCredential>() {
            self.element("S", Some("UserName"), &credential.user, level + 1);
            self.secret(
                &SecureString::of(&credential.reveal()),
                Some("Password"),
                level + 1,
            )?;
        } else {
            for name in expression::names(value) {
                let field = Property::named(&name)
                    .try_value(value, self.shell)?
                    .ok()
                    .flatten();
                self.value(
                    &field.unwrap_or_default(),
                    Some(&name),
                    depth - 1,
                    level + 1,
                )?;
            }
        }
        self.line(level, &format!("</{tag}>"));
        Ok(())
    }

    fn type_names(&mut self, value: &Value, level: usize) {
        let id = self.types;
        self.types += 1;
        self.line(level, &format!("<TN RefId=\"{id}\">"));
        for name in type_names(value) {
            self.element("T", None, &name, level + 1);
        }
        self.line(level, "</TN>");
    }

    fn element(&mut self, tag: &str, name: Option<&str>, text: &str, level: usize) {
        let name = attribute(name);
        self.line(level, &format!("<{tag}{name}>{}</{tag}>", escape(text)));
    }

    fn line(&mut self, level: usize, text: &str) {
        let _ = writeln!(self.out, "{}{text}", "  ".repeat(level));
    }
}

fn attribute(name: Option<&str>) -> String {
    name.map(|name| format!(" N=\"{}\"", escape(name)))
        .unwrap_or_default()
}

/// Values with an element of their own.
fn simple(value: &Value) -> Option<(&'static str, String)> {
    Some(match value {
        Value::Str(text) => ("S", text.to_string()),
        Value::Char(c) => ("C", u32::from(*c).to_string()),
        Value::Bool(b) => ("B", b.to_string()),
        Value::DateTime(date) => ("DT", iso_date::text(*date)),
        Value::TimeSpan(span) => ("TS", duration(span.ticks)),
        Value::ScriptBlock(block) => ("SBK", block.text().to_owned()),
        Value::Enum(member) => ("S", member.name.to_string()),
        Value::Bytes(bytes) => {
            use base64::Engine;
            (
                "BA",
                base64::engine::general_purpose::STANDARD.encode(bytes.borrow().as_slice()),
            )
        }
        Value::Number(number) => (number_tag(*number), convert::number_text(*number)),
        Value::Native(native) => match native.type_ref().full_name() {
            "System.Guid" => ("G", native.text()),
            "System.Uri" => ("URI", native.text()),
            "System.Version" => ("Version", native.text()),
            _ => return None,
        },
        _ => return None,
    })
}

fn number_tag(number: Number) -> &'static str {
    match number {
        Number::SByte(_) => "SB",
        Number::Byte(_) => "By",
        Number::Int16(_) => "I16",
        Number::UInt16(_) => "U16",
        Number::Int32(_) => "I32",
        Number::UInt32(_) => "U32",
        Number::Int64(_) => "I64",
        Number::UInt64(_) => "U64",
        Number::Single(_) => "Sg",
        Number::Double(_) => "Db",
        Number::Decimal(_) => "D",
    }
}

/// A length of time as ISO 8601 has it: `P1DT2H3M4.5S`.
fn duration(ticks: i64) -> String {
    let sign = if ticks < 0 { "-" } else { "" };
    let all = ticks.unsigned_abs();
    let (seconds, rest) = (all / 10_000_000, all % 10_000_000);
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    let fraction = format!("{rest:07}");
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!(
        "{sign}P{days}DT{hours}H{minutes}M{}{point}{fraction}S",
        seconds % 60
    )
}

/// Text in XML; control characters as `_xHHHH_`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '_' => out.push_str("_x005F_"),
            c if u32::from(c) < 0x20 || ('\u{7f}'..='\u{9f}').contains(&c) => {
                let _ = write!(out, "_x{:04X}_", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

//! Values to JSON text (RFC 8259) in PowerShell's layout.

use crate::format::expression;
use crate::runtime::shell::Shell;

use crate::runtime::value::Number;
use crate::runtime::{Run, Value, convert, enumerate};

/// How the text looks.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// No blanks, no lines.
    pub compress: bool,
    /// Enumeration members as their names.
    pub enum_names: bool,
    /// Levels of objects and lists below the first.
    pub depth: usize,
    /// Which characters are escaped although they need not be.
    pub escape: Escape,
}

/// Which characters are escaped although they need not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Escape {
    Default,
    NonAscii,
    Html,
}

/// Writes a value.
pub struct Writer<'a> {
    layout: Layout,
    shell: &'a mut Shell,
    out: String,
    /// The depth was reached: something is only a text.
    pub truncated: bool,
}

impl<'a> Writer<'a> {
    /// A writer with an empty text.
    pub fn new(layout: Layout, shell: &'a mut Shell) -> Writer<'a> {
        Writer {
            layout,
            shell,
            out: String::new(),
            truncated: false,
        }
    }

    /// The text of a value, and whether something was cut.
    ///
    /// # Errors
    /// Control flow of script properties.
    pub fn text(mut self, value: &Value) -> Run<(String, bool)> {
        self.value(value, 0)?;
        Ok((self.out, self.truncated))
    }

    fn value(&mut self, value: &Value, level: usize) -> Run<()> {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(b) => self.out.push_str(if *b { "true" } else { "false" }),
            Value::Number(number) => self.number(*number),
            Value::Enum(member) if !self.layout.enum_names => {
                self.out.push_str(&member.value.to_string())
            }
            Value::DateTime(date) => self.string(&super::iso_date::text(*date)),
            Value::Str(_) | Value::Char(_) | Value::Enum(_) => {
                self.string(&convert::to_text(value))
            }
            Value::Object(object)
                if object.properties.borrow().is_empty() && object.base.is_some() =>
            {
                let base = object.base.clone().unwrap_or_default();
                return self.value(&base, level);
            }
            other => return self.compound(other, level),
        }
        Ok(())
    }

    fn number(&mut self, number: Number) {
        let text = convert::number_text(number);
        let whole = !text.contains(['.', 'E', 'e']);
        match number {
            Number::Double(n) if !n.is_finite() => self.string(&text),
            Number::Single(n) if !n.is_finite() => self.string(&text),
            Number::Double(_) | Number::Single(_) | Number::Decimal(_) if whole => {
                self.out.push_str(&text);
                self.out.push_str(".0");
            }
            _ => self.out.push_str(&text),
        }
    }

    fn compound(&mut self, value: &Value, level: usize) -> Run<()> {
        if level > self.layout.depth {
            self.truncated = true;
            let text = match value {
                Value::Hashtable(_) => value
                    .type_ref()
                    .map(|ty| ty.full_name().to_owned())
                    .unwrap_or_default(),
                other => convert::to_text(other),
            };
            self.string(&text);
            return Ok(());
        }
        if !matches!(value, Value::Hashtable(_))
            && let Some(items) = enumerate::elements(value)
        {
            return self.list(&items, level);
        }
        let names = expression::names(value);
        if names.is_empty() && !matches!(value, Value::Hashtable(_) | Value::Object(_)) {
            self.string(&convert::to_text(value));
            return Ok(());
        }
        if is_text_like(value) {
            self.string(&convert::to_text(value));
            return Ok(());
        }
        self.out.push('{');
        for (nth, name) in names.iter().enumerate() {
            if nth > 0 {
                self.out.push(',');
            }
            self.line(level + 1);
            self.string(name);
            self.out
                .push_str(if self.layout.compress { ":" } else { ": " });
            let field = expression::Property::named(name)
                .try_value(value, self.shell)?
                .ok()
                .flatten();
            self.value(&field.unwrap_or_default(), level + 1)?;
        }
        if !names.is_empty() {
            self.line(level);
        }
        self.out.push('}');
        Ok(())
    }

    fn list(&mut self, items: &[Value], level: usize) -> Run<()> {
        self.out.push('[');
        for (nth, item) in items.iter().enumerate() {
            if nth > 0 {
                self.out.push(',');
            }
            self.line(level + 1);
            self.value(item, level + 1)?;
        }
        if !items.is_empty() {
            self.line(level);
        }
        self.out.push(']');
        Ok(())
    }

    fn line(&mut self, level: usize) {
        if !self.layout.compress {
            self.out.push('\n');
            self.out.push_str(&"  ".repeat(level));
        }
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                c if u32::from(c) < 0x20 || self.escapes(c) => {
                    let mut units = [0; 2];
                    for unit in c.encode_utf16(&mut units) {
                        self.out.push_str(&format!("\\u{unit:04x}"));
                    }
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    fn escapes(&self, c: char) -> bool {
        match self.layout.escape {
            Escape::Default => matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}'),
            Escape::NonAscii => !c.is_ascii(),
            Escape::Html => matches!(
                c,
                '<' | '>' | '&' | '\'' | '\u{85}' | '\u{2028}' | '\u{2029}'
            ),
        }
    }
}

/// Types whose properties say less than their text.
fn is_text_like(value: &Value) -> bool {
    let name = value.type_ref().map_or("", |ty| ty.full_name());
    matches!(
        name,
        "System.Guid"
            | "System.Uri"
            | "System.RuntimeType"
            | "System.Text.RegularExpressions.Regex"
    ) || matches!(value, Value::ScriptBlock(_))
}

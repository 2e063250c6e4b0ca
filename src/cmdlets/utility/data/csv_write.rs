//! Objects to CSV text, quoted as PowerShell quotes.

use std::rc::Rc;

use crate::format::expression;
use crate::param_enum;
use crate::runtime::shell::Shell;
use crate::runtime::types::type_names;
use crate::runtime::{Run, Value, convert, members};

param_enum! {
    /// Which fields stand in quotes.
    pub enum QuoteKind = "Microsoft.PowerShell.Commands.BaseCsvWritingCommand+QuoteKind" { Never, Always, AsNeeded }
}

/// The form of a table.
#[derive(Clone)]
pub struct Form {
    /// Between fields.
    pub delimiter: char,
    /// Which fields stand in quotes.
    pub quotes: QuoteKind,
    /// Columns that stand in quotes whatever `quotes` says, when given.
    pub quoted: Option<Vec<String>>,
}

/// The columns that the first object settled.
pub struct Columns {
    /// Their names.
    pub names: Vec<Rc<str>>,
    form: Form,
}

impl Columns {
    /// The columns of an object.
    pub fn of(object: &Value, form: Form) -> Columns {
        Columns {
            names: expression::names(object),
            form,
        }
    }

    /// Columns that a file has already.
    pub fn named(names: Vec<Rc<str>>, form: Form) -> Columns {
        Columns { names, form }
    }

    /// The header line.
    pub fn header(&self) -> String {
        let fields: Vec<String> = self
            .names
            .iter()
            .map(|name| self.field(name, name))
            .collect();
        fields.join(&self.form.delimiter.to_string())
    }

    /// An object's line. Null is an empty field without quotes.
    ///
    /// # Errors
    /// Control flow of script properties.
    pub fn line(&self, object: &Value, shell: &mut Shell) -> Run<String> {
        let mut out = String::new();
        for (nth, name) in self.names.iter().enumerate() {
            if nth > 0 {
                out.push(self.form.delimiter);
            }
            let value = expression::value_of(object, name, shell)?.unwrap_or_default();
            if !value.is_null() {
                out.push_str(&self.field(name, &text(&value)));
            }
        }
        Ok(out)
    }

    fn field(&self, column: &str, text: &str) -> String {
        let listed = self.form.quoted.as_ref();
        let wanted = match listed {
            Some(names) => names.iter().any(|name| name.eq_ignore_ascii_case(column)),
            None => match self.form.quotes {
                QuoteKind::Always => true,
                QuoteKind::Never => false,
                QuoteKind::AsNeeded => text.contains(['"', '\n', '\r', self.form.delimiter]),
            },
        };
        if wanted {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Array(_) | Value::Hashtable(_) | Value::Bytes(_) => value
            .type_ref()
            .map(|ty| ty.full_name().to_owned())
            .unwrap_or_default(),
        Value::Object(_) => convert::to_text(value),
        other => members::text(other),
    }
}

/// The line by which a reader learns the type.
pub fn type_line(object: &Value) -> String {
    let names = type_names(object);
    format!(
        "#TYPE {}",
        names.first().map(AsRef::as_ref).unwrap_or("System.Object")
    )
}

use std::rc::Rc;

use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::types::hashtable::Hashtable;
use crate::runtime::{Run, Value};

cmdlet! {
    /// Makes a table of lines such as Server=imap.example.net.
    ///
    /// Lines that begin with # and empty lines are left out. \n, \t and \\ have their meaning.
    pub struct ConvertFromStringData("ConvertFrom", "StringData").module("Microsoft.PowerShell.Utility") {
        /// The lines.
        string_data: String = param("StringData").position(0).by_value().allow_empty(),
        /// What stands between name and value.
        delimiter: Option<char> = param("Delimiter").position(1).default_text("="),
    }
    example "(\"Server=imap.contoso.com`nPort=993\" | ConvertFrom-StringData).Port" => "Reads a setting.";
}

impl Cmdlet for ConvertFromStringData {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let table = Hashtable::new();
        for line in self.string_data.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((name, value)) = line.split_once(self.delimiter.unwrap_or('=')) else {
                return Err(invalid(
                    "InvalidOperation",
                    format!("Data line '{line}' is not in 'name=value' format."),
                ));
            };
            let name = Value::str(unescape(name.trim()));
            if table.contains(&name) {
                return Err(invalid(
                    "InvalidOperation",
                    format!(
                        "Data item '{}' in line '{line}' is already defined.",
                        crate::runtime::convert::to_text(&name)
                    ),
                ));
            }
            table.insert(name, Value::str(unescape(value.trim())));
        }
        cx.write(Value::Hashtable(Rc::new(table)))
    }
}

fn invalid(id: &str, message: String) -> crate::runtime::Flow {
    ErrorRecord::new(
        "System.Management.Automation.PSInvalidOperationException",
        id,
        ErrorCategory::InvalidOperation,
        message,
    )
    .into()
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, false) => out.push(c),
            _ => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
        }
    }
    out
}

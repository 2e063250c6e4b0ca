//! CSV text to objects (RFC 4180, with PowerShell's leniency about blanks around fields).

use std::borrow::Cow;
use std::rc::Rc;

use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::object::{Property, PropertyKind, PsObject};
use crate::runtime::value::Value;

/// Text that is turned into objects row by row.
pub struct Table {
    reader: csv::Reader<std::io::Cursor<Vec<u8>>>,
    names: Vec<Rc<str>>,
    type_names: Vec<Rc<str>>,
    row: csv::StringRecord,
    /// Headers without a name were given one.
    pub invented: bool,
}

impl Table {
    /// Reads the header of a text, or takes one that was given.
    ///
    /// # Errors
    /// Two columns of the same name; text that cannot be read.
    pub fn open(
        text: &str,
        delimiter: char,
        header: Option<&[String]>,
    ) -> Result<Table, ErrorRecord> {
        let (type_name, text) = match text.strip_prefix("#TYPE ") {
            Some(rest) => match rest.split_once('\n') {
                Some((name, rest)) => (Some(name.trim().trim_matches('"')), rest),
                None => (Some(rest.trim()), ""),
            },
            None => (None, text),
        };
        let delimiter = separator(delimiter)?;
        let text = tidy(text, delimiter);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(std::io::Cursor::new(text.into_owned().into_bytes()));
        let mut row = csv::StringRecord::new();
        let given: Vec<String> = match header {
            Some(names) => names.to_vec(),
            None => {
                reader
                    .read_record(&mut row)
                    .map_err(|error| unreadable(&error))?;
                row.iter().map(str::to_owned).collect()
            }
        };
        let (names, invented) = name_columns(given)?;
        let custom = "System.Management.Automation.PSCustomObject";
        let mut type_names: Vec<Rc<str>> = vec![Rc::from(custom), Rc::from("System.Object")];
        if let Some(name) = type_name.filter(|name| !name.is_empty() && *name != custom) {
            type_names.insert(0, Rc::from(format!("CSV:{name}")));
        }
        Ok(Table {
            reader,
            names,
            type_names,
            row,
            invented,
        })
    }

    /// The names of the columns.
    pub fn names_mut(&mut self) -> &mut Vec<Rc<str>> {
        &mut self.names
    }

    /// The next row as an object; fields that are missing are null, fields beyond the header are left out.
    ///
    /// # Errors
    /// Text that cannot be read.
    pub fn next_object(&mut self) -> Result<Option<Value>, ErrorRecord> {
        if !self
            .reader
            .read_record(&mut self.row)
            .map_err(|error| unreadable(&error))?
        {
            return Ok(None);
        }
        let properties = self
            .names
            .iter()
            .enumerate()
            .map(|(at, name)| Property {
                name: name.clone(),
                kind: PropertyKind::Note(self.row.get(at).map_or(Value::Null, Value::str)),
            })
            .collect::<Vec<_>>();
        Ok(Some(Value::Object(Rc::new(PsObject {
            base: None,
            type_names: self.type_names.clone().into(),
            properties: properties.into(),
            text: None,
        }))))
    }
}

/// The delimiter as the one byte that the reader takes.
///
/// # Errors
/// It is no ASCII character.
pub fn separator(delimiter: char) -> Result<u8, ErrorRecord> {
    u8::try_from(u32::from(delimiter))
        .ok()
        .filter(u8::is_ascii)
        .ok_or_else(|| {
            ErrorRecord::new(
                "System.Management.Automation.PSArgumentException",
                "InvalidDelimiter",
                ErrorCategory::InvalidArgument,
                format!(
                    "'{delimiter}' cannot separate fields. Use a character such as , ; | or a tab."
                ),
            )
        })
}

fn name_columns(given: Vec<String>) -> Result<(Vec<Rc<str>>, bool), ErrorRecord> {
    let mut names: Vec<Rc<str>> = Vec::with_capacity(given.len());
    let mut invented = 0;
    for name in given {
        let name = match name.is_empty() {
            true => {
                invented += 1;
                format!("H{invented}")
            }
            false => name,
        };
        if names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            return Err(ErrorRecord::new(
                "System.Management.Automation.ExtendedTypeSystemException",
                "AlreadyPresentPSMemberInfoInternalCollectionAdd",
                ErrorCategory::NotSpecified,
                format!("The member \"{name}\" is already present."),
            )
            .with_recommendation("Two columns have this name. -Header names the columns anew."));
        }
        names.push(Rc::from(name));
    }
    Ok((names, invented > 0))
}

fn unreadable(error: &csv::Error) -> ErrorRecord {
    ErrorRecord::new(
        "System.IO.InvalidDataException",
        "CsvUnreadable",
        ErrorCategory::InvalidData,
        format!("The CSV text cannot be read: {error}."),
    )
}

/// Without the blanks before fields, and those after a quoted one: PowerShell leaves both out.
fn tidy(text: &str, delimiter: u8) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_blank = |b: u8| (b == b' ' || b == b'\t') && b != delimiter;
    let starts = |b: Option<&u8>| b.is_none_or(|&b| b == delimiter || b == b'\n' || b == b'\r');
    let untidy = bytes.iter().enumerate().any(|(at, &b)| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        is_blank(b) && (starts(before) || before == Some(&b'"'))
    });
    if !untidy {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut closed = false;
    let mut field = 0;
    for c in text.chars() {
        let byte = u8::try_from(u32::from(c)).unwrap_or(0xff);
        if quoted {
            quoted = c != '"';
            closed = !quoted;
            out.push(c);
        } else if byte == delimiter || c == '\n' || c == '\r' {
            out.push(c);
            field = out.len();
            closed = false;
        } else if is_blank(byte) && (out.len() == field || closed) {
        } else {
            quoted = c == '"' && (out.len() == field || out[field..].starts_with('"'));
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::runtime::convert;

    fn rows(text: &str) -> Vec<String> {
        let mut table = Table::open(text, ',', None).unwrap_or_else(|record| panic_with(&record));
        let mut all = Vec::new();
        while let Ok(Some(object)) = table.next_object() {
            all.push(convert::to_text(&object));
        }
        all
    }

    #[allow(clippy::panic)]
    fn panic_with(record: &ErrorRecord) -> Table {
        panic!("{}", record.exception.message)
    }

    #[test]
    fn fields_are_read_as_powershell_reads_them() {
        assert_eq!(rows("A,,C\n1,2,3"), ["@{A=1; H1=2; C=3}"]);
        assert_eq!(
            rows("A,B\n# no comment,2\n\n3,4\n"),
            ["@{A=# no comment; B=2}", "@{A=3; B=4}"]
        );
        assert_eq!(
            rows("A , B\r\n \"x, y\" ,  two words  \r\n"),
            ["@{A =x, y; B=two words  }"]
        );
        assert_eq!(rows("A,B\n\"a \"\"b\"\"\nc\",2"), ["@{A=a \"b\"\nc; B=2}"]);
        assert_eq!(rows("A,B\n1\n1,2,3"), ["@{A=1; B=}", "@{A=1; B=2}"]);
    }

    #[test]
    fn two_columns_of_one_name_are_refused() {
        let record = Table::open("A,a\n1,2", ',', None).err().unwrap();
        assert_eq!(
            &*record.id,
            "AlreadyPresentPSMemberInfoInternalCollectionAdd"
        );
    }
}

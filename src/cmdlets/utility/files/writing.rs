//! What Set-Content and Add-Content share.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use crate::runtime::cx::Cx;
use crate::runtime::value::{Number, Value};
use crate::runtime::{Run, convert, enumerate, members};

use super::encoding::{Encoding, EncodingName};
use super::errors;

/// Files that are open for values.
#[derive(Default)]
pub struct Writers {
    files: Vec<(PathBuf, BufWriter<File>)>,
    encoding: Encoding,
    bytes: bool,
}

impl Writers {
    /// Opens the files, asking -WhatIf and -Confirm.
    ///
    /// # Errors
    /// Control flow; files that cannot be opened are reported one by one.
    pub fn open(
        &mut self,
        paths: Vec<PathBuf>,
        encoding: Option<EncodingName>,
        append: bool,
        force: bool,
        cx: &mut Cx<'_>,
    ) -> Run<()> {
        self.bytes = matches!(encoding, Some(EncodingName::Byte));
        self.encoding = encoding.map(Encoding::from).unwrap_or_default();
        let operation = if append { "Add Content" } else { "Set Content" };
        for path in paths {
            if !cx.should_process(&format!("Path: {}", path.display()), operation)? {
                continue;
            }
            if force {
                errors::make_writable(&path);
            }
            let mut options = File::options();
            options.create(true).write(true);
            if append {
                options.append(true)
            } else {
                options.truncate(true)
            };
            match options.open(&path) {
                Ok(file) => self.add(path, file, cx)?,
                Err(error) => cx.error(errors::open(&path, &error, "GetContentWriterIOError"))?,
            }
        }
        Ok(())
    }

    fn add(&mut self, path: PathBuf, file: File, cx: &mut Cx<'_>) -> Run<()> {
        let fresh = file.metadata().is_ok_and(|data| data.len() == 0);
        let mut writer = BufWriter::new(file);
        if fresh
            && !self.bytes
            && let Err(error) = writer.write_all(self.encoding.mark())
        {
            return cx.error(errors::write(&path, &error));
        }
        self.files.push((path, writer));
        Ok(())
    }

    /// Writes a value: each element of a collection on a line of its own.
    ///
    /// # Errors
    /// A failure to write; a value that is no byte where bytes are written.
    pub fn write(&mut self, value: &Value, newline: bool) -> Run<()> {
        let items = enumerate::elements(value).unwrap_or_else(|| vec![value.clone()]);
        for item in items {
            let bytes = match (&item, self.bytes) {
                (Value::Number(Number::Byte(b)), true) => vec![*b],
                (other, true) => vec![byte(other)?],
                (other, false) => {
                    let mut text = text(other);
                    if newline {
                        text.push('\n');
                    }
                    self.encoding.encode(&text)
                }
            };
            for (path, file) in &mut self.files {
                file.write_all(&bytes)
                    .map_err(|error| errors::write(path, &error))?;
            }
        }
        Ok(())
    }

    /// Closes the files.
    ///
    /// # Errors
    /// A failure to write.
    pub fn close(&mut self) -> Run<()> {
        for (path, mut file) in self.files.drain(..) {
            file.flush().map_err(|error| errors::write(&path, &error))?;
        }
        Ok(())
    }
}

fn byte(value: &Value) -> Result<u8, crate::runtime::ErrorRecord> {
    match convert::to_type(value, crate::runtime::TypeRef::byte())? {
        Value::Number(Number::Byte(b)) => Ok(b),
        _ => Ok(0),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Object(_) => convert::to_text(value),
        other => members::text(other),
    }
}

/// Declares Set-Content and Add-Content, which differ in what becomes of what the file held.
macro_rules! content_writer {
    (
        $(#[doc = $doc:literal])*
        $name:ident, $verb:literal, alias $alias:literal, append $append:literal,
        example $code:literal => $remark:literal
    ) => {
$crate::cmdlet! {
            $(#[doc = $doc])*
    pub struct $name($verb, "Content").default_set("Path").aliases(&[$alias]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Management")
    {
        /// The files.
        path: Option<Vec<String>> = param("Path").position(0).by_property_name().in_sets(&["Path"]).mandatory().wildcards().completes("Path"),
        /// The files; wildcards have no meaning.
        literal_path: Option<Vec<String>> = param("LiteralPath").aliases(&["PSPath", "LP"]).by_property_name().in_sets(&["LiteralPath"]).mandatory().completes("Path"),
        /// What to write; each element of a collection on a line of its own.
        value: Value = param("Value").position(1).by_value().by_property_name().allow_empty(),
        /// Gives the values on.
        pass_thru: bool = param("PassThru"),
        /// Writes to a read-only file too.
        force: bool = param("Force"),
        /// Writes no line ends.
        no_newline: bool = param("NoNewline"),
        /// How the text is stored; Byte writes bytes.
        encoding: Option<EncodingName> = param("Encoding").default_text("UTF-8 without a mark"),
        /// Writes bytes.
        as_byte_stream: bool = param("AsByteStream"),
    }
    refused "Stream" => "files have no alternate streams here";
    example $code => $remark;
}

impl Cmdlet for $name {
    type State = Option<Writers>;

    fn process(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        if state.is_none() {
            let paths = paths_of(self.path.as_deref(), self.literal_path.as_deref(), cx);
            let encoding = if self.as_byte_stream {
                Some(EncodingName::Byte)
            } else {
                self.encoding
            };
            let mut writers = Writers::default();
            writers.open(paths, encoding, $append, self.force, cx)?;
            *state = Some(writers);
        }
        if let Some(writers) = state {
            writers.write(&self.value, !self.no_newline)?;
        }
        if self.pass_thru {
            cx.write_each(self.value.clone())
        } else {
            Ok(())
        }
    }

    fn end(&self, state: &mut Self::State, _cx: &mut Cx<'_>) -> Run<()> {
        state.as_mut().map_or(Ok(()), Writers::close)
    }
}
    };
}
pub(super) use content_writer;

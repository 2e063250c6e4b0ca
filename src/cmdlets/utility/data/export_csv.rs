use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::cmdlet;
use crate::cmdlets::utility::files::encoding::{Encoding, EncodingName, decode};
use crate::cmdlets::utility::files::errors;
use crate::format::expression;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::{Run, Value};

use super::csv_write::{Columns, Form, QuoteKind, type_line};

cmdlet! {
    /// Writes objects into a CSV file: a header, then a line an object.
    ///
    /// The columns are the properties of the first object. The file is UTF-8 without a mark unless -Encoding names
    /// something else.
    pub struct ExportCsv("Export", "Csv").default_set("Delimiter").aliases(&["epcsv"]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Utility")
    {
        /// The objects.
        input_object: Value = param("InputObject").by_value().by_property_name(),
        /// The file.
        path: Option<String> = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).completes("Path"),
        /// Adds to what the file holds, by its columns.
        append: bool = param("Append"),
        /// Replaces a read-only file; with -Append, takes objects that lack columns.
        force: bool = param("Force"),
        /// Leaves an existing file alone and reports it.
        no_clobber: bool = param("NoClobber").aliases(&["NoOverwrite"]),
        /// How the file is stored.
        encoding: Option<EncodingName> = param("Encoding").default_text("UTF-8 without a mark"),
        /// What separates the fields.
        delimiter: Option<char> = param("Delimiter").position(1).in_sets(&["Delimiter"]).default_text(","),
        /// Takes the list separator of the culture, which is the comma.
        use_culture: bool = param("UseCulture").in_sets(&["UseCulture"]),
        /// Begins with the type of the objects.
        include_type: bool = param("IncludeTypeInformation").aliases(&["ITI"]),
        /// Leaves the type out; it is left out anyway.
        no_type: bool = param("NoTypeInformation").aliases(&["NTI"]),
        /// The columns that stand in quotes.
        quote_fields: Option<Vec<String>> = param("QuoteFields").aliases(&["QF"]),
        /// Whether fields stand in quotes always, when needed, or never.
        use_quotes: Option<QuoteKind> = param("UseQuotes").aliases(&["UQ"]).default_text("Always"),
        /// Leaves the header out.
        no_header: bool = param("NoHeader"),
    }
    example "[pscustomobject]@{Mailbox='a@contoso.com';Items=12} | Export-Csv report.csv -NoTypeInformation; Get-Content report.csv" => "Writes a report.";
    example "1..2 | ForEach-Object { [pscustomobject]@{N=$_} } | Export-Csv numbers.csv -Delimiter ';'" => "Separates fields by semicolons.";
}

/// The open file and its columns.
#[derive(Default)]
pub struct Export {
    file: Option<BufWriter<File>>,
    columns: Option<Columns>,
    path: PathBuf,
    encoding: Encoding,
    refused: bool,
}

impl Cmdlet for ExportCsv {
    type State = Export;

    fn process(&self, state: &mut Export, cx: &mut Cx<'_>) -> Run<()> {
        if self.input_object.is_null() || state.refused {
            return Ok(());
        }
        if state.columns.is_none() {
            self.open(state, cx)?;
        }
        let Export {
            file: Some(file),
            columns: Some(columns),
            path,
            encoding,
            ..
        } = state
        else {
            return Ok(());
        };
        let line = columns.line(&self.input_object, cx.shell)? + "\n";
        Ok(file
            .write_all(&encoding.encode(&line))
            .map_err(|error| errors::write(path, &error))?)
    }

    fn end(&self, state: &mut Export, _cx: &mut Cx<'_>) -> Run<()> {
        let Some(mut file) = state.file.take() else {
            return Ok(());
        };
        Ok(file
            .flush()
            .map_err(|error| errors::write(&state.path, &error))?)
    }
}

impl ExportCsv {
    fn open(&self, state: &mut Export, cx: &mut Cx<'_>) -> Run<()> {
        let Some(path) = &self.path else {
            return Err(ErrorRecord::new(
                "System.InvalidOperationException",
                "CannotSpecifyPathAndLiteralPath",
                ErrorCategory::InvalidData,
                "You must specify either the -Path or -LiteralPath parameters, but not both.",
            )
            .into());
        };
        state.path = cx.resolve_path(path);
        state.encoding = self.encoding.map(Encoding::from).unwrap_or_default();
        if !cx.should_process(&state.path.to_string_lossy(), "Export-Csv")? {
            state.refused = true;
            return Ok(());
        }
        if self.no_clobber && !self.append && state.path.exists() {
            return Err(errors::exists(&state.path, "NoClobber").into());
        }
        if self.force {
            errors::make_writable(&state.path);
        }
        let form = Form {
            delimiter: self.delimiter.unwrap_or(','),
            quotes: self.use_quotes.unwrap_or(QuoteKind::Always),
            quoted: self.quote_fields.clone(),
        };
        let known = if self.append {
            header_of(&state.path, form.delimiter)?
        } else {
            None
        };
        let mut start = String::new();
        let columns = match known {
            Some(names) => {
                self.compare(path, &names)?;
                Columns::named(names, form)
            }
            None => {
                let columns = Columns::of(&self.input_object, form);
                if self.include_type && !self.no_type {
                    start = type_line(&self.input_object) + "\n";
                }
                if !self.no_header {
                    start.push_str(&columns.header());
                    start.push('\n');
                }
                columns
            }
        };
        let mut options = File::options();
        options.create(true).write(true);
        if self.append {
            options.append(true)
        } else {
            options.truncate(true)
        };
        let file = options
            .open(&state.path)
            .map_err(|error| errors::open(&state.path, &error, "FileOpenFailure"))?;
        let fresh = file.metadata().is_ok_and(|data| data.len() == 0);
        let mut file = BufWriter::new(file);
        let mark = if fresh { state.encoding.mark() } else { &[] };
        let written = file
            .write_all(mark)
            .and_then(|()| file.write_all(&state.encoding.encode(&start)));
        written.map_err(|error| errors::write(&state.path, &error))?;
        state.file = Some(file);
        state.columns = Some(columns);
        Ok(())
    }

    /// An object that lacks a column of the file is only taken with -Force.
    fn compare(&self, path: &str, names: &[Rc<str>]) -> Run<()> {
        let own = expression::names(&self.input_object);
        let lacking = names
            .iter()
            .find(|name| !own.iter().any(|own| own.eq_ignore_ascii_case(name)));
        match lacking {
            Some(name) if !self.force => Err(ErrorRecord::new(
                "System.InvalidOperationException",
                "CannotAppendCsvWithMismatchedPropertyNames",
                ErrorCategory::InvalidData,
                format!(
                    "Cannot append CSV content to the following file: {path}. The appended object does not have a property that corresponds to the following column: {name}. To continue with mismatched properties, add the -Force parameter, and then retry the command."
                ),
            )
            .with_target(&**name)
            .into()),
            _ => Ok(()),
        }
    }
}

/// The columns of an existing file; `None` when it holds nothing.
fn header_of(path: &Path, delimiter: char) -> Result<Option<Vec<Rc<str>>>, ErrorRecord> {
    let Ok(bytes) = std::fs::read(path) else {
        return Ok(None);
    };
    let text = decode(&bytes, None);
    if text.trim().is_empty() {
        return Ok(None);
    }
    let mut table = super::csv_read::Table::open(&text, delimiter, None)?;
    Ok(Some(std::mem::take(table.names_mut())))
}

use std::fs::File;
use std::io::Write;

use crate::cmdlet;
use crate::cmdlets::utility::files::encoding::{Encoding, EncodingName};
use crate::cmdlets::utility::files::errors;
use crate::format::out_default::Formatter;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Run, Value};

use super::out_string::screen;

cmdlet! {
    /// Writes what the screen would show into a file.
    ///
    /// The file is UTF-8 without a mark unless -Encoding names something else.
    pub struct OutFile("Out", "File").default_set("ByPath").should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Utility")
    {
        /// The file.
        file_path: Option<String> = param("FilePath").position(0).aliases(&["Path"]).in_sets(&["ByPath"]).mandatory().completes("Path"),
        /// The file; wildcards have no meaning.
        literal_path: Option<String> = param("LiteralPath").aliases(&["PSPath", "LP"]).by_property_name().in_sets(&["ByLiteralPath"]).mandatory().completes("Path"),
        /// How the text is stored.
        encoding: Option<EncodingName> = param("Encoding").position(1).default_text("UTF-8 without a mark"),
        /// Keeps what the file holds.
        append: bool = param("Append"),
        /// Writes to a read-only file too.
        force: bool = param("Force"),
        /// Leaves an existing file alone and reports it.
        no_clobber: bool = param("NoClobber").aliases(&["NoOverwrite"]),
        /// Columns of the text.
        width: Option<i32> = param("Width").validate(Validate::Range(2, 2_147_483_647)),
        /// Writes no line ends between objects.
        no_newline: bool = param("NoNewline"),
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
    }
    example "Get-Date '2017-12-04' | Out-File today.txt; Get-Content today.txt" => "Keeps a date in a file.";
    example "'one' | Out-File list.txt; 'two' | Out-File list.txt -Append" => "Adds a line to a file.";
}

/// The open file.
#[derive(Default)]
pub struct Output {
    formatter: Option<Formatter>,
    file: Option<File>,
    path: String,
    encoding: Encoding,
}

impl Cmdlet for OutFile {
    type State = Output;

    fn begin(&self, state: &mut Output, cx: &mut Cx<'_>) -> Run<()> {
        state.path = self
            .file_path
            .clone()
            .or_else(|| self.literal_path.clone())
            .unwrap_or_default();
        let path = cx.resolve_path(&state.path);
        if !cx.should_process(&path.to_string_lossy(), "Output to File")? {
            return Ok(());
        }
        state.encoding = self.encoding.map(Encoding::from).unwrap_or_default();
        let existed = path.exists();
        if self.no_clobber && existed && !self.append {
            return Err(errors::exists(&path, "NoClobber").into());
        }
        if self.force {
            errors::make_writable(&path);
        }
        let mut options = File::options();
        options.create(true).write(true);
        if self.append {
            options.append(true)
        } else {
            options.truncate(true)
        };
        let mut file = options
            .open(&path)
            .map_err(|error| errors::open(&path, &error, "FileOpenFailure"))?;
        let fresh = !self.append || file.metadata().is_ok_and(|data| data.len() == 0);
        if fresh {
            file.write_all(state.encoding.mark())
                .map_err(|error| errors::write(&path, &error))?;
        }
        state.file = Some(file);
        state.formatter = Some(Formatter::new(screen(self.width, cx)));
        Ok(())
    }

    fn process(&self, state: &mut Output, cx: &mut Cx<'_>) -> Run<()> {
        if let (Some(formatter), Some(object)) = (&mut state.formatter, &self.input_object) {
            formatter.push(object, cx.shell)?;
        }
        self.write(state, cx)
    }

    fn end(&self, state: &mut Output, cx: &mut Cx<'_>) -> Run<()> {
        if let Some(formatter) = &mut state.formatter {
            formatter.end();
        }
        self.write(state, cx)
    }
}

impl OutFile {
    fn write(&self, state: &mut Output, cx: &Cx<'_>) -> Run<()> {
        let (Some(formatter), Some(file)) = (&mut state.formatter, &mut state.file) else {
            return Ok(());
        };
        let mut text = formatter.take();
        if self.no_newline {
            text.retain(|c| c != '\n');
        }
        let written = file.write_all(&state.encoding.encode(&text));
        Ok(written.map_err(|error| errors::write(&cx.resolve_path(&state.path), &error))?)
    }
}

use crate::cmdlet;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

use super::encoding::EncodingName;
use super::place::expand;
use super::writing::Writers;

cmdlet! {
    /// Adds values to the end of a file.
    pub struct AddContent("Add", "Content").default_set("Path").aliases(&["ac"]).should_process(Impact::Medium)
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
    example "'one' | Add-Content log.txt; 'two' | Add-Content log.txt; Get-Content log.txt" => "Adds two lines.";
}

impl Cmdlet for AddContent {
    type State = Option<Writers>;

    fn process(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        if state.is_none() {
            let found = self.path.iter().flatten().flat_map(|path| expand(path, cx));
            let literal = self
                .literal_path
                .iter()
                .flatten()
                .map(|path| cx.resolve_path(path));
            let paths = found.chain(literal).collect();
            let encoding = if self.as_byte_stream {
                Some(EncodingName::Byte)
            } else {
                self.encoding
            };
            let mut writers = Writers::default();
            writers.open(paths, encoding, true, self.force, cx)?;
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

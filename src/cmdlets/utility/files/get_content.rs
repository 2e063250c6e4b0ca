use std::collections::VecDeque;
use std::path::Path;

use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::value::Number;
use crate::runtime::{Run, Value};

use super::encoding::{Encoding, EncodingName, decode};
use super::place::{Place, expand};
use super::{errors, other_drives};

cmdlet! {
    /// Reads a file, line by line.
    ///
    /// The encoding is read from the file's first bytes. -Encoding Byte gives bytes, as -CSVData wants them.
    pub struct GetContent("Get", "Content").default_set("Path").aliases(&["gc", "cat", "type"])
        .module("Microsoft.PowerShell.Management")
    {
        /// The files.
        path: Option<Vec<String>> = param("Path").position(0).by_property_name().in_sets(&["Path"]).mandatory().wildcards().completes("Path"),
        /// The files; wildcards have no meaning.
        literal_path: Option<Vec<String>> = param("LiteralPath").aliases(&["PSPath", "LP"]).by_property_name().in_sets(&["LiteralPath"]).mandatory().completes("Path"),
        /// How many lines to send at once; 0 sends all as one array.
        read_count: Option<i64> = param("ReadCount").by_property_name().default_text("1"),
        /// How many lines from the start.
        total_count: Option<i64> = param("TotalCount").aliases(&["First", "Head"]).by_property_name(),
        /// How many lines from the end.
        tail: Option<i32> = param("Tail").aliases(&["Last"]).by_property_name().validate(Validate::Range(0, 2_147_483_647)),
        /// What ends a line instead of a line end.
        delimiter: Option<String> = param("Delimiter"),
        /// Gives the whole file as one text.
        raw: bool = param("Raw"),
        /// How the file is stored; Byte gives bytes.
        encoding: Option<EncodingName> = param("Encoding"),
        /// Gives bytes.
        as_byte_stream: bool = param("AsByteStream"),
        /// Reads hidden files too; they are always read.
        force: bool = param("Force"),
        /// Names to leave out.
        exclude: Option<Vec<String>> = param("Exclude").wildcards(),
        /// Names to read only.
        include: Option<Vec<String>> = param("Include").wildcards(),
        /// Names to read only.
        filter: Option<String> = param("Filter").wildcards(),
    }
    refused "Wait" => "following a file that grows is not done; read it again";
    refused "Stream" => "files have no alternate streams here";
    example "'one','two' | Set-Content list.txt; Get-Content list.txt" => "Reads the lines of a file.";
    example "'Email' | Set-Content users.csv; (Get-Content users.csv -Encoding Byte -ReadCount 0).Length" => "Reads a file as bytes.";
}

impl Cmdlet for GetContent {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for given in self.path.iter().flatten() {
            match Place::of(given, cx) {
                Place::File(_) => {
                    let found = expand(given, cx);
                    for path in self.chosen(found) {
                        self.file(&path, cx)?;
                    }
                }
                other => other_drives::content(&other, cx)?,
            }
        }
        for given in self.literal_path.iter().flatten() {
            self.file(&cx.resolve_path(given), cx)?;
        }
        Ok(())
    }
}

impl GetContent {
    fn chosen(&self, found: Vec<std::path::PathBuf>) -> Vec<std::path::PathBuf> {
        let names = super::filter::Names::new(
            self.filter.as_deref(),
            self.include.as_deref(),
            self.exclude.as_deref(),
        );
        found.into_iter().filter(|path| names.fit(path)).collect()
    }

    fn file(&self, path: &Path, cx: &mut Cx<'_>) -> Run<()> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return cx.error(errors::read(path, &error)),
        };
        if self.as_byte_stream || matches!(self.encoding, Some(EncodingName::Byte)) {
            return self.bytes(bytes, cx);
        }
        let text = decode(&bytes, self.encoding.map(Encoding::from));
        if self.raw {
            return if text.is_empty() {
                Ok(())
            } else {
                cx.write(text)
            };
        }
        match self
            .delimiter
            .as_deref()
            .filter(|delimiter| !delimiter.is_empty() && *delimiter != "\n")
        {
            Some(delimiter) => self.lines(text.split_terminator(delimiter), cx),
            None => self.lines(
                text.split_terminator('\n')
                    .map(|line| line.strip_suffix('\r').unwrap_or(line)),
                cx,
            ),
        }
    }

    fn lines<'a>(&self, lines: impl Iterator<Item = &'a str>, cx: &mut Cx<'_>) -> Run<()> {
        let count = self
            .total_count
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(usize::MAX);
        if let Some(tail) = self.tail {
            let tail = usize::try_from(tail).unwrap_or(0);
            let mut kept = VecDeque::new();
            for line in lines {
                kept.push_back(Value::str(line));
                if kept.len() > tail {
                    kept.pop_front();
                }
            }
            return self.portions(kept.into_iter(), cx);
        }
        self.portions(lines.take(count).map(Value::str), cx)
    }

    fn bytes(&self, bytes: Vec<u8>, cx: &mut Cx<'_>) -> Run<()> {
        if self.raw || self.read_count == Some(0) {
            return cx.write(Value::bytes(bytes));
        }
        let count = self
            .total_count
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(usize::MAX);
        self.portions(
            bytes
                .into_iter()
                .take(count)
                .map(|b| Value::Number(Number::Byte(b))),
            cx,
        )
    }

    fn portions(&self, mut items: impl Iterator<Item = Value>, cx: &mut Cx<'_>) -> Run<()> {
        match self.read_count.unwrap_or(1) {
            1 => items.try_for_each(|item| cx.write(item)),
            count => {
                let size = if count < 1 {
                    usize::MAX
                } else {
                    usize::try_from(count).unwrap_or(usize::MAX)
                };
                loop {
                    let portion: Vec<Value> = items.by_ref().take(size).collect();
                    if portion.is_empty() {
                        return Ok(());
                    }
                    cx.write(portion)?;
                }
            }
        }
    }
}

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::cmdlet;
use crate::cmdlets::utility::files::encoding::{Encoding, EncodingName, decode};
use crate::cmdlets::utility::files::errors;
use crate::cmdlets::utility::files::filter::Names;
use crate::cmdlets::utility::files::place::paths_of;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::regex::{Options, Pattern, escape};
use crate::runtime::{Run, Value, convert, members};

use super::match_info::MatchInfo;

cmdlet! {
    /// Finds text in texts and files by regular expressions.
    pub struct SelectString("Select", "String").default_set("File").aliases(&["sls"]).module("Microsoft.PowerShell.Utility") {
        /// The texts to search.
        input_object: Option<Value> = param("InputObject").by_value().in_sets(&["Object"]).mandatory(),
        /// What to find; one of several is enough.
        pattern: Vec<String> = param("Pattern").position(0),
        /// The files to search.
        path: Option<Vec<String>> = param("Path").position(1).by_property_name().in_sets(&["File"]).mandatory().wildcards().completes("Path"),
        /// The files to search; wildcards have no meaning.
        literal_path: Option<Vec<String>> = param("LiteralPath").aliases(&["PSPath", "LP"]).by_property_name().in_sets(&["LiteralFile"]).mandatory().completes("Path"),
        /// The pattern is plain text.
        simple_match: bool = param("SimpleMatch"),
        /// Upper and lower case differ.
        case_sensitive: bool = param("CaseSensitive"),
        /// Only tells whether something was found.
        quiet: bool = param("Quiet"),
        /// Gives the first match of each file.
        list: bool = param("List"),
        /// Gives the matching lines as texts.
        raw: bool = param("Raw"),
        /// Names of files to search only.
        include: Option<Vec<String>> = param("Include").wildcards(),
        /// Names of files to leave out.
        exclude: Option<Vec<String>> = param("Exclude").wildcards(),
        /// Gives lines without a match.
        not_match: bool = param("NotMatch"),
        /// Finds all matches of a line.
        all_matches: bool = param("AllMatches"),
        /// How files are stored.
        encoding: Option<EncodingName> = param("Encoding"),
        /// How many lines before and after to give too.
        context: Option<Vec<i32>> = param("Context"),
    }
    example "'Synced: 12','Failed: 1' | Select-String 'Failed: (\\d+)'" => "Finds a line.";
    example "'one','error two' | Set-Content log.txt; (Select-String error log.txt).LineNumber" => "Gives the number of the line that was found.";
}

/// What was found so far.
#[derive(Default)]
pub struct Search {
    patterns: Vec<Rc<Pattern>>,
    found: bool,
    line: i32,
    /// With -Context, the lines before the next one.
    before: VecDeque<String>,
    /// Lines found whose context is not whole yet, and how many lines they still want.
    open: VecDeque<(MatchInfo, usize)>,
}

impl Cmdlet for SelectString {
    type State = Search;

    fn begin(&self, state: &mut Search, _cx: &mut Cx<'_>) -> Run<()> {
        let options = Options {
            ignore_case: !self.case_sensitive,
            ..Options::default()
        };
        for pattern in &self.pattern {
            let source = if self.simple_match {
                escape(pattern)
            } else {
                pattern.clone()
            };
            state.patterns.push(
                Pattern::cached(&source, options)
                    .map_err(|error| invalid(pattern, &error.to_string()))?,
            );
        }
        Ok(())
    }

    fn process(&self, state: &mut Search, cx: &mut Cx<'_>) -> Run<()> {
        if let Some(object) = &self.input_object {
            state.line += 1;
            let line = match object {
                Value::Object(_) => convert::to_text(object),
                other => members::text(other),
            };
            return self.take_line(&line, None, state, cx).map(|_| ());
        }
        let names = Names::new(None, self.include.as_deref(), self.exclude.as_deref());
        let paths: Vec<PathBuf> = paths_of(self.path.as_deref(), self.literal_path.as_deref(), cx)
            .into_iter()
            .filter(|path| names.fit(path) && !path.is_dir())
            .collect();
        for path in paths {
            match std::fs::read(&path) {
                Ok(bytes) => {
                    let text = decode(&bytes, self.encoding.map(Encoding::from));
                    state.line = 0;
                    for line in text.lines() {
                        state.line += 1;
                        if !self.take_line(line, Some(&path), state, cx)? {
                            break;
                        }
                    }
                    self.close(state, cx)?;
                }
                Err(error) => cx.error(errors::read(&path, &error))?,
            }
        }
        Ok(())
    }

    fn end(&self, state: &mut Search, cx: &mut Cx<'_>) -> Run<()> {
        self.close(state, cx)?;
        if self.quiet {
            cx.write(state.found)
        } else {
            Ok(())
        }
    }
}

impl SelectString {
    /// How many lines before and after.
    fn around(&self) -> (usize, usize) {
        let given = self.context.as_deref().unwrap_or_default();
        let lines = |n: Option<&i32>| n.map_or(0, |n| usize::try_from(*n).unwrap_or(0));
        (lines(given.first()), lines(given.get(1).or(given.first())))
    }

    /// Takes the next line of the input or of a file; false when the rest is of no account.
    fn take_line(
        &self,
        line: &str,
        path: Option<&Path>,
        state: &mut Search,
        cx: &mut Cx<'_>,
    ) -> Run<bool> {
        let (before, after) = self.around();
        for (found, wants) in &mut state.open {
            if let (Some((_, lines)), true) = (&mut found.context, *wants > 0) {
                lines.push(line.to_owned());
                *wants -= 1;
            }
        }
        let mut goes_on = true;
        if let Some((pattern, matches)) = self.find(line, state)? {
            state.found = true;
            goes_on = !self.list && !self.quiet;
            if self.raw && !self.quiet {
                cx.write(line)?;
            } else if !self.quiet {
                let context = self.context.is_some();
                let found = MatchInfo {
                    ignore_case: !self.case_sensitive,
                    line_number: state.line,
                    line: line.to_owned(),
                    path: path.map(Path::to_path_buf),
                    here: cx.shell.location(),
                    pattern,
                    matches,
                    context: context.then(|| (state.before.iter().cloned().collect(), Vec::new())),
                };
                state.open.push_back((found, after));
            }
        }
        while matches!(state.open.front(), Some((_, 0)))
            && let Some((found, _)) = state.open.pop_front()
        {
            cx.write(Value::native(found))?;
        }
        if before > 0 {
            state.before.push_back(line.to_owned());
            if state.before.len() > before {
                state.before.pop_front();
            }
        }
        Ok(goes_on || !state.open.is_empty())
    }

    /// No more lines: what still waits for its context is given as it is.
    fn close(&self, state: &mut Search, cx: &mut Cx<'_>) -> Run<()> {
        state.before.clear();
        std::mem::take(&mut state.open)
            .into_iter()
            .try_for_each(|(found, _)| cx.write(Value::native(found)))
    }

    /// The pattern that fits a line, and its matches.
    fn find(&self, line: &str, state: &Search) -> Run<Option<(String, Vec<Value>)>> {
        for (pattern, written) in state.patterns.iter().zip(&self.pattern) {
            let found = match self.all_matches {
                true => pattern.find_all(line, 0),
                false => pattern
                    .find_at(line, 0)
                    .map(|found| found.into_iter().collect()),
            };
            let found = found.map_err(|error| invalid(written, &error.to_string()))?;
            if found.is_empty() == self.not_match {
                let matches = found
                    .iter()
                    .map(|found| {
                        crate::runtime::types::regex::match_object(
                            line,
                            found,
                            Some(pattern.clone()),
                        )
                    })
                    .collect();
                return Ok(Some((written.clone(), matches)));
            }
        }
        Ok(None)
    }
}

fn invalid(pattern: &str, why: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.ArgumentException",
        "InvalidRegex",
        ErrorCategory::InvalidArgument,
        format!("The string {pattern} is not a valid regular expression: {why}"),
    )
    .with_recommendation("-SimpleMatch searches for plain text.")
}

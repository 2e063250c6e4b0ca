//! What Select-String finds.

use std::any::Any;
use std::path::PathBuf;
use std::rc::Rc;

use crate::runtime::value::Native;
use crate::runtime::{PsObject, TypeRef, Value};

/// A line that was found.
pub struct MatchInfo {
    /// Letter case did not count.
    pub ignore_case: bool,
    /// From 1.
    pub line_number: i32,
    /// The line.
    pub line: String,
    /// The file; `None` for a piped text.
    pub path: Option<PathBuf>,
    /// The folder that the shown path is relative to.
    pub here: PathBuf,
    /// The pattern that fitted.
    pub pattern: String,
    /// The matches as regular expressions give them.
    pub matches: Vec<Value>,
    /// Lines before and after, with -Context.
    pub context: Option<(Vec<String>, Vec<String>)>,
}

const NAMES: [&str; 8] = [
    "IgnoreCase",
    "LineNumber",
    "Line",
    "Filename",
    "Path",
    "Pattern",
    "Context",
    "Matches",
];

impl Native for MatchInfo {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named("Microsoft.PowerShell.Commands.MatchInfo")
    }

    fn text(&self) -> String {
        let Some(path) = &self.path else {
            return match &self.context {
                None => self.line.clone(),
                Some(_) => self.lines(|_, _, line| line.to_owned()),
            };
        };
        let shown = path
            .strip_prefix(&self.here)
            .unwrap_or(path)
            .display()
            .to_string();
        self.lines(|_, number, line| format!("{shown}:{number}:{line}"))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        NAMES.iter().map(|name| Rc::from(*name)).collect()
    }

    fn property(&self, name: &str) -> Option<Value> {
        let list = |lines: &[String]| Value::array(lines.iter().map(Value::str).collect());
        Some(match name.to_lowercase().as_str() {
            "ignorecase" => Value::Bool(self.ignore_case),
            "linenumber" => Value::int(self.line_number),
            "line" => Value::str(&self.line),
            "filename" => match &self.path {
                Some(path) => Value::str(
                    path.file_name()
                        .map(|name| name.to_string_lossy())
                        .unwrap_or_default(),
                ),
                None => Value::str("InputStream"),
            },
            "path" => self
                .path
                .as_ref()
                .map_or(Value::str("InputStream"), |path| {
                    Value::str(path.to_string_lossy())
                }),
            "pattern" => Value::str(&self.pattern),
            "context" => match &self.context {
                None => Value::Null,
                Some((before, after)) => PsObject::view(
                    "Microsoft.PowerShell.Commands.MatchInfoContext",
                    vec![("PreContext", list(before)), ("PostContext", list(after))],
                ),
            },
            "matches" => Value::array(self.matches.clone()),
            _ => return None,
        })
    }
}

impl MatchInfo {
    fn lines(&self, show: impl Fn(&str, i32, &str) -> String) -> String {
        let Some((before, after)) = &self.context else {
            return show("", self.line_number, &self.line);
        };
        let mut all = Vec::new();
        for (nth, line) in before.iter().enumerate() {
            let number = self.line_number - (before.len() - nth) as i32;
            all.push(format!("  {}", show("  ", number, line)));
        }
        all.push(format!("> {}", show("> ", self.line_number, &self.line)));
        for (nth, line) in after.iter().enumerate() {
            all.push(format!(
                "  {}",
                show("  ", self.line_number + 1 + nth as i32, line)
            ));
        }
        all.join("\n")
    }
}

//! Environment variables of the session: a copy of the process's, given to the programs that are run.

use std::collections::BTreeMap;

use crate::runtime::shell::Shell;

/// Names that scripts written on Windows use, and what they are called here.
const WINDOWS_NAMES: [(&str, &str); 5] = [
    ("USERNAME", "USER"),
    ("USERPROFILE", "HOME"),
    ("HOMEPATH", "HOME"),
    ("TMP", "TMPDIR"),
    ("TEMP", "TMPDIR"),
];

/// The variables.
pub(in crate::runtime) struct Environment {
    values: BTreeMap<String, String>,
}

impl Default for Environment {
    fn default() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Environment {
            values: std::env::vars_os().filter_map(text).collect(),
        }
    }
}

impl Environment {
    /// The value of a variable: of this very name, else of another letter case, else of its Windows name's twin.
    fn get(&self, name: &str) -> Option<String> {
        let any_case = |name: &str| {
            self.values
                .get(name)
                .or_else(|| {
                    self.values
                        .iter()
                        .find(|(key, _)| key.eq_ignore_ascii_case(name))
                        .map(|(_, value)| value)
                })
                .cloned()
        };
        if let Some(value) = any_case(name) {
            return Some(value);
        }
        let (_, twin) = WINDOWS_NAMES
            .iter()
            .find(|(windows, _)| windows.eq_ignore_ascii_case(name))?;
        any_case(twin).or_else(|| (*twin == "TMPDIR").then(|| "/tmp".to_owned()))
    }
}

impl Shell {
    /// `$env:name`
    pub fn env(&self, name: &str) -> Option<String> {
        self.environment.get(name)
    }

    /// Sets `$env:name`, or takes it away.
    pub fn set_env(&mut self, name: &str, value: Option<String>) {
        let values = &mut self.environment.values;
        let key = values
            .keys()
            .find(|key| key.eq_ignore_ascii_case(name))
            .cloned()
            .unwrap_or_else(|| name.to_owned());
        match value {
            Some(value) => {
                values.insert(key, value);
            }
            None => {
                values.remove(&key);
            }
        }
    }

    /// All environment variables by name.
    pub fn env_all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.environment
            .values
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

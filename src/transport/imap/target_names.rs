//! Folder paths to the names of a target server: its prefix, its separator, modified UTF-7.

use super::list::Spaces;
use crate::mail::{FolderPath, utf7};

/// How a server names the user's own folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Naming {
    prefix: Vec<u8>,
    separator: Option<u8>,
}

impl Naming {
    /// From the namespaces, and the separator seen in LIST where NAMESPACE told none.
    pub(super) fn of(spaces: &Spaces, listed_separator: Option<char>) -> Self {
        // the first personal namespace is where new folders go; of several the one without a prefix
        let space = spaces.personal.last().cloned().unwrap_or_default();
        let listed = listed_separator.and_then(|c| u8::try_from(c).ok());
        Self {
            prefix: space.0,
            separator: space.1.or(listed),
        }
    }

    /// The name of a folder. A separator inside a level is written as `%2F`, so that no level becomes two.
    pub(super) fn name(&self, path: &FolderPath) -> Vec<u8> {
        if path.is_inbox() {
            return b"INBOX".to_vec();
        }
        let levels: Vec<Vec<u8>> = path
            .levels()
            .iter()
            .map(|level| self.level(level))
            .collect();
        let mut name = self.prefix.clone();
        name.extend(levels.join(&self.separator.unwrap_or(b'/')));
        name
    }

    fn level(&self, level: &str) -> Vec<u8> {
        let Some(separator) = self.separator else {
            return utf7::encode(level).into_bytes();
        };
        let mut escaped = String::new();
        for (at, c) in level.char_indices() {
            let is_separator = u8::try_from(c).is_ok_and(|b| b == separator);
            // a percent sign that would read as an escape is one itself
            let rest = &level[at + c.len_utf8()..];
            let is_escape = c == '%'
                && [separator, b'%']
                    .iter()
                    .any(|b| rest.starts_with(&format!("{b:02X}")));
            if is_separator || is_escape {
                escaped.push_str(&format!("%{:02X}", u32::from(c)));
            } else {
                escaped.push(c);
            }
        }
        utf7::encode(&escaped).into_bytes()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn names_follow_the_server() {
        let naming = |prefix: &str, separator| Naming {
            prefix: prefix.into(),
            separator,
        };
        for (naming, levels, name) in [
            (naming("", Some(b'/')), vec!["INBOX"], "INBOX"),
            (naming("INBOX.", Some(b'.')), vec!["inbox"], "INBOX"),
            (
                naming("INBOX.", Some(b'.')),
                vec!["A", "v1.2"],
                "INBOX.A.v1%2E2",
            ),
            (
                naming("", Some(b'/')),
                vec!["a/b", "Entwürfe"],
                "a%2Fb/Entw&APw-rfe",
            ),
            (
                naming("", Some(b'/')),
                vec!["50% off", "%2F", "%25"],
                "50% off/%252F/%2525",
            ),
            (naming("", None), vec!["A", "B"], "A/B"),
        ] {
            let path = FolderPath::new(levels).unwrap();
            assert_eq!(String::from_utf8(naming.name(&path)).unwrap(), name);
        }
    }
}

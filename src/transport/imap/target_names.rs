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

    /// The name that folders inside the inbox begin with.
    pub(super) fn under_inbox(&self) -> Vec<u8> {
        [self.prefix.as_slice(), b"INBOX"].concat()
    }

    /// The names to try for a folder whose parent has this name (`None` at the top): as it is, and for servers that refuse some
    /// characters with all but the plainest written as `=2F`, of the bytes in UTF-8.
    pub(super) fn names_under(&self, path: &FolderPath, parent: Option<&[u8]>) -> [Vec<u8>; 2] {
        let plain = self.name(path);
        let under = |level: Vec<u8>| match parent {
            Some(parent) => [parent, &[self.separator.unwrap_or(b'/')], &level].concat(),
            None => [self.prefix.as_slice(), &level].concat(),
        };
        let own = match parent {
            Some(_) => under(self.level(path.name())),
            None => plain,
        };
        [own, under(plainest(path.name()).into_bytes())]
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

/// A level in letters, digits, blanks inside, `-` and `_`; everything else as `=2F`.
fn plainest(level: &str) -> String {
    let last = level.len().saturating_sub(1);
    let mut escaped = String::new();
    for (at, byte) in level.bytes().enumerate() {
        let is_inside = at > 0 && at < last;
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' => escaped.push(char::from(byte)),
            b' ' if is_inside => escaped.push(' '),
            _ => escaped.push_str(&format!("={byte:02X}")),
        }
    }
    escaped
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

    #[test]
    fn names_that_a_server_may_refuse_have_a_plainer_form() {
        let naming = Naming {
            prefix: b"INBOX.".to_vec(),
            separator: Some(b'.'),
        };
        for (path, parent, plainer) in [
            ("Grüße", None, "INBOX.Gr=C3=BC=C3=9Fe"),
            (" a b*", None, "INBOX.=20a b=2A"),
            ("x/a=b\u{7}", Some("INBOX.y"), "INBOX.y.a=3Db=07"),
        ] {
            let path: FolderPath = path.parse().unwrap();
            let names = naming.names_under(&path, parent.map(str::as_bytes));
            assert_eq!(String::from_utf8(names[1].clone()).unwrap(), plainer);
        }
        let path = FolderPath::new(["x", "v1.2"]).unwrap();
        let names = naming.names_under(&path, Some(b"INBOX.X"));
        assert_eq!(names[0], b"INBOX.X.v1%2E2");
    }
}

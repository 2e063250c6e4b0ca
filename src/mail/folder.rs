//! Folder names, free of any server's separator and encoding.

use std::{fmt, str::FromStr};

/// The path of a folder: one text per level, decoded, none of them empty.
///
/// Its text form joins the levels with `/`; a `/` or `\` inside a level is written `\/` or `\\`, so that parsing the
/// text gives the same path again. `INBOX` as the only or first level is kept in capitals (RFC 3501 section 5.1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FolderPath {
    levels: Vec<String>,
}

/// Why a text or a list of levels is not the path of a folder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FolderNameError {
    /// No level at all.
    #[error("a folder name must not be empty")]
    Empty,
    /// A level without a character, as in `A//B`.
    #[error("the folder name \"{0}\" has an empty level")]
    EmptyLevel(String),
}

impl FolderPath {
    /// The inbox, which every mailbox has.
    pub fn inbox() -> Self {
        Self {
            levels: vec!["INBOX".to_owned()],
        }
    }

    /// A path from its levels.
    pub fn new<S: Into<String>>(
        levels: impl IntoIterator<Item = S>,
    ) -> Result<Self, FolderNameError> {
        let mut levels: Vec<String> = levels.into_iter().map(Into::into).collect();
        match levels.first_mut() {
            None => return Err(FolderNameError::Empty),
            Some(first) if first.eq_ignore_ascii_case("INBOX") => "INBOX".clone_into(first),
            Some(_) => {}
        }
        if levels.iter().any(String::is_empty) {
            return Err(if levels.len() == 1 {
                FolderNameError::Empty
            } else {
                FolderNameError::EmptyLevel(join(&levels))
            });
        }
        Ok(Self { levels })
    }

    /// The levels, outermost first.
    pub fn levels(&self) -> &[String] {
        &self.levels
    }

    /// The last level, the folder's own name.
    pub fn name(&self) -> &str {
        self.levels.last().map_or("", String::as_str)
    }

    /// The path of the folder around this one; `None` at the top.
    pub fn parent(&self) -> Option<Self> {
        let (_, around) = self.levels.split_last()?;
        (!around.is_empty()).then(|| Self {
            levels: around.to_vec(),
        })
    }

    /// True for the inbox itself.
    pub fn is_inbox(&self) -> bool {
        self.levels.len() == 1 && self.levels[0] == "INBOX"
    }

    /// True when `self` lies in `other`, at any depth.
    pub fn is_inside(&self, other: &Self) -> bool {
        self.levels.len() > other.levels.len() && self.levels.starts_with(&other.levels)
    }
}

fn join(levels: &[String]) -> String {
    let escaped: Vec<String> = levels
        .iter()
        .map(|level| level.replace('\\', "\\\\").replace('/', "\\/"))
        .collect();
    escaped.join("/")
}

impl fmt::Display for FolderPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join(&self.levels))
    }
}

impl FromStr for FolderPath {
    type Err = FolderNameError;

    fn from_str(text: &str) -> Result<Self, FolderNameError> {
        let mut levels = vec![String::new()];
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '/' => levels.push(String::new()),
                // a backslash at the end stands for itself
                _ => {
                    let c = if c == '\\' {
                        chars.next().unwrap_or('\\')
                    } else {
                        c
                    };
                    if let Some(level) = levels.last_mut() {
                        level.push(c);
                    }
                }
            }
        }
        Self::new(levels)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn text_both_ways() {
        for levels in [
            vec!["INBOX"],
            vec!["A", "B"],
            vec!["a/b", "c\\d"],
            vec!["\\"],
            vec!["/", "\\/"],
            vec!["..", "etc"],
            vec!["v1.2.final"],
            vec!["  spaces  "],
            vec!["inbox-like", "INBOX"],
        ] {
            let path = FolderPath::new(levels.clone()).unwrap();
            assert_eq!(
                path.to_string().parse::<FolderPath>().unwrap(),
                path,
                "{levels:?}"
            );
        }
        assert_eq!(
            FolderPath::new(["a/b", "c"]).unwrap().to_string(),
            "a\\/b/c"
        );
    }

    #[test]
    fn the_inbox_has_one_spelling_at_the_top_only() {
        assert!("inbox".parse::<FolderPath>().unwrap().is_inbox());
        assert_eq!(
            "Inbox/x".parse::<FolderPath>().unwrap().to_string(),
            "INBOX/x"
        );
        assert_eq!(
            "x/Inbox".parse::<FolderPath>().unwrap().to_string(),
            "x/Inbox"
        );
    }

    #[test]
    fn empty_levels_are_refused() {
        assert_eq!("".parse::<FolderPath>(), Err(FolderNameError::Empty));
        for text in ["/", "a//b", "/a", "a/"] {
            assert!(
                matches!(
                    text.parse::<FolderPath>(),
                    Err(FolderNameError::EmptyLevel(_))
                ),
                "{text}"
            );
        }
    }

    #[test]
    fn family() {
        let (a, ab): (FolderPath, FolderPath) = ("A".parse().unwrap(), "A/B".parse().unwrap());
        assert_eq!(ab.parent(), Some(a.clone()));
        assert_eq!(a.parent(), None);
        assert!(ab.is_inside(&a) && !a.is_inside(&a) && !a.is_inside(&ab));
        assert_eq!(ab.name(), "B");
    }
}

//! Message flags: the five of RFC 3501 section 2.3.2 that last, and keywords.

use std::{collections::BTreeMap, fmt};

/// A system flag that a client may set. `\Recent` is the server's own and is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SystemFlag {
    /// `\Answered`
    Answered,
    /// `\Flagged`
    Flagged,
    /// `\Deleted`
    Deleted,
    /// `\Seen`
    Seen,
    /// `\Draft`
    Draft,
}

impl SystemFlag {
    /// All of them, in the order of RFC 3501.
    pub const ALL: [Self; 5] = [
        Self::Answered,
        Self::Flagged,
        Self::Deleted,
        Self::Seen,
        Self::Draft,
    ];

    /// Its name on the wire, with the backslash.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "\\Answered",
            Self::Flagged => "\\Flagged",
            Self::Deleted => "\\Deleted",
            Self::Seen => "\\Seen",
            Self::Draft => "\\Draft",
        }
    }

    /// The flag of that name, in any letter case.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|flag| flag.name().eq_ignore_ascii_case(name))
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The flags of one message. Keywords differ by more than letter case; the first spelling seen is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FlagSet {
    system: u8,
    /// Lower case to spelling.
    keywords: BTreeMap<String, String>,
}

impl FlagSet {
    /// No flags.
    pub fn new() -> Self {
        Self::default()
    }

    /// Flags from their names on the wire; `\Recent`, unknown backslash names and empty names fall out.
    pub fn from_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut set = Self::new();
        for name in names {
            set.insert_name(name);
        }
        set
    }

    /// Adds a flag by its name on the wire; false when it is one that is not kept.
    pub fn insert_name(&mut self, name: &str) -> bool {
        if let Some(flag) = SystemFlag::parse(name) {
            self.insert(flag);
            return true;
        }
        if name.is_empty() || name.starts_with('\\') {
            return false;
        }
        self.keywords
            .entry(name.to_lowercase())
            .or_insert_with(|| name.to_owned());
        true
    }

    /// Adds a system flag.
    pub fn insert(&mut self, flag: SystemFlag) {
        self.system |= flag.bit();
    }

    /// True when the system flag is set.
    pub fn has(&self, flag: SystemFlag) -> bool {
        self.system & flag.bit() != 0
    }

    /// True when the keyword is set, in any letter case.
    pub fn has_keyword(&self, name: &str) -> bool {
        self.keywords.contains_key(&name.to_lowercase())
    }

    /// The system flags, in the order of RFC 3501.
    pub fn system(&self) -> impl Iterator<Item = SystemFlag> + '_ {
        SystemFlag::ALL.into_iter().filter(|&flag| self.has(flag))
    }

    /// The keywords in alphabetical order.
    pub fn keywords(&self) -> impl Iterator<Item = &str> + '_ {
        self.keywords.values().map(String::as_str)
    }

    /// What is in this set and not in `other`.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self {
            system: self.system & !other.system,
            keywords: self
                .keywords
                .iter()
                .filter(|(key, _)| !other.keywords.contains_key(*key))
                .map(|(key, name)| (key.clone(), name.clone()))
                .collect(),
        }
    }

    /// What is in this set or in `other`.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut all = self.clone();
        all.system |= other.system;
        for (key, name) in &other.keywords {
            all.keywords
                .entry(key.clone())
                .or_insert_with(|| name.clone());
        }
        all
    }

    /// True when no flag is set.
    pub fn is_empty(&self) -> bool {
        self.system == 0 && self.keywords.is_empty()
    }
}

/// Writes a flag list without its parentheses: `\Seen \Flagged $label1`.
impl fmt::Display for FlagSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self
            .system()
            .map(|flag| -> &str { flag.name() })
            .chain(self.keywords());
        for (i, name) in names.enumerate() {
            write!(f, "{}{name}", if i == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_case_does_not_count_and_recent_is_not_kept() {
        let set = FlagSet::from_names([
            "\\SEEN",
            "\\Recent",
            "$Forwarded",
            "$forwarded",
            "",
            "\\XYZ",
            "NonJunk",
        ]);
        assert_eq!(set.to_string(), "\\Seen $Forwarded NonJunk");
        assert!(
            set.has(SystemFlag::Seen) && !set.has(SystemFlag::Draft) && set.has_keyword("nonjunk")
        );
        assert_eq!(
            set,
            FlagSet::from_names(["NonJunk", "$Forwarded", "\\Seen"])
        );
        assert!(FlagSet::from_names(["\\Recent"]).is_empty());
        let more = FlagSet::from_names(["nonjunk", "\\Seen", "\\Draft", "x"]);
        assert_eq!(more.minus(&set).to_string(), "\\Draft x");
        assert_eq!(
            set.plus(&more).to_string(),
            "\\Seen \\Draft $Forwarded NonJunk x"
        );
    }
}

//! Which source folders a batch copies (cmdlets.md §4.2): names relative to the root, in any case; `Folder/*` with all below;
//! `#Name#` for a special folder in any language, `\#Name\#` for a folder that is really called so.

use crate::mail::{FolderPath, SpecialUse};

/// A well-known name of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WellKnown {
    Root,
    Inbox,
    Use(SpecialUse),
    /// A kind of folder that holds no mail here: matches nothing.
    NoMail,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Subject {
    Named(Vec<String>),
    Known(WellKnown),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    subject: Subject,
    with_below: bool,
}

/// The filter of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct FolderFilter {
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
}

impl FolderFilter {
    /// Reads the two lists.
    ///
    /// # Errors
    /// The pattern that cannot be read and why, for a person.
    pub fn parse(include: &[String], exclude: &[String]) -> Result<Self, String> {
        let all = |list: &[String]| -> Result<Vec<Pattern>, String> {
            list.iter().map(|text| pattern(text)).collect()
        };
        Ok(Self {
            include: all(include)?,
            exclude: all(exclude)?,
        })
    }

    /// Whether a folder is copied. Include limits, exclude subtracts.
    pub fn takes(&self, path: &FolderPath, special_use: Option<SpecialUse>) -> bool {
        let is_in = |list: &[Pattern]| list.iter().any(|one| one.matches(path, special_use));
        (self.include.is_empty() || is_in(&self.include)) && !is_in(&self.exclude)
    }
}

fn pattern(text: &str) -> Result<Pattern, String> {
    let (name, with_below) = match text.strip_suffix("/*") {
        Some(name) => (name, true),
        None => (text, false),
    };
    let name = name.trim_matches('/');
    if name.is_empty() {
        return Err(format!("The folder \"{text}\" has no name."));
    }
    let subject = match name.strip_prefix('#').and_then(|rest| rest.strip_suffix('#')) {
        Some(known) => Subject::Known(well_known(known).ok_or_else(|| {
            format!("\"#{known}#\" is no well-known folder. For a folder that is called so write \"\\#{known}\\#\".")
        })?),
        None => {
            let plain = name.replace("\\#", "#");
            Subject::Named(plain.split('/').map(str::to_lowercase).collect())
        }
    };
    Ok(Pattern {
        subject,
        with_below,
    })
}

fn well_known(name: &str) -> Option<WellKnown> {
    Some(match name.to_lowercase().as_str() {
        "root" | "allitems" => WellKnown::Root,
        "inbox" => WellKnown::Inbox,
        "sentitems" => WellKnown::Use(SpecialUse::Sent),
        "deleteditems" => WellKnown::Use(SpecialUse::Trash),
        "drafts" => WellKnown::Use(SpecialUse::Drafts),
        "junkemail" => WellKnown::Use(SpecialUse::Junk),
        "archive" => WellKnown::Use(SpecialUse::Archive),
        "outbox" | "calendar" | "contacts" | "journal" | "tasks" | "notes" => WellKnown::NoMail,
        _ => return None,
    })
}

impl Pattern {
    fn matches(&self, path: &FolderPath, special_use: Option<SpecialUse>) -> bool {
        match &self.subject {
            Subject::Known(WellKnown::Root) => self.with_below,
            Subject::Known(WellKnown::Inbox) => {
                path.is_inbox() || (self.with_below && path.is_inside(&FolderPath::inbox()))
            }
            Subject::Known(WellKnown::Use(wanted)) => special_use == Some(*wanted),
            Subject::Known(WellKnown::NoMail) => false,
            Subject::Named(levels) => {
                let have = path.levels();
                let fits =
                    have.len() == levels.len() || (self.with_below && have.len() > levels.len());
                fits && levels
                    .iter()
                    .zip(have)
                    .all(|(wanted, level)| *wanted == level.to_lowercase())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn path(text: &str) -> FolderPath {
        FolderPath::new(text.split('/')).unwrap()
    }

    #[test]
    fn patterns_take_what_the_documents_say() {
        type Row = (
            &'static [&'static str],
            &'static [&'static str],
            &'static str,
            Option<SpecialUse>,
            bool,
        );
        let table: &[Row] = &[
            (&[], &[], "Anything", None, true),
            (
                &[],
                &["Junk Mail", "Deleted Items"],
                "junk mail",
                None,
                false,
            ),
            (&[], &["Junk Mail"], "Junk Mail/Old", None, true),
            (&[], &["Junk Mail/*"], "Junk Mail/Old", None, false),
            (&[], &["A/B"], "a/b", None, false),
            (&[], &["A/B"], "a", None, true),
            (
                &[],
                &["#DeletedItems#/*"],
                "Papierkorb",
                Some(SpecialUse::Trash),
                false,
            ),
            (
                &[],
                &["#SentItems#"],
                "Papierkorb",
                Some(SpecialUse::Trash),
                true,
            ),
            (&[], &["#Calendar#"], "Calendar", None, true),
            (&[], &["\\#Inbox\\#"], "#Inbox#", None, false),
            (&[], &["\\#Inbox\\#"], "INBOX", None, true),
            (&["#Inbox#/*"], &[], "INBOX", None, true),
            (&["#Inbox#/*"], &[], "INBOX/Sub", None, true),
            (&["#Inbox#"], &[], "INBOX/Sub", None, false),
            (
                &["Work/*"],
                &["Work/Secret/*"],
                "Work/Secret/1",
                None,
                false,
            ),
            (&["Work/*"], &["Work/Secret/*"], "Work/Open", None, true),
            (&["Work/*"], &[], "Private", None, false),
        ];
        for (include, exclude, folder, special_use, expected) in table {
            let own = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
            let filter = FolderFilter::parse(&own(include), &own(exclude)).unwrap();
            let takes = filter.takes(&path(folder), *special_use);
            assert_eq!(takes, *expected, "+{include:?} -{exclude:?} {folder}");
        }
        for wrong in ["", "/*", "#Nonsense#"] {
            assert!(
                FolderFilter::parse(&[wrong.to_owned()], &[]).is_err(),
                "{wrong}"
            );
        }
    }
}

//! Keywords of a folder: Dovecot's `dovecot-keywords` gives each a letter, `a` to `z`, that stands in file names.

use std::{io::Write, thread, time::Duration};

use super::dir::{Dir, failed};
use crate::{
    mail::FlagSet,
    transport::{ErrorClass, TransportError},
};

const FILE: &str = "dovecot-keywords";
/// Dovecot's lock for the file is the file of the next version; renaming it gives the lock up.
const LOCK: &str = "dovecot-keywords.lock";
const MAX: usize = 26;

/// The keywords of a folder, by letter.
#[derive(Debug, Default)]
pub(super) struct Keywords {
    by_letter: Vec<Option<String>>,
    /// True once somebody had to wait for a keyword that did not fit; saves looking again.
    is_full: bool,
}

/// The letters of a message's keywords, and how many keywords got none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Letters {
    pub(super) letters: String,
    pub(super) dropped: u64,
}

impl Keywords {
    /// Reads a folder's keywords.
    pub(super) fn read(folder: &Dir) -> Result<Self, TransportError> {
        let bytes = folder.read(FILE)?.unwrap_or_default();
        let mut by_letter: Vec<Option<String>> = Vec::new();
        for line in String::from_utf8_lossy(&bytes).lines() {
            let Some((index, name)) = line.split_once(' ') else {
                continue;
            };
            let Some(index) = index.parse::<usize>().ok().filter(|&i| i < MAX) else {
                continue;
            };
            if by_letter.len() <= index {
                by_letter.resize(index + 1, None);
            }
            by_letter[index] = Some(name.to_owned());
        }
        let is_full = by_letter.iter().flatten().count() >= MAX;
        Ok(Self { by_letter, is_full })
    }

    /// The letters of these flags' keywords. New keywords get a letter, on the disk first.
    pub(super) fn letters(
        &mut self,
        folder: &Dir,
        flags: &FlagSet,
    ) -> Result<Letters, TransportError> {
        if flags
            .keywords()
            .any(|name| self.find(name).is_none() && can_be_kept(name))
            && !self.is_full
        {
            self.give_letters(folder, flags)?;
        }
        let mut found = Letters::default();
        for name in flags.keywords() {
            match self.find(name) {
                Some(letter) => found.letters.push(letter),
                None => found.dropped += 1,
            }
        }
        // file names have them in order
        let mut sorted: Vec<char> = found.letters.chars().collect();
        sorted.sort_unstable();
        found.letters = sorted.into_iter().collect();
        Ok(found)
    }

    fn find(&self, name: &str) -> Option<char> {
        let same =
            |known: &Option<String>| known.as_ref().is_some_and(|k| k.eq_ignore_ascii_case(name));
        let index = self.by_letter.iter().position(same)?;
        Some(char::from(b'a' + u8::try_from(index).ok()?))
    }

    fn give_letters(&mut self, folder: &Dir, flags: &FlagSet) -> Result<(), TransportError> {
        let mut file = lock(folder)?;
        // somebody else may have added some
        let changed = Self::read(folder).and_then(|now| {
            *self = now;
            for name in flags.keywords().filter(|name| can_be_kept(name)) {
                self.add(name);
            }
            let text: String = self
                .by_letter
                .iter()
                .enumerate()
                .filter_map(|(i, n)| Some(format!("{i} {}\n", n.as_ref()?)))
                .collect();
            let write = file
                .write_all(text.as_bytes())
                .and_then(|()| file.sync_all());
            write.map_err(|error| failed("write", &folder.label_of(FILE), error))
        });
        match changed {
            Ok(()) => folder.rename(LOCK, folder, FILE).map(|_| ()),
            Err(error) => folder.remove(LOCK).and(Err(error)),
        }
    }

    fn add(&mut self, name: &str) {
        if self.find(name).is_some() {
            return;
        }
        match self.by_letter.iter().position(Option::is_none) {
            Some(free) => self.by_letter[free] = Some(name.to_owned()),
            None if self.by_letter.len() < MAX => self.by_letter.push(Some(name.to_owned())),
            None => self.is_full = true,
        }
    }
}

/// Names with blanks, brackets or control characters would break the file, or IMAP when they are served.
fn can_be_kept(name: &str) -> bool {
    name.len() <= 255
        && !name
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "(){%*\"\\]".contains(c))
}

fn lock(folder: &Dir) -> Result<std::fs::File, TransportError> {
    let mut last = None;
    for _ in 0..100 {
        match folder.create_new(LOCK) {
            Ok(file) => return Ok(file),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => last = Some(error),
            Err(error) => return Err(failed("write", &folder.label_of(LOCK), error)),
        }
        thread::sleep(Duration::from_millis(50));
    }
    let error = TransportError::new(
        ErrorClass::Storage,
        format!("{} is locked", folder.label_of(FILE)),
    );
    Err(error
        .with_words(last.map(|e| e.to_string()).unwrap_or_default())
        .with_next_step("If no mail server uses the folder, remove the lock file beside it."))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn letters_are_given_once_and_kept() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Dir::open(temp.path()).unwrap();
        std::fs::write(
            temp.path().join(FILE),
            "0 $Forwarded\n2 NonJunk\n99 x\nbad\n",
        )
        .unwrap();
        let mut keywords = Keywords::read(&folder).unwrap();
        let flags = FlagSet::from_names(["nonjunk", "$forwarded", "$label1", "Work-2019"]);
        assert_eq!(
            keywords.letters(&folder, &flags).unwrap(),
            Letters {
                letters: "abcd".into(),
                dropped: 0
            }
        );
        let text = std::fs::read_to_string(temp.path().join(FILE)).unwrap();
        assert_eq!(text, "0 $Forwarded\n1 $label1\n2 NonJunk\n3 Work-2019\n");
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Dir::open(temp.path()).unwrap();
        let mut keywords = Keywords::read(&folder).unwrap();
        let names: Vec<String> = (0..30).map(|i| format!("k{i:02}")).collect();
        let flags = FlagSet::from_names(names.iter().map(String::as_str));
        let letters = keywords.letters(&folder, &flags).unwrap();
        assert_eq!((letters.letters.len(), letters.dropped), (26, 4));
        let odd = FlagSet::from_names(["a b", "x]", "y\"", "k00"]);
        assert_eq!(
            Keywords::read(&folder)
                .unwrap()
                .letters(&folder, &odd)
                .unwrap(),
            Letters {
                letters: "a".into(),
                dropped: 3
            }
        );
        assert!(!temp.path().join(LOCK).exists());
    }
}
